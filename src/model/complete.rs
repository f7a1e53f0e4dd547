//! What a list of the dossier has of a subject: all of it, between two dates.
//!
//! Invariant: a list has a name that can stand for something: a word of [`Listed`], a property or a kind.

use super::evidence::Cited;
use super::id::{EntityId, Sym, WhenId};
use crate::text::word::words;
use crate::vocabulary::{Core, CoreKind, KindId, PropertyId, Vocabulary};

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

/// What a list is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Members {
    /// The values of a property of the subject.
    Values(PropertyId),
    /// The entities of a kind that link to the subject.
    Linked(KindId),
    /// The entities of a kind that belong to the subject.
    Parts(KindId),
}

impl Members {
    /// The terms of a post.
    pub fn tenures() -> Self {
        Self::Linked(CoreKind::Tenure.into())
    }

    /// Returns what a list of this name is made of; `None` if nothing of that name is declared.
    pub fn of_list(name: &str, words: &Vocabulary) -> Option<Self> {
        match Listed::parse(name) {
            Some(Listed::Tenures) => Some(Self::tenures()),
            Some(Listed::Members) => Some(Self::Values(Core::Member.into())),
            Some(Listed::Units) => Some(Self::Parts(CoreKind::Unit.into())),
            Some(Listed::Posts) => Some(Self::Parts(CoreKind::Post.into())),
            Some(Listed::Events) => Some(Self::Linked(CoreKind::Event.into())),
            Some(list @ Listed::Programmes) => {
                words.find_kind(list.as_str().strip_suffix('s').unwrap_or_default()).map(Self::Linked)
            }
            None => words.find_property(name).map(Self::Values).or_else(|| words.find_kind(name).map(Self::Linked)),
        }
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
