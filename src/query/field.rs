//! The fields of a query: the one table from which help, messages and the README are made.
//!
//! Invariant: every field has a name of ASCII letters, an example that is a query, and a
//! meaning that fits on a line behind it.

use super::choices::{Flag, Key, State};
use crate::model::Kind;

/// What a query can name before a colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// `kind:`: what is found.
    Kind,
    /// `inst:`: of which institution.
    Inst,
    /// `dept:`: of which department.
    Dept,
    /// `degree:`: of which level of study.
    Degree,
    /// `person:`: of whom.
    Person,
    /// `role:`: of which post.
    Role,
    /// `source:`: on which document it rests.
    Source,
    /// `year:`: when it happened.
    Year,
    /// `at:`: what counted at a moment.
    At,
    /// `state:`: planned, alleged and the like.
    State,
    /// `has:`: what there is of it.
    Has,
    /// `sort:`: in which order.
    Sort,
}

impl Field {
    /// All fields.
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

    /// As written before the colon.
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

    /// A query with it.
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

    /// What it means, in a few words.
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

    /// The field with this name, whatever its case.
    pub fn called(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name().eq_ignore_ascii_case(name))
    }

    /// What can stand behind the colon.
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

    /// What an unknown value is called.
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

    /// How "either" is written; none where there is no such thing.
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

/// The names of all fields.
pub fn names() -> [&'static str; 12] {
    Field::ALL.map(Field::name)
}

/// The table of fields as Markdown, for the README.
pub fn markdown() -> String {
    let lines = Field::ALL.map(|field| format!("| `{}` | {} |", field.example(), field.meaning()));
    format!("| field | meaning |\n|---|---|\n{}\n", lines.join("\n"))
}
