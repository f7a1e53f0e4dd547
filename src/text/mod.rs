//! Text: cleaned for the terminal, measured in columns, folded for comparison.
//!
//! Invariant: a [`Clean`] has no character that could act on a terminal or reorder a line (C0, C1, DEL, bidirectional
//! controls, tags, line and paragraph separators, byte order marks), no cell of it has more than [`MAX_CELL_CHARS`] code
//! points, and only [`clean`] creates one.

mod article;
mod cells;
pub mod collate;
pub mod digest;
#[cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]
pub mod fold;
pub mod keyed;
pub mod window;
pub mod word;

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

pub use article::with_article;
use cells::Cells;

/// The most code points that one cell of the terminal may hold.
pub const MAX_CELL_CHARS: usize = 8;

/// Replaces text that was cut off; one column wide.
const ELLIPSIS: &str = "…";

/// A text that is safe to print: see the invariant of the module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clean<'a>(Cow<'a, str>);

/// Makes a text safe to print: tabs and line breaks become spaces, other controls are removed. Borrows the text if
/// nothing has to change, which is usual.
///
/// ```
/// use annals::text::clean;
///
/// assert_eq!(clean("one\ttwo\u{1b}[31m").as_str(), "one two[31m");
/// assert_eq!(clean("a long name").fit(6).as_str(), "a lon…");
/// ```
pub fn clean(raw: &str) -> Clean<'_> {
    if is_printable(raw) || raw.chars().all(is_plain) {
        return Clean(Cow::Borrowed(raw));
    }
    let shown: String = raw.chars().filter_map(shown_as).collect();
    let mut cells = Cells::with_capacity(shown.len());
    shown.graphemes(true).for_each(|cluster| cells.push(cluster));
    Clean(Cow::Owned(cells.into_text()))
}

/// Returns true for characters that surely neither combine nor control.
fn is_plain(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{370}'..='\u{377}' | '\u{386}'..='\u{482}'
        | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{20a0}'..='\u{20bf}' | '\u{2190}'..='\u{21ff}' | '\u{2500}'..='\u{259f}')
}

/// The character to print for a character: itself, a space, or `None`.
fn shown_as(c: char) -> Option<char> {
    match c {
        '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        // Soft hyphen, Arabic letter mark, vowel separator, zero-width space, directional marks.
        | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        // Directional embeddings, overrides and isolates; invisible operators.
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        // Byte order mark, interlinear annotations, the replacement of an object.
        | '\u{feff}' | '\u{fff9}'..='\u{fffc}'
        // Tags, an invisible alphabet, and code points reserved for more of them.
        | '\u{e0000}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}' => None,
        other => Some(other),
    }
}

/// Returns true if a character could act on a terminal or reorder a line, so that it must not be printed.
///
/// Formats that have to keep it (JSON, TOML) write it as an escape.
pub fn is_unsafe(c: char) -> bool {
    shown_as(c) != Some(c)
}

impl<'a> Clean<'a> {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text; owned if it had to be changed.
    pub fn into_inner(self) -> Cow<'a, str> {
        self.0
    }

    /// The text with an owned copy.
    pub fn into_owned(self) -> Clean<'static> {
        Clean(Cow::Owned(self.0.into_owned()))
    }

    /// The longest prefix of at most `bytes` bytes that ends between two cells.
    #[must_use]
    pub fn head_of_bytes(self, bytes: usize) -> Clean<'a> {
        if self.0.len() <= bytes {
            return self;
        }
        let starts = self.0.grapheme_indices(true).map(|(at, _)| at);
        let end = starts.take_while(|&at| at <= bytes).last().unwrap_or(0);
        Clean(Cow::Owned(self.0.get(..end).unwrap_or_default().to_owned()))
    }

    /// The width in terminal columns.
    pub fn width(&self) -> usize {
        columns(&self.0)
    }

    /// The text cut to at most `columns` columns, with an ellipsis if it was cut; empty for 0 columns.
    #[must_use]
    pub fn fit(self, columns: usize) -> Clean<'a> {
        if self.width() <= columns {
            return self;
        }
        let Some(room) = columns.checked_sub(ELLIPSIS.width()) else {
            return Clean(Cow::Borrowed(""));
        };
        let mut out = head(&self.0, room).to_owned();
        out.push_str(ELLIPSIS);
        Clean(Cow::Owned(out))
    }

    /// The text broken into lines of at most `columns` columns, between words if possible.
    ///
    /// A word that is longer than a line is broken. For 0 columns there are no lines.
    pub fn wrap(&self, columns: usize) -> Vec<String> {
        self.wrap_after(columns, columns)
    }

    /// The text broken into lines as [`wrap`](Self::wrap) does, with another width for the first line.
    pub fn wrap_after(&self, first: usize, others: usize) -> Vec<String> {
        let mut lines = Vec::new();
        let mut line = String::new();
        self.flow(first, others, |part| match part {
            Some(text) => line.push_str(text),
            None => lines.push(std::mem::take(&mut line)),
        });
        lines
    }

    /// The number of lines that [`wrap_after`](Self::wrap_after) returns.
    pub fn lines_after(&self, first: usize, others: usize) -> usize {
        let mut lines: usize = 0;
        self.flow(first, others, |part| lines = lines.saturating_add(usize::from(part.is_none())));
        lines
    }

    /// Breaks the text into lines, and passes their parts to `tell`, and `None` at the end of each.
    fn flow<'s>(&'s self, first: usize, others: usize, mut tell: impl FnMut(Option<&'s str>)) {
        if first == 0 || others == 0 {
            return;
        }
        let (mut room, mut is_first) = (first, true);
        let (mut used, mut is_empty) = (0, true);
        for word in self.0.split_whitespace() {
            let mut word = word;
            let mut width = columns(word);
            if used > 0 && width >= room.saturating_sub(used) {
                tell(None);
                (room, is_first) = (others, false);
                (used, is_empty) = (0, true);
            }
            while width > room {
                // A word that fits into the next line is not broken.
                if !is_first || width > others {
                    let (part, rest) = split_head(word, room);
                    if part.is_empty() {
                        return;
                    }
                    tell(Some(part));
                    word = rest;
                    width = columns(word);
                }
                tell(None);
                (room, is_first, is_empty) = (others, false, true);
            }
            if used > 0 {
                tell(Some(" "));
                used = used.saturating_add(1);
            }
            if !word.is_empty() {
                tell(Some(word));
                is_empty = false;
            }
            used = used.saturating_add(width);
        }
        if !is_empty {
            tell(None);
        }
    }
}

impl Deref for Clean<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl PartialEq<&str> for Clean<'_> {
    fn eq(&self, other: &&str) -> bool {
        self.0 == **other
    }
}

impl fmt::Display for Clean<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// The width of a text in terminal columns; the text must not come from data.
pub fn width(text: &str) -> usize {
    if is_printable(text) { text.len() } else { text.width() }
}

/// The width of a part of a clean text in terminal columns.
fn columns(text: &str) -> usize {
    // In a clean text every ASCII character takes one column.
    if text.is_ascii() { text.len() } else { text.width() }
}

/// Returns true if a text consists of printable ASCII, which takes a column a character.
fn is_printable(text: &str) -> bool {
    text.bytes().all(|byte| (0x20..0x7f).contains(&byte))
}

/// The longest prefix of `text` that takes at most `columns` columns.
pub fn head(text: &str, columns: usize) -> &str {
    split_head(text, columns).0
}

/// The [`head`] of a text, and the rest.
fn split_head(text: &str, columns: usize) -> (&str, &str) {
    let mut room = columns;
    for (at, cell) in text.grapheme_indices(true) {
        match room.checked_sub(cell.width()) {
            Some(left) => room = left,
            None => return text.split_at(at),
        }
    }
    (text, "")
}

/// `text` cleaned, and cut or padded with spaces to exactly `columns` columns.
pub fn pad(text: &str, columns: usize) -> String {
    let mut out = clean(text).fit(columns).into_inner().into_owned();
    let missing = columns.saturating_sub(width(&out));
    out.extend(std::iter::repeat_n(' ', missing));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn plain_text_is_borrowed() {
        assert!(matches!(clean("AIIMS Kalyani – ₹10 crore").into_inner(), Cow::Borrowed(_)));
    }

    #[test]
    fn nothing_that_acts_on_a_terminal_passes() {
        for (raw, shown) in [
            ("a\tb\nc", "a b c"),
            ("\u{1b}[31mred\u{1b}[0m", "[31mred[0m"),
            ("\u{1b}]52;c;aGk=\u{7}x", "]52;c;aGk=x"),
            ("\u{9b}2J", "2J"),
            ("\u{202e}evil\u{2066}", "evil"),
            ("one\u{2028}two", "one two"),
            ("\u{feff}bom\u{200b}", "bom"),
            ("tag\u{e0041}", "tag"),
            ("\u{301}alone", "alone"),
        ] {
            assert_eq!(clean(raw).as_str(), shown, "{raw:?}");
        }
    }

    #[test]
    fn a_flood_of_marks_is_cut() {
        let raw = format!("e{}x", "\u{301}".repeat(2_000));
        assert_eq!(clean(&raw).as_str().chars().count(), MAX_CELL_CHARS + 1);
    }

    #[test]
    fn only_a_word_longer_than_a_line_is_broken() {
        assert_eq!(clean("one two three").wrap(7), ["one two", "three"]);
        assert_eq!(clean("abcdefgh ij").wrap(3), ["abc", "def", "gh", "ij"]);
        assert!(clean("anything").wrap(0).is_empty());
    }

    #[test]
    fn what_joins_whatever_follows_makes_no_longer_cell() {
        let (initial, joiner, before) = ("\u{1100}", "\u{1f469}\u{200d}", "\u{600}");
        for raw in [
            format!("{}{}{}", initial.repeat(9), "\u{1161}\u{11a8}", "\u{1100}\u{1161}".repeat(5)),
            format!("{}x{}y", joiner.repeat(5), joiner.repeat(40)),
            format!("{}a{}b c", before.repeat(9), before.repeat(9)),
            format!("{}{}", "क\u{94d}".repeat(20), "क\u{93e}".repeat(20)),
            format!("{}\u{11a8}{}{}", "🇩".repeat(7), "🇩".repeat(3), "\u{301}".repeat(7)),
        ] {
            let longest = longest_cell(&raw);
            assert!((1..=MAX_CELL_CHARS).contains(&longest), "{longest} in {raw:?}");
        }
    }

    #[test]
    fn a_start_of_so_many_bytes_ends_between_cells() {
        assert_eq!(clean("añb").head_of_bytes(2).as_str(), "a");
        assert_eq!(clean("añb").head_of_bytes(3).as_str(), "añ");
        assert_eq!(clean("e\u{301}").head_of_bytes(2).as_str(), "");
    }

    /// The code points of the longest cell of what a text is shown as.
    fn longest_cell(raw: &str) -> usize {
        clean(raw).as_str().graphemes(true).map(|cell| cell.chars().count()).max().unwrap_or(0)
    }

    /// Characters that join, combine, control or are wide, among some that do nothing.
    fn hostile() -> impl Strategy<Value = String> {
        let signs = "\u{1100}|\u{1161}|\u{11a8}|\u{200d}|\u{1f469}|\u{1f3fd}|\u{600}|\u{94d}|क|\u{93e}|\u{903}|\u{301}|\u{1f1e9}\
            |\u{fe0f}|\u{1d173}|\u{202e}|\u{e0041}|\u{e0001}|\u{2028}|\u{feff}|\u{1b}|\u{9b}|\u{3164}|\u{115f}|\u{34f}|\t|漢|a| ";
        prop::collection::vec((signs, 1_usize..12), 0..12)
            .prop_map(|runs| runs.iter().map(|(sign, count)| sign.repeat(*count)).collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_cell_is_short_and_takes_a_column(raw in hostile()) {
            let cleaned = clean(&raw);
            for cell in cleaned.as_str().graphemes(true) {
                prop_assert!(cell.chars().count() <= MAX_CELL_CHARS && cell.width() > 0, "{cell:?} of {raw:?}");
                prop_assert!(!cell.contains(char::is_control), "{cell:?} of {raw:?}");
            }
            let again = clean(cleaned.as_str());
            prop_assert_eq!(again.as_str(), cleaned.as_str());
        }
    }

    proptest! {
        #[test]
        fn fit_never_exceeds_its_columns(raw in ".*", columns in 0usize..40) {
            prop_assert!(clean(&raw).fit(columns).width() <= columns);
        }

        #[test]
        fn as_many_lines_are_counted_as_there_are(raw in ".{0,60}", first in 0usize..20, others in 0usize..20) {
            let text = clean(&raw);
            prop_assert_eq!(text.lines_after(first, others), text.wrap_after(first, others).len());
        }

        #[test]
        fn wrapped_lines_never_exceed_their_columns(raw in ".*", columns in 2usize..40) {
            for line in clean(&raw).wrap(columns) {
                prop_assert!(width(&line) <= columns, "{line:?}");
            }
        }

        #[test]
        fn cleaning_twice_changes_nothing(raw in ".*") {
            let once = clean(&raw).into_inner().into_owned();
            let again = clean(&once).into_inner().into_owned();
            prop_assert_eq!(once, again);
        }

        #[test]
        fn pad_is_exact(raw in "[a-zé漢 ]*", columns in 0usize..20) {
            prop_assert_eq!(width(&pad(&raw, columns)), columns);
        }
    }
}
