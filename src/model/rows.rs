//! The rows of a dossier: small values that refer to each other, to texts and to dates by number.
//!
//! Invariant: a row means something only together with the [`Dossier`](super::Dossier) that it was taken from.

use super::evidence::Cited;
use super::id::{DetailsId, EntityId, NameDetailsId, Sym, WhenId};
use super::quantity::Number;
use super::when::{Hemisphere, When};
use super::words::{Basis, Digests, Modality, NameKind, Rank, Sameness};
use crate::text::word::words;
use crate::vocabulary::{KindId, PropertyId, Unit};

/// The description of a dossier.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Meta {
    /// A short name for files and commands.
    pub key: String,
    /// The title.
    pub title: String,
    /// The time it covers.
    pub span: Option<When>,
    /// Its "now": the latest date in its documents. The clock never affects a result.
    pub horizon: Option<When>,
    /// The licence under which it may be used.
    pub licence: Option<String>,
    /// Its origin.
    pub origin: Option<String>,
    /// The folder of its documents, relative to its own.
    pub documents: Option<String>,
    /// The part of the world whose seasons its dates name.
    pub hemisphere: Hemisphere,
    /// The way in which the digests of its documents and places are made.
    pub digests: Digests,
}

/// A document that claims are taken from. Its title is the label of its entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its entity (`document/…`).
    pub entity: EntityId,
    /// One or two letters that name it in narrow columns.
    pub key: String,
    /// The sort of document, in a word.
    pub kind: Option<String>,
    /// Its publisher.
    pub publisher: Option<String>,
    /// The date of publication.
    pub published: Option<When>,
    /// Its file name in the folder of documents.
    pub file: Option<String>,
    /// The fingerprint of its text; `None` until it is pinned.
    pub fingerprint: Option<Fingerprint>,
    /// What else is known of it, sorted by key; authors in their order.
    pub details: Vec<(SourceKey, String)>,
}

words! {
    /// What may be known of a document beside its title, publisher and date.
    SourceKey {
        /// A short title.
        Short = "short",
        /// An author: `Family, Given`, or the name of a body in braces.
        Author = "author",
        /// Its address on the web.
        Url = "url",
        /// The address of an archived copy.
        Archived = "archived",
        /// The date of the last visit, in EDTF.
        Accessed = "accessed",
        /// Its licence (SPDX).
        Licence = "licence",
        /// Its language (BCP 47).
        Language = "language",
        /// The form in which it is read.
        Form = "form",
        /// The version of the splitter by which its places are counted.
        Splitter = "splitter",
        /// The document from which it was copied.
        Copies = "copies",
    }
}

/// What few names have, in a table of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NameDetails {
    /// The first date on which the name was used.
    pub start: Option<WhenId>,
    /// The last date on which it was used.
    pub end: Option<WhenId>,
    /// True if it must not leave the dossier in a public export.
    pub is_private: bool,
}

impl Document {
    /// Returns a document with nothing but a key; the builder sets its entity.
    pub fn new(key: &str) -> Self {
        Self {
            entity: EntityId::from_index(0),
            key: key.to_owned(),
            kind: None,
            publisher: None,
            published: None,
            file: None,
            fingerprint: None,
            details: Vec::new(),
        }
    }
}

/// The fingerprint of the text of a document that pins refer to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint {
    /// SHA-256 of the bytes of the file, or their HMAC-SHA-256 in a dossier of keyed digests.
    pub sha256: [u8; 32],
    /// Length in code points.
    pub length: u32,
}

/// A person, institution, event or the like in the documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entity {
    /// Its kind.
    pub kind: KindId,
    /// The name under which it is shown.
    pub label: Sym,
    pub(crate) names: u32,
    pub(crate) claims: u32,
}

/// A name of an entity, beside its label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name {
    /// The entity that it names.
    pub entity: EntityId,
    /// The name as written.
    pub value: Sym,
    /// The sort of name.
    pub kind: NameKind,
    /// The language (BCP 47), if it is stated.
    pub lang: Option<Sym>,
    pub(crate) details: Option<NameDetailsId>,
    pub(crate) evidence: Cited,
}

/// The value of a claim.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// A text in the words of the dossier's authors.
    Text(Sym),
    /// A number with its unit.
    Number {
        /// A finite number.
        number: Number,
        /// A unit that the property takes; see [`Vocabulary::unit_name`](crate::vocabulary::Vocabulary::unit_name).
        unit: Unit,
    },
    /// Another entity.
    Entity(EntityId),
    /// A date.
    Date(WhenId),
    /// A blank in the document.
    Missing,
}

/// A statement of one or more documents about one property of one entity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Claim {
    /// The entity that it is about.
    pub subject: EntityId,
    /// The property.
    pub property: PropertyId,
    /// The value.
    pub value: Value,
    /// The date from which it held.
    pub start: Option<WhenId>,
    /// The date until which it held.
    pub end: Option<WhenId>,
    /// The date to which the statement refers.
    pub as_of: Option<WhenId>,
    /// Its modality, basis and rank.
    pub stance: Stance,
    /// The reason why it is inferred, or not ranked normal.
    pub reason: Option<Sym>,
    /// What few claims have.
    pub(crate) details: Option<DetailsId>,
    pub(crate) evidence: Cited,
}

impl Value {
    /// Returns a number with its unit. `SQLite` has no negative zero, and no document means one.
    pub fn number(number: f64, unit: Unit) -> Self {
        Self::Number { number: Number::new(number + 0.0), unit }
    }
}

impl Claim {
    /// Returns its relation to reality: actual, planned, alleged or denied.
    pub fn modality(&self) -> Modality {
        self.stance.modality()
    }

    /// Returns the way it was taken from the document.
    pub fn basis(&self) -> Basis {
        self.stance.basis()
    }

    /// Returns its rank among the claims of its slot: preferred, normal or deprecated.
    pub fn rank(&self) -> Rank {
        self.stance.rank()
    }
}

/// Modality, basis and rank of a claim, in one byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stance(u8);

impl Stance {
    /// Returns the stance of a claim.
    pub const fn new(modality: Modality, basis: Basis, rank: Rank) -> Self {
        Self(modality as u8 | (basis as u8) << 2 | (rank as u8) << 4)
    }

    /// Returns the modality.
    pub fn modality(self) -> Modality {
        Modality::ALL.get(usize::from(self.0 & 3)).copied().unwrap_or(Modality::Actual)
    }

    /// Returns the basis.
    pub fn basis(self) -> Basis {
        Basis::ALL.get(usize::from(self.0 >> 2 & 3)).copied().unwrap_or(Basis::Stated)
    }

    /// Returns the rank.
    pub fn rank(self) -> Rank {
        Rank::ALL.get(usize::from(self.0 >> 4)).copied().unwrap_or(Rank::Normal)
    }
}

/// A judgement of two similar entities by the dossier's authors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judgement {
    /// One entity.
    pub a: EntityId,
    /// The other entity.
    pub b: EntityId,
    /// The verdict.
    pub verdict: Sameness,
    /// The reason for it.
    pub reason: Sym,
}

/// A place that carries no fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unclaimed {
    /// The number of the place.
    pub place: u32,
    /// The reason why no claim is taken from it.
    pub reason: Sym,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stance_keeps_its_three_words() {
        for &modality in Modality::ALL {
            for &basis in Basis::ALL {
                for &rank in Rank::ALL {
                    let stance = Stance::new(modality, basis, rank);
                    assert_eq!((stance.modality(), stance.basis(), stance.rank()), (modality, basis, rank));
                }
            }
        }
    }
}
