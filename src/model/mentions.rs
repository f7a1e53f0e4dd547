//! Finds the names of entities in texts.
//!
//! Invariant: a name of several words is found whatever its case, accents, titles and punctuation, that of a person also
//! with the family name first; a name of one word only as it is written, since "Minutes" may be a title and "minutes" is
//! a word.

use std::borrow::Cow;
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
        self.add_phrase(&plain(name));
        self.add_phrase(&folded(name));
    }

    /// Adds a name of a person, also with the family name first: "Smith, Ann". As a family name may have several words
    /// ("van Berg, Jan"), the words begin at each of them in turn.
    pub fn add_person(&mut self, name: &str) {
        self.add(name);
        for mut form in [plain(name), folded(name)] {
            for _ in 1..form.len() {
                form.rotate_left(1);
                self.add_phrase(&form);
            }
        }
    }

    fn add_phrase(&mut self, words: &[String]) {
        if let [first, rest @ ..] = words
            && !rest.is_empty()
        {
            let known = self.phrases.entry(first.clone()).or_default();
            if !known.iter().any(|known| known == rest) {
                known.push(rest.to_vec());
            }
        }
    }

    /// Returns true if one of the names is in a text.
    pub fn are_in(&self, text: &str) -> bool {
        if self.words.is_empty() && self.phrases.is_empty() {
            return false;
        }
        [Some(Cow::Borrowed(text)), decoded(text)].into_iter().flatten().any(|text| {
            words(&text).any(|word| self.words.contains(word))
                || self.has_phrase(&plain(&text))
                || self.has_phrase(&folded(&text))
        })
    }

    /// Returns true if one of the names is in an id.
    pub fn are_in_id(&self, id: &str) -> bool {
        self.has_phrase(&plain(slug(id)))
    }

    fn has_phrase(&self, words: &[String]) -> bool {
        let tails = (0..words.len()).filter_map(|at| words.get(at..)?.split_first());
        tails.into_iter().any(|(first, rest)| {
            self.phrases.get(first).is_some_and(|known| known.iter().any(|phrase| rest.starts_with(phrase)))
        })
    }
}

/// Returns the second half of an id, whose words are those of a name: `ann-smith`.
pub fn slug(id: &str) -> &str {
    id.split_once('/').map_or(id, |(_, slug)| slug)
}

/// Returns a text with the bytes for which `%20` and the like stand in addresses; `None` if there are none.
fn decoded(text: &str) -> Option<Cow<'_, str>> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).and_then(|&byte| char::from(byte).to_digit(16));
    let byte = |at: usize| digit(at.saturating_add(1)).zip(digit(at.saturating_add(2)));
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&sign) = bytes.get(at) {
        let coded = byte(at).filter(|_| sign == b'%').map(|(high, low)| (high << 4 | low) as u8);
        out.push(coded.unwrap_or(sign));
        at = at.saturating_add(if coded.is_some() { 3 } else { 1 });
    }
    (out.len() < bytes.len()).then(|| Cow::Owned(String::from_utf8_lossy(&out).into_owned()))
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
    fn a_person_is_found_with_the_family_name_first() {
        let mut mentions = Mentions::default();
        for name in ["Ida Holm", "Dr Ann-Marie Müller", "Jan van Berg", "B. C. Roy", "Sue"] {
            mentions.add_person(name);
        }
        for text in [
            "Ida Holm",
            "Holm, Ida",
            "HOLM, IDA (ed.)",
            "holm ida",
            "papers/holm-ida.txt",
            "papers/Holm_Ida.2.txt",
            "https://example.org/holm/ida",
            "https://example.org/?q=Holm%2C%20Ida",
            "https://example.org/Holm+Ida",
            "M%C3%BCller, Ann-Marie",
            "Muller, Ann-Marie",
            "Berg, Jan van",
            "van Berg, Jan",
            "Roy, B. C.",
            "Roy, BC",
        ] {
            assert!(mentions.are_in(text), "{text}");
        }
        for text in ["Holm", "Holm, Idas", "Holm or Ida", "Berg, Jan", "100 %", "50%20", "sue"] {
            assert!(!mentions.are_in(text), "{text}");
        }
        assert!(mentions.are_in_id("institution/holm-ida-fund"));
        // Other names are not turned about.
        assert!(!of(&["Song School"]).are_in("a school song"));
    }

    #[test]
    fn an_id_names_if_it_has_several_words() {
        let mut mentions = of(&["ann-smith"]);
        assert!(mentions.are_in_id("tenure/ann-smith-mayor") && mentions.are_in("Ann Smith"));
        mentions = Mentions::default();
        mentions.add(slug("person/ann"));
        assert!(!mentions.are_in_id("tenure/ann-mayor") && !mentions.are_in("Ann"));
        assert!(!Mentions::default().are_in("anything"));
    }
}
