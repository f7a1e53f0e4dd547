//! A position in a file, as messages name it.
//!
//! Invariant: a position without a line has no column, and prints as the file alone.

use std::fmt;

use serde::Serialize;

use crate::text::clean;

/// A position in a file; prints as `FILE:LINE:COLUMN`, cleaned. Positions compare by file, line and column.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Position {
    /// The file, as the user named it.
    pub file: String,
    /// The line, from 1; 0 for the whole file.
    #[serde(skip_serializing_if = "is_zero")]
    pub line: u32,
    /// The column in characters, from 1; 0 for the whole line.
    #[serde(skip_serializing_if = "is_zero")]
    pub column: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl Position {
    /// Returns the position of a whole file.
    pub fn of_file(file: impl Into<String>) -> Self {
        Self { file: file.into(), line: 0, column: 0 }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", clean(&self.file))?;
        match (self.line, self.column) {
            (0, _) => Ok(()),
            (line, 0) => write!(out, ":{line}"),
            (line, column) => write!(out, ":{line}:{column}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_prints_no_more_than_it_knows() {
        let mut position = Position::of_file("a\u{1b}.toml");
        assert_eq!(position.to_string(), "a.toml");
        position.line = 3;
        assert_eq!(position.to_string(), "a.toml:3");
        position.column = 7;
        assert_eq!(position.to_string(), "a.toml:3:7");
    }
}
