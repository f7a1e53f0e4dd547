//! Folds names to the form in which they are compared: without case, accents, dots and titles.
//!
//! A text is decomposed (Unicode NFKD), its combining marks are dropped, and it is converted to lower case. Leading titles
//! are dropped ("Dr", "Prof. (Dr)"), "and" and `&` as well. Initials and dotted letters behind a name are joined (`E.N.T` → `ent`, `V K`
//! → `vk`, `M.Ch.` → `mch`). Runs of all other characters become one space between words. "Ms" is kept: folded, it equals
//! MS behind a name.
//!
//! Invariant: folding is idempotent, and only a text without any letter or digit folds to the empty text.

mod letters;
mod line;

use unicode_normalization::char::{canonical_combining_class, decompose_compatible, is_combining_mark};

use self::letters::plain_letters;
pub use self::line::{fold_line, fold_line_mapped, fold_lines_to};

/// Titles before a name that are not part of it.
const HONORIFICS: &[&str] = &["dr", "prof", "professor", "mr", "mrs", "shri", "smt", "sir"];

/// Second parts of letters behind a name that begin with a single letter: B.Sc., M.Ch., D.Phil.
const SECOND_STEMS: &[&str] = &["sc", "ch", "phil", "tech", "pharm", "com", "ed", "arch", "optom", "litt"];

/// First parts of letters behind a name that end with "D": Ph.D., Pharm.D.
const FIRST_STEMS: &[&str] = &["ph", "pharm"];

const AND: &str = "and";

/// The folded form of a name.
///
/// ```
/// use annals::text::fold::fold;
///
/// assert_eq!(fold("Prof. (Dr) J. R. Müller"), "jr muller");
/// ```
pub fn fold(text: &str) -> String {
    fold_plain(text).unwrap_or_else(|| fold_mapped(text).0)
}

/// Returns true if a folded word is a title that may stand before a name.
pub fn is_title(word: &str) -> bool {
    HONORIFICS.contains(&word)
}

/// The fast path of [`fold`] for ASCII words none of which is joined with another; `None` for all other names.
fn fold_plain(text: &str) -> Option<String> {
    let mut folded = Vec::with_capacity(text.len().saturating_add(1));
    let mut word = 0;
    let mut before: Option<usize> = None;
    for byte in text.bytes().chain([b' ']) {
        if byte.is_ascii_alphanumeric() {
            folded.push(byte.to_ascii_lowercase());
        } else if !byte.is_ascii() || byte == b'\'' {
            return None;
        } else if word < folded.len() {
            let (said, written) = folded.split_at(word);
            let is_title = word == 0 && is_in(written, HONORIFICS);
            if is_title || written == AND.as_bytes() {
                folded.truncate(word);
                continue;
            }
            if let Some(before) = before.and_then(|before| said.get(before..))
                && may_join(before.trim_ascii_end(), written)
            {
                return None;
            }
            before = Some(word);
            folded.push(b' ');
            word = folded.len();
        }
    }
    // The space behind the last word. Without words the name may be nothing but titles.
    folded.pop()?;
    String::from_utf8(folded).ok()
}

/// Returns true if two adjacent words may be joined, as initials and letters behind a name are.
fn may_join(before: &[u8], word: &[u8]) -> bool {
    let is_initial = |word: &[u8]| matches!(word, [letter] if letter.is_ascii_alphabetic());
    is_initial(before) && (is_initial(word) || is_in(word, SECOND_STEMS)) || word == b"d" && is_in(before, FIRST_STEMS)
}

fn is_in(word: &[u8], list: &[&str]) -> bool {
    list.iter().any(|known| known.as_bytes() == word)
}

/// The folded form of a name, and for each of its characters the index of the character of `text` from which it came.
pub fn fold_mapped(text: &str) -> (String, Vec<u32>) {
    let mut words = Words { letters: Vec::with_capacity(text.len()), ..Words::default() };
    for (index, c) in text.chars().enumerate() {
        let index = index as u32;
        if c.is_ascii() {
            words.read(c, index);
        } else {
            decompose_compatible(c, |part| words.read(part, index));
        }
    }
    words.finish()
}

/// Returns true if a character is a mark on the one before it, or invisible.
pub fn is_silent(c: char) -> bool {
    is_invisible(c) || is_dropped_mark(c)
}

/// Returns true for a mark that is dropped. The vowel signs of Indic scripts are letters, not such marks.
fn is_dropped_mark(c: char) -> bool {
    is_combining_mark(c) && !(c.is_alphanumeric() && canonical_combining_class(c) == 0)
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// Passes the folded letters of a character of a decomposed text to `add`; returns true if it ends a word instead.
fn add_letters(c: char, mut add: impl FnMut(char)) -> bool {
    if c.is_ascii_alphanumeric() {
        add(c.to_ascii_lowercase());
        return false;
    }
    if c.is_ascii() {
        // Without a look into the Unicode tables.
        return c != '\'';
    }
    if is_silent(c) || is_apostrophe(c) {
        return false;
    }
    if !c.is_alphanumeric() {
        return true;
    }
    for lower in c.to_lowercase() {
        match plain_letters(lower) {
            Some(plain) => plain.chars().for_each(&mut add),
            None => add(lower),
        }
    }
    false
}

/// Returns true for apostrophes and for the letters that transliterations use in their place.
fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{2b9}'..='\u{2c1}')
}

/// The form of the last word of a group, which decides what may join the group.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tail {
    Initial,
    Word,
}

/// One word of the result: one or several words of the text.
struct Group {
    start: usize,
    tail: Tail,
    /// The index of the character behind the group.
    gap: u32,
}

/// A text that is being folded. `letters` has the groups end to end, then the unfinished word.
#[derive(Default)]
struct Words {
    letters: Vec<(char, u32)>,
    groups: Vec<Group>,
    /// The start of the unfinished word in `letters`.
    word: usize,
}

impl Words {
    /// Takes one character of the decomposed text.
    fn read(&mut self, c: char, index: u32) {
        if add_letters(c, |letter| self.letters.push((letter, index))) {
            self.end_word(index);
        }
    }

    fn end_word(&mut self, gap: u32) {
        let start = self.word;
        if start == self.letters.len() {
            return;
        }
        self.drop_and(start);
        // Dropping an "and" moves the word towards the front.
        let start = self.word;
        let (said, word) = self.letters.split_at(start);
        let tail = match word {
            [(letter, _)] if letter.is_alphabetic() => Tail::Initial,
            _ => Tail::Word,
        };
        let before = self.groups.last().and_then(|group| Some((group.tail, said.get(group.start..)?)));
        let joins = before.is_some_and(|(before_tail, before)| match (before_tail, tail) {
            (Tail::Initial, Tail::Initial) => true,
            (Tail::Initial, Tail::Word) => is_one_of(word, SECOND_STEMS),
            (Tail::Word, Tail::Initial) => matches!(word, [('d', _)]) && is_one_of(before, FIRST_STEMS),
            (Tail::Word, Tail::Word) => false,
        });
        match self.groups.last_mut() {
            Some(group) if joins => {
                // More initials may follow; letters behind a name are complete.
                group.tail = if group.tail == Tail::Initial { tail } else { Tail::Word };
                group.gap = gap;
            }
            _ => self.groups.push(Group { start, tail, gap }),
        }
        self.word = self.letters.len();
    }

    /// Drops the last group if it is an "and" behind another word; `next` is the start of what follows it.
    fn drop_and(&mut self, next: usize) {
        let [.., _, last] = self.groups.as_slice() else { return };
        if !self.letters.get(last.start..next).is_some_and(|word| is_one_of(word, &[AND])) {
            return;
        }
        self.letters.drain(last.start..next);
        self.word = last.start;
        self.groups.pop();
    }

    fn finish(mut self) -> (String, Vec<u32>) {
        self.end_word(u32::MAX);
        self.drop_and(self.letters.len());
        let ends = self.groups.iter().skip(1).map(|group| group.start).chain([self.letters.len()]);
        let word = |(group, end): (&Group, usize)| Some((self.letters.get(group.start..end)?, group.gap));
        let words: Vec<(&[(char, u32)], u32)> = self.groups.iter().zip(ends).filter_map(word).collect();
        let is_leading = |word: &[(char, u32)]| is_one_of(word, HONORIFICS) || is_one_of(word, &[AND]);
        let leading = words.iter().take_while(|(word, _)| is_leading(word)).count();
        // A name of nothing but titles keeps the last one.
        let first = leading.min(words.len().saturating_sub(1));

        let room = self.letters.len().saturating_add(words.len());
        let mut folded = String::with_capacity(room);
        let mut origins = Vec::with_capacity(room);
        let mut gap_before = None;
        for &(word, gap) in words.iter().skip(first) {
            if let Some(gap) = gap_before {
                folded.push(' ');
                origins.push(gap);
            }
            folded.extend(word.iter().map(|&(c, _)| c));
            origins.extend(word.iter().map(|&(_, origin)| origin));
            gap_before = Some(gap);
        }
        (folded, origins)
    }
}

fn is_one_of(word: &[(char, u32)], list: &[&str]) -> bool {
    list.iter().any(|known| known.len() == word.len() && known.chars().eq(word.iter().map(|&(c, _)| c)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_fold_to_what_people_type() {
        for (name, folded) in [
            ("", ""),
            (" .,;–… ", ""),
            ("AIIMS Kalyani", "aiims kalyani"),
            ("IIT-Kharagpur", "iit kharagpur"),
            ("Müller", "muller"),
            ("Mu\u{308}ller", "muller"),
            ("Siṃha", "simha"),
            ("Слово", "слово"),
            ("Straße", "strasse"),
            ("STRAẞE", "strasse"),
            ("ﬁnance oﬃce", "finance office"),
            ("Łódź, Ærø", "lodz aero"),
            ("Ħamrun, Guovdageaidnu Ŧ, Ŋaŋ", "hamrun guovdageaidnu t nan"),
            ("Ɗan Ɓaure, Əliyev, Đorđe, ɛwe", "dan baure eliyev dorde ewe"),
            ("Ὀδυσσεύς", "οδυσσευσ"),
            ("ΟΔΥΣΣΕΥΣ", "οδυσσευσ"),
            ("İzmir ıssız", "izmir issiz"),
            ("कल्याणी", "कलयाणी"),
            ("E.N.T", "ent"),
            ("E.N.T.", "ent"),
            ("V K Tewari", "vk tewari"),
            ("V.K.Tewari", "vk tewari"),
            ("B. C. Roy", "bc roy"),
            ("B.C. Roy", "bc roy"),
            ("Madhavan C", "madhavan c"),
            ("Phase 4 5", "phase 4 5"),
            ("B.Sc. Nursing", "bsc nursing"),
            ("B. Sc. (Hons.)", "bsc hons"),
            ("Ph.D. in ENT", "phd in ent"),
            ("Ph. D.", "phd"),
            ("PhD", "phd"),
            ("M.Ch. in Urology", "mch in urology"),
            ("M.B.B.S.", "mbbs"),
            ("M.Phil.", "mphil"),
            ("Pharm.D", "pharmd"),
            ("MS in Orthopedics", "ms in orthopedics"),
            ("Obstetrics & Gynaecology", "obstetrics gynaecology"),
            ("Obstetrics and Gynaecology", "obstetrics gynaecology"),
            ("R&D", "rd"),
            ("R and D", "rd"),
            ("and", "and"),
            ("And and", "and"),
            ("Women's College", "womens college"),
            ("Women’s College", "womens college"),
            ("₹10 crore", "10 crore"),
            ("22,574.16 m²", "22 574 16 m2"),
            ("soft\u{ad}ware\u{200b}", "software"),
        ] {
            assert_eq!(fold(name), folded, "{name:?}");
        }
    }

    #[test]
    fn titles_are_dropped_but_never_the_whole_name() {
        for (name, folded) in [
            ("Dr Ramji Singh", "ramji singh"),
            ("DR. RAMJI SINGH", "ramji singh"),
            ("Prof. (Dr) Ramji Singh", "ramji singh"),
            ("Professor Ramji Singh", "ramji singh"),
            ("Shri Ramji Singh", "ramji singh"),
            ("Smt. Rao", "rao"),
            ("Sir C. V. Raman", "cv raman"),
            ("Dr.B.C.Roy", "bc roy"),
            ("Dr", "dr"),
            ("Prof. Dr.", "dr"),
            ("Singh, Dr", "singh dr"),
            ("Drama", "drama"),
            ("Ms Rao", "ms rao"),
        ] {
            assert_eq!(fold(name), folded, "{name:?}");
        }
    }

    #[test]
    fn each_folded_letter_is_mapped_to_its_origin() {
        assert_eq!(fold_mapped("E.N.T").1, [0, 2, 4]);
        assert_eq!(fold_mapped("Dr Ré & Ö").1, [3, 4, 5, 8]);
        assert_eq!(fold_mapped("Re\u{301}x ß").1, [0, 1, 3, 4, 5, 5]);
    }

    #[test]
    fn every_single_character_folds_to_something_stable() {
        for c in '\0'..=char::MAX {
            let once = fold(c.encode_utf8(&mut [0; 4]));
            assert_eq!(fold(&once), once, "{c:?} U+{:04X}", u32::from(c));
        }
    }

    /// Words that the rules treat specially, in any order and with any separator.
    fn tricky() -> impl Strategy<Value = String> {
        let word = prop_oneof![
            Just("and"),
            Just("&"),
            Just("a"),
            Just("N"),
            Just("d"),
            Just("ph"),
            Just("Pharm"),
            Just("sc"),
            Just("M"),
            Just("Dr"),
            Just("r"),
            Just("prof"),
            Just("roy"),
            Just("é"),
            Just("ß"),
            Just("7"),
            Just("'"),
            Just("ﬁ")
        ];
        let gap = prop_oneof![Just(" "), Just("."), Just(". "), Just("-"), Just("")];
        prop::collection::vec((word, gap), 0..10)
            .prop_map(|parts| parts.into_iter().flat_map(|(word, gap)| [word, gap]).collect())
    }

    fn check(text: &str) -> Result<(), TestCaseError> {
        let (folded, origins) = fold_mapped(text);
        prop_assert_eq!(fold(text), folded.clone(), "the fast path");
        prop_assert_eq!(fold(&folded), folded.clone(), "not stable: {:?}", text);
        prop_assert_eq!(folded.chars().count(), origins.len());
        prop_assert!(origins.is_sorted());
        prop_assert!(origins.iter().all(|&origin| (origin as usize) < text.chars().count()));
        prop_assert!(!folded.starts_with(' ') && !folded.ends_with(' ') && !folded.contains("  "));
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn folding_is_stable_and_mapped_for_any_text(text in ".*") {
            check(&text)?;
        }

        #[test]
        fn folding_is_stable_and_mapped_for_titles_initials_and_degrees(text in tricky()) {
            check(&text)?;
        }
    }
}
