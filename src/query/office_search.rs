//! Finds an office by words: a title, an institution, or both.
//!
//! Invariant: if several offices match, one is chosen only by its exact label or by the name of an institution,
//! never by rank.

use crate::graph::containment::targets;
use crate::graph::names::Hit;
use crate::model::{Core, CoreKind, EntityId};
use crate::offices::{Office, office, offices_of};
use crate::query::matching;
use crate::query::{Query, QueryError};
use crate::search::Tier;
use crate::text::fold::fold;
use crate::timeline::World;

/// The result of a search for an office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OfficeMatch {
    /// One office.
    Post(Office),
    /// All offices of one institution and its children.
    Institution(EntityId, Vec<Office>),
    /// Several matching posts or institutions, best first; the caller has to choose.
    Several(Vec<EntityId>),
    /// No match.
    Nothing,
}

/// The most results of the search that are considered.
const LIMIT: usize = 50;

/// Words that do not distinguish offices.
const FILLERS: &[&str] = &["of", "the", "at", "in", "for"];

/// Finds the offices that match some words: a post by title and institution ("Green Hill director"), or an
/// institution for all of its offices. Ids are accepted too.
///
/// # Errors
///
/// Returns an error if the words are not a valid [`Query`].
pub fn find_offices(world: &World, words: &str) -> Result<OfficeMatch, QueryError> {
    let dossier = world.dossier();
    let id = words.trim();
    if let Some(entity) = dossier.find(id).or_else(|| dossier.find(&format!("post/{id}"))) {
        match dossier.core_kind(entity) {
            CoreKind::Post => return Ok(OfficeMatch::Post(office(world, entity))),
            CoreKind::Institution => return Ok(whole(world, entity)),
            _ => {}
        }
    }
    let typed = Query::parse(words, dossier.vocabulary())?;
    let query = Query::parse(&format!("{words} kind:post,institution"), dossier.vocabulary())?;
    if typed.is_empty() {
        return Ok(OfficeMatch::Nothing);
    }
    let results = matching::search(world, &query, LIMIT);
    let is_post = |hit: &&Hit| dossier.core_kind(hit.entity) == CoreKind::Post;
    let (posts, houses): (Vec<&Hit>, Vec<&Hit>) = results.rows.iter().filter(|hit| hit.is_close()).partition(is_post);
    // A post has the name of its institution in its own, so words that fit both mean the institution.
    let staffed = |hit: &&Hit| !offices_of(world, hit.entity).is_empty();
    let mut houses: Vec<&Hit> = houses.into_iter().filter(staffed).collect();
    if houses.iter().filter(|hit| hit.tier == Tier::Exact).count() == 1 {
        houses.retain(|hit| hit.tier == Tier::Exact);
    }
    let houses: Vec<EntityId> = houses.into_iter().map(|hit| hit.entity).collect();
    let found = if houses.is_empty() { by_title(world, words, &posts) } else { houses };
    if found.is_empty() && posts.is_empty() && results.close == 0 {
        // Similar names are only considered if nothing matches exactly.
        let near = results.rows.iter().filter(|hit| matches!(hit.tier, Tier::Fuzzy | Tier::Typo));
        return Ok(chosen(world, near.map(|hit| hit.entity).collect()));
    }
    Ok(chosen(world, found))
}

/// Returns the posts whose own names match, or else those that match together with their institution's names.
fn by_title(world: &World, words: &str, posts: &[&Hit]) -> Vec<EntityId> {
    let dossier = world.dossier();
    let typed = fold(words);
    let labelled = posts.iter().filter(|hit| fold(dossier.label(hit.entity)) == typed).collect::<Vec<_>>();
    if let [only] = labelled[..] {
        return vec![only.entity];
    }
    if !posts.is_empty() {
        return posts.iter().map(|hit| hit.entity).collect();
    }
    let wanted: Vec<&str> = typed.split(' ').filter(|word| !FILLERS.contains(word) && !word.is_empty()).collect();
    let names = |entity: EntityId| {
        let other = dossier.names(entity).iter().map(|name| fold(dossier.text(name.value)));
        std::iter::once(fold(dossier.label(entity))).chain(other).collect::<Vec<String>>().join(" ")
    };
    let fits = |post: &EntityId| {
        let of: Vec<EntityId> = targets(world, *post, Core::Institution).collect();
        let text = of.into_iter().fold(names(*post), |text, house| format!("{text} {}", names(house)));
        wanted.iter().all(|wanted| text.split(' ').any(|word| word.starts_with(wanted)))
    };
    if wanted.is_empty() { Vec::new() } else { dossier.of_core(CoreKind::Post).filter(fits).collect() }
}

fn chosen(world: &World, found: Vec<EntityId>) -> OfficeMatch {
    match found[..] {
        [] => OfficeMatch::Nothing,
        [only] if world.dossier().core_kind(only) == CoreKind::Institution => whole(world, only),
        [only] => OfficeMatch::Post(office(world, only)),
        _ => OfficeMatch::Several(found),
    }
}

fn whole(world: &World, institution: EntityId) -> OfficeMatch {
    OfficeMatch::Institution(institution, offices_of(world, institution))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::author::{embedded, load};
    use crate::model::arbitrary;
    use crate::timeline::authored::{authored, table};
    use proptest::prelude::*;

    fn world() -> World {
        World::new(load(&embedded()).0)
    }

    fn name(world: &World, office: Office) -> String {
        world.dossier().id(office.post).trim_start_matches("post/").to_owned()
    }

    #[test]
    fn an_office_is_found_by_its_common_names() {
        let world = world();
        for (words, post) in [
            ("AIIMS Kalyani director", "kalyani-director"),
            ("executive director kalyani", "kalyani-director"),
            ("Director of AIIMS Kalyani", "kalyani-director"),
            ("iit kharagpur director", "iit-kharagpur-director"),
            ("post/kalyani-president", "kalyani-president"),
            ("kalyani-president", "kalyani-president"),
            ("BCRMMRC principal", "roy-institute-principal"),
            ("principal of the roy institute", "roy-institute-principal"),
            ("kalyani presdent", "kalyani-president"),
            ("prime minister", "prime-minister"),
        ] {
            let Ok(OfficeMatch::Post(found)) = find_offices(&world, words) else {
                panic!("{words}: {:?}", find_offices(&world, words));
            };
            assert_eq!(name(&world, found), post, "{words}");
        }
    }

    #[test]
    fn the_name_of_an_institution_means_all_of_its_offices() {
        let world = world();
        for words in ["AIIMS Kalyani", "kalyani", "institution/aiims-kalyani", "aiims kalyani kind:institution"] {
            let Ok(OfficeMatch::Institution(house, offices)) = find_offices(&world, words) else {
                panic!("{words}: {:?}", find_offices(&world, words));
            };
            assert_eq!((world.dossier().id(house), offices.len()), ("institution/aiims-kalyani", 3), "{words}");
        }
    }

    #[test]
    fn words_that_match_several_offices_give_a_list() {
        let world = world();
        for (words, least) in [("director", 3), ("president", 3), ("AIIMS", 2)] {
            let Ok(OfficeMatch::Several(found)) = find_offices(&world, words) else {
                panic!("{words}: {:?}", find_offices(&world, words));
            };
            assert!(found.len() >= least, "{words}: {}", found.len());
        }
        for words in ["", "zzqx", "Ramji Singh", "  "] {
            assert_eq!(find_offices(&world, words), Ok(OfficeMatch::Nothing), "{words}");
        }
        assert!(find_offices(&world, "knd:post x").is_err());
    }

    #[test]
    fn an_exact_name_is_preferred_to_a_longer_name_that_starts_with_it() {
        let post = |id: &str, of: &str| table("post", id, &format!("institution = \"{of}\""));
        let text = [
            table("institution", "harbour", ""),
            table("institution", "harbour-east", ""),
            post("pilot", "harbour"),
            post("warden", "harbour-east"),
        ];
        let world = authored(&text.concat());
        let found = |words: &str| match find_offices(&world, words) {
            Ok(OfficeMatch::Institution(house, offices)) => format!("{} {}", world.dossier().id(house), offices.len()),
            other => format!("{other:?}"),
        };
        assert_eq!(found("Harbour"), "institution/harbour 1");
        assert_eq!(found("harbour east"), "institution/harbour-east 1");
    }

    proptest! {
        /// Any label is either a query or refused; nothing panics.
        #[test]
        fn any_label_may_be_typed(dossier in arbitrary::dossier()) {
            let world = World::new(dossier);
            for institution in world.dossier().of_core(CoreKind::Institution) {
                let _ = find_offices(&world, world.dossier().label(institution));
            }
        }
    }
}
