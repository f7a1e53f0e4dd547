//! Characters that act on a terminal, reorder a line or are hidden in it.
//!
//! Invariant: the list is written by hand and does not use the crate, so a character that the crate forgets to remove
//! is found.

/// The largest number of code points in one cell of a screen.
pub const MAX_CELL_CHARS: usize = 8;

/// Returns true if a character must not be sent to a terminal. This includes line ends.
pub fn acts_on_a_terminal(c: char) -> bool {
    matches!(u32::from(c),
        // C0, DEL and C1.
        0x00..=0x1f | 0x7f..=0x9f
        // Soft hyphen, Arabic letter mark, Mongolian vowel separator, zero-width space.
        | 0x00ad | 0x061c | 0x180e | 0x200b
        // Directional marks, embeddings, overrides, isolates.
        | 0x200e | 0x200f | 0x202a..=0x202e | 0x2066..=0x2069
        // Line and paragraph separators.
        | 0x2028 | 0x2029
        // Invisible operators and deprecated format characters.
        | 0x2060..=0x2065 | 0x206a..=0x206f
        // Byte order mark, interlinear annotations, object replacement.
        | 0xfeff | 0xfff9..=0xfffc
        // Language tags and the unassigned characters beside them.
        | 0xe0000..=0xe00ff | 0xe01f0..=0xe0fff)
}

/// Returns the first character of a line that acts on a terminal.
pub fn harm(line: &str) -> Option<char> {
    line.chars().find(|&c| acts_on_a_terminal(c))
}

/// Returns the first character of a text of several lines that acts on a terminal, ignoring line ends.
pub fn harm_in_lines(text: &str) -> Option<char> {
    text.chars().find(|&c| c != '\n' && acts_on_a_terminal(c))
}
