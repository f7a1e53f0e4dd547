//! Splits one line of prose into sentences.
//!
//! Terminal punctuation, with the quotes and brackets that close after it, ends a sentence if white space
//! follows, unless the word before it is an abbreviation. In doubt two sentences are kept as one, since a place
//! that is too wide still contains the cited text. Scripts without white space between sentences are not split.
//!
//! Invariant: the ranges are sorted, disjoint, trimmed and not empty, and only white space lies between them.

use std::ops::Range;

use super::abbreviation::{Stop, stop_of};

/// Punctuation that can end a sentence; `।` is the danda.
const TERMINAL: &str = ".!?…।";

/// Brackets and quotes that can only open.
const OPENING: &str = "([{“‘«";

/// Brackets and quotes that can close after terminal punctuation.
const CLOSING: &str = ")]}\"'”’»";

/// Quotes that can open.
const QUOTES: &str = "\"'“‘«";

/// Returns the sentences of a line as ranges of code points, in time linear in its length.
pub(super) fn sentences(line: &[char]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = skip_white(line, 0);
    let mut first_word = None;
    let mut at = start;
    while let Some(c) = line.get(at) {
        if c.is_alphanumeric() {
            first_word.get_or_insert(at);
        }
        let end = first_word.and_then(|first| sentence_end(line, first, at));
        if let Some(end) = end {
            found.push(start..end);
            start = skip_white(line, end);
            first_word = None;
            at = start;
        } else {
            at = at.saturating_add(1);
        }
    }
    let white = line.iter().rev().take_while(|c| c.is_whitespace()).count();
    let end = line.len().saturating_sub(white);
    if start < end {
        found.push(start..end);
    }
    found
}

/// Returns the end of the sentence whose first word is at `first`, if terminal punctuation at `at` ends it
/// before the end of the line.
fn sentence_end(line: &[char], first: usize, at: usize) -> Option<usize> {
    let (before, rest) = line.split_at_checked(at)?;
    let sentence = before.get(first..)?;
    let (&previous, &mark) = (sentence.last()?, rest.first()?);
    // Only the first mark of a run decides, and `(?)` is a remark.
    if !TERMINAL.contains(mark) || TERMINAL.contains(previous) || OPENING.contains(previous) {
        return None;
    }
    if lacks_space(sentence, rest) {
        return Some(at.saturating_add(1));
    }
    let (marks, after) = split_run(rest, |c| TERMINAL.contains(c));
    let next = after_closing(after);
    let closed = line.len().saturating_sub(next.len());
    let is_closed = next.len() < after.len();
    let (white, next) = split_run(next, char::is_whitespace);
    if white.is_empty() || next.is_empty() {
        return None;
    }
    let ends = match follower(next) {
        // "Why?" he asked; (in part.) and
        Follower::Small if is_closed => false,
        follower if marks == ['.'] => full_stop_ends(sentence, follower),
        follower => follower != Follower::Small,
    };
    ends.then_some(closed)
}

/// The kind of word after terminal punctuation, ignoring quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Follower {
    Small,
    Capital,
    Number,
    Other,
}

fn follower(rest: &[char]) -> Follower {
    let (_, rest) = split_run(rest, |c| QUOTES.contains(c));
    let (word, _) = split_run(rest, char::is_alphanumeric);
    match word.first() {
        Some(first) if first.is_numeric() || is_roman(word) => Follower::Number,
        Some(first) if first.is_lowercase() => Follower::Small,
        Some(first) if first.is_uppercase() => Follower::Capital,
        Some(_) | None => Follower::Other,
    }
}

/// Returns true for a Roman numeral such as IV, but not for `I`, which is read as the pronoun.
fn is_roman(word: &[char]) -> bool {
    word != ['I'] && word.iter().all(|c| "IVX".contains(*c))
}

/// Returns true if a single full stop ends the sentence whose text so far is `before`.
fn full_stop_ends(before: &[char], follower: Follower) -> bool {
    let word = last_word(before);
    if is_enumerator(word) && word.len() == before.len() {
        return false;
    }
    match (stop_of(word), follower) {
        (Some(Stop::Never), _) => false,
        (Some(Stop::BeforeCapital), follower) => follower == Follower::Capital,
        (Some(Stop::UnlessNumber), follower) => {
            matches!(follower, Follower::Capital | Follower::Other)
        }
        // The next sentence may start with a lower-case letter by mistake.
        (None, Follower::Small) => is_full_word(word),
        (None, Follower::Capital | Follower::Number | Follower::Other) => true,
    }
}

/// Returns the last word of a text, without the punctuation before it.
fn last_word(before: &[char]) -> &[char] {
    let word = before.rsplit(|&c| separates_words(c)).next().unwrap_or(before);
    split_run(word, |c| !c.is_alphanumeric()).1
}

/// Returns true for the number of a clause, as in `2. The board`; four digits are a year.
fn is_enumerator(word: &[char]) -> bool {
    (1..=3).contains(&word.len()) && word.iter().all(char::is_ascii_digit)
}

/// Returns true for a word of at least three letters or a year, which ends a sentence even if the next starts with
/// a lower-case letter.
fn is_full_word(word: &[char]) -> bool {
    let year = word.len() == 4 && word.iter().all(char::is_ascii_digit);
    year || word.iter().filter(|c| c.is_alphabetic()).count() >= 3
}

/// Returns true if `rest` starts with a full stop whose space is missing: between a plain lower-case word and a
/// capitalised one.
fn lacks_space(before: &[char], rest: &[char]) -> bool {
    let (capital, then) = match rest {
        ['.', first, then @ ..] => (first.is_uppercase(), then.first()),
        _ => return false,
    };
    let capitalised = capital && then.is_none_or(|c| c.is_lowercase() || c.is_whitespace());
    let small = before.iter().rev().take(3).filter(|c| c.is_lowercase()).count();
    if !capitalised || small < 3 {
        return false;
    }
    let letters = before.iter().rev().take_while(|c| is_word_char(**c)).count();
    let (outside, word) = before.split_at(before.len().saturating_sub(letters));
    let plain = outside.last().is_none_or(|&c| separates_words(c) || OPENING.contains(c) || QUOTES.contains(c));
    plain && stop_of(word).is_none()
}

/// Returns the text after the closing quotes, brackets and note references (`[12]`) at the start of `rest`.
fn after_closing(mut rest: &[char]) -> &[char] {
    while let [c, after @ ..] = rest {
        let after = match c {
            '[' => after_note(after),
            &c => CLOSING.contains(c).then_some(after),
        };
        match after {
            Some(after) => rest = after,
            None => break,
        }
    }
    rest
}

/// Returns the text after a note reference, `3]` or `b]`, if `inner` starts with one.
fn after_note(inner: &[char]) -> Option<&[char]> {
    const LONGEST: usize = 4;
    let length = inner.iter().take(LONGEST).take_while(|c| c.is_alphanumeric()).count();
    inner.get(length..)?.strip_prefix(&[']'])
}

fn skip_white(line: &[char], at: usize) -> usize {
    let white = line.iter().skip(at).take_while(|c| c.is_whitespace()).count();
    at.saturating_add(white)
}

/// Splits off the characters of one class at the start of a text.
fn split_run(text: &[char], is_in_class: impl Fn(char) -> bool) -> (&[char], &[char]) {
    text.split_at(text.iter().take_while(|&&c| is_in_class(c)).count())
}

fn is_word_char(c: char) -> bool {
    c.is_alphabetic() || "-'’".contains(c)
}

/// Returns true for characters between words: white space, dashes and slashes.
fn separates_words(c: char) -> bool {
    c.is_whitespace() || "–—/".contains(c)
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    /// Checks that each case is split exactly at its bars.
    fn check(cases: &[&str]) {
        for case in cases {
            let expected: Vec<&str> = case.split('|').map(str::trim).collect();
            let line: Vec<char> = case.replace('|', "").chars().collect();
            let found: Vec<String> = sentences(&line).into_iter().map(|range| line[range].iter().collect()).collect();
            assert_eq!(found, expected, "{case}");
        }
    }

    #[test]
    fn terminal_punctuation_before_white_space_ends_a_sentence() {
        check(&[
            "The well is deep. | It was dug by hand.",
            "Is it deep? | Very! | Nobody knows…",
            "No mark at the end",
            "One.  |   Two.",
            "He left... | She stayed.",
            "What?! | Nothing.",
            "कुआँ गहरा है। | पानी ठंडा है।",
            "It has 40 beds. | 12 are free.",
        ]);
    }

    #[test]
    fn a_decimal_never_ends_a_sentence() {
        check(&["It covers 22.5 acres and 1,204.75 sq yards, or 7.9% of all.", "It cost ₹3.5 lakh. | A lot."]);
    }

    #[test]
    fn closing_quotes_brackets_and_note_marks_belong_to_the_sentence() {
        check(&[
            "\"We dig. | We drink.\" | So they said.",
            "“We dig. | We drink.” | So they said.",
            "They dug (by hand.) | Then they drank.",
            "It opened in 1911.[3][b] | It closed in 1912.",
            "It opened in 1911. | [Later] it closed.",
            "It is deep. | \"Very,\" he said.",
            "They said they “dig and drink”. | So they did.",
        ]);
    }

    #[test]
    fn a_quotation_within_a_sentence_does_not_end_it() {
        check(&[
            "\"How deep?\" she asked.",
            "He wrote “It is deep.” and left.",
            "It was dug in 1911 (?) by Bee (!) Cee.",
        ]);
    }

    #[test]
    fn a_title_before_a_name_does_not_end_a_sentence() {
        check(&[
            "Dr. Ada Prof. Bee and Mrs. Cee met at St. Dee. | They talked.",
            "The dean (Dr. Ada) met the vicar, Rev. Bee.",
            "Asst. Prof. Ada joined. | Col. Bee left.",
            "Prof. (Dr.) Ada met Lt.Col. Bee.",
        ]);
    }

    #[test]
    fn an_initial_or_a_degree_ends_a_sentence_only_at_the_end_of_the_line() {
        check(&[
            "A. B. Cee and J.-P. Dee met. | They talked.",
            "She holds a B.Sc. and an M.Ch. degree, he a Ph.D. in botany (B.O.T.) too.",
            "Fees for B.Sc. Botany and post-M.Sc. courses rose. | Fees for the B.Sc./M.Sc. course fell.",
            "He holds a Ph.D.",
            "It opens at 9 a.m. and closes at 5 p.m. daily. | Bring tools, e.g. a rope.",
        ]);
    }

    #[test]
    fn etc_ends_a_sentence_only_before_a_capital() {
        check(&[
            "Ropes, pails etc. were sold. | Wells (and pails etc.) were dug.",
            "They sold ropes, pails etc. | Business was good.",
            "They sold ropes etc. (see below).",
        ]);
    }

    #[test]
    fn months_end_a_sentence_only_before_a_capital() {
        check(&["On 5 Sept. 1911 it opened, in Dec. it closed.", "It opened in Sept. | In May it closed."]);
    }

    #[test]
    fn no_is_a_number_before_a_number_and_a_word_elsewhere() {
        check(&[
            "See Nos. 4 and No. 5, vol. IV, p. 12, fig. 3.",
            "She said no. | He said yes.",
            "He asked how they made art. | I do not know.",
        ]);
    }

    #[test]
    fn a_sentence_that_starts_with_a_lower_case_letter_is_recognised() {
        check(&["They signed it in June 1911. | renewed it in 1912.", "They dug a well. | drank from it."]);
        check(&["It is 40 ft. deep and 5 sq. yards wide.", "It is in clause 2. of the plan."]);
    }

    #[test]
    fn a_full_stop_without_its_space_ends_a_sentence() {
        check(&[
            "They dug the well.|Then they drank.",
            "They dug the (old) well.|A man drank.",
            "Write to info@wells.example or see www.deep.Wells.example and Mr.Ada.",
            "Use v2.Beta, Node.JS, a.Bee, Asst.Prof. Ada and M.Sc.Botany here.",
        ]);
    }

    #[test]
    fn the_number_of_a_clause_is_not_a_sentence_and_a_year_can_end_one() {
        check(&["2. The board digs. | 3. The board drinks.", "When? | 1911. | It was late.", "(4) It digs."]);
    }

    #[test]
    fn punctuation_alone_is_not_a_sentence() {
        check(&["... and then. | So.", "!", ". . ."]);
        assert!(sentences(&[]).is_empty());
        assert!(sentences(&[' ', '\t']).is_empty());
    }

    #[test]
    fn a_long_adversarial_line_is_split_in_linear_time() {
        let begun = Instant::now();
        for pattern in ["! ", "1. a ", "Dr. ", "aaa.Aaa", "a.", ".)[1]", "(. ", "a-", ".\""] {
            let line: Vec<char> = pattern.repeat(40_000).chars().collect();
            assert!(!sentences(&line).is_empty(), "{pattern}");
        }
        // It takes a fraction of a second; a quadratic algorithm would take minutes.
        assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    }
}
