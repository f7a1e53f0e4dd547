//! The tables of a dossier file, as SQL and as the lists of columns that are read.
//!
//! Invariant: the lists of words in the SQL are those of the program, so that a file allows exactly the words that the
//! program knows, and those reserved for later. A column that is read is in every version that has its table, except for
//! those that came later than it, which are NULL for older files.

use crate::model::complete::Listed;
use crate::model::{
    Basis, Digests, Modality, NameKind, Operation, Rank, Relation, ReviewVerdict, Sameness, SourceKey, State,
};
use crate::text::word::{Word, words};
use crate::vocabulary::{Base, Origin, Role, TextForm};

/// `annl` in ASCII: marks a `SQLite` file as a dossier (bytes 68 to 71 of the file).
pub(super) const APPLICATION_ID: i32 = 0x616e_6e6c;

/// A version of the tables (`user_version`, bytes 60 to 63 of the file).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Version {
    /// Kinds, properties and units are those of [`Base::V1`].
    One = 1,
    /// The file says on which built-in words the dossier is based, and has those that it declares.
    Two = 2,
}

impl Version {
    /// The version that is written.
    pub(super) const NEWEST: Self = Self::Two;

    /// Returns the version with this number; `None` for one that is not read.
    pub(super) const fn of(number: i32) -> Option<Self> {
        match number {
            1 => Some(Self::One),
            2 => Some(Self::Two),
            _ => None,
        }
    }

    /// Returns its number.
    pub(super) const fn number(self) -> i32 {
        self as i32
    }

    /// Returns its tables.
    pub(super) fn tables(self) -> impl Iterator<Item = &'static Table> {
        TABLES.iter().copied().filter(move |table| table.since <= self)
    }

    /// Returns the keys that the table `dossier` may have.
    pub(super) fn keys(self) -> Vec<&'static str> {
        match self {
            Self::One => META_KEYS.to_vec(),
            Self::Two => [META_KEYS, &["documents", "hemisphere", BASE_KEY, VOCABULARY_KEY, DIGESTS_KEY]].concat(),
        }
    }

    /// Returns the keys that the table `dossier` has to have.
    pub(super) fn needed_keys(self) -> Vec<&'static str> {
        match self {
            Self::One => vec!["key", "title"],
            Self::Two => vec!["key", "title", BASE_KEY],
        }
    }
}

/// The size of the largest file that is opened, in bytes.
pub(super) const MAX_BYTES: u64 = u32::MAX as u64;

/// A table and its columns.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) name: &'static str,
    /// The first version that has it.
    pub(super) since: Version,
    /// The number of columns, from the first on, that identify a row.
    pub(super) keys: usize,
    /// The columns that are read, in the order in which they are selected.
    pub(super) columns: &'static [Column],
    /// The columns that are only written, for queries by other tools.
    pub(super) derived: &'static [&'static str],
    /// Columns that came with version 2 and have to be empty so far: what a later program may write there, this one does
    /// not understand. They are selected behind `columns`.
    pub(super) empty: &'static [Column],
    /// Columns of version 2 that are reserved: neither written nor read, since a row means the same without them.
    pub(super) reserved: &'static [&'static str],
}

macro_rules! tables {
    ($($constant:ident $table:ident since $since:ident = $keys:literal, [$($column:ident)*], [$($derived:ident)*]
        $(, empty [$($empty:ident)*])? $(, reserved [$($reserved:ident)*])?;)+) => {
        /// The columns that are read, by table.
        #[allow(non_camel_case_types, non_upper_case_globals, dead_code, unused_imports, reason = "named as in SQL; a table may have none")]
        pub(super) mod column {
            $(pub mod $table {
                #[allow(unused_imports, reason = "of a reserved table no column is read")]
                use super::super::Column;

                enum At { $($column,)* $($($empty),*)? }

                $(pub const $column: Column = Column { name: stringify!($column), at: At::$column as usize };)*
                $($(pub const $empty: Column = Column { name: stringify!($empty), at: At::$empty as usize };)*)?
            })+
        }

        $(pub(super) static $constant: Table = Table {
            name: stringify!($table),
            since: Version::$since,
            keys: $keys,
            columns: &[$(column::$table::$column),*],
            derived: &[$(stringify!($derived)),*],
            empty: &[$($(column::$table::$empty),*)?],
            reserved: &[$($(stringify!($reserved)),*)?],
        };)+

        /// The tables of all versions.
        pub(super) static TABLES: &[&Table] = &[$(&$constant),+];
    };
}

tables! {
    DOSSIER dossier since One = 1, [key value], [];
    KIND kind since Two = 1, [name], [parent label plural origin];
    ENTITY entity since One = 1, [id kind label], [folded];
    PROPERTY property since One = 1, [name], [label kinds value allowed many happening role inverse origin];
    MEASURE measure since Two = 1, [name], [plural dimension factor origin];
    DOCUMENT document since One = 1, [id key kind publisher published_date published_label file sha256 length], [];
    DOCUMENT_DETAIL document_detail since Two = 1, [id document key value], [];
    PRIVATE private since Two = 1, [entity], [];
    PLACE place since One = 1, [id document section spot row paragraph sentence item line start length sha256], [],
        empty [field cell note quote page];
    NAME name since One = 1, [id entity value kind language], [folded];
    NAME_EVIDENCE name_evidence since One = 2, [name place], [];
    NAME_DETAIL name_detail since Two = 1, [name start_date start_label end_date end_label private], [];
    CLAIM claim since One = 1, [id subject property value_text value_number unit value_entity value_date value_label
        missing start_date start_label end_date end_label as_of_date as_of_label modality basis rank reason note],
        [value_earliest value_latest];
    CLAIM_DETAIL claim_detail since Two = 1, [claim id by_entity by_text said_in private state sentence decimals], [];
    CLAIM_SCOPE claim_scope since Two = 1, [id claim entity text], [];
    EVIDENCE evidence since One = 2, [claim place], [], reserved [via];
    JUDGEMENT judgement since One = 1, [id a b verdict reason], [];
    COMPLETE complete since Two = 1, [id entity list since_date since_label until_date until_label reason], [];
    COMPLETE_EVIDENCE complete_evidence since Two = 2, [complete place], [];
    REVIEW review since Two = 1, [id claim reader on_date on_label verdict note seen], [];
    UNCLAIMED unclaimed since One = 1, [place reason], [];
    CHECK check since One = 1, [id label operation relation note], [];
    CHECK_EVIDENCE check_evidence since One = 2, [check place], [];
    CHECK_TERM check_term since One = 1, [id check entity property modality basis as_of_date as_of_label number unit
        kind], [];
    CHECK_FILTER check_filter since One = 1, [id term property value_text value_entity], [];
    DIGEST digest since Two = 1, [], [], reserved [name rows sha256];
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

    /// Returns the columns that a version selects.
    fn selected(&self, version: Version) -> Vec<&'static str> {
        let empty = self.empty.iter().filter(|_| version >= Version::Two);
        self.columns.iter().chain(empty).map(|column| column.name).collect()
    }

    /// Returns the columns that a file of a version has to have.
    pub(super) fn needed(&self, version: Version) -> Vec<&'static str> {
        let reserved = self.reserved.iter().filter(|_| version >= Version::Two);
        self.selected(version).into_iter().chain(reserved.copied()).collect()
    }

    /// Selects every row from the table itself: a damaged index may lack some.
    pub(super) fn select(&self, version: Version) -> String {
        format!("SELECT {} FROM main.\"{}\" NOT INDEXED", quoted(&self.selected(version)), self.name)
    }

    /// Selects the rows with a value in a column, in the order of their first column, from a file of the newest version.
    /// With an index, the statement cannot be prepared for a file that lacks it.
    pub(super) fn select_by(&self, column: Column, index: Option<&str>) -> String {
        let by = index.map(|index| format!(" INDEXED BY \"{index}\"")).unwrap_or_default();
        let (columns, table, column) = (quoted(&self.selected(Version::NEWEST)), self.name, column.name);
        format!("SELECT {columns} FROM main.\"{table}\"{by} WHERE \"{column}\" = ?1 ORDER BY 1")
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

words! {
    /// The sorts of spots that are reserved: a file may have them, but they are not read yet.
    ReservedSpot {
        /// A value of a record, by its path.
        Field = "field",
        /// A cell of a table.
        Cell = "cell",
        /// A footnote.
        Note = "note",
        /// A block quote, or a sentence of it.
        Quote = "quote",
        /// A page.
        Page = "page",
    }
}

/// Returns the words of a list in quotes with a separator, for SQL and messages.
pub(super) fn list<W: Word>(quote: &str, separator: &str) -> String {
    let words: Vec<_> = W::ALL.iter().map(|word| format!("{quote}{}{quote}", word.as_str())).collect();
    words.join(separator)
}

/// The keys of the table `dossier` in every version.
const META_KEYS: &[&str] = &["key", "title", "span", "span_label", "horizon", "horizon_label", "licence", "origin"];

/// The key of the built-in set of words on which the dossier is based.
pub(super) const BASE_KEY: &str = "vocabulary_base";

/// The key of the words that the dossier declares, as TOML; there is no such row if it declares none.
pub(super) const VOCABULARY_KEY: &str = "vocabulary";

/// The key of the word for how digests are made; there is no such row if they are plain.
pub(super) const DIGESTS_KEY: &str = "digests";

/// Returns the SQL of the tables. Its comments stay in the file, for those who open it with another tool.
pub(super) fn tables() -> String {
    include_str!("tables.sql")
        .replace("{meta}", &format!("'{}'", Version::NEWEST.keys().join("', '")))
        .replace("{base}", &list::<Base>("'", ", "))
        .replace("{digests}", &list::<Digests>("'", ", "))
        .replace("{text_form}", &list::<TextForm>("'", ", "))
        .replace("{role}", &list::<Role>("'", ", "))
        .replace("{origin}", &list::<Origin>("'", ", "))
        .replace("{name_kind}", &list::<NameKind>("'", ", "))
        .replace("{modality}", &list::<Modality>("'", ", "))
        .replace("{basis}", &list::<Basis>("'", ", "))
        .replace("{rank}", &list::<Rank>("'", ", "))
        .replace("{verdict}", &list::<Sameness>("'", ", "))
        .replace("{operation}", &list::<Operation>("'", ", "))
        .replace("{relation}", &list::<Relation>("'", ", "))
        .replace("{source}", &list::<SourceKey>("'", ", "))
        .replace("{state}", &list::<State>("'", ", "))
        .replace("{listed}", &list::<Listed>("", ", "))
        .replace("{review}", &list::<ReviewVerdict>("'", ", "))
        .replace("{spot}", &list::<SpotKind>("'", ", "))
        .replace("{reserved_spot}", &list::<ReservedSpot>("'", ", "))
}

/// The SQL of the indexes and views, run after the rows are inserted, which is faster and packs them closely.
pub(super) const INDEXES_AND_VIEWS: &str = include_str!("views.sql");
