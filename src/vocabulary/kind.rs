//! Kinds of entities: ten core kinds that rules of the engine know, and those that a vocabulary declares below them.
//!
//! Invariant: the first ids are those of the core kinds, in the order of [`CoreKind::ALL`], in every vocabulary.

use crate::text::word::words;

words! {
    /// A kind that a rule of the engine needs. Every declared kind is one of these or lies below one.
    CoreKind {
        /// An independent body, such as a company or a school.
        Institution = "institution",
        /// A part of an institution, such as an office or a committee.
        Unit = "unit",
        /// A human being.
        Person = "person",
        /// An office that persons hold one after another.
        Post = "post",
        /// One person holding one post, with its own start and end.
        Tenure = "tenure",
        /// A signed or announced undertaking between parties.
        Agreement = "agreement",
        /// An event that happened, was planned or is alleged.
        Event = "event",
        /// A town, a district, a country.
        Place = "place",
        /// A document that claims are taken from.
        Document = "document",
        /// Anything else with a life: a building, a course, a law, a ship.
        Item = "item",
    }
}

/// The number of a kind in its vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct KindId(pub(crate) u8);

impl KindId {
    /// Returns the row of the kind in its vocabulary.
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    pub(super) const fn from_index(index: usize) -> Self {
        Self(index as u8)
    }
}

impl From<CoreKind> for KindId {
    fn from(kind: CoreKind) -> Self {
        Self(kind as u8)
    }
}

/// A declared kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Kind {
    /// The first half of ids, and the name of the TOML table.
    pub name: Box<str>,
    /// What one of them is called.
    pub label: Box<str>,
    /// What several of them are called: the heading of a group.
    pub plural: Box<str>,
    /// The core kind that it is or lies below.
    pub core: CoreKind,
    /// The kind directly above it; `None` for a core kind.
    pub parent: Option<KindId>,
    /// The heading under which what happened to entities of this kind stands in a comparison.
    pub group: Box<str>,
    /// Its position among all kinds where they are listed, from 0.
    pub position: u8,
    /// The set of declarations that it belongs to.
    pub origin: Origin,
    pub(super) order: Option<u32>,
}

words! {
    /// The set of declarations that a kind, property or measure belongs to.
    Origin {
        /// The core, which every dossier has.
        Core = "core",
        /// A built-in set on which a dossier is based.
        General = "general",
        /// The dossier itself.
        Dossier = "dossier",
    }
}

/// A set of kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct KindSet([u64; 4]);

impl KindSet {
    /// The set of all kinds.
    pub const ALL: Self = Self([u64::MAX; 4]);

    /// Returns true if a kind is in the set.
    pub fn has(&self, kind: KindId) -> bool {
        self.0.get(kind.index() / 64).is_some_and(|word| word >> (kind.index() % 64) & 1 == 1)
    }

    /// Adds a kind.
    pub fn insert(&mut self, kind: KindId) {
        if let Some(word) = self.0.get_mut(kind.index() / 64) {
            *word |= 1 << (kind.index() % 64);
        }
    }

    /// Removes a kind.
    pub fn remove(&mut self, kind: KindId) {
        if let Some(word) = self.0.get_mut(kind.index() / 64) {
            *word &= !(1 << (kind.index() % 64));
        }
    }

    /// Returns true if no kind is in the set.
    pub fn is_empty(&self) -> bool {
        self.0 == [0; 4]
    }

    /// Returns the kinds that are in both sets.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        let mut both = *self;
        both.0.iter_mut().zip(other.0).for_each(|(word, other)| *word &= other);
        both
    }
}

impl FromIterator<KindId> for KindSet {
    fn from_iter<I: IntoIterator<Item = KindId>>(kinds: I) -> Self {
        let mut set = Self::default();
        kinds.into_iter().for_each(|kind| set.insert(kind));
        set
    }
}

/// Kinds as they were declared, and with all kinds below them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Kinds {
    /// The declared ones, in the order of the declaration.
    pub listed: Vec<KindId>,
    /// The declared ones and all below them.
    pub all: KindSet,
}

impl Kinds {
    /// Returns true if a kind is one of the declared ones or lies below one.
    pub fn has(&self, kind: KindId) -> bool {
        self.all.has(kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_exactly_what_was_put_in() {
        let mut set: KindSet = [0, 63, 64, 255].map(KindId).into_iter().collect();
        let held = |set: &KindSet| -> Vec<u8> {
            (0..=255).map(KindId).filter(|&kind| set.has(kind)).map(|kind| kind.0).collect()
        };
        assert_eq!(Vec::from([0, 63, 64, 255]), held(&set));
        set.remove(KindId(63));
        assert_eq!(Vec::from([0, 64, 255]), held(&set));
        assert_eq!(Vec::from([64]), held(&set.intersection(&[1, 64].map(KindId).into_iter().collect())));
        assert!(KindSet::default().is_empty() && !set.is_empty());
    }
}
