//! Folded texts in columns, cut into chunks.
//!
//! A chunk holds the texts of [`GROUPS`] groups; the last one may hold fewer. Chunks are shared, so that a list can be
//! searched while it grows. Texts are either names, which have a letter bitmap, or prose, which has character sets.
//!
//! Invariant: texts are in the order in which they were pushed, group by group, and group `g` is in chunk `g / GROUPS`.

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::folded_text::{CharSet, FoldedText};
use super::letter_bitmap::LetterBitmap;
use super::masks::{LONG, SHORT, Width};
use super::parallel;
use crate::text::fold::{fold, fold_lines_to};

/// The number of groups of a chunk, a multiple of 64: enough that the cost of distributing chunks to threads does not
/// matter, and few enough that a search can be stopped soon.
pub const GROUPS: usize = 4096;

/// The most bytes of all folded lines of a chunk; what is behind is not found.
const MOST_BYTES: usize = u32::MAX as usize;

/// The size of a cache line, in bytes.
const CACHE_LINE: usize = 64;

/// If fewer than one text in this many cache lines is read, the texts are fetched one by one.
const SPARSE: usize = 8;

/// The folded texts of some groups; each text has a key, which tells its caller what it is. A row is the number of a
/// text in its chunk.
#[derive(Debug, Clone)]
pub struct Chunk<K> {
    /// All texts end to end.
    text: String,
    /// The end of each text, as byte offset.
    ends: Vec<u32>,
    /// The characters of each text; of prose alone.
    char_sets: Vec<CharSet>,
    /// The letters of all texts; of names alone.
    letters: LetterBitmap,
    keys: Vec<K>,
    grouping: Grouping,
}

/// Which texts form a group.
#[derive(Debug, Clone)]
enum Grouping {
    /// Each text is a group of its own.
    Single,
    /// A group has any number of texts.
    Several {
        /// The group of each text, within the chunk.
        of: Vec<u16>,
        /// The end of each closed group, as a row.
        ends: Vec<u32>,
    },
}

/// The folded texts of one chunk in a form that can be stored in a file: the texts alone, from which all else is derived.
#[derive(Debug, Serialize, Deserialize)]
pub struct StoredChunk {
    text: String,
    ends: Vec<u32>,
    /// The key of each text, as a number.
    keys: Vec<u32>,
    group_ends: Vec<u32>,
}

impl<K> Default for Chunk<K> {
    fn default() -> Self {
        Self::of(Grouping::Several { of: Vec::new(), ends: Vec::new() })
    }
}

impl<K> Chunk<K> {
    fn of(grouping: Grouping) -> Self {
        Self {
            text: String::new(),
            ends: Vec::new(),
            char_sets: Vec::new(),
            letters: LetterBitmap::default(),
            keys: Vec::new(),
            grouping,
        }
    }
}

impl<K: Copy> Chunk<K> {
    /// Folds a name of any length and adds it to the open group.
    pub fn push_name(&mut self, name: &str, key: K) {
        self.add_text(&fold(name), key);
    }

    /// Folds a name and adds it to the open group, unless the group has a name with the same folded form.
    pub fn push_new_name(&mut self, name: &str, key: K) {
        let folded = fold(name);
        let closed = self.group_count().checked_sub(1).map_or(0, |last| self.rows_of(last).end);
        if (closed..self.ends.len()).all(|row| self.text(row) != folded) {
            self.add_text(&folded, key);
        }
    }

    /// Folds a text of any length and adds it to the open group. Its words are searched, but not fuzzily.
    pub fn push_prose(&mut self, text: &str, key: K) {
        let folded = fold(text);
        self.char_sets.push(CharSet::of(&folded));
        self.add_text(&folded, key);
    }

    fn add_text(&mut self, folded: &str, key: K) {
        self.text.push_str(folded);
        self.ends.push(self.text.len() as u32);
        self.keys.push(key);
        if let Grouping::Several { of, ends } = &mut self.grouping {
            of.push(ends.len() as u16);
        }
    }

    /// The form of the chunk that can be stored; `number` gives the number of a key.
    pub fn to_stored(&self, number: impl Fn(K) -> u32) -> StoredChunk {
        let group_ends = match &self.grouping {
            Grouping::Single => Vec::new(),
            Grouping::Several { ends, .. } => ends.clone(),
        };
        let keys = self.keys.iter().map(|&key| number(key)).collect();
        StoredChunk { text: self.text.clone(), ends: self.ends.clone(), keys, group_ends }
    }

    /// The chunk of names that was stored; `key` gives the key of a number, if there is one. `None` if the data is
    /// inconsistent.
    pub fn from_stored(stored: StoredChunk, key: impl Fn(u32) -> Option<K>) -> Option<Self> {
        let mut chunk = Self::unindexed(stored, key)?;
        chunk.index();
        Some(chunk)
    }

    /// Like [`from_stored`](Self::from_stored), for prose.
    pub fn prose_from_stored(stored: StoredChunk, key: impl Fn(u32) -> Option<K>) -> Option<Self> {
        let mut chunk = Self::unindexed(stored, key)?;
        chunk.char_sets = (0..chunk.ends.len()).map(|row| CharSet::of(chunk.text(row))).collect();
        Some(chunk)
    }

    #[deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::string_slice)]
    fn unindexed(stored: StoredChunk, key: impl Fn(u32) -> Option<K>) -> Option<Self> {
        let StoredChunk { text, ends, keys, group_ends } = stored;
        let keys = keys.into_iter().map(key).collect::<Option<Vec<K>>>()?;
        if group_ends.len() > GROUPS {
            return None;
        }
        let (mut start, mut rows) = (0, 0);
        for &end in &ends {
            text.get(start..end as usize)?;
            start = end as usize;
        }
        let mut of = Vec::with_capacity(ends.len());
        for (group, &end) in group_ends.iter().enumerate() {
            let more = (end as usize).checked_sub(rows).filter(|_| end as usize <= ends.len())?;
            of.extend(std::iter::repeat_n(group as u16, more));
            rows = end as usize;
        }
        if start != text.len() || rows != ends.len() || keys.len() != ends.len() {
            return None;
        }
        Some(Self { text, ends, keys, ..Self::of(Grouping::Several { of, ends: group_ends }) })
    }

    /// Closes the open group, which may be empty.
    pub fn end_group(&mut self) {
        if let Grouping::Several { ends, .. } = &mut self.grouping {
            ends.push(self.ends.len() as u32);
        }
    }

    /// Adds the names to the letter bitmap that were pushed since the last call; only then are they found.
    pub fn index(&mut self) {
        if !self.char_sets.is_empty() {
            return;
        }
        let mut letters = std::mem::take(&mut self.letters);
        letters.extend(&self.text, &self.ends);
        self.letters = letters;
    }

    /// Releases memory that is allocated but not used.
    pub fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
        self.char_sets.shrink_to_fit();
        self.keys.shrink_to_fit();
        if let Grouping::Several { of, ends } = &mut self.grouping {
            of.shrink_to_fit();
            ends.shrink_to_fit();
        }
    }

    /// The number of closed groups.
    pub fn group_count(&self) -> usize {
        match &self.grouping {
            Grouping::Single => self.ends.len(),
            Grouping::Several { ends, .. } => ends.len(),
        }
    }

    /// The rows of a group of this chunk.
    pub fn rows_of(&self, group: usize) -> Range<usize> {
        match &self.grouping {
            Grouping::Single => group..group + 1,
            Grouping::Several { ends, .. } => {
                let start = group.checked_sub(1).map_or(0, |before| ends[before]);
                start as usize..ends[group] as usize
            }
        }
    }

    /// The characters of each text; empty for names.
    pub fn char_sets(&self) -> &[CharSet] {
        &self.char_sets
    }

    /// The letters of all texts; empty for prose.
    #[inline]
    pub fn letters(&self) -> &LetterBitmap {
        &self.letters
    }

    /// The group of a row, within the chunk.
    #[inline]
    pub fn group_of(&self, row: usize) -> usize {
        match &self.grouping {
            Grouping::Single => row,
            Grouping::Several { of, .. } => usize::from(of[row]),
        }
    }

    /// Returns true if every text is a group of its own, so that rows are groups.
    #[inline]
    pub fn is_single(&self) -> bool {
        matches!(self.grouping, Grouping::Single)
    }

    /// The key of a row.
    pub fn key(&self, row: usize) -> K {
        self.keys[row]
    }

    /// The text of a row.
    pub fn folded(&self, row: usize) -> FoldedText<'_> {
        let char_set = self.char_sets.get(row).copied().unwrap_or(CharSet::ANYTHING);
        FoldedText { text: self.text(row), char_set }
    }

    fn text(&self, row: usize) -> &str {
        &self.text[self.bytes_of(row)]
    }

    /// The length of a row in bytes, and all bytes of the chunk from its start on.
    #[inline]
    pub fn bytes_from(&self, row: usize) -> (usize, &[u8]) {
        let Range { start, end } = self.bytes_of(row);
        (end - start, self.text.as_bytes().get(start..).unwrap_or_default())
    }

    /// Loads the texts of some rows into the cache. Nothing depends on what is read here, so that the processor loads
    /// many texts at once; matching them one by one would wait for each.
    pub fn fetch(&self, rows: &[&[u32]]) {
        let text = self.text.as_bytes();
        let mut sum = 0;
        if rows.iter().map(|rows| rows.len()).sum::<usize>() > text.len() / CACHE_LINE / SPARSE {
            // Sequential reads are so much faster than jumps that reading all is faster. Reading all of each cache line is
            // faster than a part of it, for the prefetcher of the processor recognizes it.
            sum = text.as_chunks().0.iter().fold(sum, |sum, bytes| sum ^ u64::from_ne_bytes(*bytes));
        } else {
            for &row in rows.iter().copied().flatten() {
                let (_, bytes) = self.bytes_from(row as usize);
                // Masks are made from these bytes, which are in two cache lines.
                for at in [0, SHORT - 1] {
                    sum ^= bytes.get(at).copied().map_or(0, u64::from);
                }
            }
        }
        std::hint::black_box(sum);
    }

    /// The length of a row in bytes.
    #[inline]
    pub fn length(&self, row: usize) -> usize {
        self.bytes_of(row).len()
    }

    /// The width of the masks of a row, `None` if it has no masks, with all bytes of the chunk from its start on and its
    /// length, which is in bytes and characters.
    #[inline]
    pub fn masked(&self, row: usize) -> (Option<Width>, &[u8], u32) {
        let (length, bytes) = self.bytes_from(row);
        let width = if length > LONG || !self.letters.is_ascii(row) {
            None
        } else if length <= SHORT {
            Some(Width::Short)
        } else {
            Some(Width::Long)
        };
        (width, bytes, length as u32)
    }

    #[inline]
    fn bytes_of(&self, row: usize) -> Range<usize> {
        let start = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        start as usize..self.ends[row] as usize
    }
}

impl Chunk<()> {
    /// Creates an empty chunk of lines, each of which is a group of its own.
    pub fn of_lines() -> Self {
        Self::of(Grouping::Single)
    }

    /// Folds lines of any length and adds them. Every line has to end with a line break; `each` is called with the byte
    /// offset of its start.
    pub fn push_lines(&mut self, lines: &str, mut each: impl FnMut(usize)) {
        let base = self.text.len();
        let mut text = Vec::with_capacity(lines.len() + SHORT);
        let ends = &mut self.ends;
        fold_lines_to(lines, &mut text, |start, end| {
            ends.push(u32::try_from(base + end).unwrap_or(u32::MAX));
            each(start);
        });
        // Checked once for all lines; folding writes valid UTF-8.
        let mut text = String::from_utf8(text).unwrap_or_default();
        let most = MOST_BYTES - base;
        if text.len() > most {
            text.truncate((0..=most).rev().find(|&end| text.is_char_boundary(end)).unwrap_or_default());
            let end = (base + text.len()) as u32;
            for known in ends.iter_mut() {
                *known = end.min(*known);
            }
        }
        if base == 0 {
            self.text = text;
        } else {
            self.text.push_str(&text);
        }
        self.keys.resize(self.ends.len(), ());
        self.index();
    }
}

/// A list of chunks. A clone shares all chunks.
#[derive(Debug, Clone)]
pub struct Chunks<K> {
    chunks: Arc<Vec<Arc<Chunk<K>>>>,
}

impl<K> Default for Chunks<K> {
    fn default() -> Self {
        Self { chunks: Arc::default() }
    }
}

impl<K: Copy + Send + Sync> Chunks<K> {
    /// Creates the texts of `groups` groups; `fill` pushes those of one group. Uses several threads if there are many.
    pub fn build(groups: usize, fill: impl Fn(usize, &mut Chunk<K>) + Sync) -> Self {
        let work = |index: usize| {
            let mut chunk = Chunk::default();
            for group in index * GROUPS..groups.min((index + 1) * GROUPS) {
                fill(group, &mut chunk);
                chunk.end_group();
            }
            chunk.index();
            chunk.shrink();
            Arc::new(chunk)
        };
        Self { chunks: Arc::new(parallel::map(groups.div_ceil(GROUPS), work)) }
    }

    /// Puts stored chunks together; `None` unless all but the last are full.
    pub fn from_stored(chunks: Vec<Chunk<K>>) -> Option<Self> {
        let full = chunks.len().saturating_sub(1);
        let are_full = chunks.iter().take(full).all(|chunk| chunk.group_count() == GROUPS);
        are_full.then(|| Self { chunks: Arc::new(chunks.into_iter().map(Arc::new).collect()) })
    }

    /// Adds a chunk; those before it have to be full.
    pub fn push(&mut self, chunk: Chunk<K>) {
        Arc::make_mut(&mut self.chunks).push(Arc::new(chunk));
    }

    /// The last chunk; copied first if it is shared.
    pub fn last_mut(&mut self) -> Option<&mut Chunk<K>> {
        Arc::make_mut(&mut self.chunks).last_mut().map(Arc::make_mut)
    }

    /// The chunks.
    pub fn all(&self) -> &[Arc<Chunk<K>>] {
        &self.chunks
    }

    /// The number of groups.
    pub fn group_count(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.group_count()).sum()
    }

    /// The chunk of a group, and its number there.
    pub fn place(&self, group: usize) -> (&Chunk<K>, usize) {
        (&self.chunks[group / GROUPS], group % GROUPS)
    }

    /// The texts of a group with their keys.
    pub fn group(&self, group: usize) -> impl Iterator<Item = (FoldedText<'_>, K)> {
        let (chunk, group) = self.place(group);
        chunk.rows_of(group).map(|row| (chunk.folded(row), chunk.key(row)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_has_the_names_that_were_pushed_into_it_each_once() {
        let chunks = Chunks::build(3, |group, chunk| match group {
            0 => {
                chunk.push_name("Dr Rao", 1);
                chunk.push_new_name("RAO", 2);
                chunk.push_new_name("Étienne", 3);
            }
            1 => {}
            _ => chunk.push_name("Rao", 4),
        });
        let texts = |group| chunks.group(group).map(|(folded, key)| (folded.text, key)).collect::<Vec<_>>();
        assert_eq!(texts(0), [("rao", 1), ("etienne", 3)]);
        assert_eq!(texts(1), []);
        assert_eq!(texts(2), [("rao", 4)]);
    }

    #[test]
    fn lines_are_groups_of_their_own() {
        let mut chunk = Chunk::of_lines();
        for lines in ["Dr Rao and\n\na b\n", "É\nAb-c\nx\n"] {
            chunk.push_lines(lines, |_| {});
            assert_eq!(chunk.group_count(), chunk.letters().len());
        }
        let texts: Vec<_> = (0..6).map(|row| chunk.folded(row).text).collect();
        assert_eq!(texts, ["dr rao and", "", "a b", "e", "ab c", "x"]);
        assert!((0..6).all(|row| chunk.group_of(row) == row && chunk.rows_of(row) == (row..row + 1)));
    }

    #[test]
    fn names_have_a_letter_bitmap_and_prose_has_character_sets() {
        let names =
            Chunks::build(70, |group, chunk| chunk.push_name(if group == 66 { "Слово" } else { "Kalyani" }, ()));
        let prose = Chunks::build(2, |_, chunk| chunk.push_prose("Kalyani", ()));
        let (names, prose) = (names.place(0).0, prose.place(0).0);
        assert_eq!((names.letters().len(), names.char_sets().len()), (70, 0));
        assert!(names.letters().is_ascii(65) && !names.letters().is_ascii(66));
        assert_eq!((prose.letters().len(), prose.char_sets()), (0, &[CharSet::of("kalyani"); 2][..]));
        assert_eq!((names.folded(1).char_set, prose.folded(1).char_set), (CharSet::ANYTHING, CharSet::of("kalyani")));
        let (length, bytes) = names.bytes_from(65);
        assert_eq!((length, names.length(65), &bytes[length..]), (7, 7, "словоkalyanikalyanikalyani".as_bytes()));
    }
}
