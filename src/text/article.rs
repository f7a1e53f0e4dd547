//! The indefinite article before a word that is not known beforehand, such as the name of a kind.
//!
//! Invariant: the word itself is not changed.

/// Beginnings of words that are spoken with another sound than they are written with, and the article before them.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("heir", "an"),
    ("honest", "an"),
    ("honor", "an"),
    ("honour", "an"),
    ("hour", "an"),
    ("eu", "a"),
    ("ewe", "a"),
    ("once", "a"),
    ("one", "a"),
    ("ubiq", "a"),
    ("uni", "a"),
    ("unin", "an"),
    ("unid", "an"),
    ("unim", "an"),
    ("ura", "a"),
    ("uri", "a"),
    ("url", "a"),
    ("us", "a"),
    ("usher", "an"),
    ("ut", "a"),
    ("utt", "an"),
];

/// Returns a word or phrase with its indefinite article: "a" before the sound of a consonant, "an" before that of a
/// vowel. A word that begins with neither a letter nor a digit has "a".
///
/// ```
/// use annals::text::with_article;
///
/// assert_eq!(with_article("item"), "an item");
/// assert_eq!(with_article("unit or post"), "a unit or post");
/// ```
pub fn with_article(noun: &str) -> String {
    let word = noun.split_whitespace().next().unwrap_or_default().to_lowercase();
    let exceptions = EXCEPTIONS.iter().filter(|(start, _)| word.starts_with(start));
    // Of two beginnings that fit, the longer one says more of the word.
    let exception = exceptions.max_by_key(|(start, _)| start.len()).map(|&(_, article)| article);
    let usual = if word.starts_with(['a', 'e', 'i', 'o', 'u', '8']) { "an" } else { "a" };
    format!("{} {noun}", exception.unwrap_or(usual))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sound_of_a_word_decides_not_its_letter() {
        let with_an = "item institution agreement event assembly election office umbrella Election hour heirloom honour \
            undergraduate uninhabited usher unidentified 8-metre";
        for word in with_an.split(' ') {
            assert_eq!(with_article(word), format!("an {word}"));
        }
        let with_a = "unit person post tenure place document facility university union European one-act user utility house \
            URL usage Eurostar 12-metre";
        for word in with_a.split(' ') {
            assert_eq!(with_article(word), format!("a {word}"));
        }
        assert_eq!(with_article("uninhabited isle or unit"), "an uninhabited isle or unit");
        assert_eq!(with_article(""), "a ");
    }
}
