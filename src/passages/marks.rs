//! The classes of characters in the sentence rules.
//!
//! Invariant: no character both ends a sentence and opens or closes a quotation.

/// Returns true for punctuation that can end a sentence; `।` is the danda.
pub(super) fn is_terminal(c: char) -> bool {
    ".!?…।".contains(c)
}

/// Returns true for brackets and quotes that can only open.
pub(super) fn opens(c: char) -> bool {
    "([{“‘«".contains(c)
}

/// Returns true for brackets and quotes that can close after terminal punctuation.
pub(super) fn closes(c: char) -> bool {
    ")]}\"'”’»".contains(c)
}

/// Returns true for quotes that can open.
pub(super) fn is_quote(c: char) -> bool {
    "\"'“‘«".contains(c)
}

/// Returns true for characters of a plain word.
pub(super) fn is_word_char(c: char) -> bool {
    c.is_alphabetic() || "-'’".contains(c)
}

/// Returns true for characters between words: white space, dashes and slashes.
pub(super) fn separates_words(c: char) -> bool {
    c.is_whitespace() || "–—/".contains(c)
}
