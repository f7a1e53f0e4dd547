//! Finds the entities that belong to another through further ones: the person of a tenure, the institution of a
//! department.
//!
//! Invariant: an entity is implied at most once, by the shortest path, never if a claim of the entity names it, and
//! never through a claim that is denied or deprecated.

use crate::model::{Claim, Dossier, EntityId, Kind, Modality, Property, Rank};

/// An entity that belongs to another through further ones.
#[derive(Debug, Clone, PartialEq)]
pub struct Implied<'a> {
    /// The implied entity.
    pub target: EntityId,
    /// The property by which it belongs.
    pub property: Property,
    /// The path of claims, beginning with one of the entity itself; never empty.
    pub path: Vec<&'a Claim>,
}

/// The greatest length of a path: event, tenure, post, unit, institution.
const MAX_STEPS: usize = 4;

/// The use of a claim of an entity on a path.
enum Step {
    /// Its value belongs to the entity, by this property.
    Take(Property),
    /// The path continues with its value.
    Follow,
    /// Both.
    TakeAndFollow(Property),
    /// Neither.
    Leave,
}

/// Returns the institutions, departments and people that are reached from an entity's claims but not named in them.
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
    claim.modality != Modality::Denied && claim.rank != Rank::Deprecated
}

/// Returns true if the entities that contain the value of a claim may be implied too.
fn leads_on(dossier: &Dossier, claim: &Claim) -> bool {
    let of_tenure = Dossier::target(claim).is_some_and(|target| dossier.entity(target).kind == Kind::Tenure);
    of_tenure
        || matches!(
            claim.property,
            Property::HoldsPost
                | Property::Department
                | Property::Parent
                | Property::Party
                | Property::OfAgreement
                | Property::OfFacility
                | Property::OfProgramme
        )
}

/// Returns the use of a claim on a path; `first` is the property of the first claim of the path.
fn step(dossier: &Dossier, reached: EntityId, first: Property, claim: &Claim) -> Step {
    let target = Dossier::target(claim).map(|target| dossier.entity(target).kind);
    match (dossier.entity(reached).kind, claim.property, target) {
        // A witness who is named by his office is a witness.
        (Kind::Tenure, Property::OfPerson, _) => Step::Take(first),
        // An institution's own wholes are no concern of what happened in it, and a clinic's
        // departments take no part in whatever happens in the clinic.
        (Kind::Institution, _, _) | (Kind::Facility, Property::Department, _) => Step::Leave,
        (_, Property::AtInstitution, _) | (_, Property::Parent | Property::Party, Some(Kind::Institution)) => {
            Step::Take(Property::AtInstitution)
        }
        (_, Property::Department, _) => Step::TakeAndFollow(Property::Department),
        (_, Property::Parent | Property::Party, _) | (Kind::Tenure, Property::HoldsPost, _) => Step::Follow,
        _ => Step::Leave,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Builder, NewClaim, NewValue};

    /// A dossier of `kind/slug` entities and `(subject, property, object)` claims.
    fn dossier(claims: &[(&str, Property, &str)]) -> Dossier {
        let mut builder = Builder::default();
        for id in claims.iter().flat_map(|&(subject, _, object)| [subject, object]) {
            let (kind, slug) = id.split_once('/').unwrap();
            builder.entity(Kind::parse(kind).unwrap(), slug, slug);
        }
        for &(subject, property, object) in claims {
            let (subject, object) = (builder.find(subject).unwrap(), builder.find(object).unwrap());
            builder.claim(NewClaim::new(subject, property, NewValue::Entity(object)));
        }
        builder.finish()
    }

    fn of(dossier: &Dossier, id: &str) -> Vec<(Property, String)> {
        let name = |found: Implied<'_>| (found.property, dossier.id(found.target).to_owned());
        implied(dossier, dossier.find(id).unwrap()).into_iter().map(name).collect()
    }

    const TENURE: [(&str, Property, &str); 3] = [
        ("tenure/t", Property::OfPerson, "person/p"),
        ("tenure/t", Property::HoldsPost, "post/director"),
        ("post/director", Property::AtInstitution, "institution/i"),
    ];

    #[test]
    fn a_tenure_is_at_the_institution_of_its_post() {
        assert_eq!(of(&dossier(&TENURE), "tenure/t"), [(Property::AtInstitution, "institution/i".into())]);
    }

    #[test]
    fn a_signatory_tenure_implies_its_person() {
        let mut claims = TENURE.to_vec();
        claims.push(("agreement/a", Property::Signatory, "tenure/t"));
        let expected =
            [(Property::Signatory, "person/p".into()), (Property::AtInstitution, "institution/i".to_owned())];
        assert_eq!(of(&dossier(&claims), "agreement/a"), expected);
    }

    #[test]
    fn an_event_of_a_programme_is_of_its_department_and_institution() {
        let claims = [
            ("event/e", Property::OfProgramme, "programme/md"),
            ("programme/md", Property::Department, "unit/d"),
            ("unit/d", Property::Parent, "unit/college"),
            ("unit/college", Property::AtInstitution, "institution/i"),
            ("institution/i", Property::Parent, "institution/whole"),
        ];
        let expected = [(Property::Department, "unit/d".into()), (Property::AtInstitution, "institution/i".to_owned())];
        assert_eq!(of(&dossier(&claims), "event/e"), expected);
    }

    #[test]
    fn a_named_entity_is_not_implied_and_a_circle_ends() {
        let claims = [
            ("event/e", Property::AtInstitution, "institution/i"),
            ("event/e", Property::OfFacility, "facility/a"),
            ("facility/a", Property::Parent, "facility/b"),
            ("facility/b", Property::Parent, "facility/a"),
            ("facility/b", Property::AtInstitution, "institution/i"),
        ];
        assert_eq!(of(&dossier(&claims), "event/e"), []);
    }
}
