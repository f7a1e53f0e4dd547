//! Names and texts of a claim, looked for in a passage.
//!
//! Invariant: a name is found as whole words only, in any of the forms of its last one.

use std::ops::Range;

use crate::language::Language;
use crate::text::fold::{fold, fold_mapped};

/// The fewest letters of a word that may be misspelt.
pub const LONG: usize = 8;

/// The most first letters by which words are called.
const MOST_INITIALS: usize = 6;

/// The letters at the start of a word that are not misspelt.
const SURE: usize = 2;

/// The folded text of a passage, in which names are looked for.
#[derive(Debug)]
pub struct Said {
    /// The folded text, between two spaces.
    folded: String,
    language: &'static Language,
}

impl Said {
    /// Folds a text as names are.
    pub fn new(text: &str, language: &'static Language) -> Self {
        Self { folded: format!(" {} ", fold(text)), language }
    }

    /// Returns where the folded text has a folded name; `None` if it does not.
    pub fn find(&self, name: &str) -> Option<Range<usize>> {
        if name.is_empty() {
            return None;
        }
        let wanted = format!(" {name}");
        self.folded.match_indices(&wanted).find_map(|(at, _)| {
            let behind = self.folded.get(at.saturating_add(wanted.len())..)?;
            let ending = behind.split(' ').next()?;
            let is_form = ending.is_empty() || self.language.is_ending(ending);
            let start = at.saturating_add(1);
            is_form.then(|| start..start.saturating_add(name.len()).saturating_add(ending.len()))
        })
    }

    /// Returns where the text has every word of a folded name of several words, in any order and with others between them.
    pub fn find_words(&self, name: &str) -> Option<Vec<Range<usize>>> {
        let words: Vec<&str> = name.split_whitespace().filter(|word| !self.language.is_small(word)).collect();
        if words.len() < 2 {
            return None;
        }
        words.into_iter().map(|word| self.find(word)).collect()
    }

    /// Returns where the text has a folded word, or name, in any of its forms.
    pub fn find_form(&self, word: &str) -> Option<Range<usize>> {
        self.find(word).or_else(|| self.language.stems(word).find_map(|stem| self.find(stem)))
    }

    /// Returns where the text has a folded word in any of its forms, a long one with one letter misspelt, or one in two
    /// parts.
    fn find_alike(&self, word: &str) -> Option<Range<usize>> {
        let misspelt = || self.words().find(|said| is_misspelt(said, word)).and_then(|said| self.find(said));
        let apart = || {
            let mut pairs = self.words().zip(self.words().skip(1));
            let (first, second) = pairs.find(|(first, second)| word.strip_prefix(first) == Some(*second))?;
            self.find(&format!("{first} {second}"))
        };
        self.find_form(word).or_else(misspelt).or_else(apart)
    }

    /// Returns where the text has the first letters of the words of a folded name as one word.
    pub fn find_initials(&self, name: &str) -> Option<Range<usize>> {
        let initials = |all: bool| {
            let words = name.split(' ').filter(|word| all || !self.language.is_small(word));
            words.filter_map(|word| word.chars().next()).collect::<String>()
        };
        let letters = [initials(true), initials(false)].into_iter().filter(|letters| letters.chars().count() > 1);
        letters.into_iter().find_map(|letters| self.find(&letters))
    }

    /// Returns where the text has words of which a folded word has the first letters.
    pub fn find_spelled(&self, initials: &str) -> Option<Range<usize>> {
        let length = initials.chars().count();
        if initials.contains(' ') || !(2..=MOST_INITIALS).contains(&length) {
            return None;
        }
        let words = || {
            self.folded.split_inclusive(' ').scan(0_usize, |end, word| {
                let start = *end;
                *end = end.saturating_add(word.len());
                Some((start, word.trim_end()))
            })
        };
        let said: Vec<(usize, &str)> =
            words().filter(|(_, word)| !word.is_empty() && !self.language.is_small(word)).collect();
        let spelled = said
            .windows(initials.chars().count())
            .find(|words| words.iter().map(|(_, word)| word.chars().next()).eq(initials.chars().map(Some)))?;
        let ((start, _), (last, word)) = spelled.first().zip(spelled.last())?;
        Some(*start..last.saturating_add(word.len()))
    }

    /// Returns where the text has something [alike](Self::find_alike), or words of which it has the first letters.
    pub fn find_like(&self, word: &str) -> Option<Range<usize>> {
        self.find_alike(word).or_else(|| self.find_spelled(word))
    }

    /// Returns the words, folded.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.folded.split_whitespace()
    }

    /// Returns where the text speaks of "the" one of a type, as of something that was named before.
    pub fn find_the(&self, noun: &str) -> Option<Range<usize>> {
        let noun = fold(noun);
        let articles = self.language.articles().iter();
        let the = |article: &String| {
            let found = self.find(&format!("{article} {noun}"));
            found.or_else(|| {
                self.find_initials(&noun).filter(|at| {
                    self.folded
                        .get(..at.start)
                        .is_some_and(|before| before.trim_end().rsplit(' ').next() == Some(article.as_str()))
                })
            })
        };
        articles.filter(|_| !noun.is_empty()).find_map(the)
    }
}

/// Returns true for two long words that differ in one letter.
pub fn is_misspelt(a: &str, b: &str) -> bool {
    let is_long = |word: &str| word.len() >= LONG && word.is_ascii() && !word.contains(|c: char| c.is_ascii_digit());
    let is_near = || a.len().abs_diff(b.len()) <= 1 && a.get(..SURE) == b.get(..SURE);
    is_near() && is_long(a) && is_long(b) && strsim::osa_distance(a, b) <= 1
}

/// Returns the bytes of a text from which a part of its folded form came.
pub fn unfolded(text: &str, folded: &Range<usize>) -> Range<usize> {
    let (plain, map) = fold_mapped(text);
    // The folded text has a space before it.
    let chars = |bytes: usize| plain.get(..bytes.saturating_sub(1)).map_or(0, |before| before.chars().count());
    let of_char = |at: usize| map.get(at).copied().unwrap_or_default() as usize;
    let (first, last) = (of_char(chars(folded.start)), of_char(chars(folded.end).saturating_sub(1)));
    let byte = |char: usize| text.char_indices().nth(char).map_or(text.len(), |(at, _)| at);
    byte(first)..byte(last.saturating_add(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Said {
        Said::new(text, Language::usual())
    }

    #[test]
    fn a_name_is_found_as_whole_words() {
        let text = "“Dr. B. C. Moss’s house,” said Müller & Sons of the AIDs";
        let said = said(text);
        for (name, words) in [
            ("Dr B C Moss", "B. C. Moss’s"),
            ("BC MOSS", "B. C. Moss’s"),
            ("muller and sons", "Müller & Sons"),
            ("AID", "AIDs"),
            ("House", "house"),
        ] {
            let found = said.find(&fold(name)).unwrap();
            assert_eq!(&text[unfolded(text, &found)], words, "{name}");
        }
        for name in ["Mos", "C Moss", "Sons of AID", "", "…", "hous"] {
            assert_eq!(said.find(&fold(name)), None, "{name}");
        }
    }

    #[test]
    fn the_words_of_a_name_may_stand_apart() {
        let said = said("B.Sc. (Crafts) on ropes and nets, taught at the Yard");
        for name in
            ["B.Sc. in Rope Crafts", "The Yard of Nets", "Net Yards on the Craft", "B.Sc. in Rope and Net Crafts"]
        {
            assert_eq!(said.find_words(&fold(name)).is_some(), name != "Net Yards on the Craft", "{name}");
        }
        for name in ["B.Sc. in Sail Crafts", "Yard", "The Yard", "of the", ""] {
            assert_eq!(said.find_words(&fold(name)), None, "{name}");
        }
    }

    #[test]
    fn the_one_of_a_type_is_meant_by_its_type() {
        let said = said("It was built in the steam mill, not at a yard.");
        assert!(said.find_the("Steam mill").is_some());
        for noun in ["mill", "yard", ""] {
            assert_eq!(said.find_the(noun), None, "{noun}");
        }
    }

    #[test]
    fn a_word_is_found_in_its_other_forms() {
        let said = said("It opens the boxes.");
        for (word, is_there) in [("opened", true), ("opening", true), ("box", true), ("oped", false), ("ope", false)] {
            assert_eq!(said.find_form(word).is_some(), is_there, "{word}");
        }
    }
}
