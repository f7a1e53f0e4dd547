//! What is wrong with an input: where, what was found, and what would have been right.
//!
//! Invariant: a defect shows on one line, and that line is safe to print.

use std::fmt;

use crate::text::clean;

/// One thing wrong in one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Defect {
    /// The file, as the user named it.
    pub file: String,
    /// The line, from 1; 0 where the file as a whole is meant.
    pub line: u32,
    /// The column in characters, from 1; 0 where the line as a whole is meant.
    pub column: u32,
    /// What was found.
    pub found: String,
    /// What was expected, or what to do.
    pub remedy: Option<String>,
}

impl Defect {
    /// A defect of a file as a whole.
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

/// How alike two words must be, from 0 to 1, for one to be taken for a slip of the other.
const NEAR: f64 = 0.7;

/// No word that we know is longer, in bytes; comparing takes the product of two lengths.
const MAX_WORD: usize = 200;

/// The known word nearest to a mistyped one, if one is near enough to be meant.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > MAX_WORD {
        return None;
    }
    let scored =
        known.into_iter().map(|candidate| (strsim::normalized_damerau_levenshtein(word, candidate), candidate));
    let best = scored.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))?;
    (best.0 >= NEAR).then_some(best.1)
}

/// "did you mean …?" for a mistyped word, or what else to say.
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
