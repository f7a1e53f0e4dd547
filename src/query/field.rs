//! The table of query fields, from which help, messages and the README are generated.
//!
//! Invariant: every field has a name of ASCII letters, an example that is a valid query, and a meaning that
//! fits on one line after it.

use super::choices::{Flag, Key, State};
use crate::model::Kind;

/// A field of the query language: the name before a colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// `kind:` the kind of entity.
    Kind,
    /// `inst:` the institution.
    Inst,
    /// `dept:` the department or other unit.
    Dept,
    /// `degree:` the level of study.
    Degree,
    /// `person:` the person.
    Person,
    /// `role:` the post or title.
    Role,
    /// `source:` the document that contains the evidence.
    Source,
    /// `year:` the time of a date.
    Year,
    /// `at:` the moment at which it is in force.
    At,
    /// `state:` the modality or basis of a claim.
    State,
    /// `has:` a property such as a conflict or a note.
    Has,
    /// `sort:` the order of the results.
    Sort,
}

impl Field {
    /// Every field, in the order of help.
    pub const ALL: [Self; 12] = [
        Self::Kind,
        Self::Inst,
        Self::Dept,
        Self::Degree,
        Self::Person,
        Self::Role,
        Self::Source,
        Self::Year,
        Self::At,
        Self::State,
        Self::Has,
        Self::Sort,
    ];

    /// Returns the name written before the colon.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Inst => "inst",
            Self::Dept => "dept",
            Self::Degree => "degree",
            Self::Person => "person",
            Self::Role => "role",
            Self::Source => "source",
            Self::Year => "year",
            Self::At => "at",
            Self::State => "state",
            Self::Has => "has",
            Self::Sort => "sort",
        }
    }

    /// Returns a query that uses the field.
    pub const fn example(self) -> &'static str {
        match self {
            Self::Kind => "kind:person,unit",
            Self::Inst => "inst:\"aiims kalyani\"",
            Self::Dept => "dept:cardiology",
            Self::Degree => "degree:DM,MCh",
            Self::Person => "person:\"ramji singh\"",
            Self::Role => "role:director",
            Self::Source => "source:C",
            Self::Year => "year:2019..2021",
            Self::At => "at:2021-06",
            Self::State => "state:planned",
            Self::Has => "has:conflict",
            Self::Sort => "sort:kind,-date",
        }
    }

    /// Returns a short description.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Kind => "of these kinds",
            Self::Inst => "this institution and what touches it",
            Self::Dept => "this department or other unit, and what touches it",
            Self::Degree => "programmes of these levels, and who offers them",
            Self::Person => "this person, and what names them",
            Self::Role => "this post or title, its tenures and holders",
            Self::Source => "what rests on this document, by key or name",
            Self::Year => "dated then: also 2021-06, 2019.. and ..1994",
            Self::At => "what counted at that moment",
            Self::State => "also actual, alleged, denied, inferred",
            Self::Has => "also date, evidence, figure, name, note",
            Self::Sort => "also relevance, name; - for the last first",
        }
    }

    /// Returns the field with this name, ignoring ASCII case.
    pub fn called(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name().eq_ignore_ascii_case(name))
    }

    /// Describes the values that the field accepts.
    pub fn values(self) -> String {
        match self {
            Self::Kind => Kind::ALL.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(", "),
            Self::Year => "2021, 2021-06, 2021-06-15, 1957..1994, 2019.. or ..1994".to_owned(),
            Self::At => "2021, 2021-06 or 2021-06-15".to_owned(),
            Self::State => State::ALL.map(State::word).join(", "),
            Self::Has => Flag::ALL.map(Flag::word).join(", "),
            Self::Sort => Key::ALL.map(Key::word).join(", "),
            Self::Inst | Self::Dept | Self::Person | Self::Role => {
                format!("words of a name, such as {}", self.example())
            }
            Self::Degree => format!("levels of study, such as {}", self.example()),
            Self::Source => format!("the key of a document or words of its name, such as {}", self.example()),
        }
    }

    /// Returns the noun for an unknown value in messages.
    pub(super) const fn value_word(self) -> &'static str {
        match self {
            Self::Has => "flag",
            Self::Sort => "order",
            Self::Kind
            | Self::Inst
            | Self::Dept
            | Self::Degree
            | Self::Person
            | Self::Role
            | Self::Source
            | Self::Year
            | Self::At
            | Self::State => self.name(),
        }
    }

    /// Returns an example with two alternative values, or `None` if the field accepts only one.
    pub const fn either(self) -> Option<&'static str> {
        match self {
            Self::Kind => Some("kind:person,unit"),
            Self::Inst => Some("inst:kalyani,kharagpur"),
            Self::Dept => Some("dept:ent,surgery"),
            Self::Degree => Some("degree:DM,MCh"),
            Self::Person => Some("person:singh,tewari"),
            Self::Role => Some("role:director,dean"),
            Self::Source => Some("source:A,C"),
            Self::Year => Some("year:1957,1994"),
            Self::State => Some("state:planned,alleged"),
            Self::Has => Some("has:conflict,note"),
            Self::At | Self::Sort => None,
        }
    }
}

/// Returns the names of all fields.
pub fn names() -> [&'static str; 12] {
    Field::ALL.map(Field::name)
}

/// Returns the table of fields as Markdown, for the README.
pub fn markdown() -> String {
    let lines = Field::ALL.map(|field| format!("| `{}` | {} |", field.example(), field.meaning()));
    format!("| field | meaning |\n|---|---|\n{}\n", lines.join("\n"))
}
