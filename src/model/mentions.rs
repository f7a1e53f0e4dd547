//! Finds the names of entities in texts.
//!
//! Invariant: a name of several words is found whatever its case, accents, titles and punctuation; a name of one word
//! only as it is written, since "Minutes" may be a title and "minutes" is a word.

use std::collections::{HashMap, HashSet};

use crate::text::fold::fold;

/// Names to be found.
#[derive(Debug, Clone, Default)]
pub struct Mentions {
    /// Names of one word, as they are written.
    words: HashSet<String>,
    /// The further words of longer names, by the first one.
    phrases: HashMap<String, Vec<Vec<String>>>,
}

impl Mentions {
    /// Adds a name.
    pub fn add(&mut self, name: &str) {
        let written: Vec<&str> = words(name).collect();
        if let [word] = written[..] {
            self.words.insert(word.to_owned());
            return;
        }
        for form in [plain(name), folded(name)] {
            if let [first, rest @ ..] = &form[..]
                && !rest.is_empty()
            {
                let known = self.phrases.entry(first.clone()).or_default();
                if !known.iter().any(|known| known == rest) {
                    known.push(rest.to_vec());
                }
            }
        }
    }

    /// Adds the words of an id (`person/ann-smith`), if there are several.
    pub fn add_id(&mut self, id: &str) {
        let slug = id.split_once('/').map_or(id, |(_, slug)| slug);
        if slug.contains('-') {
            self.add(&slug.replace('-', " "));
        }
    }

    /// Returns true if one of the names is in a text.
    pub fn are_in(&self, text: &str) -> bool {
        if self.words.is_empty() && self.phrases.is_empty() {
            return false;
        }
        words(text).any(|word| self.words.contains(word))
            || self.has_phrase(&plain(text))
            || self.has_phrase(&folded(text))
    }

    /// Returns true if one of the names is in an id.
    pub fn are_in_id(&self, id: &str) -> bool {
        let slug = id.split_once('/').map_or(id, |(_, slug)| slug);
        self.has_phrase(&plain(&slug.replace('-', " ")))
    }

    fn has_phrase(&self, words: &[String]) -> bool {
        let tails = (0..words.len()).filter_map(|at| words.get(at..)?.split_first());
        tails.into_iter().any(|(first, rest)| {
            self.phrases.get(first).is_some_and(|known| known.iter().any(|phrase| rest.starts_with(phrase)))
        })
    }
}

/// Returns the words of a text as they are written.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn plain(text: &str) -> Vec<String> {
    words(text).map(str::to_lowercase).collect()
}

fn folded(text: &str) -> Vec<String> {
    fold(text).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(names: &[&str]) -> Mentions {
        let mut mentions = Mentions::default();
        for name in names {
            mentions.add(name);
        }
        mentions
    }

    #[test]
    fn a_name_of_several_words_is_found_in_any_form() {
        let mentions = of(&["Dr Ann-Marie Müller", "B. C. Roy"]);
        for text in ["said ann marie Müller", "Ann-Marie Muller's", "by Dr B.C. Roy", "B. C. Roy, again", "(BC Roy)"] {
            assert!(mentions.are_in(text), "{text}");
        }
        for text in ["", "Ann Müller", "Annmarie Müller", "B. C. Royal", "Ann-Marie said: Müller"] {
            assert!(!mentions.are_in(text), "{text}");
        }
    }

    #[test]
    fn a_name_of_one_word_is_found_as_it_is_written() {
        let mentions = of(&["Minutes"]);
        assert!(mentions.are_in("see the Minutes, page 2"));
        assert!(!mentions.are_in("ten minutes") && !mentions.are_in("Minutest"));
    }

    #[test]
    fn an_id_names_if_it_has_several_words() {
        let mut mentions = Mentions::default();
        mentions.add_id("person/ann-smith");
        mentions.add_id("person/ann");
        assert!(mentions.are_in_id("tenure/ann-smith-mayor") && mentions.are_in("Ann Smith"));
        assert!(!mentions.are_in_id("tenure/ann-mayor") && !mentions.are_in("Ann"));
        assert!(!Mentions::default().are_in("anything"));
    }
}
