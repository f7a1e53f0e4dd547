//! The part of a dossier that may leave it.
//!
//! Invariant: no row of the result is private, was taken from a private document alone, or names what was left out.

use std::collections::BTreeMap;

use super::builder::{Builder, Selection};
use super::details::Reference;
use super::dossier::{Claim, Dossier, Name};
use super::id::{ClaimId, EntityId};
use super::mentions::{Mentions, slug};
use super::words::Basis;
use super::{Core, CoreKind, When};
use crate::text::word::words;

words! {
    /// The reason why a row does not leave the dossier.
    Withheld {
        /// The dossier's authors marked it.
        Marked = "marked private",
        /// It is a term of somebody who is left out.
        Term = "the term of an entity that is left out",
        /// Only private documents say it.
        Document = "only private documents say it",
        /// It names or concerns an entity that is left out.
        Names = "names an entity that is left out",
        /// It counts what is left out.
        Counted = "counts what is left out",
    }
}

/// The public part of a dossier, and what was left out of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Public {
    /// The part that may leave.
    pub dossier: Dossier,
    /// The entities that were left out, with the reason.
    pub entities: BTreeMap<EntityId, Withheld>,
    /// The claims that were left out though their subject was not, with the reason.
    pub claims: BTreeMap<ClaimId, Withheld>,
    /// The number of names that were left out though their entity was not.
    pub names: usize,
    /// The number of checks, judgements, complete lists, reviews and places without a fact that were left out.
    pub others: usize,
}

impl Dossier {
    /// Returns the part of the dossier that may leave it.
    ///
    /// # Errors
    ///
    /// The texts of the description of the dossier that name what is left out: they cannot be left out themselves.
    pub fn public(&self) -> Result<Public, Vec<String>> {
        let mut choice = Choice::new(self);
        choice.withhold_entities();
        choice.withhold_claims();
        let naming = choice.naming_description();
        if naming.is_empty() { Ok(choice.finish()) } else { Err(naming) }
    }
}

/// Adds a name of an entity to those that are looked for; that of a person in all its forms.
fn add(mentions: &mut Mentions, dossier: &Dossier, entity: EntityId, name: &str) {
    if dossier.core_kind(entity) == CoreKind::Person {
        mentions.add_person(name);
    } else {
        mentions.add(name);
    }
}

/// What has been left out so far.
struct Choice<'a> {
    dossier: &'a Dossier,
    /// Whether each document is left out.
    documents: Vec<bool>,
    entities: BTreeMap<EntityId, Withheld>,
    claims: BTreeMap<ClaimId, Withheld>,
    /// The names of the entities that are left out, and the private names of those that stay.
    mentions: Mentions,
    /// The keys of one letter of the documents that are left out.
    keys: Vec<char>,
}

impl<'a> Choice<'a> {
    fn new(dossier: &'a Dossier) -> Self {
        let documents = dossier.documents().map(|_| false).collect();
        let (entities, claims) = (BTreeMap::new(), BTreeMap::new());
        let mut mentions = Mentions::default();
        for name in dossier.all_names().iter().filter(|name| dossier.name_details(name).is_private) {
            // What the label says is no secret.
            let mut of_name = Mentions::default();
            of_name.add(dossier.text(name.value));
            if !of_name.are_in(dossier.label(name.entity)) {
                add(&mut mentions, dossier, name.entity, dossier.text(name.value));
            }
        }
        Self { dossier, documents, entities, claims, mentions, keys: Vec::new() }
    }

    /// Returns true if a text names what is left out.
    fn names(&self, text: &str) -> bool {
        self.mentions.are_in(text) || self.keys.iter().any(|&key| cites(text, key))
    }

    fn withhold(&mut self, entity: EntityId, why: Withheld) {
        if self.entities.contains_key(&entity) {
            return;
        }
        let dossier = self.dossier;
        self.entities.insert(entity, why);
        let names = dossier.names(entity).iter().map(|name| dossier.text(name.value));
        // An id of one word is no name of its own.
        let id = Some(slug(dossier.id(entity))).filter(|slug| slug.contains('-'));
        names.chain([dossier.label(entity)]).chain(id).for_each(|name| add(&mut self.mentions, dossier, entity, name));
        self.mentions.add(&dossier.id(entity).replace(['/', '-'], " "));
        for (id, document) in dossier.documents() {
            if document.entity == entity
                && let Some(gone) = self.documents.get_mut(id.index())
            {
                *gone = true;
                let mut letters = document.key.chars();
                match (letters.next(), letters.next()) {
                    (Some(letter), None) => self.keys.push(letter),
                    _ => self.mentions.add(&document.key),
                }
            }
        }
    }

    /// Leaves out what is marked, and every entity that concerns or names what is left out, until nothing more follows.
    fn withhold_entities(&mut self) {
        let dossier = self.dossier;
        dossier.private.iter().for_each(|&entity| self.withhold(entity, Withheld::Marked));
        let incoming = proofs(dossier);
        loop {
            let before = self.entities.len();
            for entity in dossier.entities() {
                if self.entities.contains_key(&entity) {
                    continue;
                }
                if self.is_term_of_withheld(entity) {
                    self.withhold(entity, Withheld::Term);
                } else if self.is_only_in_private(entity, &incoming) {
                    self.withhold(entity, Withheld::Document);
                } else if self.names(dossier.label(entity)) || self.mentions.are_in_id(dossier.id(entity)) {
                    self.withhold(entity, Withheld::Names);
                }
            }
            if self.entities.len() == before {
                return;
            }
        }
    }

    fn is_term_of_withheld(&self, entity: EntityId) -> bool {
        let links = [Core::Person, Core::Post].into_iter().flat_map(|property| self.dossier.slot(entity, property));
        self.dossier.core_kind(entity) == CoreKind::Tenure
            && links.filter_map(Dossier::target).any(|of| self.entities.contains_key(&of))
    }

    /// Returns true if an entity has evidence, all of it in documents that are left out.
    fn is_only_in_private(&self, entity: EntityId, incoming: &[Vec<usize>]) -> bool {
        let dossier = self.dossier;
        let own = dossier.claims_of(entity).iter().flat_map(|claim| dossier.evidence(claim));
        let named = dossier.names(entity).iter().flat_map(|name| dossier.name_evidence(name));
        let incoming = incoming.get(entity.index()).into_iter().flatten().copied();
        let mut documents = own.chain(named).map(|place| place.document.index()).chain(incoming).peekable();
        documents.peek().is_some() && documents.all(|document| self.is_gone(document))
    }

    fn is_gone(&self, document: usize) -> bool {
        self.documents.get(document).copied().unwrap_or_default()
    }

    fn withhold_claims(&mut self) {
        let dossier = self.dossier;
        let mut touched: Vec<bool> = dossier.entities().map(|_| false).collect();
        let mut touch = |entity: EntityId| {
            if let Some(touched) = touched.get_mut(entity.index()) {
                *touched = true;
            }
        };
        for (id, claim) in dossier.claims() {
            let target = Dossier::target(claim);
            let why = self.reason_of(claim);
            if why.is_some() || self.entities.contains_key(&claim.subject) {
                touch(claim.subject);
                target.into_iter().for_each(&mut touch);
            }
            if let Some(why) = why.filter(|_| !self.entities.contains_key(&claim.subject)) {
                self.claims.insert(id, why);
            }
        }
        for (id, claim) in dossier.claims() {
            let is_touched = touched.get(claim.subject.index()).copied().unwrap_or_default();
            let is_kept = !self.entities.contains_key(&claim.subject) && !self.claims.contains_key(&id);
            if is_touched && is_kept && claim.basis() == Basis::Counted {
                self.claims.insert(id, Withheld::Counted);
            }
        }
    }

    /// Returns the reason why a claim does not leave the dossier, besides its subject.
    fn reason_of(&self, claim: &Claim) -> Option<Withheld> {
        let dossier = self.dossier;
        let details = dossier.details(claim);
        if details.is_some_and(|details| details.is_private) {
            return Some(Withheld::Marked);
        }
        let references = details.into_iter().flat_map(|details| details.by.iter().chain(&details.scope));
        let named = references.filter_map(|reference| match reference {
            Reference::Entity(entity) => Some(*entity),
            Reference::Text(_) => None,
        });
        let concerns = Dossier::target(claim).into_iter().chain(named).any(|id| self.entities.contains_key(&id));
        if concerns || dossier.texts_of(claim).any(|row| self.names(row.text)) {
            return Some(Withheld::Names);
        }
        let mut places = dossier.evidence(claim).peekable();
        let is_only_in_private = places.peek().is_some() && places.all(|place| self.is_gone(place.document.index()));
        if is_only_in_private {
            return Some(Withheld::Document);
        }
        dossier.evidence(claim).any(|place| self.names_place(place)).then_some(Withheld::Names)
    }

    fn names_place(&self, place: &super::Place) -> bool {
        let text = |sym| self.dossier.text(sym);
        let row = match place.spot {
            super::Spot::Row(row) => Some(text(row)),
            _ => None,
        };
        row.into_iter().chain([text(place.section)]).any(|text| self.names(text))
    }

    /// Returns the texts of the description of the dossier, and the lines of its declarations, that name what is left out.
    fn naming_description(&self) -> Vec<String> {
        let meta = self.dossier.meta();
        let texts = [Some(&meta.key), Some(&meta.title), meta.licence.as_ref(), meta.origin.as_ref()];
        let texts = texts.into_iter().flatten().chain(&meta.documents).map(String::as_str);
        let labels = meta.span.iter().chain(&meta.horizon).filter_map(When::label);
        let own = self.dossier.vocabulary().own_toml();
        let all = texts.chain(labels).chain(own.lines());
        all.filter(|text| self.names(text)).map(str::to_owned).collect()
    }

    fn keeps_name(&self, name: &Name) -> bool {
        let dossier = self.dossier;
        let mut places = dossier.name_evidence(name).peekable();
        let is_only_in_private = places.peek().is_some() && places.all(|place| self.is_gone(place.document.index()));
        let details = dossier.name_details(name);
        let dates = details.start.into_iter().chain(details.end);
        let mut texts = dates.filter_map(|id| dossier.when(id).label()).chain([dossier.text(name.value)]);
        let is_named = texts.any(|text| self.names(text));
        !details.is_private
            && !is_only_in_private
            && !is_named
            && !dossier.name_evidence(name).any(|place| self.names_place(place))
    }

    fn finish(self) -> Public {
        let dossier = self.dossier;
        let entities: Vec<EntityId> = dossier.entities().filter(|id| !self.entities.contains_key(id)).collect();
        let is_whole = |claim: &Claim| {
            let is_kept = |id: EntityId| !self.entities.contains_key(&id);
            is_kept(claim.subject) && Dossier::target(claim).is_none_or(is_kept)
        };
        let kept = dossier.claims().filter(|(id, claim)| is_whole(claim) && !self.claims.contains_key(id));
        let claims: Vec<ClaimId> = kept.map(|(id, _)| id).collect();
        let part = Builder::selected(
            dossier,
            &Selection {
                entities: &entities,
                claims: &claims,
                keeps_name: &|name| self.keeps_name(name),
                keeps_place: &|place| !self.is_gone(place.document.index()) && !self.names_place(place),
                keeps_text: &|text| !self.names(text),
                keeps_reviews_of_nothing: self.entities.is_empty() && self.claims.is_empty(),
            },
        );
        let count = |dossier: &Dossier| {
            let lists = dossier.judgements.len().saturating_add(dossier.completes.len());
            lists
                .saturating_add(dossier.reviews.len())
                .saturating_add(dossier.checks.len())
                .saturating_add(dossier.unclaimed.len())
        };
        let of_kept =
            |dossier: &Dossier| dossier.names.iter().filter(|name| !self.entities.contains_key(&name.entity)).count();
        Public {
            names: of_kept(dossier).saturating_sub(part.names.len()),
            others: count(dossier).saturating_sub(count(&part)),
            dossier: part,
            entities: self.entities,
            claims: self.claims,
        }
    }
}

/// Returns true if a text cites a document by its key of one letter: `B: lead / p4`. The letter alone is a word of many
/// texts.
fn cites(text: &str, key: char) -> bool {
    let mut before = None;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let is_word = before.is_none_or(|before: char| !before.is_alphanumeric());
        if letter == key && is_word && letters.peek() == Some(&':') {
            return true;
        }
        before = Some(letter);
    }
    false
}

/// Returns for each entity the documents of the claims that point at it.
fn proofs(dossier: &Dossier) -> Vec<Vec<usize>> {
    let mut proofs: Vec<Vec<usize>> = dossier.entities().map(|_| Vec::new()).collect();
    for claim in dossier.all_claims() {
        if let Some(list) = Dossier::target(claim).and_then(|target| proofs.get_mut(target.index())) {
            list.extend(dossier.evidence(claim).map(|place| place.document.index()));
        }
    }
    proofs
}

#[cfg(test)]
mod tests;
