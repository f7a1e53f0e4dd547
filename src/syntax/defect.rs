//! Defects of an input: the place, the finding, and the remedy.
//!
//! Invariant: a defect prints on one line, which is safe for a terminal.

use std::fmt;

use super::code::{Code, Severity};
use super::position::Position;
use crate::text::clean;

/// One defect of an input. Prints as `FILE:LINE:COLUMN: SEVERITY CODE: FOUND; REMEDY (OTHER POSITION)`. Defects sort
/// by position, then by code and finding.
///
/// ```
/// use annals::syntax::{Code, Defect};
///
/// let defect = Defect::of_file(Code::WrongValue, "claims.toml", "no entity is declared", "expected tables");
/// assert_eq!(defect.to_string(), "claims.toml: error wrong-value: no entity is declared; expected tables");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Defect {
    /// Where it is.
    pub at: Position,
    /// Its sort.
    pub code: Code,
    /// How grave it is.
    pub severity: Severity,
    /// The finding.
    pub found: String,
    /// The expected input, or what to do.
    pub remedy: Option<String>,
    /// Where the other of two things that do not go together is.
    pub second: Option<Position>,
}

impl Defect {
    /// Returns a defect of the usual severity of its code.
    pub fn new(code: Code, at: Position, found: impl Into<String>, remedy: impl Into<String>) -> Self {
        let severity = code.severity();
        Self { at, code, severity, found: found.into(), remedy: Some(remedy.into()), second: None }
    }

    /// Returns a defect of a whole file.
    pub fn of_file(code: Code, file: &str, found: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::new(code, Position::of_file(file), found, remedy)
    }

    /// Returns the defect with the position of the other of two things that do not go together.
    #[must_use]
    pub fn with_second(self, second: Position) -> Self {
        Self { second: Some(second), ..self }
    }

    /// Returns true if nothing can be loaded because of it.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl fmt::Display for Defect {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {} {}: {}", self.at, self.severity, self.code, clean(&self.found))?;
        if let Some(remedy) = &self.remedy {
            write!(out, "; {}", clean(remedy))?;
        }
        match &self.second {
            Some(second) => write!(out, " ({second})"),
            None => Ok(()),
        }
    }
}

/// The similarity, from 0 to 1, from which on a word is suggested for another.
const NEAR: f64 = 0.7;

/// The greatest length of a word that is compared, in bytes: comparing takes time by the product of two lengths, and
/// no known word is longer.
const MAX_WORD: usize = 200;

/// Returns the known word most similar to a mistyped one, if it is at least 70 % similar by the normalised
/// Damerau-Levenshtein distance; the first in the alphabet of several.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > MAX_WORD {
        return None;
    }
    let scored =
        known.into_iter().map(|candidate| (strsim::normalized_damerau_levenshtein(word, candidate), candidate));
    let best = scored.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))?;
    (best.0 >= NEAR).then_some(best.1)
}

/// Returns "did you mean …?" if a known word is similar to a mistyped one, else what `otherwise` returns.
pub fn suggestion<'a>(
    word: &str,
    known: impl IntoIterator<Item = &'a str>,
    otherwise: impl FnOnce() -> String,
) -> String {
    nearest(word, known).map_or_else(otherwise, |near| format!("did you mean \"{near}\"?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_defect_names_place_finding_and_remedy() {
        let at = |line, column| Position { file: "claims/a.toml".into(), line, column };
        let found = "unknown institution \"aims\u{1b}\"";
        let defect = Defect::new(Code::UnknownId, at(41, 12), found, "did you mean \"aiims\"?");
        let said = "claims/a.toml:41:12: error unknown-id: unknown institution \"aims\"; did you mean \"aiims\"?";
        assert_eq!(defect.to_string(), said);
        assert_eq!(defect.with_second(at(3, 0)).to_string(), format!("{said} (claims/a.toml:3)"));
    }

    #[test]
    fn only_near_words_are_suggested() {
        assert_eq!(nearest("lable", ["label", "level"]), Some("label"));
        assert_eq!(nearest("colour", ["label", "level"]), None);
    }
}
