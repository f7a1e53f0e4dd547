//! The rows of a dossier: small values that refer to each other, to texts and to dates by number.
//!
//! Invariant: a row means something only together with the [`Dossier`](super::Dossier) that it was taken from.

use super::evidence::Cited;
use super::id::{EntityId, Sym, UnitId, WhenId};
use super::property::Property;
use super::quantity::Number;
use super::vocabulary::{Basis, Kind, Modality, NameKind, Rank, Sameness};
use super::when::When;

/// What the dossier says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Meta {
    /// A short name for files and commands.
    pub key: String,
    /// The title.
    pub title: String,
    /// The time it covers.
    pub span: Option<When>,
    /// Its own "now": the latest day its documents speak of. Today never enters a result.
    pub horizon: Option<When>,
    /// Under which terms it may be used.
    pub licence: Option<String>,
    /// Where it comes from.
    pub origin: Option<String>,
}

/// One of the sources. Its title is the label of its entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The entity (`document/…`) that stands for it.
    pub entity: EntityId,
    /// One or two letters that name it in narrow columns.
    pub key: String,
    /// What sort of document it is.
    pub kind: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When it was published.
    pub published: Option<When>,
    /// Its file name in the folder of sources.
    pub file: Option<String>,
    /// SHA-256 of the file's bytes, and its length in code points, once pinned.
    pub fingerprint: Option<Fingerprint>,
}

impl Document {
    /// A document of which nothing but its key is known; the builder says which entity it is.
    pub fn new(key: &str) -> Self {
        Self {
            entity: EntityId::from_index(0),
            key: key.to_owned(),
            kind: None,
            publisher: None,
            published: None,
            file: None,
            fingerprint: None,
        }
    }
}

/// Which text of a document the pins belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint {
    /// SHA-256 of the file's bytes.
    pub sha256: [u8; 32],
    /// Length in code points.
    pub length: u32,
}

/// Something that the documents speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entity {
    /// What it is.
    pub kind: Kind,
    /// The heading under which it is shown.
    pub label: Sym,
    pub(crate) names: u32,
    pub(crate) claims: u32,
}

/// A name of an entity, beside its label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name {
    /// Whose name it is.
    pub entity: EntityId,
    /// The name as written.
    pub value: Sym,
    /// What sort of name.
    pub kind: NameKind,
    /// The language, where one is stated (BCP 47).
    pub lang: Option<Sym>,
    pub(crate) evidence: Cited,
}

/// What a claim says of its subject.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// Words of ours.
    Text(Sym),
    /// A number with its unit.
    Number {
        /// Finite.
        number: Number,
        /// One of the units of the property; see [`Dossier::unit`].
        unit: UnitId,
    },
    /// Another entity.
    Entity(EntityId),
    /// A date.
    Date(WhenId),
    /// The document leaves a blank here.
    Missing,
}

/// One statement of one or more documents about one property of one entity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Claim {
    /// Of whom or what it is said.
    pub subject: EntityId,
    /// Which property.
    pub property: Property,
    /// What is said.
    pub value: Value,
    /// From when it held.
    pub start: Option<WhenId>,
    /// Until when it held.
    pub end: Option<WhenId>,
    /// The day to which the statement refers.
    pub as_of: Option<WhenId>,
    /// How it stands to reality.
    pub modality: Modality,
    /// How it was got from the document.
    pub basis: Basis,
    /// Preferred, normal or deprecated among the claims of its slot.
    pub rank: Rank,
    /// Why it is inferred, or ranked other than normal.
    pub reason: Option<Sym>,
    /// A remark of ours.
    pub note: Option<Sym>,
    pub(crate) evidence: Cited,
}

/// What we hold of two entities that resemble each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judgement {
    /// The one.
    pub a: EntityId,
    /// The other.
    pub b: EntityId,
    /// The verdict.
    pub verdict: Sameness,
    /// The reason for it.
    pub reason: Sym,
}

/// Units of a document that carry no fact, with the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unclaimed {
    /// Where.
    pub place: u32,
    /// Why nothing is claimed from it.
    pub reason: Sym,
}
