//! Adds what few claims have.
//!
//! Invariant: a claim that has nothing of it has no row.

use super::{Builder, Handle};
use crate::model::details::{Details, Reference};
use crate::model::id::{DetailsId, EntityId, NameDetailsId};
use crate::model::rows::NameDetails;
use crate::model::when::When;
use crate::model::words::State;

/// What few new claims have; see [`Details`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewDetails {
    /// An id of the claim.
    pub id: Option<String>,
    /// The person or body to whom the document attributes it.
    pub by: Option<NewReference>,
    /// The occasion on which it was said.
    pub said_in: Option<String>,
    /// True if it must not leave the dossier in a public export.
    pub is_private: bool,
    /// Of a number: what could be, or what is in use.
    pub state: Option<State>,
    /// The parts of its subject of which it speaks.
    pub scope: Vec<NewReference>,
    /// A sentence to show.
    pub sentence: Option<String>,
    /// Decimal places of a number as the document writes it, if the number alone has fewer.
    pub decimals: Option<u8>,
    /// A remark of the dossier's authors.
    pub note: Option<String>,
}

/// What few new names have; see [`NameDetails`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewNameDetails {
    /// The first date on which the name was used.
    pub start: Option<When>,
    /// The last date on which it was used.
    pub end: Option<When>,
    /// True if it must not leave the dossier in a public export.
    pub is_private: bool,
}

/// An entity, or a text that stands in place of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewReference {
    /// An entity.
    Entity(Handle),
    /// A name or a description.
    Text(String),
}

impl NewDetails {
    /// Returns a remark and nothing else.
    pub fn note(note: Option<String>) -> Self {
        Self { note, ..Self::default() }
    }
}

impl Builder {
    /// Adds what a new name has; `None` if it is nothing.
    pub(super) fn new_name_details(&mut self, details: &NewNameDetails) -> Option<NameDetailsId> {
        if *details == NewNameDetails::default() {
            return None;
        }
        let [start, end] = [&details.start, &details.end].map(|date| date.as_ref().map(|date| self.intern_when(date)));
        self.rows.name_details.push(NameDetails { start, end, is_private: details.is_private });
        Some(NameDetailsId::from_index(self.rows.name_details.len() - 1))
    }

    /// Adds what a new claim has; `None` if it is nothing.
    pub(crate) fn new_details(&mut self, details: &NewDetails) -> Option<DetailsId> {
        if *details == NewDetails::default() {
            return None;
        }
        let mut text = |text: &Option<String>| text.as_ref().map(|text| self.intern(text));
        let [id, said_in, sentence, note] =
            [&details.id, &details.said_in, &details.sentence, &details.note].map(&mut text);
        let mut reference = |reference: &NewReference| match reference {
            NewReference::Entity(handle) => Reference::Entity(EntityId(handle.0)),
            NewReference::Text(text) => Reference::Text(self.intern(text)),
        };
        let by = details.by.as_ref().map(&mut reference);
        let scope = details.scope.iter().map(&mut reference).collect();
        let NewDetails { is_private, state, decimals, .. } = *details;
        let row = Details { id, by, said_in, is_private, state, scope, sentence, decimals, note };
        self.rows.details.push(row);
        Some(DetailsId::from_index(self.rows.details.len() - 1))
    }
}
