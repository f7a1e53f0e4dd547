//! Resolves an id or name typed by the user to one entity.
//!
//! Invariant: an ambiguous text is never resolved: only an id, slug or name of exactly one entity is, and
//! everything else is an error with suggestions.

use super::failure::Failure;
use crate::model::{Dossier, EntityId};
use crate::query::Query;
use crate::query::matching;
use crate::search::Tier;
use crate::syntax::nearest;
use crate::text::fold::fold;
use crate::text::width;
use crate::timeline::World;

/// The most candidates that are listed.
const MAX_CANDIDATES: usize = 20;

/// The most entities that are suggested for a name that none has.
const MAX_SUGGESTED: usize = 5;

/// Returns the entity with this id (`kind/slug`), or else the only one with this slug, label or other name, or else the
/// subject of the claim with this id.
pub fn resolve(world: &World, text: &str) -> Result<EntityId, Failure> {
    let dossier = world.dossier();
    if let Some(entity) = dossier.find(text) {
        return Ok(entity);
    }
    let found = called(dossier, text);
    if found.is_empty()
        && let [claim] = dossier.claims_named(text.strip_prefix('#').unwrap_or(text))[..]
    {
        return Ok(dossier.claim(claim).subject);
    }
    match found[..] {
        [entity] => Ok(entity),
        [] => Err(unknown(world, text)),
        _ => Err(ambiguous(dossier, text, &found)),
    }
}

/// Returns true if a text is the id or a name of some entity, or the id of a claim.
pub fn is_known(world: &World, text: &str) -> bool {
    let dossier = world.dossier();
    let has_claim = || !dossier.claims_named(text.strip_prefix('#').unwrap_or(text)).is_empty();
    dossier.find(text).is_some() || !called(dossier, text).is_empty() || has_claim()
}

/// Returns the part of an id after the kind.
fn slug(dossier: &Dossier, entity: EntityId) -> &str {
    let id = dossier.id(entity);
    id.split_once('/').map_or(id, |(_, slug)| slug)
}

/// Returns the label and the other names of an entity.
fn names(dossier: &Dossier, entity: EntityId) -> impl Iterator<Item = &str> {
    let others = dossier.names(entity).iter().map(|name| dossier.text(name.value));
    std::iter::once(dossier.label(entity)).chain(others)
}

/// Returns every entity with this slug, or this name ignoring case, accents, dots and titles.
fn called(dossier: &Dossier, text: &str) -> Vec<EntityId> {
    let folded = fold(text);
    let has_name = |entity| !folded.is_empty() && names(dossier, entity).any(|name| fold(name) == folded);
    dossier.entities().filter(|&entity| slug(dossier, entity) == text || has_name(entity)).collect()
}

/// Returns the failure for a text that nothing has as id or name, with what it may mean.
fn unknown(world: &World, text: &str) -> Failure {
    let dossier = world.dossier();
    let start = format!("no entity \"{text}\"");
    match suggestions(world, text)[..] {
        [] => Failure::input(format!(
            "{start}; expected an id such as person/jane-doe, or a name; look for it with: annals find"
        )),
        [entity] => {
            Failure::input(format!("{start}; did you mean \"{}\" ({})?", dossier.id(entity), dossier.label(entity)))
        }
        ref several => {
            let mut lines = vec![format!("{start}; did you mean one of these?")];
            lines.extend(listed(dossier, several));
            Failure::Input(lines)
        }
    }
}

/// Returns what a text may mean: all that a search finds by words of its names, up to a few, or the one of them that has
/// nearly this name; else the best of what is similar.
fn suggestions(world: &World, text: &str) -> Vec<EntityId> {
    let dossier = world.dossier();
    if text.contains('/') {
        let ids: Vec<&str> = dossier.entities().map(|entity| dossier.id(entity)).collect();
        return nearest(&text.to_lowercase(), ids).and_then(|id| dossier.find(id)).into_iter().collect();
    }
    let query = Query::parse(text, dossier.vocabulary()).ok().filter(|query| !query.is_empty());
    let Some(query) = query else { return Vec::new() };
    let found = matching::search(world, &query, MAX_SUGGESTED).rows;
    let close: Vec<EntityId> = found.iter().filter(|hit| hit.is_close()).map(|hit| hit.entity).collect();
    let like = most_like(dossier, text);
    if !close.is_empty() {
        return like.filter(|like| close.contains(like)).map_or(close, |like| vec![like]);
    }
    let best = found.first().filter(|hit| hit.tier != Tier::Scattered).map(|hit| hit.entity);
    best.or(like).or_else(|| Some(found.first()?.entity)).into_iter().collect()
}

/// Returns the entity with the most similar slug or name.
fn most_like(dossier: &Dossier, text: &str) -> Option<EntityId> {
    let named = |entity| {
        let names = names(dossier, entity).map(fold).collect::<Vec<String>>();
        names.into_iter().chain([slug(dossier, entity).to_owned()]).map(move |name| (name, entity))
    };
    let entries: Vec<(String, EntityId)> = dossier.entities().flat_map(named).collect();
    let near = |typed: &str| nearest(typed, entries.iter().map(|(name, _)| name.as_str()));
    let near = near(&text.to_lowercase()).or_else(|| near(&fold(text)))?;
    entries.iter().find(|(name, _)| name == near).map(|&(_, entity)| entity)
}

fn ambiguous(dossier: &Dossier, text: &str, found: &[EntityId]) -> Failure {
    let count = found.len();
    let mut lines = vec![format!("\"{text}\" means any of {count} entities; expected one of their ids:")];
    let (shown, others) = found.split_at(count.min(MAX_CANDIDATES));
    lines.extend(listed(dossier, shown));
    if !others.is_empty() {
        lines.push(format!("  and {} more", others.len()));
    }
    Failure::Input(lines)
}

/// Returns entities with id and label, a line each.
fn listed(dossier: &Dossier, entities: &[EntityId]) -> Vec<String> {
    let widest = entities.iter().map(|&entity| width(dossier.id(entity))).max().unwrap_or_default();
    entities.iter().map(|&entity| format!("  {:widest$}  {}", dossier.id(entity), dossier.label(entity))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Builder, CoreKind, NameKind};

    fn world() -> World {
        let mut builder = Builder::default();
        for (kind, slug, label) in [
            (CoreKind::Person, "b-c-roy", "B. C. Roy"),
            (CoreKind::Institution, "roy-institute", "Dr B C Roy Institute"),
            (CoreKind::Institution, "north", "Institute North"),
            (CoreKind::Institution, "south", "Institute South"),
            (CoreKind::Unit, "north", "North wing"),
        ] {
            builder.entity(kind, slug, label).unwrap();
        }
        for id in ["institution/north", "institution/south"] {
            let handle = builder.find(id).unwrap();
            builder.name(handle, "IN", NameKind::Acronym, None, Vec::new());
        }
        World::new(builder.finish())
    }

    fn resolved(text: &str) -> Result<String, Vec<String>> {
        let world = world();
        let found = resolve(&world, text);
        found.map(|entity| world.dossier().id(entity).to_owned()).map_err(|failure| failure.lines())
    }

    #[test]
    fn unique_ids_slugs_and_names_are_resolved() {
        for text in ["person/b-c-roy", "b-c-roy", "B C Roy", "Dr. b.c. roy"] {
            assert_eq!(resolved(text), Ok("person/b-c-roy".into()), "{text}");
        }
        assert_eq!(resolved("institution/north"), Ok("institution/north".into()));
    }

    #[test]
    fn an_ambiguous_name_lists_its_candidates() {
        assert_eq!(
            resolved("in").unwrap_err(),
            [
                "annals: \"in\" means any of 2 entities; expected one of their ids:",
                "  institution/north  Institute North",
                "  institution/south  Institute South",
            ]
        );
        assert!(resolved("north").unwrap_err()[0].contains("means any of 2 entities"));
    }

    #[test]
    fn an_unknown_name_gets_a_suggestion() {
        for (text, meant) in [
            ("person/bc-roy", "person/b-c-roy"),
            ("souht", "institution/south"),
            ("nstitute south", "institution/south"),
        ] {
            let lines = resolved(text).unwrap_err();
            assert!(lines[0].contains(&format!("did you mean \"{meant}\"")), "{text}: {lines:?}");
        }
        assert_eq!(
            resolved("instit").unwrap_err(),
            [
                "annals: no entity \"instit\"; did you mean one of these?",
                "  institution/north          Institute North",
                "  institution/south          Institute South",
                "  institution/roy-institute  Dr B C Roy Institute",
            ]
        );
        assert!(resolved("zzzzzzzzzzzz").unwrap_err()[0].contains("expected an id"));
        assert!(resolved("").is_err());
    }
}
