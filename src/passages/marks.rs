//! The classes of characters that the sentence rules look at.
//!
//! Invariant: no character both ends a sentence and opens or closes a quotation.

/// Marks that can end a sentence; `।` is the danda.
pub(super) fn is_terminal(c: char) -> bool {
    ".!?…।".contains(c)
}

/// Brackets and quotes that can only open.
pub(super) fn opens(c: char) -> bool {
    "([{“‘«".contains(c)
}

/// Brackets and quotes that can close behind a terminal mark.
pub(super) fn closes(c: char) -> bool {
    ")]}\"'”’»".contains(c)
}

/// Quotes that can open.
pub(super) fn is_quote(c: char) -> bool {
    "\"'“‘«".contains(c)
}

/// What a plain word is made of.
pub(super) fn is_word_char(c: char) -> bool {
    c.is_alphabetic() || "-'’".contains(c)
}

/// What stands between two words: white space, a dash or a slash.
pub(super) fn parts(c: char) -> bool {
    c.is_whitespace() || "–—/".contains(c)
}
