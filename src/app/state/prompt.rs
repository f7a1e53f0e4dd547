//! One line of typed text.
//!
//! Invariant: the caret stands on a character boundary within the text, and the text
//! holds no control character and at most [`MAX_CHARS`] characters.

use unicode_segmentation::UnicodeSegmentation as _;

use crate::keymap::action::Edit;
use crate::query::MAX_QUERY;

/// The greatest length of a text, in characters: the longest query. A paste of megabytes is cut here.
pub const MAX_CHARS: usize = MAX_QUERY;

/// A line of text with a caret.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prompt {
    text: String,
    caret: usize,
    /// The length of the text in characters.
    chars: usize,
}

impl Prompt {
    /// Returns the text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the text before and after the caret.
    pub fn split(&self) -> (&str, &str) {
        self.text.split_at(self.caret)
    }

    /// Returns true if the text is empty.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Inserts a character at the caret.
    pub fn insert(&mut self, c: char) {
        self.insert_all(std::iter::once(c));
    }

    /// Inserts what was pasted, its line breaks as spaces; also those that a multiplexer passes on as control keys.
    pub fn paste(&mut self, text: &str) {
        self.insert_all(with_keys_read(text).chars().map(|c| if c.is_whitespace() { ' ' } else { c }));
    }

    /// Inserts as many characters as there is room for, all at once because a pasted text may be long.
    fn insert_all(&mut self, chars: impl Iterator<Item = char>) {
        let room = MAX_CHARS - self.chars;
        // Dropped characters count too, or a paste without a letter would be read to its end.
        let new: String = chars.take(room).filter(|c| !c.is_control()).collect();
        self.text.insert_str(self.caret, &new);
        self.caret += new.len();
        self.chars += new.chars().count();
    }

    /// Changes the text. Returns true if it differs now.
    pub fn edit(&mut self, edit: Edit) -> bool {
        let before = self.text.len();
        match edit {
            // The last mark or letter alone is mended more often than all of what is seen as one.
            Edit::Backspace => self.remove_to(self.split().0.char_indices().next_back().map_or(0, |(at, _)| at)),
            Edit::Delete => {
                self.chars -= self.text.drain(self.caret..self.next()).count();
            }
            Edit::DeleteWord => {
                let head = self.split().0.trim_end();
                self.remove_to(head.trim_end_matches(|c: char| !c.is_whitespace()).len());
            }
            Edit::DeleteToStart => self.remove_to(0),
            Edit::Left => self.caret = self.previous(),
            Edit::Right => self.caret = self.next(),
            Edit::Home => self.caret = 0,
            Edit::End => self.caret = self.text.len(),
        }
        self.text.len() != before
    }

    /// Empties the text.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// The start of what is seen as one character before the caret.
    fn previous(&self) -> usize {
        let starts = self.text.grapheme_indices(true).map(|(at, _)| at);
        starts.take_while(|&at| at < self.caret).last().unwrap_or(0)
    }

    /// The end of what is seen as one character behind the caret.
    fn next(&self) -> usize {
        let mut starts = self.text.grapheme_indices(true).map(|(at, _)| at);
        starts.find(|&at| at > self.caret).unwrap_or(self.text.len())
    }

    fn remove_to(&mut self, start: usize) {
        self.chars -= self.text.drain(start..self.caret).count();
        self.caret = start;
    }
}

/// Replaces control keys as terminals report them in the long form (`ESC [ 106 ; 5 u` is Ctrl-J) by their characters.
fn with_keys_read(text: &str) -> String {
    let mut read = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, code)) = rest.split_once("\u{1b}[") {
        read.push_str(before);
        rest = code;
        if let Some((key, behind)) = code.split_once(";5u")
            && let Ok(key) = key.parse::<u8>()
        {
            read.push(char::from(key & 0x1f));
            rest = behind;
        }
    }
    read.push_str(rest);
    read
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_go_backwards() {
        let mut prompt = Prompt::default();
        prompt.paste("obgy é\u{2003}ü");
        assert!(prompt.edit(Edit::DeleteWord));
        assert_eq!(prompt.text(), "obgy é ");
        prompt.edit(Edit::DeleteWord);
        prompt.edit(Edit::DeleteWord);
        assert!(prompt.is_empty());
    }

    #[test]
    fn there_is_room_again_for_what_was_removed() {
        let mut prompt = Prompt::default();
        prompt.paste(&"é".repeat(MAX_CHARS + 1));
        assert_eq!(prompt.text().chars().count(), MAX_CHARS);
        prompt.insert('a');
        assert!(!prompt.text().contains('a'));
        prompt.edit(Edit::Backspace);
        prompt.insert('a');
        assert!(prompt.text().ends_with('a'));
        prompt.edit(Edit::DeleteToStart);
        prompt.paste("roy");
        assert_eq!(prompt.text(), "roy");
    }

    #[test]
    fn the_caret_steps_over_what_is_seen_as_one_character() {
        let mut prompt = Prompt::default();
        prompt.paste("aक्षि");
        prompt.edit(Edit::Left);
        prompt.insert('Q');
        assert_eq!(prompt.text(), "aQक्षि");
        prompt.edit(Edit::Right);
        assert_eq!(prompt.split(), ("aQक्षि", ""));
        prompt.edit(Edit::Left);
        assert!(prompt.edit(Edit::Delete));
        assert_eq!(prompt.text(), "aQ");
        prompt.paste("e\u{301}");
        prompt.edit(Edit::Left);
        assert_eq!(prompt.split(), ("aQ", "e\u{301}"));
    }

    #[test]
    fn a_line_break_that_comes_as_a_key_is_a_space() {
        for (pasted, text) in [
            ("a\u{1b}[106;5ub", "a b"),
            ("a\u{1b}[109;5ub\u{1b}[105;5uc", "a b c"),
            ("a\nb", "a b"),
            ("\u{1b}[97;5ux", "x"),
            ("[106;5u", "[106;5u"),
        ] {
            let mut prompt = Prompt::default();
            prompt.paste(pasted);
            assert_eq!(prompt.text(), text, "{pasted:?}");
        }
    }

    #[test]
    fn a_huge_paste_is_cut_and_cleaned() {
        let mut prompt = Prompt::default();
        prompt.paste(&"a\n\u{1b}".repeat(10_000));
        assert!(prompt.text().chars().count() <= MAX_CHARS);
        assert!(!prompt.text().chars().any(char::is_control));
    }

    proptest! {
        #[test]
        fn the_caret_stays_on_a_boundary(text in "\\PC{0,20}", edits in prop::collection::vec(0usize..8, 0..40)) {
            let all = [Edit::Backspace, Edit::Delete, Edit::DeleteWord, Edit::DeleteToStart, Edit::Left, Edit::Right, Edit::Home, Edit::End];
            let mut prompt = Prompt::default();
            prompt.paste(&text);
            for edit in edits {
                prompt.edit(all[edit]);
                prop_assert_eq!(prompt.chars, prompt.text().chars().count());
                let (before, after) = prompt.split();
                prop_assert_eq!(before.len() + after.len(), prompt.text().len());
            }
        }
    }
}
