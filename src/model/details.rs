//! What few claims have: an id of their own, who speaks, how far they go, a remark.
//!
//! Invariant: a row belongs to exactly one claim and says something; rows stand in the order of their claims.

use super::id::{EntityId, Sym};
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
