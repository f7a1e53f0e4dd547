//! Names and texts of a claim, looked for in a passage.
//!
//! Invariant: a name is found as whole words only, with or without the mark of a possessive or plural.

use crate::text::fold::fold;

/// The folded text of a passage, in which names are looked for.
#[derive(Debug)]
pub struct Said(String);

impl Said {
    /// Folds a text as names are.
    pub fn new(text: &str) -> Self {
        Self(format!(" {} ", fold(text)))
    }

    /// Returns true if the text has a name, folded.
    pub fn has(&self, name: &str) -> bool {
        let name = fold(name);
        !name.is_empty() && ["", "s"].iter().any(|end| self.0.contains(&format!(" {name}{end} ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_as_whole_words() {
        let said = Said::new("“Dr. B. C. Moss’s house,” said Müller & Sons of the AIDs");
        for name in ["Dr B C Moss", "BC MOSS", "muller and sons", "AID", "House"] {
            assert!(said.has(name), "{name}");
        }
        for name in ["Mos", "C Moss", "Sons of AID", "", "…", "hous"] {
            assert!(!said.has(name), "{name}");
        }
    }
}
