//! The texts after the help of each command, from `assets/help/`.
//!
//! Invariant: the fields of a query are those of [`Field::ALL`], each with its example and meaning.

use std::fmt::Write as _;

use crate::query::Field;

pub const ANNALS: &str = include_str!("../../../assets/help/annals.txt");
pub const BETWEEN: &str = include_str!("../../../assets/help/between.txt");
pub const CHECK: &str = include_str!("../../../assets/help/check.txt");
pub const DEBUG_KEYS: &str = include_str!("../../../assets/help/debug-keys.txt");
pub const EXPLAIN: &str = include_str!("../../../assets/help/explain.txt");
pub const EXPORT: &str = include_str!("../../../assets/help/export.txt");
pub const INDEX: &str = include_str!("../../../assets/help/index.txt");
pub const ID: &str = include_str!("../../../assets/help/id.txt");
pub const KEYS: &str = include_str!("../../../assets/help/keys.txt");
pub const MIGRATE: &str = include_str!("../../../assets/help/migrate.txt");
pub const NAMES: &str = include_str!("../../../assets/help/names.txt");
pub const PASSAGES: &str = include_str!("../../../assets/help/passages.txt");
pub const PATH: &str = include_str!("../../../assets/help/path.txt");
pub const PICK: &str = include_str!("../../../assets/help/pick.txt");
pub const PIN: &str = include_str!("../../../assets/help/pin.txt");
pub const RENDER: &str = include_str!("../../../assets/help/render.txt");
pub const SHOW: &str = include_str!("../../../assets/help/show.txt");
/// Of every command that prints a table.
pub const TABLE: &str = include_str!("../../../assets/help/table.txt");
pub const TENURES: &str = include_str!("../../../assets/help/tenures.txt");
/// Of a command that prints a table of two dates.
pub const TWO_DATES: &str = include_str!("../../../assets/help/two-dates.txt");
pub const VOCABULARY: &str = include_str!("../../../assets/help/vocabulary.txt");
pub const WHO: &str = include_str!("../../../assets/help/who.txt");

/// The width of an example in the list of fields.
const EXAMPLE: usize = 22;

/// Returns the text after the help of `find`.
pub fn find() -> String {
    format!(include_str!("../../../assets/help/find.txt"), fields = fields())
}

/// Returns the text after the help of `list`.
pub fn list() -> String {
    format!(include_str!("../../../assets/help/list.txt"), fields = fields())
}

/// Returns the text after the help of `timeline`.
pub fn timeline() -> String {
    format!(include_str!("../../../assets/help/timeline.txt"), fields = fields())
}

/// Returns the fields of a query, one a line.
fn fields() -> String {
    Field::ALL.iter().fold(String::new(), |mut lines, field| {
        let _ = writeln!(lines, "  {:EXAMPLE$}{}", field.example(), field.meaning());
        lines
    })
}
