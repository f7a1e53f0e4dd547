//! Properties: core ones that rules of the engine need, and those that a vocabulary declares.
//!
//! Invariant: the first ids are those of the core properties, in the order of [`Core::ALL`], in every vocabulary; a
//! name decides one property, so that a name alone decides the range of its values.

use super::kind::{KindId, Kinds, Origin};
use super::measure::{Dimension, Unit};
use super::template::Template;
use crate::text::word::words;

words! {
    /// A property that a rule of the engine needs.
    Core {
        /// What sort of its kind an entity is: groups and counted lists.
        Type = "type",
        /// A description; searched as prose.
        Description = "description",
        /// `SCHEME:VALUE`: what an entity is called elsewhere.
        Identifier = "identifier",
        /// An address in the web.
        Url = "url",
        /// The date of an event.
        When = "when",
        /// The beginning of a tenure or an item.
        Start = "start",
        /// The end of a tenure or an item.
        End = "end",
        /// A date on which a tenure is known to have lasted.
        Attested = "attested",
        /// The birth of a person.
        Born = "born",
        /// The death of a person.
        Died = "died",
        /// The person of a tenure or an event.
        Person = "person",
        /// The post of a tenure.
        Post = "post",
        /// The manner in which a post is held, such as acting.
        Manner = "manner",
        /// A time in which nobody held a post.
        Vacant = "vacant",
        /// The number of persons who hold a post at one time, if it is more than one.
        Holders = "holders",
        /// The institution to which something belongs.
        Institution = "institution",
        /// The whole of which something is a part.
        Parent = "parent",
        /// The place in which a place lies.
        Within = "within",
        /// The place of something.
        Place = "place",
        /// A member of an institution or a unit.
        Member = "member",
        /// A party of an agreement.
        Party = "party",
        /// Who signed an agreement.
        Signatory = "signatory",
        /// Who was present when an agreement was signed, or at an event.
        Witness = "witness",
        /// The date on which an agreement was signed.
        Signed = "signed",
    }
}

/// The number of a property in its vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PropertyId(pub(crate) u16);

impl PropertyId {
    /// Returns the row of the property in its vocabulary.
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    pub(super) const fn from_index(index: usize) -> Self {
        Self(index as u16)
    }

    /// Returns the core property that this is, if it is one.
    pub fn core(self) -> Option<Core> {
        Core::ALL.get(self.index()).copied()
    }
}

impl From<Core> for PropertyId {
    fn from(core: Core) -> Self {
        Self(core as u16)
    }
}

impl PartialEq<Core> for PropertyId {
    fn eq(&self, other: &Core) -> bool {
        self.0 == *other as u16
    }
}

/// The values that a property may have.
#[derive(Debug, Clone, PartialEq)]
pub enum Range {
    /// A text in the words of the dossier's authors, or a short literal.
    Text(TextForm),
    /// A number with a unit.
    Number(Numbers),
    /// Another entity of one of these kinds.
    Entity(Kinds),
    /// A date in EDTF.
    Date,
}

impl Range {
    /// Returns the word for the values, as a declaration writes it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Text(form) => form.as_str(),
            Self::Number(_) => "number",
            Self::Entity(_) => "entity",
            Self::Date => "date",
        }
    }
}

words! {
    /// The form of a text.
    TextForm {
        /// Any text.
        Plain = "text",
        /// `SCHEME:VALUE`.
        Identifier = "identifier",
        /// An address in the web.
        Url = "url",
    }
}

/// The units that a number may have. A multiplier may stand before each.
#[derive(Debug, Clone, PartialEq)]
pub struct Numbers {
    /// The unit of a number that is written without one; `None` if each has to name its unit.
    pub default: Option<Unit>,
    /// The units as declared, the default first.
    pub listed: Vec<Unit>,
    /// The dimension, all units of which are taken.
    pub dimension: Option<Dimension>,
}

words! {
    /// What a date says of the life of its subject, or a link of its place in a whole.
    Role {
        /// The subject begins on that date.
        Begins = "begins",
        /// The subject ends on that date.
        Ends = "ends",
        /// The subject belongs to what the link names.
        Whole = "whole",
    }
}

/// What a number counts.
#[derive(Debug, Clone, PartialEq)]
pub enum Counts {
    /// The entities of a kind that belong to the subject.
    Entities {
        /// Their kind.
        kind: KindId,
        /// Their type, if only those of one type count.
        of_type: Option<Box<str>>,
        /// The property that leads from them to the subject.
        through: PropertyId,
    },
    /// The values of another property of the subject.
    Values {
        /// The property whose values are counted.
        property: PropertyId,
        /// A number of the subject that is added.
        plus: Option<PropertyId>,
    },
}

/// A declared property.
#[derive(Debug, Clone, PartialEq)]
pub struct Property {
    /// The name in files, in the store and in JSON.
    pub name: Box<str>,
    /// The heading in views.
    pub label: Box<str>,
    /// The kinds of entity that may have it.
    pub domain: Kinds,
    /// The values that it may have.
    pub range: Range,
    /// True if several different values may hold at once.
    pub many: bool,
    /// True for a text of which different wordings exclude each other.
    pub exclusive: bool,
    /// For a date on the timeline: the sentence that says what happened.
    pub happening: Option<Template>,
    /// The sentences for what is planned, alleged or denied, where they differ from a sign and a word.
    pub others: [Option<Template>; 3],
    /// For a date: what it says of the life of its subject; for a link: whether it leads to a whole.
    pub role: Option<Role>,
    /// A second name, in queries.
    pub field: Option<Box<str>>,
    /// For a link: the heading on the other side.
    pub inverse: Option<Box<str>>,
    /// For a number: what it counts; the first that fits a subject of a kind.
    pub counts: Vec<Counts>,
    /// For a text: the only values it may have; empty for any.
    pub values: Vec<Box<str>>,
    /// For a number: the heading under which figures of several properties stand.
    pub group: Option<Box<str>>,
    /// Its position among all properties where they are listed, from 0.
    pub position: u16,
    /// The set of declarations that it belongs to.
    pub origin: Origin,
    pub(super) order: Option<u32>,
}

impl Property {
    /// Returns true if several different values may hold at once where a declaration does not say: for texts, unless they
    /// exclude each other.
    pub(super) fn is_usually_many(range: &Range, exclusive: bool) -> bool {
        matches!(range, Range::Text(_)) && !exclusive
    }

    /// Returns true if its values are numbers.
    pub fn is_number(&self) -> bool {
        matches!(self.range, Range::Number(_))
    }

    /// Returns the words for what happened on a date of this property: those of the sentence after its subject, or the
    /// label.
    pub fn happening_words(&self) -> &str {
        match &self.happening {
            Some(happening) if !happening.words().is_empty() => happening.words(),
            Some(_) | None => &self.label,
        }
    }
}
