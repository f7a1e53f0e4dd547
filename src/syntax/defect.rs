//! Defects of an input: the place, the finding, and the remedy.
//!
//! Invariant: a defect prints on one line, which is safe for a terminal.

use std::fmt;

use crate::text::clean;

/// One defect of one file. Prints as `FILE:LINE:COLUMN: FOUND; REMEDY`.
///
/// ```
/// use annals::syntax::Defect;
///
/// let defect = Defect::of_file("claims.toml", "no entity is declared", "expected tables such as [[institution]]");
/// assert_eq!(defect.to_string(), "claims.toml: no entity is declared; expected tables such as [[institution]]");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Defect {
    /// The file, as the user named it.
    pub file: String,
    /// The line, from 1; 0 for a defect of the whole file.
    pub line: u32,
    /// The column in characters, from 1; 0 for a defect of the whole line.
    pub column: u32,
    /// The finding.
    pub found: String,
    /// The expected input, or what to do.
    pub remedy: Option<String>,
}

impl Defect {
    /// Returns a defect of a whole file.
    pub fn of_file(file: &str, found: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { file: file.into(), line: 0, column: 0, found: found.into(), remedy: Some(remedy.into()) }
    }
}

impl fmt::Display for Defect {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", clean(&self.file))?;
        match (self.line, self.column) {
            (0, _) => {}
            (line, 0) => write!(out, ":{line}")?,
            (line, column) => write!(out, ":{line}:{column}")?,
        }
        write!(out, ": {}", clean(&self.found))?;
        match &self.remedy {
            Some(remedy) => write!(out, "; {}", clean(remedy)),
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
        let defect = Defect {
            file: "claims/a.toml".into(),
            line: 41,
            column: 12,
            found: "unknown institution \"aims\u{1b}\"".into(),
            remedy: Some("did you mean \"aiims\"?".into()),
        };
        assert_eq!(defect.to_string(), "claims/a.toml:41:12: unknown institution \"aims\"; did you mean \"aiims\"?");
    }

    #[test]
    fn only_near_words_are_suggested() {
        assert_eq!(nearest("lable", ["label", "level"]), Some("label"));
        assert_eq!(nearest("colour", ["label", "level"]), None);
    }
}
