//! What few claims have: an id of their own, who speaks, how far they go, a remark.
//!
//! Invariant: a row belongs to exactly one claim and says something; rows stand in the order of their claims.

use super::dossier::{Claim, Dossier, Value};
use super::id::{DetailsId, EntityId, Sym};
use super::words::State;

/// What few claims have, in a table of its own, so that the others take no space for it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Details {
    /// The id that the dossier's authors gave the claim.
    pub id: Option<Sym>,
    /// The person or body to whom the document attributes the claim.
    pub by: Option<Reference>,
    /// The occasion on which it was said.
    pub said_in: Option<Sym>,
    /// True if it must not leave the dossier in a public export.
    pub is_private: bool,
    /// Of a number: what could be, or what is in use.
    pub state: Option<State>,
    /// The parts of its subject of which the claim speaks; of the whole if there are none.
    pub scope: Vec<Reference>,
    /// A sentence to show in place of one made from a template.
    pub sentence: Option<Sym>,
    /// Decimal places of a number as the document writes it, if the number alone has fewer: 1 for `12.0`.
    pub decimals: Option<u8>,
    /// A remark of the dossier's authors.
    pub note: Option<Sym>,
}

/// An entity of the dossier, or somebody or something that it only names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reference {
    /// An entity.
    Entity(EntityId),
    /// A name or a description.
    Text(Sym),
}

impl Details {
    /// Visits the texts in the order in which they enter the pool.
    pub(super) fn for_each_text(&mut self, mut visit: impl FnMut(&mut Sym)) {
        let references = self.by.iter_mut().chain(&mut self.scope);
        let named = references.filter_map(|reference| match reference {
            Reference::Text(text) => Some(text),
            Reference::Entity(_) => None,
        });
        let plain = [&mut self.id, &mut self.said_in, &mut self.sentence, &mut self.note];
        plain.into_iter().flatten().chain(named).for_each(&mut visit);
    }

    /// Visits the entities to which the details refer.
    pub(super) fn references_mut(&mut self) -> impl Iterator<Item = &mut Reference> {
        self.by.iter_mut().chain(&mut self.scope)
    }
}

impl Dossier {
    /// Returns what few claims have; `None` if this one has nothing of it.
    pub fn details(&self, claim: &Claim) -> Option<&Details> {
        claim.details.and_then(|id: DetailsId| self.details.get(id.index()))
    }

    /// Returns the texts of a claim: its value, reason, and what few claims have.
    pub fn texts_of(&self, claim: &Claim) -> impl Iterator<Item = &str> {
        let value = match claim.value {
            Value::Text(text) => Some(text),
            Value::Number { .. } | Value::Entity(_) | Value::Date(_) | Value::Missing => None,
        };
        let details = self.details(claim);
        let own = details.map(|details| [details.said_in, details.sentence, details.note]);
        let references = details.into_iter().flat_map(|details| details.by.iter().chain(&details.scope));
        let named = references.filter_map(|reference| match reference {
            Reference::Text(text) => Some(*text),
            Reference::Entity(_) => None,
        });
        let dates = [claim.start, claim.end, claim.as_of, Self::date_id(claim)].into_iter().flatten();
        let labels = dates.filter_map(|id| self.when(id).label());
        let own = own.into_iter().flatten().flatten();
        value.into_iter().chain(claim.reason).chain(own).chain(named).map(|text| self.text(text)).chain(labels)
    }

    /// Returns the remark of the dossier's authors on a claim.
    pub fn note(&self, claim: &Claim) -> Option<&str> {
        self.details(claim)?.note.map(|note| self.text(note))
    }

    /// Returns a number as the document writes it, if it has more decimal places than the number needs: `12.0`.
    pub fn number_written(&self, claim: &Claim) -> Option<String> {
        let decimals = usize::from(self.details(claim)?.decimals?);
        match claim.value {
            Value::Number { number, .. } => Some(format!("{:.decimals$}", number.get())),
            Value::Text(_) | Value::Entity(_) | Value::Date(_) | Value::Missing => None,
        }
    }

    /// Returns the words for the person or body to whom the document attributes a claim.
    pub fn speaker(&self, claim: &Claim) -> Option<&str> {
        self.details(claim)?.by.map(|by| self.reference(by))
    }

    /// Returns the label of an entity, or the text that stands in place of one.
    pub fn reference(&self, reference: Reference) -> &str {
        match reference {
            Reference::Entity(entity) => self.label(entity),
            Reference::Text(text) => self.text(text),
        }
    }
}
