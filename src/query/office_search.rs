//! The offices of an institution, and an office from the words that people use for it.
//!
//! Invariant: words that fit several offices are never resolved to one of them by
//! their order or fame; only an exact label or the name of an institution decides.

use std::collections::HashSet;

use crate::graph::Catalogue;
use crate::graph::containment::targets;
use crate::graph::slots::is_actual;
use crate::model::{EntityId, Kind, Property};
use crate::query::matching;
use crate::query::{Query, QueryError};
use crate::search::{Hit, Tier};
use crate::text::fold::fold;

/// An office, and where it belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Office {
    /// The post.
    pub post: EntityId,
    /// Its institution, where one is known.
    pub institution: Option<EntityId>,
}

/// What words were found to mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// One office.
    Post(Office),
    /// All offices of one institution, and of what belongs to it.
    Institution(EntityId, Vec<Office>),
    /// Several posts or institutions, best first: the reader has to choose.
    Several(Vec<EntityId>),
    /// Nothing.
    Nothing,
}

/// How many rows of a search are looked at.
const LIMIT: usize = 50;

/// How many steps down from an institution its parts are followed.
const DEPTH: usize = 4;

/// Words that say nothing about which office is meant.
const FILLERS: &[&str] = &["of", "the", "at", "in", "for"];

/// The offices of an institution, then those of its daughters and theirs; within each those with
/// the most tenures first.
///
/// A post that names no institution counts where its tenures are.
pub fn offices_of(catalogue: &Catalogue, institution: EntityId) -> Vec<Office> {
    let dossier = catalogue.dossier();
    let mut level = vec![institution];
    let mut wholes = level.clone();
    let mut known = HashSet::from([institution]);
    for _ in 0..DEPTH {
        let below = level.iter().flat_map(|&whole| parts_below(catalogue, whole));
        level = below.filter(|&part| known.insert(part)).collect();
        wholes.extend(&level);
    }
    let mut offices: Vec<Office> = Vec::new();
    let mut known = HashSet::new();
    for &whole in &wholes {
        let mut own: Vec<EntityId> = posts_at(catalogue, whole);
        own.retain(|&post| known.insert(post));
        own.sort_by_cached_key(|&post| (std::cmp::Reverse(tenures(catalogue, post)), dossier.label(post), post));
        offices.extend(own.into_iter().map(|post| office(catalogue, post)));
    }
    offices
}

/// The offices that words mean: a post by its title and institution ("AIIMS Kalyani director"),
/// or an institution, for all of its offices; ids are taken too.
///
/// # Errors
///
/// Where the words are no [`Query`].
pub fn find_offices(catalogue: &Catalogue, words: &str) -> Result<Found, QueryError> {
    let dossier = catalogue.dossier();
    let id = words.trim();
    if let Some(entity) = dossier.find(id).or_else(|| dossier.find(&format!("post/{id}"))) {
        match dossier.entity(entity).kind {
            Kind::Post => return Ok(Found::Post(office(catalogue, entity))),
            Kind::Institution => return Ok(whole(catalogue, entity)),
            _ => {}
        }
    }
    let typed = Query::parse(words)?;
    let query = Query::parse(&format!("{words} kind:post,institution"))?;
    if typed.is_empty() {
        return Ok(Found::Nothing);
    }
    let results = matching::search(catalogue, &query, LIMIT);
    let is_post = |hit: &&Hit| dossier.entity(hit.entity).kind == Kind::Post;
    let (posts, houses): (Vec<&Hit>, Vec<&Hit>) = results.rows.iter().filter(|hit| hit.is_close()).partition(is_post);
    // A post has the name of its institution in its own; words that fit both mean the institution.
    let staffed = |hit: &&Hit| !offices_of(catalogue, hit.entity).is_empty();
    let mut houses: Vec<&Hit> = houses.into_iter().filter(staffed).collect();
    if houses.iter().filter(|hit| hit.tier == Tier::Exact).count() == 1 {
        houses.retain(|hit| hit.tier == Tier::Exact);
    }
    let houses: Vec<EntityId> = houses.into_iter().map(|hit| hit.entity).collect();
    let found = if houses.is_empty() { by_title(catalogue, words, &posts) } else { houses };
    if found.is_empty() && posts.is_empty() && results.close == 0 {
        // Only now is a slip of the finger thought of.
        let near = results.rows.iter().filter(|hit| matches!(hit.tier, Tier::Fuzzy | Tier::Typo));
        return Ok(chosen(catalogue, near.map(|hit| hit.entity).collect()));
    }
    Ok(chosen(catalogue, found))
}

/// The posts whose own names fit, or else those that fit together with their institution's names.
fn by_title(catalogue: &Catalogue, words: &str, posts: &[&Hit]) -> Vec<EntityId> {
    let dossier = catalogue.dossier();
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
        let of: Vec<EntityId> = targets(catalogue, *post, Property::AtInstitution).collect();
        let text = of.into_iter().fold(names(*post), |text, house| format!("{text} {}", names(house)));
        wanted.iter().all(|wanted| text.split(' ').any(|word| word.starts_with(wanted)))
    };
    if wanted.is_empty() { Vec::new() } else { dossier.of_kind(Kind::Post).filter(fits).collect() }
}

fn chosen(catalogue: &Catalogue, found: Vec<EntityId>) -> Found {
    match found[..] {
        [] => Found::Nothing,
        [only] if catalogue.dossier().entity(only).kind == Kind::Institution => whole(catalogue, only),
        [only] => Found::Post(office(catalogue, only)),
        _ => Found::Several(found),
    }
}

fn whole(catalogue: &Catalogue, institution: EntityId) -> Found {
    Found::Institution(institution, offices_of(catalogue, institution))
}

fn office(catalogue: &Catalogue, post: EntityId) -> Office {
    let own = targets(catalogue, post, Property::AtInstitution).next();
    let held = || {
        holders(catalogue, post)
            .into_iter()
            .find_map(|tenure| targets(catalogue, tenure, Property::AtInstitution).next())
    };
    Office { post, institution: own.or_else(held) }
}

/// The tenures of a post.
fn holders(catalogue: &Catalogue, post: EntityId) -> Vec<EntityId> {
    subjects(catalogue, post, Property::HoldsPost, Kind::Tenure)
}

fn tenures(catalogue: &Catalogue, post: EntityId) -> usize {
    holders(catalogue, post).len()
}

fn posts_at(catalogue: &Catalogue, institution: EntityId) -> Vec<EntityId> {
    let mut posts = subjects(catalogue, institution, Property::AtInstitution, Kind::Post);
    for tenure in subjects(catalogue, institution, Property::AtInstitution, Kind::Tenure) {
        let homeless = |post: &EntityId| targets(catalogue, *post, Property::AtInstitution).next().is_none();
        posts.extend(targets(catalogue, tenure, Property::HoldsPost).filter(homeless));
    }
    posts
}

fn parts_below(catalogue: &Catalogue, institution: EntityId) -> Vec<EntityId> {
    subjects(catalogue, institution, Property::Parent, Kind::Institution)
}

/// The entities of a kind of which it is said that a property of theirs is `target`.
fn subjects(catalogue: &Catalogue, target: EntityId, property: Property, kind: Kind) -> Vec<EntityId> {
    let dossier = catalogue.dossier();
    let claims = catalogue.links().to(target).iter().map(|&id| dossier.claim(id));
    let fitting = claims.filter(|claim| claim.property == property && is_actual(claim));
    fitting.map(|claim| claim.subject).filter(|&subject| dossier.entity(subject).kind == kind).collect()
}
