//! The tables of a dossier file, as SQL and as the lists of columns that are read.
//!
//! Invariant: the word lists in the SQL come from the vocabulary, so that the file allows exactly the words that the
//! program knows.

use crate::model::property::PROPERTIES;
use crate::model::vocabulary::{Word, words};
use crate::model::{Basis, Kind, Modality, NameKind, Operation, Range, Rank, Relation, Sameness};

/// `annl` in ASCII: marks a `SQLite` file as a dossier (bytes 68 to 71 of the file).
pub(super) const APPLICATION_ID: i32 = 0x616e_6e6c;

/// The version of the tables (`user_version`, bytes 60 to 63 of the file).
pub(super) const VERSION: i32 = 1;

/// The size of the largest file that is opened, in bytes.
pub(super) const MAX_BYTES: u64 = u32::MAX as u64;

/// A table and its columns.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) name: &'static str,
    /// The number of columns, from the first on, that identify a row.
    pub(super) keys: usize,
    /// The columns that are read, in the order in which they are selected.
    pub(super) columns: &'static [Column],
    /// The columns that are only written, for queries by other tools.
    pub(super) derived: &'static [&'static str],
}

macro_rules! tables {
    ($($constant:ident $table:ident = $keys:literal, [$($column:ident)*], [$($derived:ident)*];)+) => {
        /// The columns that are read, by table.
        #[allow(non_camel_case_types, non_upper_case_globals, dead_code, reason = "they are named as in SQL")]
        pub(super) mod column {
            $(pub mod $table {
                use super::super::Column;

                enum At { $($column),* }

                $(pub const $column: Column = Column { name: stringify!($column), at: At::$column as usize };)*
            })+
        }

        $(pub(super) static $constant: Table = Table {
            name: stringify!($table),
            keys: $keys,
            columns: &[$(column::$table::$column),*],
            derived: &[$(stringify!($derived)),*],
        };)+

                pub(super) static TABLES: &[&Table] = &[$(&$constant),+];
    };
}

tables! {
    DOSSIER dossier = 1, [key value], [];
    ENTITY entity = 1, [id kind label], [];
    PROPERTY property = 1, [name], [label value allowed many happening];
    DOCUMENT document = 1, [id key kind publisher published_date published_label file sha256 length], [];
    PLACE place = 1, [id document section spot row paragraph sentence item line start length sha256], [];
    NAME name = 1, [id entity value kind language], [];
    NAME_EVIDENCE name_evidence = 2, [name place], [];
    CLAIM claim = 1, [id subject property value_text value_number unit value_entity value_date value_label missing
        start_date start_label end_date end_label as_of_date as_of_label modality basis rank reason note],
        [value_earliest value_latest];
    EVIDENCE evidence = 2, [claim place], [];
    JUDGEMENT judgement = 1, [id a b verdict reason], [];
    UNCLAIMED unclaimed = 1, [place reason], [];
    CHECK check = 1, [id label operation relation note], [];
    CHECK_EVIDENCE check_evidence = 2, [check place], [];
    CHECK_TERM check_term = 1, [id check entity property modality basis as_of_date as_of_label number unit kind], [];
    CHECK_FILTER check_filter = 1, [id term property value_text value_entity], [];
}

/// A column by its name and its position in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) at: usize,
}

impl Table {
    /// Selects the id of the last row, which estimates the number of rows.
    pub(super) fn select_last(&self) -> String {
        format!("SELECT rowid FROM main.\"{}\" ORDER BY rowid DESC LIMIT 1", self.name)
    }

    fn names(&self) -> Vec<&'static str> {
        self.columns.iter().map(|column| column.name).collect()
    }

    /// Selects every row from the table itself: a damaged index may lack some.
    pub(super) fn select(&self) -> String {
        format!("SELECT {} FROM main.\"{}\" NOT INDEXED", quoted(&self.names()), self.name)
    }

    /// Inserts one row: first the columns that are read, then the derived ones.
    pub(super) fn insert(&self) -> String {
        let columns = [&self.names(), self.derived].concat();
        let marks = vec!["?"; columns.len()].join(", ");
        format!("INSERT INTO main.\"{}\" ({}) VALUES ({marks})", self.name, quoted(&columns))
    }
}

fn quoted(columns: &[&str]) -> String {
    columns.iter().map(|column| format!("\"{column}\"")).collect::<Vec<_>>().join(", ")
}

words! {
    /// The sorts of spots, by their words in the column `spot`.
    SpotKind {
        /// The section's heading.
        Heading = "heading",
        /// A row of the infobox.
        Row = "row",
        /// A whole paragraph.
        Paragraph = "paragraph",
        /// A sentence.
        Sentence = "sentence",
        /// An item of the section's list.
        Item = "item",
    }
}

/// Returns the words of a list in quotes with a separator, for SQL and messages.
pub(super) fn list<W: Word>(quote: &str, separator: &str) -> String {
    let words: Vec<_> = W::ALL.iter().map(|word| format!("{quote}{}{quote}", word.as_str())).collect();
    words.join(separator)
}

/// The keys of the table `dossier`.
pub(super) const META_KEYS: &[&str] =
    &["key", "title", "span", "span_label", "horizon", "horizon_label", "licence", "origin"];

/// Returns the SQL of the tables. Its comments stay in the file, for those who open it with another tool.
pub(super) fn tables() -> String {
    include_str!("tables.sql")
        .replace("{meta}", &format!("'{}'", META_KEYS.join("', '")))
        .replace("{kind}", &list::<Kind>("'", ", "))
        .replace("{name_kind}", &list::<NameKind>("'", ", "))
        .replace("{modality}", &list::<Modality>("'", ", "))
        .replace("{basis}", &list::<Basis>("'", ", "))
        .replace("{rank}", &list::<Rank>("'", ", "))
        .replace("{verdict}", &list::<Sameness>("'", ", "))
        .replace("{operation}", &list::<Operation>("'", ", "))
        .replace("{relation}", &list::<Relation>("'", ", "))
        .replace("{spot}", &list::<SpotKind>("'", ", "))
}

/// The SQL of the indexes and views, run after the rows are inserted, which is faster and packs them closely.
pub(super) const INDEXES_AND_VIEWS: &str = include_str!("views.sql");

/// Returns the rows of the table `property`: name, label, value, allowed, many, happening.
pub(super) fn properties() -> impl Iterator<Item = [Option<String>; 6]> {
    PROPERTIES.iter().map(|spec| {
        let (value, units) = match spec.range {
            Range::Text => ("text", None),
            Range::Number(units) => ("number", Some(units.join(", "))),
            Range::Entity(kinds) => {
                ("entity", Some(kinds.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(", ")))
            }
            Range::Date => ("date", None),
        };
        let many = if spec.many { "several" } else { "one" };
        [
            Some(spec.name.into()),
            Some(spec.label.into()),
            Some(value.into()),
            units,
            Some(many.into()),
            spec.happening.map(Into::into),
        ]
    })
}
