//! The table of query fields, from which help, messages and the README are generated.
//!
//! Invariant: every field has a name of ASCII letters, an example that is a valid query, and a meaning that
//! fits on one line after it.

use super::choices::{ClaimState, Flag, Key, ReviewState};
use crate::text::word::Word;
use crate::vocabulary::Vocabulary;

macro_rules! fields {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $example:literal, $either:expr, $meaning:literal;)+) => {
        /// A field of the query language: the name before a colon.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Field { $($(#[$doc])* $variant),+ }

        impl Field {
            /// Every field, in the order of help.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Returns the name written before the colon.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// Returns a query that uses the field.
            pub const fn example(self) -> &'static str {
                match self { $(Self::$variant => $example),+ }
            }

            /// Returns an example with two alternative values, or `None` if the field accepts only one.
            pub const fn either(self) -> Option<&'static str> {
                match self { $(Self::$variant => $either),+ }
            }

            /// Returns a short description.
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning),+ }
            }
        }
    };
}

// Name, an example, an example with two values, the meaning.
fields! {
    /// `kind:` the kind of entity.
    Kind = "kind", "kind:person,unit", Some("kind:person,unit"),
        "of these kinds; kind:=unit without those below it";
    /// `inst:` the institution.
    Inst = "inst", "inst:\"green hill\"", Some("inst:hill,lake"),
        "this institution and what touches it";
    /// `person:` the person.
    Person = "person", "person:\"jane doe\"", Some("person:doe,roe"),
        "this person, and what names them";
    /// `role:` the post or title.
    Role = "role", "role:director", Some("role:director,dean"),
        "this post or title, its tenures and holders";
    /// `source:` the document that contains the evidence.
    Source = "source", "source:C", Some("source:A,C"),
        "what rests on this document, by key or name";
    /// `year:` the time of a date.
    Year = "year", "year:2019..2021", Some("year:1957,1994"),
        "dated then: also 2021-06, 2019.. and ..1994";
    /// `at:` the moment at which it is in force.
    At = "at", "at:2021-06", None,
        "what counted at that moment";
    /// `state:` the modality or basis of a claim.
    State = "state", "state:planned", Some("state:planned,alleged"),
        "also actual, alleged, denied, inferred";
    /// `review:` what readers found about a claim.
    Review = "review", "review:none", Some("review:disputed,stale"),
        "also confirmed, disputed, question, stale";
    /// `id:` the id of a claim.
    Id = "id", "id:k7f3", Some("id:k7f3,~ab23cdef"),
        "the claim with this id, or what has such a claim";
    /// `has:` a property such as a conflict or a note.
    Has = "has", "has:conflict", Some("has:conflict,note"),
        "also date, evidence, figure, name, note, review …";
    /// `prop:` any property of the dossier by its name.
    Prop = "prop", "prop:area:9..12", Some("prop:area:9,12"),
        "a property; mostly its name does: area:9..12";
    /// `sort:` the order of the results.
    Sort = "sort", "sort:kind,-date", None,
        "also relevance, name; - for the last first";
}

impl Field {
    /// Returns the field with this name, ignoring ASCII case.
    pub fn called(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.name().eq_ignore_ascii_case(name))
    }

    /// Describes the values that the field accepts.
    pub fn values(self) -> String {
        match self {
            Self::Kind => "names of kinds, such as person".to_owned(),
            Self::Prop => format!("PROPERTY:VALUE, such as {}", self.example()),
            Self::Year => "2021, 2021-06, 2021-06-15, 1957..1994, 2019.. or ..1994".to_owned(),
            Self::At => "2021, 2021-06 or 2021-06-15".to_owned(),
            Self::State => listed::<ClaimState>(),
            Self::Review => listed::<ReviewState>(),
            Self::Id => "ids of claims, such as k7f3".to_owned(),
            Self::Has => listed::<Flag>(),
            Self::Sort => listed::<Key>(),
            Self::Inst | Self::Person | Self::Role => format!("words of a name, such as {}", self.example()),
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
            | Self::Person
            | Self::Role
            | Self::Source
            | Self::Year
            | Self::At
            | Self::Prop
            | Self::Review
            | Self::Id
            | Self::State => self.name(),
        }
    }
}

/// Returns the words of a list, separated by commas.
fn listed<T: Word>() -> String {
    T::ALL.iter().map(|word| word.as_str()).collect::<Vec<_>>().join(", ")
}

/// Returns the names of all fields.
pub fn names() -> impl Iterator<Item = &'static str> {
    Field::ALL.iter().map(|field| field.name())
}

/// Returns the names of fields as a reader of a dossier needs them: after kind and institution those that the dossier
/// declares, then the others.
pub fn field_names(words: &Vocabulary) -> Vec<&str> {
    let own = words.properties().filter_map(|property| words.property(property).field.as_deref());
    let mut names: Vec<&str> = names().collect();
    names.splice(2..2, own);
    names
}

/// Returns the table of fields as Markdown, for the README.
pub fn markdown() -> String {
    let lines = Field::ALL.iter().map(|field| format!("| `{}` | {} |", field.example(), field.meaning()));
    format!("| field | meaning |\n|---|---|\n{}\n", lines.collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_property_of_a_dossier_may_be_called_like_a_field() {
        let mut fields: Vec<&str> = names().collect();
        fields.sort_unstable();
        assert_eq!(crate::vocabulary::QUERY_FIELDS, fields);
    }
}
