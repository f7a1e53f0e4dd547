//! Membership of entities in institutions, for `--of`, for queries, and for the groups of a list.
//!
//! Invariant: an entity never belongs to itself; it is listed under each of the nearest institutions that it
//! belongs to, but not under the institutions that contain those. A link that places nothing puts it nowhere.

use super::failure::Failure;
use super::kinds::ListKind;
use crate::formats::jsonl::implied::implied;
use crate::graph::slots::is_actual;
use crate::model::{Core, CoreKind, Dossier, EntityId};
use crate::present::wording::distinct;
use crate::query::Query;
use crate::query::matching;
use crate::timeline::World;

/// Returns the tenures that a person is said to have held. One that is planned, alleged or denied puts the person nowhere,
/// for its word would not stand beside the person.
pub fn tenures(world: &World, person: EntityId) -> Vec<EntityId> {
    let dossier = world.dossier();
    let links = world.links().to(person).iter().map(|&id| dossier.claim(id));
    let mut found: Vec<EntityId> = links
        .filter(|claim| claim.property == Core::Person && dossier.core_kind(claim.subject) == CoreKind::Tenure)
        .filter(|claim| is_actual(claim))
        .map(|claim| claim.subject)
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Returns the nearest institutions that an entity belongs to, in the order in which it names them.
pub fn institutions(world: &World, entity: EntityId) -> Vec<EntityId> {
    let dossier = world.dossier();
    if dossier.core_kind(entity) == CoreKind::Person {
        let mut found: Vec<EntityId> =
            tenures(world, entity).into_iter().flat_map(|tenure| institutions(world, tenure)).collect();
        found.sort_unstable();
        found.dedup();
        return found;
    }
    let stated = [Core::Institution, Core::Parent, Core::Party];
    let claims = stated.into_iter().flat_map(|property| dossier.slot(entity, property));
    let holding = claims.filter(|claim| dossier.situates(claim));
    let is_institution = |target: &EntityId| dossier.core_kind(*target) == CoreKind::Institution;
    let mut found = distinct(holding.filter_map(Dossier::target).filter(is_institution));
    if found.is_empty() {
        let reached = implied(dossier, entity).into_iter().filter(|found| {
            found.property == Core::Institution && found.path.iter().all(|claim| dossier.situates(claim))
        });
        found.extend(reached.map(|found| found.target));
    }
    found
}

/// Returns true if an entity belongs to another one, is named by it, or serves it.
pub fn is_of(world: &World, entity: EntityId, whole: EntityId) -> bool {
    let dossier = world.dossier();
    let names = |subject: EntityId, target| {
        dossier.claims_of(subject).iter().any(|claim| Dossier::target(claim) == Some(target) && dossier.situates(claim))
    };
    let serves = |person| tenures(world, person).into_iter().any(|tenure| world.touches(tenure, whole));
    let held = |whole| tenures(world, whole).into_iter().any(|tenure| names(tenure, entity));
    entity != whole
        && (world.touches(entity, whole)
            || names(entity, whole)
            || names(whole, entity)
            || serves(entity)
            || held(whole)
            || is_source_of(dossier, entity, whole))
}

/// Returns true if a document contains evidence for a claim about an entity.
fn is_source_of(dossier: &Dossier, document: EntityId, of: EntityId) -> bool {
    let from_it = |claim| dossier.evidence(claim).any(|place| dossier.document(place.document).entity == document);
    dossier.core_kind(document) == CoreKind::Document && dossier.claims_of(of).iter().any(from_it)
}

/// Parses a query, restricted to entities of one kind if `kind` is given.
pub fn parse_query(world: &World, text: &str, kind: Option<&ListKind>) -> Result<Query, Failure> {
    let words = world.dossier().vocabulary();
    let wrong = |error: crate::query::QueryError| Failure::input(format!("query \"{text}\": {error}"));
    let typed = Query::parse(text, words).map_err(wrong)?;
    Ok(match kind {
        None => typed,
        Some(kind) => typed.of_kinds(&kind.kinds(words)),
    })
}

/// Returns the lines that explain an empty result; see [`matching::excluding_terms`]. `count` returns the number of
/// results of a query.
pub fn explain_empty(query: &Query, count: impl Fn(&Query) -> Result<usize, Failure>) -> Result<Vec<String>, Failure> {
    if query.is_one_word() {
        // With a single term there is nothing to explain.
        return Ok(Vec::new());
    }
    let lines = matching::excluding_terms(query, count)?.lines();
    Ok(lines.into_iter().map(|line| format!("annals: {line}")).collect())
}

#[cfg(test)]
mod tests {
    use super::super::load::load;
    use super::*;
    use crate::model::{Builder, Modality, NewClaim, NewValue, Rank};
    use crate::vocabulary::testing::kind;

    fn find(world: &World, id: &str) -> EntityId {
        world.dossier().find(id).unwrap()
    }

    #[test]
    fn a_person_belongs_to_the_institutions_of_the_posts_held() {
        let world = load(None).unwrap();
        let (person, kalyani) = (find(&world, "person/ramji-singh"), find(&world, "institution/aiims-kalyani"));
        assert_eq!(institutions(&world, person), [kalyani]);
        assert!(is_of(&world, person, kalyani));
        assert!(!is_of(&world, find(&world, "person/vk-tewari"), kalyani));
    }

    #[test]
    fn a_part_belongs_to_all_containing_institutions_but_is_listed_under_the_nearest() {
        let world = load(None).unwrap();
        let course = find(&world, "programme/phlebotomist");
        let (school, whole) =
            (find(&world, "institution/school-for-skills"), find(&world, "institution/iit-kharagpur"));
        assert_eq!(institutions(&world, course), [school]);
        assert!(is_of(&world, course, school) && is_of(&world, course, whole));
    }

    #[test]
    fn a_denied_or_superseded_claim_puts_nothing_under_an_institution() {
        let mut builder = Builder::default();
        let course = builder.entity(kind("programme"), "course", "Course").unwrap();
        for (slug, modality, rank) in [
            ("a", Modality::Denied, Rank::Normal),
            ("b", Modality::Actual, Rank::Deprecated),
            ("c", Modality::Planned, Rank::Normal),
        ] {
            let institution = builder.entity(CoreKind::Institution, slug, slug).unwrap();
            let claim = NewClaim::new(course, Core::Institution, NewValue::Entity(institution));
            builder.claim(NewClaim { modality, rank, ..claim });
        }
        let world = World::new(builder.finish());
        let found = institutions(&world, find(&world, "programme/course"));
        assert_eq!(found, [find(&world, "institution/c")]);
    }

    #[test]
    fn nothing_belongs_to_itself() {
        let world = load(None).unwrap();
        for entity in world.dossier().entities() {
            assert!(!is_of(&world, entity, entity));
        }
    }
}
