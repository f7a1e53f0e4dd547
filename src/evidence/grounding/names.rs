//! Names and texts of a claim, looked for in a passage.
//!
//! Invariant: a name is found as whole words only, with or without the mark of a possessive or plural.

use crate::text::fold::fold;

/// Words that a name may have or lack without being another name, folded.
const FILLERS: [&str; 12] = ["a", "an", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with"];

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
        !name.is_empty() && self.has_folded(&name)
    }

    /// Returns true if the text has every word of a name of several words, in any order and with others between them.
    pub fn has_words(&self, name: &str) -> bool {
        let name = fold(name);
        let words: Vec<&str> = name.split_whitespace().filter(|word| !FILLERS.contains(word)).collect();
        words.len() > 1 && words.into_iter().all(|word| self.has_folded(word))
    }

    /// Returns true if the text speaks of "the" one of a type, as of something that was named before.
    pub fn has_the(&self, noun: &str) -> bool {
        let noun = fold(noun);
        !noun.is_empty() && self.has_folded(&format!("the {noun}"))
    }

    fn has_folded(&self, name: &str) -> bool {
        ["", "s"].iter().any(|end| self.0.contains(&format!(" {name}{end} ")))
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

    #[test]
    fn the_words_of_a_name_may_stand_apart() {
        let said = Said::new("B.Sc. (Crafts) on ropes and nets, taught at the Yard");
        for name in
            ["B.Sc. in Rope Crafts", "The Yard of Nets", "Net Yards on the Craft", "B.Sc. in Rope and Net Crafts"]
        {
            assert_eq!(said.has_words(name), name != "Net Yards on the Craft", "{name}");
        }
        for name in ["B.Sc. in Sail Crafts", "Yard", "The Yard", "of the", ""] {
            assert!(!said.has_words(name), "{name}");
        }
    }

    #[test]
    fn the_one_of_a_type_is_meant_by_its_type() {
        let said = Said::new("It was built in the steam mill, not at a yard.");
        assert!(said.has_the("Steam mill"));
        for noun in ["mill", "yard", ""] {
            assert!(!said.has_the(noun), "{noun}");
        }
    }
}
