//! Words and figures of a passage, in the order of the text.
//!
//! Invariant: every letter and digit lies in exactly one token; a figure never has letters.

use std::ops::Range;

use crate::language::Phrases;
use crate::text::fold::fold_line;

/// A word, a figure, or a sign of money or shares.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// The folded letters of a word, the digits and separators of a figure, or the sign.
    pub text: String,
    /// What it means if it is a figure: `1.397` may be 1.397 or 1397.
    pub readings: Vec<f64>,
    /// The character before it, if only that stands between it and the token before; `None` for several or none.
    pub joint: Option<char>,
    /// True if it follows the token before without any character between.
    pub is_tight: bool,
    /// True if it begins with a capital letter.
    pub is_capital: bool,
    /// The dash or minus sign directly before it, unless that joins it to the token before.
    pub minus: Option<char>,
    /// Its bytes in the document.
    pub at: Range<usize>,
}

impl Token {
    /// Returns the value of a figure of digits alone, such as a year.
    pub fn whole(&self) -> Option<u32> {
        self.text.bytes().all(|byte| byte.is_ascii_digit()).then(|| self.text.parse().ok()).flatten()
    }
}

/// Characters between groups of digits, apart from comma and full stop.
const GROUP_MARKS: [char; 5] = ['\u{a0}', '\u{2009}', '\u{202f}', '\'', '\u{2019}'];

/// Splits a text that begins at a byte of its document.
pub fn tokens(text: &str, start_of_text: usize) -> Vec<Token> {
    let end_of_text = start_of_text.saturating_add(text.len());
    let mut tokens = Vec::new();
    let mut rest = text;
    // The bytes at the start of the rest in which separators divide figures.
    let mut apart: usize = 0;
    while let Some(start) = rest.find(|c: char| c.is_alphanumeric() || is_sign(c)) {
        let (gap, behind) = rest.split_at(start);
        let mut between = gap.chars();
        let joint = between.next().filter(|_| between.next().is_none());
        let minus = minus(gap, tokens.last());
        apart = apart.saturating_sub(start);
        let (length, readings) = match figure(behind, apart > 0) {
            Some(Figure::One(length, readings)) => (length, readings),
            Some(Figure::Several { first, all }) => {
                apart = apart.max(all);
                (first, behind.get(..first).and_then(|digits| digits.parse().ok()).into_iter().collect())
            }
            None => (word(behind), Vec::new()),
        };
        apart = apart.saturating_sub(length);
        let (raw, behind) = behind.split_at(length);
        let is_capital = raw.chars().next().is_some_and(char::is_uppercase);
        let is_word = readings.is_empty() && !raw.chars().all(is_sign);
        let text = if is_word { fold_line(raw).trim().to_owned() } else { raw.to_owned() };
        let is_tight = gap.is_empty() && !tokens.is_empty();
        let end = end_of_text.saturating_sub(behind.len());
        tokens.push(Token { text, readings, joint, is_tight, is_capital, minus, at: end.saturating_sub(length)..end });
        rest = behind;
    }
    tokens
}

/// Returns the tokens of each of some phrases where it stands, the longest where several begin.
pub fn find_phrases<'a>(tokens: &'a [Token], phrases: &'a Phrases) -> impl Iterator<Item = Range<usize>> + use<'a> {
    (0..tokens.len()).filter_map(|at| {
        let words = tokens.get(at..)?.iter().map(|token| token.text.as_str());
        Some(at..at.saturating_add(phrases.start(&words)?))
    })
}

/// Returns the dash or minus sign at the end of a gap, unless it joins two words or figures, as in `2019-20`.
fn minus(gap: &str, before: Option<&Token>) -> Option<char> {
    let mut backwards = gap.chars().rev();
    let sign = backwards.next().filter(|c| matches!(c, '-' | '–' | '\u{2212}'))?;
    let is_joined = match backwards.next() {
        Some(c) => matches!(c, '-' | '–' | '\u{2212}'),
        None => before.is_some_and(|before| !before.text.chars().all(is_sign)),
    };
    (!is_joined).then_some(sign)
}

/// Returns true for a sign of money or shares.
fn is_sign(c: char) -> bool {
    matches!(c, '%' | '‰' | '$' | '¢'..='¥' | '\u{20a0}'..='\u{20cf}')
}

/// Returns the length of the word or sign at the start of a text, in bytes.
fn word(text: &str) -> usize {
    let first = text.chars().next();
    if first.is_some_and(is_sign) {
        return first.map_or(0, char::len_utf8);
    }
    // An apostrophe or a mark within a word belongs to it.
    let is_within = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '\u{2019}') || crate::text::fold::is_silent(c);
    text.find(|c: char| !is_within(c)).unwrap_or(text.len())
}

/// What the digits at the start of a text are, with lengths in bytes.
enum Figure {
    /// One figure, with its meanings.
    One(usize, Vec<f64>),
    /// Several that are divided by the same signs: a date, or a list without spaces.
    Several { first: usize, all: usize },
}

/// Reads the digits at the start of a text, if it begins with some; only those before a separator if `is_apart`.
fn figure(text: &str, is_apart: bool) -> Option<Figure> {
    let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let first = digits(text);
    if first == 0 {
        return None;
    }
    let mut end = first;
    while let Some(behind) = text.get(end..) {
        let mark = behind.chars().next().filter(|&c| c == ',' || c == '.' || GROUP_MARKS.contains(&c));
        let Some(mark) = mark.filter(|_| !is_apart) else { break };
        let group = behind.get(mark.len_utf8()..).map_or(0, digits);
        if group == 0 {
            break;
        }
        end = end.saturating_add(mark.len_utf8()).saturating_add(group);
    }
    let readings = text.get(..end).map(readings).unwrap_or_default();
    Some(if readings.is_empty() { Figure::Several { first, all: end } } else { Figure::One(end, readings) })
}

/// Returns the meanings of digits with separators, in either use of comma and full stop.
fn readings(raw: &str) -> Vec<f64> {
    let plain: String = raw.chars().map(|c| if GROUP_MARKS.contains(&c) { '\u{a0}' } else { c }).collect();
    let mut found = Vec::new();
    for (group, point) in [(',', '.'), ('\u{a0}', '.'), ('.', ','), ('\u{a0}', ',')] {
        if let Some(number) = reading(&plain, group, point)
            && !found.contains(&number)
        {
            found.push(number);
        }
    }
    found
}

/// Reads digits with one use of separators: `1,397.5`, or with groups of two before the last one `1,00,000`.
fn reading(raw: &str, group: char, point: char) -> Option<f64> {
    let (whole, fraction) = raw.split_once(point).unwrap_or((raw, "0"));
    let mut groups = whole.rsplit(group);
    let last = groups.next()?;
    let before: Vec<&str> = groups.collect();
    let is_grouped = match before.split_last() {
        None => true,
        Some((first, between)) => {
            let is_group = |group: &&str| group.len() == 3 || group.len() == 2 && point == '.';
            last.len() == 3 && (1..=3).contains(&first.len()) && between.iter().all(is_group)
        }
    };
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let digits: String = whole.chars().filter(|&c| c != group).collect();
    (is_grouped && is_number(&digits) && is_number(fraction)).then(|| format!("{digits}.{fraction}").parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(text: &str) -> Vec<Vec<f64>> {
        tokens(text, 0).into_iter().filter(|token| !token.readings.is_empty()).map(|token| token.readings).collect()
    }

    #[test]
    fn separators_of_thousands_are_read_in_every_use() {
        for (text, expected) in [
            ("22,574.16 m", vec![22_574.16]),
            ("₹1,00,000", vec![100_000.0]),
            ("1\u{202f}397", vec![1397.0]),
            ("1’397.5", vec![1397.5]),
            ("08", vec![8.0]),
            ("3,5", vec![3.5]),
            ("1.397", vec![1.397, 1397.0]),
            ("1.397,5", vec![1397.5]),
        ] {
            assert_eq!(figures(text), [expected], "{text}");
        }
    }

    #[test]
    fn what_is_no_one_figure_is_several() {
        assert_eq!(figures("01.07.2023"), [[1.0], [7.0], [2023.0]]);
        assert_eq!(figures("10,20,30"), [[10.0], [20.0], [30.0]]);
        assert_eq!(figures("ends in 1931."), [[1931.0]]);
        assert_eq!(figures("1, 2"), [[1.0], [2.0]]);
    }

    #[test]
    fn a_token_knows_what_stands_before_it() {
        let read = tokens("On 8–9 March, the 1st “Café” cost €5", 0);
        let text: Vec<&str> = read.iter().map(|token| token.text.as_str()).collect();
        assert_eq!(text, ["on", "8", "9", "march", "the", "1", "st", "cafe", "cost", "€", "5"]);
        assert_eq!((read[2].joint, read[3].joint, read[4].joint), (Some('–'), Some(' '), None));
        assert_eq!((read[6].is_tight, read[7].is_tight), (true, false));
        assert_eq!((read[1].at.clone(), read[2].at.clone()), (3..4, 7..8));
        assert_eq!(tokens("a €5", 10)[2].at, 15..16);
        assert_eq!((read[3].is_capital, read[4].is_capital), (true, false));
    }

    #[test]
    fn a_minus_sign_stands_before_a_figure_and_joins_nothing() {
        let signs = |text: &str| tokens(text, 0).last().unwrap().minus;
        for (text, expected) in [
            ("\u{2212}3", Some('\u{2212}')),
            ("of -3", Some('-')),
            ("(–3", Some('–')),
            ("€-3", Some('-')),
            ("2019-20", None),
            ("5 - 3", None),
            ("--3", None),
            ("3", None),
        ] {
            assert_eq!(signs(text), expected, "{text}");
        }
    }

    #[test]
    fn any_text_is_split() {
        for text in ["", "…", "%", "٣٤", "a\u{301}", "१२", "²", "½ mile", "1.", ".5", "1,,2", "’"] {
            let _ = tokens(text, 0);
        }
        assert_eq!(tokens("a\u{301}’s", 0).len(), 1);
    }
}
