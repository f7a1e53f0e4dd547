//! Builds a text cell by cell, so that no cell of the result has more than [`MAX_CELL_CHARS`] code points.
//!
//! Cutting or dropping a cell makes characters adjacent that were not, and some characters join whatever follows them (a
//! joiner, a virama, a Korean initial, a sign before its letter). Cutting each cell by itself would therefore not bound
//! the cells of the result.
//!
//! Invariant: the cells that were added are the grapheme clusters of the text; each is at most that long and takes at
//! least one column.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::MAX_CELL_CHARS;

/// Replaces a cell that cannot be cut, since the rest of it would join the next cell.
const UNSHOWN: &str = "\u{fffd}";

/// A text that grows by cells.
pub(super) struct Cells {
    text: String,
    /// The start of the last cell, as byte offset.
    last: usize,
    /// True if something was cut or dropped since, so that the next cell may join the last one.
    loose: bool,
}

impl Cells {
    /// Creates an empty text with room for `bytes` bytes.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), last: 0, loose: false }
    }

    /// Appends a grapheme cluster, cut if it is too long. A cluster of no column is dropped: some terminals join it to the
    /// cell before, others give it a column.
    pub(super) fn push(&mut self, cluster: &str) {
        if cluster.width() == 0 {
            self.loose = true;
            return;
        }
        let (cell, is_cut) = match cluster.char_indices().nth(MAX_CELL_CHARS) {
            Some((end, _)) => (cluster.get(..end).unwrap_or(UNSHOWN), true),
            None => (cluster, false),
        };
        // The part that was cut off may be the only one that took a column.
        let cell = if cell.width() == 0 { UNSHOWN } else { cell };
        if self.loose && self.joins(cell) {
            // From here on regional indicators may form other pairs than before.
            self.append_joining(cell);
        } else {
            self.last = self.text.len();
            self.text.push_str(cell);
            self.loose = is_cut;
        }
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }

    fn last_cell(&self) -> &str {
        self.text.get(self.last..).unwrap_or_default()
    }

    /// Returns true if a cell would join the last one.
    fn joins(&self, cell: &str) -> bool {
        let last = self.last_cell();
        let Some(first) = cell.chars().next().filter(|_| !last.is_empty()) else { return false };
        format!("{last}{first}").graphemes(true).nth(1).is_none()
    }

    /// Appends a cell that joins the last one; replaces the last one by a sign if they are too long together.
    fn append_joining(&mut self, cell: &str) {
        if self.last_cell().chars().chain(cell.chars()).nth(MAX_CELL_CHARS).is_none() {
            self.text.push_str(cell);
        } else {
            self.text.truncate(self.last);
            self.text.push_str(UNSHOWN);
            if !self.joins(cell) {
                self.text.push_str(cell);
            }
        }
        let last = self.last_cell().graphemes(true).next_back().map_or(0, str::len);
        self.last = self.text.len().saturating_sub(last);
    }
}
