//! Puts a text together cell by cell, so that no cell of the whole is longer than one may be.
//!
//! Cutting a cell, or leaving one out, brings characters side by side that did not stand so
//! before; and some join whatever follows them (a joiner, a virama, a Korean initial, a sign
//! that stands before a letter). Cutting each cell by itself would therefore not bound the
//! cells of the result.
//!
//! Invariant: the cells that were put together are the cells of the text, none is longer than
//! [`MAX_CELL_CHARS`], and each takes a column.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::MAX_CELL_CHARS;

/// Stands for a cell that cannot be cut: whatever is left of it would join the next.
const UNSHOWN: &str = "\u{fffd}";

/// See the module.
pub(super) struct Cells {
    text: String,
    /// Where the last cell begins.
    last: usize,
    /// Something was cut or left out since, so the next cell may join the last.
    loose: bool,
}

impl Cells {
    /// No cell yet, with room for so many bytes.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), last: 0, loose: false }
    }

    /// Appends a grapheme cluster, cut where it is too long; one without a column is left out,
    /// for some terminals would join it to the cell before and others give it a column.
    pub(super) fn push(&mut self, cluster: &str) {
        if cluster.width() == 0 {
            self.loose = true;
            return;
        }
        let (cell, is_cut) = match cluster.char_indices().nth(MAX_CELL_CHARS) {
            Some((end, _)) => (cluster.get(..end).unwrap_or(UNSHOWN), true),
            None => (cluster, false),
        };
        // What was cut may have been all that took a column.
        let cell = if cell.width() == 0 { UNSHOWN } else { cell };
        if self.loose && self.joins(cell) {
            // Pairs of regional indicators fall otherwise from here on.
            self.append_joining(cell);
        } else {
            self.last = self.text.len();
            self.text.push_str(cell);
            self.loose = is_cut;
        }
    }

    /// The whole text.
    pub(super) fn into_text(self) -> String {
        self.text
    }

    fn last_cell(&self) -> &str {
        self.text.get(self.last..).unwrap_or_default()
    }

    /// Whether a cell would become one with the last.
    fn joins(&self, cell: &str) -> bool {
        let last = self.last_cell();
        let Some(first) = cell.chars().next().filter(|_| !last.is_empty()) else { return false };
        format!("{last}{first}").graphemes(true).nth(1).is_none()
    }

    /// Appends a cell that becomes one with the last, or puts a sign in the place of the last.
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
