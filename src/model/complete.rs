//! What a list of the dossier has of a subject: all of it, between two dates.
//!
//! Invariant: a list has a name that can stand for something: a word of [`Listed`], a property or a kind.

use super::evidence::Cited;
use super::id::{EntityId, Sym, WhenId};
use crate::text::word::words;

words! {
    /// The lists that have a name of their own; any property or kind is the name of a list, too.
    Listed {
        /// The terms of a post.
        Tenures = "tenures",
        /// The members of an institution.
        Members = "members",
        /// The parts of an institution.
        Units = "units",
        /// What an institution offers.
        Programmes = "programmes",
        /// What happened to a subject.
        Events = "events",
        /// The posts of an institution.
        Posts = "posts",
    }
}

/// The statement that a list is whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Complete {
    /// The subject of the list; a document for all that it lists.
    pub of: EntityId,
    /// The name of the list.
    pub list: Sym,
    /// The date from which on it is whole; always if there is none.
    pub since: Option<WhenId>,
    /// The date until which it is whole; until the day of the document if there is none.
    pub until: Option<WhenId>,
    /// The reason, where no document says it.
    pub reason: Option<Sym>,
    pub(crate) evidence: Cited,
}
