//! One line of typed text.
//!
//! Invariant: the caret stands on a character boundary within the text, and the text
//! holds no control character and at most [`MAX_CHARS`] characters.

/// What is longer is no query; a paste of megabytes stops here.
pub const MAX_CHARS: usize = 256;

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prompt {
    text: String,
    caret: usize,
}

/// A change of the text or the caret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    /// Removes the character before the caret.
    Backspace,
    /// Removes the character after the caret.
    Delete,
    /// Removes the word before the caret.
    DeleteWord,
    /// Removes everything before the caret.
    DeleteToStart,
    /// Moves the caret left.
    Left,
    /// Moves the caret right.
    Right,
    /// Moves the caret to the start.
    Home,
    /// Moves the caret to the end.
    End,
}

impl Prompt {
    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text before and after the caret.
    pub fn split(&self) -> (&str, &str) {
        self.text.split_at(self.caret)
    }

    /// Whether nothing is typed.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Inserts a character at the caret.
    pub fn insert(&mut self, c: char) {
        if c.is_control() || self.text.chars().count() >= MAX_CHARS {
            return;
        }
        self.text.insert(self.caret, c);
        self.caret += c.len_utf8();
    }

    /// Inserts what was pasted, its line breaks as spaces.
    pub fn paste(&mut self, text: &str) {
        for c in text.chars().take(MAX_CHARS) {
            self.insert(if c.is_whitespace() { ' ' } else { c });
        }
    }

    /// Changes the text; tells whether it is another one now.
    pub fn edit(&mut self, edit: Edit) -> bool {
        let before = self.text.len();
        match edit {
            Edit::Backspace => self.remove_to(self.previous()),
            Edit::Delete => {
                if let Some(c) = self.text[self.caret..].chars().next() {
                    self.text.replace_range(self.caret..self.caret + c.len_utf8(), "");
                }
            }
            Edit::DeleteWord => {
                let head = self.text[..self.caret].trim_end();
                let start = head.rfind(char::is_whitespace).map_or(0, |space| space + 1);
                let start = (start..=self.caret).find(|&at| self.text.is_char_boundary(at)).unwrap_or(0);
                self.remove_to(start);
            }
            Edit::DeleteToStart => self.remove_to(0),
            Edit::Left => self.caret = self.previous(),
            Edit::Right => self.caret += self.text[self.caret..].chars().next().map_or(0, char::len_utf8),
            Edit::Home => self.caret = 0,
            Edit::End => self.caret = self.text.len(),
        }
        self.text.len() != before
    }

    /// Empties the text.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    fn previous(&self) -> usize {
        self.text[..self.caret].char_indices().next_back().map_or(0, |(at, _)| at)
    }

    fn remove_to(&mut self, start: usize) {
        self.text.replace_range(start..self.caret, "");
        self.caret = start;
    }
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
                let (before, after) = prompt.split();
                prop_assert_eq!(before.len() + after.len(), prompt.text().len());
            }
        }
    }
}
