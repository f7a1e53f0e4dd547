//! Finds the entities that belong to another through further ones: the person of a tenure, the institution of a
//! unit.
//!
//! Invariant: an entity is implied at most once, by the shortest path, never if a claim of the entity names it, and
//! never through a claim that is denied or deprecated.

use crate::model::{Claim, Core, CoreKind, Dossier, EntityId, Modality, PropertyId, Rank};

/// An entity that belongs to another through further ones.
#[derive(Debug, Clone, PartialEq)]
pub struct Implied<'a> {
    /// The implied entity.
    pub target: EntityId,
    /// The property by which it belongs.
    pub property: PropertyId,
    /// The path of claims, beginning with one of the entity itself; never empty.
    pub path: Vec<&'a Claim>,
}

/// The greatest length of a path: event, tenure, post, unit, institution.
const MAX_STEPS: usize = 4;

/// The use of a claim of an entity on a path.
enum Step {
    /// Its value belongs to the entity, by this property.
    Take(PropertyId),
    /// The path continues with its value.
    Follow,
    /// Both.
    TakeAndFollow(PropertyId),
    /// Neither.
    Leave,
}

/// Returns the institutions, units and people that are reached from an entity's claims but not named in them.
pub fn implied(dossier: &Dossier, entity: EntityId) -> Vec<Implied<'_>> {
    let own = dossier.claims_of(entity);
    let mut seen: Vec<EntityId> = own.iter().filter_map(Dossier::target).chain([entity]).collect();
    let mut found = Vec::new();
    let mut frontier: Vec<Vec<&Claim>> =
        own.iter().filter(|claim| holds(claim) && leads_on(dossier, claim)).map(|claim| vec![claim]).collect();
    for _ in 1..MAX_STEPS {
        let mut next = Vec::new();
        for path in frontier {
            let (Some(first), Some(last)) = (path.first(), path.last()) else { continue };
            let Some(reached) = Dossier::target(last) else { continue };
            for claim in dossier.claims_of(reached).iter().filter(|claim| holds(claim)) {
                let Some(target) = Dossier::target(claim) else { continue };
                let step = step(dossier, reached, first.property, claim);
                let longer = || path.iter().copied().chain([claim]).collect::<Vec<_>>();
                if let (Step::Take(property) | Step::TakeAndFollow(property), false) = (&step, seen.contains(&target)) {
                    seen.push(target);
                    found.push(Implied { target, property: *property, path: longer() });
                }
                if matches!(step, Step::Follow | Step::TakeAndFollow(_)) {
                    next.push(longer());
                }
            }
        }
        frontier = next;
    }
    found
}

fn holds(claim: &Claim) -> bool {
    claim.modality() != Modality::Denied && claim.rank() != Rank::Deprecated
}

/// Returns true if the entities that contain the value of a claim may be implied too.
fn leads_on(dossier: &Dossier, claim: &Claim) -> bool {
    let of_tenure = Dossier::target(claim).is_some_and(|target| dossier.core_kind(target) == CoreKind::Tenure);
    of_tenure || claim.property != Core::Institution && dossier.vocabulary().is_whole(claim.property)
}

/// Returns the use of a claim on a path; `first` is the property of the first claim of the path.
fn step(dossier: &Dossier, reached: EntityId, first: PropertyId, claim: &Claim) -> Step {
    let Some(target) = Dossier::target(claim).map(|target| dossier.core_kind(target)) else { return Step::Leave };
    let is_whole = dossier.vocabulary().is_whole(claim.property);
    match (dossier.core_kind(reached), claim.property.core(), target) {
        // A witness who is named by his office is a witness.
        (CoreKind::Tenure, Some(Core::Person), _) => Step::Take(first),
        // An institution's own wholes are no concern of what happened in it.
        (CoreKind::Institution, ..) => Step::Leave,
        (_, Some(Core::Institution), _) | (_, Some(Core::Parent | Core::Party), CoreKind::Institution) => {
            Step::Take(Core::Institution.into())
        }
        (_, Some(Core::Parent | Core::Party), _) | (CoreKind::Tenure, Some(Core::Post), _) => Step::Follow,
        // Of several units that share an item, it is not said which one takes part.
        (_, None, CoreKind::Unit) if is_whole && dossier.slot(reached, claim.property).len() == 1 => {
            Step::TakeAndFollow(claim.property)
        }
        _ => Step::Leave,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Builder, NewClaim, NewValue};
    use crate::vocabulary::testing::{kind, property, seeds};
    use std::sync::Arc;

    /// A dossier of `kind/slug` entities and `(subject, property, object)` claims.
    fn dossier(claims: &[(&str, PropertyId, &str)]) -> Dossier {
        let mut builder = Builder::new(Arc::clone(seeds()));
        for id in claims.iter().flat_map(|&(subject, _, object)| [subject, object]) {
            let (of, slug) = id.split_once('/').unwrap();
            builder.entity(kind(of), slug, slug);
        }
        for &(subject, property, object) in claims {
            let (subject, object) = (builder.find(subject).unwrap(), builder.find(object).unwrap());
            builder.claim(NewClaim::new(subject, property, NewValue::Entity(object)));
        }
        builder.finish()
    }

    fn of(dossier: &Dossier, id: &str) -> Vec<(PropertyId, String)> {
        let name = |found: Implied<'_>| (found.property, dossier.id(found.target).to_owned());
        implied(dossier, dossier.find(id).unwrap()).into_iter().map(name).collect()
    }

    const TENURE: [(&str, Core, &str); 3] = [
        ("tenure/t", Core::Person, "person/p"),
        ("tenure/t", Core::Post, "post/director"),
        ("post/director", Core::Institution, "institution/i"),
    ];

    fn tenure() -> Vec<(&'static str, PropertyId, &'static str)> {
        TENURE.iter().map(|&(subject, property, object)| (subject, property.into(), object)).collect()
    }

    #[test]
    fn a_tenure_is_at_the_institution_of_its_post() {
        assert_eq!(of(&dossier(&tenure()), "tenure/t"), [(Core::Institution.into(), "institution/i".into())]);
    }

    #[test]
    fn a_signatory_tenure_implies_its_person() {
        let mut claims = tenure();
        claims.push(("agreement/a", Core::Signatory.into(), "tenure/t"));
        let expected =
            [(Core::Signatory.into(), "person/p".into()), (Core::Institution.into(), "institution/i".to_owned())];
        assert_eq!(of(&dossier(&claims), "agreement/a"), expected);
    }

    #[test]
    fn an_event_of_a_programme_is_of_its_department_and_institution() {
        let claims = [
            ("event/e", property("programme"), "programme/md"),
            ("programme/md", property("department"), "unit/d"),
            ("unit/d", Core::Parent.into(), "unit/college"),
            ("unit/college", Core::Institution.into(), "institution/i"),
            ("institution/i", Core::Parent.into(), "institution/whole"),
        ];
        let expected =
            [(property("department"), "unit/d".into()), (Core::Institution.into(), "institution/i".to_owned())];
        assert_eq!(of(&dossier(&claims), "event/e"), expected);
    }

    #[test]
    fn a_named_entity_is_not_implied_and_a_circle_ends() {
        let claims = [
            ("event/e", Core::Institution.into(), "institution/i"),
            ("event/e", property("facility"), "facility/a"),
            ("facility/a", Core::Parent.into(), "facility/b"),
            ("facility/b", Core::Parent.into(), "facility/a"),
            ("facility/b", Core::Institution.into(), "institution/i"),
        ];
        assert_eq!(of(&dossier(&claims), "event/e"), []);
    }
}
