//! A file of text with the line and column of each byte.
//!
//! Invariant: lines and columns count from 1, columns in characters.

use super::position::Position;

/// One TOML file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// The path, as messages show it.
    pub name: String,
    /// Its text.
    pub text: String,
    /// The byte offset of each line.
    lines: Vec<usize>,
    /// The number of characters before every [`STEP`]-th byte.
    characters: Vec<usize>,
}

/// The distance of byte offsets at which characters are counted in advance, so that a column in a very long line is
/// found quickly.
const STEP: usize = 4096;

impl SourceFile {
    /// Returns a file with this name and text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at.saturating_add(1))).collect();
        let blocks = text.as_bytes().chunks(STEP).scan(0, |before: &mut usize, block| {
            let start = *before;
            *before = start.saturating_add(count_starts(block));
            Some(start)
        });
        let characters = blocks.collect();
        Self { name: name.into(), text, lines, characters }
    }

    /// Returns line and column of a byte offset. Both count from 1, columns in characters.
    pub fn position(&self, offset: usize) -> (u32, u32) {
        let offset = offset.min(self.text.len());
        let line = self.lines.partition_point(|&start| start <= offset);
        let start = self.lines.get(line.wrapping_sub(1)).copied().unwrap_or(0);
        // Most lines are short; in a long one, what was counted in advance is used.
        let before = match self.text.as_bytes().get(start..offset) {
            Some(bytes) if bytes.len() < STEP => count_starts(bytes),
            Some(_) | None => self.starts_before(offset).saturating_sub(self.starts_before(start)),
        };
        let column = before.saturating_add(usize::from(self.text.is_char_boundary(offset)));
        (line as u32, column as u32)
    }

    /// Returns the position of a byte offset, with the name of the file.
    pub fn place(&self, offset: usize) -> Position {
        let (line, column) = self.position(offset);
        Position { file: self.name.clone(), line, column }
    }

    /// Returns the number of characters that begin before a byte offset.
    fn starts_before(&self, offset: usize) -> usize {
        // An offset at the end may have no block of its own.
        let block = (offset / STEP).min(self.characters.len().saturating_sub(1));
        let since = self.text.as_bytes().get(block.saturating_mul(STEP)..offset).unwrap_or_default();
        self.characters.get(block).copied().unwrap_or_default().saturating_add(count_starts(since))
    }
}

/// Returns true unless the byte continues a character of UTF-8.
fn count_starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xc0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_counts_characters() {
        let file = SourceFile::new("x", "ab\né=1\n");
        assert_eq!(file.position(0), (1, 1));
        assert_eq!(file.position(3), (2, 1));
        assert_eq!(file.position(5), (2, 2));
        assert_eq!(file.position(999), (3, 1));
    }

    #[test]
    fn a_line_of_any_length_has_its_columns() {
        let line = "é€=".repeat(STEP);
        let file = SourceFile::new("x", format!("{line}\n{line}"));
        for (index, (at, _)) in line.char_indices().enumerate() {
            let column = index as u32 + 1;
            assert_eq!(file.position(at), (1, column));
            assert_eq!(file.position(line.len() + 1 + at), (2, column));
        }
        assert_eq!(file.position(file.text.len()), (2, 3 * STEP as u32 + 1));
        let whole = SourceFile::new("x", "=".repeat(2 * STEP));
        assert_eq!(whole.position(2 * STEP), (1, 2 * STEP as u32 + 1));
        assert_eq!(SourceFile::new("x", "").position(0), (1, 1));
    }
}
