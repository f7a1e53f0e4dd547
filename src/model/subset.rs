//! A dossier without some of its rows.
//!
//! Invariant: the remaining rows are unchanged, in the same order, and refer to no row that was removed.

use super::builder::Builder;
use super::dossier::{Dossier, Meta};
use super::id::{ClaimId, EntityId};

/// A part of a dossier, with the numbers that its rows had.
#[derive(Debug, Clone, PartialEq)]
pub struct Subset {
    /// The remaining rows.
    pub dossier: Dossier,
    /// The former id of each claim, ascending.
    pub claims: Vec<ClaimId>,
    /// The former id of each entity, ascending.
    pub entities: Vec<EntityId>,
}

impl Dossier {
    /// Returns a dossier with only some entities and claims.
    ///
    /// Documents, their entities, and places without a fact always stay. A claim is removed with its subject or target,
    /// names and judgements with their entities, and checks with any claim that affects their result.
    #[expect(clippy::indexing_slicing, reason = "there is one answer for each entity")]
    pub fn subset(&self, keeps_entity: impl Fn(EntityId) -> bool, keeps_claim: impl Fn(ClaimId) -> bool) -> Subset {
        let mut stays: Vec<bool> = self.entities().map(keeps_entity).collect();
        for (_, document) in self.documents() {
            stays[document.entity.index()] = true;
        }
        let entities: Vec<EntityId> = self.entities().filter(|id| stays[id.index()]).collect();
        let whole = self.claims().filter(|(_, claim)| {
            stays[claim.subject.index()] && Self::target(claim).is_none_or(|target| stays[target.index()])
        });
        let claims: Vec<ClaimId> = whole.map(|(id, _)| id).filter(|&id| keeps_claim(id)).collect();
        Subset { dossier: Builder::part(self, &entities, &claims), claims, entities }
    }

    /// Returns a dossier without the pins of its places and the fingerprints of its documents: neither has a part that
    /// means something without its digest.
    #[must_use]
    pub fn without_pins(&self) -> Self {
        let mut bare = self.clone();
        bare.documents.iter_mut().for_each(|document| document.fingerprint = None);
        bare.places.iter_mut().for_each(|place| place.pin = None);
        // Pins decide the order of places.
        bare.subset(|_| true, |_| true).dossier
    }

    /// Replaces the description of the dossier.
    #[must_use]
    pub fn with_meta(self, meta: Meta) -> Self {
        Self { meta, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::author;
    use crate::formats::jsonl::export_bundle;
    use crate::model::arbitrary;
    use crate::model::id::WhenId;
    use crate::model::{Claim, Core, Filter, Modality, Name, Rank, Term, Value, Which};
    use crate::vocabulary::testing::property;
    use proptest::prelude::*;

    /// Returns a claim in words, to identify it independently of its number.
    fn said(dossier: &Dossier, claim: &Claim) -> String {
        let value = match claim.value {
            Value::Text(text) => format!("text {:?}", dossier.text(text)),
            Value::Entity(target) => format!("entity {:?}", dossier.id(target)),
            Value::Date(when) => format!("date {:?}", dossier.when(when)),
            Value::Number { number, unit } => format!("{number:?} {}", dossier.unit(unit)),
            Value::Missing => "missing".into(),
        };
        let dates = [claim.start, claim.end, claim.as_of].map(|when| when.map(|when| dossier.when(when)));
        let words = [claim.reason.map(|reason| dossier.text(reason)), dossier.note(claim)];
        let places: Vec<String> = dossier
            .evidence(claim)
            .map(|place| {
                let spot = place.spot.map(|row| dossier.text(row));
                format!("{} {:?} {spot:?} {:?}", place.document.index(), dossier.text(place.section), place.pin)
            })
            .collect();
        let stance = (claim.modality(), claim.basis(), claim.rank());
        let subject = dossier.id(claim.subject);
        format!("{subject:?} {:?} {value} {dates:?} {words:?} {stance:?} {places:?}", claim.property)
    }

    /// Every number in a dossier lies in the table that it points into.
    fn points_nowhere_else(dossier: &Dossier) {
        let entity = |id: EntityId| assert!(id.index() < dossier.entities.len());
        dossier.documents().for_each(|(_, document)| entity(document.entity));
        for name in dossier.all_names() {
            entity(name.entity);
            dossier.name_evidence(name).for_each(drop);
        }
        for claim in dossier.all_claims() {
            said(dossier, claim);
        }
        for row in dossier.judgements() {
            entity(row.a);
            entity(row.b);
            dossier.text(row.reason);
        }
        for check in dossier.checks() {
            for term in dossier.terms(check) {
                match term {
                    Term::Slot { entity: slot, .. } => entity(*slot),
                    Term::Count { filters, .. } => {
                        for filter in dossier.filters(*filters) {
                            if let Value::Entity(target) = filter.value {
                                entity(target);
                            }
                        }
                    }
                    Term::Constant(_) => {}
                }
            }
        }
        export_bundle(dossier, &mut std::io::sink()).unwrap();
    }

    /// Returns true if the removed claims affect a check.
    fn rests_on(dossier: &Dossier, index: usize, gone: impl Fn(ClaimId) -> bool) -> bool {
        let is_meant = |claim: &Claim, which: &Which| {
            let spoken = matches!(claim.modality(), Modality::Actual | Modality::Planned);
            let edtf = |id: WhenId| dossier.when(id).edtf();
            claim.rank() != Rank::Deprecated
                && which.modality.map_or(spoken, |modality| claim.modality() == modality)
                && which.basis.is_none_or(|basis| claim.basis() == basis)
                && which.as_of.is_none_or(|wanted| claim.as_of.map(edtf) == Some(edtf(wanted)))
                && which.number.is_none_or(
                    |wanted| matches!(claim.value, Value::Number { number, .. } if number.get().to_bits() == wanted.to_bits()),
                )
        };
        dossier.terms(&dossier.checks()[index]).iter().any(|term| match term {
            Term::Constant(_) => false,
            Term::Slot { entity, property, which } => dossier.claims().any(|(id, claim)| {
                (claim.subject, claim.property) == (*entity, *property) && is_meant(claim, which) && gone(id)
            }),
            Term::Count { kind, filters } => {
                let filters = dossier.filters(*filters);
                let says = |entity: EntityId, filter: &Filter| {
                    let claims = dossier.claims().filter(move |(_, claim)| claim.subject == entity);
                    let plain =
                        |claim: &Claim| claim.modality() == Modality::Actual && claim.rank() != Rank::Deprecated;
                    let same = |claim: &Claim| claim.property == filter.property && claim.value == filter.value;
                    claims.filter(|(_, claim)| plain(claim) && same(claim)).map(|(id, _)| id).collect::<Vec<_>>()
                };
                dossier.of_kind(*kind).any(|entity| {
                    let sayings: Vec<Vec<ClaimId>> = filters.iter().map(|filter| says(entity, filter)).collect();
                    sayings.iter().all(|ids| !ids.is_empty()) && sayings.iter().flatten().any(|&id| gone(id))
                })
            }
        })
    }

    fn mentions(dossier: &Dossier, index: usize, gone: impl Fn(EntityId) -> bool) -> bool {
        dossier.terms(&dossier.checks()[index]).iter().any(|term| match term {
            Term::Slot { entity, .. } => gone(*entity),
            Term::Constant(_) => false,
            Term::Count { filters, .. } => dossier
                .filters(*filters)
                .iter()
                .any(|filter| matches!(filter.value, Value::Entity(target) if gone(target))),
        })
    }

    /// The embedded dossier without a person: claims about her are removed, her term stays.
    #[test]
    fn claims_about_a_removed_entity_are_removed() {
        let dossier = author::load(&author::embedded()).0;
        let gone = dossier.find("person/ramji-singh").unwrap();
        let subset = dossier.subset(|id| id != gone, |_| true);
        assert_eq!(subset.dossier.find("person/ramji-singh"), None);
        let tenure = subset.dossier.find("tenure/ramji-singh-director").unwrap();
        let holder = |claim: &Claim| claim.property == Core::Person;
        assert!(!subset.dossier.claims_of(tenure).iter().any(holder));
        assert!(subset.dossier.claims_of(tenure).len() >= 2, "what else is said of the term stays");
        assert_eq!(subset.dossier.checks().len(), dossier.checks().len());
        assert_eq!(subset.dossier.unclaimed().count(), dossier.unclaimed().count());
    }

    #[test]
    fn a_sum_is_removed_with_its_entity() {
        let dossier = author::load(&author::embedded()).0;
        let gone = dossier.find("facility/mookerjee-icu").unwrap();
        let subset = dossier.subset(|id| id != gone, |_| true);
        // "General and ICU beds make the beds of 2022" and "The ICU beds that were given …".
        assert_eq!(subset.dossier.checks().len(), dossier.checks().len() - 2);
    }

    #[test]
    fn a_sum_is_removed_with_each_of_its_numbers_and_counted_entities() {
        let dossier = author::load(&author::embedded()).0;
        let left = |id: &str, property| {
            let subject = dossier.find(id).unwrap();
            let is_it = |claim: &Claim| (claim.subject, claim.property) == (subject, property);
            let subset = dossier.subset(|_| true, |id| !is_it(dossier.claim(id)));
            dossier.checks().len() - subset.dossier.checks().len()
        };
        // The sum of all students.
        assert_eq!(left("institution/aiims-kalyani", property("doctoral")), 1);
        // The sum of the courses of all levels.
        assert_eq!(left("programme/kalyani-msc-medical-anatomy", property("level")), 1);
        assert_eq!(left("institution/aiims-kalyani", property("motto")), 0);
    }

    proptest! {
        #[test]
        fn keeping_everything_changes_nothing(dossier in arbitrary::dossier()) {
            let subset = dossier.subset(|_| true, |_| true);
            prop_assert_eq!(&subset.dossier, &dossier);
            prop_assert_eq!(subset.claims.len(), dossier.all_claims().len());
            prop_assert_eq!(subset.entities.len(), dossier.entities().len());
        }

        #[test]
        fn without_pins_the_rest_stays(dossier in arbitrary::dossier()) {
            let bare = dossier.without_pins();
            prop_assert!(bare.places().iter().all(|place| place.pin.is_none()));
            prop_assert!(bare.documents().all(|(_, document)| document.fingerprint.is_none()));
            let plain = |dossier: &Dossier, claim: &Claim| {
                let mut places: Vec<String> = dossier
                    .evidence(claim)
                    .map(|place| format!("{:?} {:?}", dossier.text(place.section), place.spot.map(|row| dossier.text(row))))
                    .collect();
                places.sort();
                (dossier.id(claim.subject).to_owned(), claim.property.index(), claim.stance, places)
            };
            let all = |dossier: &Dossier| {
                let mut claims: Vec<_> = dossier.claims().map(|(_, claim)| plain(dossier, claim)).collect();
                claims.sort();
                claims
            };
            prop_assert_eq!(all(&bare), all(&dossier));
            prop_assert_eq!(bare.places().len(), dossier.places().len());
            prop_assert_eq!(&bare.without_pins(), &bare);
        }

        #[test]
        fn what_is_kept_says_the_same_in_the_same_order(
            dossier in arbitrary::dossier(),
            entities in any::<u32>(),
            claims in any::<u64>(),
        ) {
            let keeps_entity = |id: EntityId| entities >> (id.index() % 32) & 1 == 1;
            let keeps_claim = |id: ClaimId| claims >> (id.index() % 64) & 1 == 1;
            let subset = dossier.subset(keeps_entity, keeps_claim);
            let small = &subset.dossier;
            points_nowhere_else(small);

            let is_document = |id| dossier.documents().any(|(_, document)| document.entity == id);
            let stays = |id| keeps_entity(id) || is_document(id);
            let expected: Vec<EntityId> = dossier.entities().filter(|&id| stays(id)).collect();
            prop_assert_eq!(&subset.entities, &expected);
            let ids: Vec<&str> = small.entities().map(|id| small.id(id)).collect();
            prop_assert_eq!(ids, expected.iter().map(|&id| dossier.id(id)).collect::<Vec<_>>());

            let whole = |claim: &Claim| stays(claim.subject) && Dossier::target(claim).is_none_or(stays);
            let expected: Vec<ClaimId> =
                dossier.claims().filter(|(id, claim)| keeps_claim(*id) && whole(claim)).map(|(id, _)| id).collect();
            prop_assert_eq!(&subset.claims, &expected);
            let before: Vec<String> = expected.iter().map(|&id| said(&dossier, dossier.claim(id))).collect();
            let after: Vec<String> = small.all_claims().iter().map(|claim| said(small, claim)).collect();
            prop_assert_eq!(after, before);

            let name = |dossier: &Dossier, name: &Name| {
                let lang = name.lang.map(|lang| dossier.text(lang).to_owned());
                (dossier.id(name.entity).to_owned(), dossier.text(name.value).to_owned(), name.kind, lang)
            };
            let before: Vec<_> =
                dossier.all_names().iter().filter(|row| stays(row.entity)).map(|row| name(&dossier, row)).collect();
            let after: Vec<_> = small.all_names().iter().map(|row| name(small, row)).collect();
            prop_assert_eq!(after, before);

            let both = dossier.judgements().iter().filter(|row| stays(row.a) && stays(row.b)).count();
            prop_assert_eq!(small.judgements().len(), both);
            let checks = (0..dossier.checks().len()).filter(|&check| {
                let gone = |id| !expected.contains(&id);
                !mentions(&dossier, check, |id| !stays(id)) && !rests_on(&dossier, check, gone)
            });
            prop_assert_eq!(small.checks().len(), checks.count());
            prop_assert_eq!(small.unclaimed().count(), dossier.unclaimed().count());
            prop_assert_eq!(small.documents().len(), dossier.documents().len());
            // The one form of a dossier that says the same: nothing is left to leave out.
            prop_assert_eq!(&small.subset(|_| true, |_| true).dossier, small);
        }
    }
}
