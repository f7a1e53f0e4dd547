//! Folded texts in chunks: columns end to end, for a scan that touches each of them once.
//!
//! A chunk holds the texts of [`GROUPS`] groups (entities, or lines); the last one may hold
//! fewer. Chunks are shared, so that a growing list can be searched while it grows.
//!
//! Invariant: texts stand in the order in which they were pushed, group by group, and group `g`
//! is in chunk `g / GROUPS`. Names have their letters in the bitmap index, prose has its bags.

use std::ops::Range;
use std::sync::Arc;

use memchr::memchr_iter;

use super::masks::{SHORT, Width};
use crate::search::fuzzy::Bag;
use crate::search::letter_bitmap::Letters;
use crate::text::fold::{fold, fold_lines_to};

/// How many groups a chunk holds: enough to make the cost of handing it out vanish, and few
/// enough to notice soon that a search is no longer wanted. A multiple of 64.
pub const GROUPS: usize = 4096;

/// How many bytes a line of the cache has.
const LINE: usize = 64;

/// Where fewer than one text in so many lines is read, the others are passed over.
const SPARSE: usize = 8;

/// A folded text.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// The text.
    pub text: &'a str,
    /// What may be among its characters.
    pub bag: Bag,
}

impl<'a> Entry<'a> {
    /// A text outside of a chunk.
    pub fn new(text: &'a str) -> Self {
        Self { text, bag: Bag::of(text) }
    }

    /// Where `wanted` stands at the start of a word, in bytes.
    pub fn places(self, wanted: &str) -> impl Iterator<Item = usize> {
        let (text, wanted) = (self.text.as_bytes(), wanted.as_bytes());
        let behind_spaces = memchr_iter(b' ', text).map(|space| space + 1);
        std::iter::once(0).chain(behind_spaces).filter(move |&start| text[start..].starts_with(wanted))
    }
}

/// See the module.
#[derive(Debug, Clone)]
pub struct Chunk<K> {
    text: String,
    ends: Vec<u32>,
    /// Of prose alone.
    bags: Vec<Bag>,
    /// Of names alone.
    letters: Letters,
    keys: Vec<K>,
    grouping: Grouping,
}

/// Which texts belong together.
#[derive(Debug, Clone)]
enum Grouping {
    /// Each is a group of its own.
    Single,
    /// Any number of them.
    Several {
        /// The group of each text, within the chunk.
        of: Vec<u16>,
        /// For each closed group where its texts end.
        ends: Vec<u32>,
    },
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
            bags: Vec::new(),
            letters: Letters::default(),
            keys: Vec::new(),
            grouping,
        }
    }
}

impl<K: Copy> Chunk<K> {
    /// Adds a text to the open group, cut to `limit` folded characters.
    pub fn push(&mut self, text: &str, limit: usize, key: K) {
        self.add(&fold(text), limit, key);
    }

    /// Adds a text to the open group, unless the group has one that folds to the same.
    pub fn push_new(&mut self, text: &str, limit: usize, key: K) {
        let folded = fold(text);
        let closed = self.grouping.closed(self.ends.len());
        if (closed..self.ends.len()).all(|row| self.text(row) != folded) {
            self.add(&folded, limit, key);
        }
    }

    /// Adds a text of any length whose words are searched and not its letters.
    pub fn push_prose(&mut self, text: &str, key: K) {
        let folded = fold(text);
        self.bags.push(Bag::of(&folded));
        self.add_text(&folded, key);
    }

    /// Adds a folded text to the open group, cut to `limit` characters.
    pub fn add(&mut self, folded: &str, limit: usize, key: K) {
        // No text has more characters than bytes.
        let end = if folded.len() <= limit { None } else { folded.char_indices().nth(limit) };
        self.add_text(&folded[..end.map_or(folded.len(), |(at, _)| at)], key);
    }

    fn add_text(&mut self, folded: &str, key: K) {
        self.text.push_str(folded);
        self.ends.push(self.text.len() as u32);
        self.keys.push(key);
        if let Grouping::Several { of, ends } = &mut self.grouping {
            of.push(ends.len() as u16);
        }
    }

    /// The texts end to end, where each ends, and where the texts of each group end.
    pub fn columns(&self) -> (&str, &[u32], &[u32]) {
        let group_ends = match &self.grouping {
            Grouping::Single => &[],
            Grouping::Several { ends, .. } => ends.as_slice(),
        };
        (&self.text, &self.ends, group_ends)
    }

    /// The chunk of these columns; none if they do not fit together.
    pub fn of_columns(text: String, ends: Vec<u32>, keys: Vec<K>, group_ends: Vec<u32>) -> Option<Self> {
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
        let grouping = Grouping::Several { of, ends: group_ends };
        let mut chunk = Self { text, ends, bags: Vec::new(), letters: Letters::default(), keys, grouping };
        chunk.index();
        Some(chunk)
    }

    /// Closes a group, which may be empty.
    pub fn end_group(&mut self) {
        if let Grouping::Several { ends, .. } = &mut self.grouping {
            ends.push(self.ends.len() as u32);
        }
    }

    /// Looks at the letters of the names that were added since it was last done: only then are they found.
    pub fn index(&mut self) {
        if !self.bags.is_empty() {
            return;
        }
        let mut letters = std::mem::take(&mut self.letters);
        letters.extend(&self.text, &self.ends);
        self.letters = letters;
    }

    /// Gives back what memory growing has taken too much.
    pub fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
        self.bags.shrink_to_fit();
        self.keys.shrink_to_fit();
        if let Grouping::Several { of, ends } = &mut self.grouping {
            of.shrink_to_fit();
            ends.shrink_to_fit();
        }
    }

    /// How many groups are closed.
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

    /// The bags of prose.
    pub fn bags(&self) -> &[Bag] {
        &self.bags
    }

    /// The letters of names.
    #[inline]
    pub fn letters(&self) -> &Letters {
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

    /// Whether every text is a group of its own, so that rows are groups.
    #[inline]
    pub fn is_single(&self) -> bool {
        matches!(self.grouping, Grouping::Single)
    }

    /// What the text of a row belongs to.
    pub fn key(&self, row: usize) -> K {
        self.keys[row]
    }

    /// The text of a row.
    pub fn entry(&self, row: usize) -> Entry<'_> {
        let bag = self.bags.get(row).copied().unwrap_or(Bag::ANYTHING);
        Entry { text: self.text(row), bag }
    }

    fn text(&self, row: usize) -> &str {
        &self.text[self.bytes_of(row)]
    }

    /// The length of a row in bytes, and all bytes from where it starts: its own, and then others.
    #[inline]
    pub fn bytes_from(&self, row: usize) -> (usize, &[u8]) {
        let Range { start, end } = self.bytes_of(row);
        (end - start, self.text.as_bytes().get(start..).unwrap_or_default())
    }

    /// Brings the texts of some rows near. What is read next would be waited for text by text; here nothing
    /// depends on what is read, so that the processor waits for many of them at once.
    pub fn fetch(&self, rows: &[&[u32]]) {
        let text = self.text.as_bytes();
        let mut sum = 0;
        if rows.iter().map(|rows| rows.len()).sum::<usize>() > text.len() / LINE / SPARSE {
            // To read on is so much faster than to jump that all of it comes sooner; and to read all is faster than to
            // read some of each line, for then the processor sees what is wanted next.
            sum = text.as_chunks().0.iter().fold(sum, |sum, bytes| sum ^ u64::from_ne_bytes(*bytes));
        } else {
            for &row in rows.iter().copied().flatten() {
                let (_, bytes) = self.bytes_from(row as usize);
                // Masks are made from so many bytes, which lie in two lines of the cache.
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

    /// How wide the masks of a name of so many bytes are, where it has any.
    #[inline]
    pub fn width(&self, length: usize, row: usize) -> Option<Width> {
        Width::of(length, self.letters.is_ascii(row))
    }

    #[inline]
    fn bytes_of(&self, row: usize) -> Range<usize> {
        let start = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        start as usize..self.ends[row] as usize
    }
}

impl Grouping {
    /// How many of so many texts stand in closed groups.
    fn closed(&self, texts: usize) -> usize {
        match self {
            Self::Single => texts,
            Self::Several { ends, .. } => ends.last().map_or(0, |&end| end as usize),
        }
    }
}

impl Chunk<()> {
    /// No lines yet; each will be a group of its own.
    pub fn of_lines() -> Self {
        Self::of(Grouping::Single)
    }

    /// Adds lines, behind each of which a line break stands, cut to `limit` folded characters; `each` is told
    /// where each begins.
    pub fn push_lines(&mut self, lines: &str, limit: usize, mut each: impl FnMut(usize)) {
        let base = self.text.len();
        let mut text = Vec::with_capacity(lines.len() + SHORT);
        let ends = &mut self.ends;
        fold_lines_to(lines, limit, &mut text, |start, end| {
            ends.push((base + end) as u32);
            each(start);
        });
        // Looked through once for all of them; folding makes nothing but characters.
        let text = String::from_utf8(text).unwrap_or_default();
        if base == 0 {
            self.text = text;
        } else {
            self.text.push_str(&text);
        }
        self.keys.resize(self.ends.len(), ());
        self.index();
    }
}

/// Chunks, the last of which takes what comes. A clone shares them all.
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
    /// The texts of so many groups, each filled by `fill`; made by several threads where there
    /// is much to do.
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
        Self { chunks: Arc::new(super::parallel::map(groups.div_ceil(GROUPS), work)) }
    }

    /// These chunks.
    pub fn of(chunks: Vec<Chunk<K>>) -> Self {
        Self { chunks: Arc::new(chunks.into_iter().map(Arc::new).collect()) }
    }

    /// Adds a chunk behind those that are there, which are full.
    pub fn push(&mut self, chunk: Chunk<K>) {
        Arc::make_mut(&mut self.chunks).push(Arc::new(chunk));
    }

    /// The last chunk, to be added to; copied first where it is shared.
    pub fn last_mut(&mut self) -> Option<&mut Chunk<K>> {
        Arc::make_mut(&mut self.chunks).last_mut().map(Arc::make_mut)
    }

    /// The chunks.
    pub fn all(&self) -> &[Arc<Chunk<K>>] {
        &self.chunks
    }

    /// How many groups there are.
    pub fn group_count(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.group_count()).sum()
    }

    /// The chunk of a group, and its number there.
    pub fn place(&self, group: usize) -> (&Chunk<K>, usize) {
        (&self.chunks[group / GROUPS], group % GROUPS)
    }

    /// The texts of a group, each with what it belongs to.
    pub fn group(&self, group: usize) -> impl Iterator<Item = (Entry<'_>, K)> {
        let (chunk, group) = self.place(group);
        chunk.rows_of(group).map(|row| (chunk.entry(row), chunk.key(row)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_hold_what_was_pushed_into_them() {
        let chunks = Chunks::build(3, |group, chunk| match group {
            0 => {
                chunk.push("Dr Rao", 9, 1);
                chunk.push_new("RAO", 9, 2);
                chunk.push_new("Étienne", 4, 3);
            }
            1 => {}
            _ => chunk.push("Rao", 9, 4),
        });
        let texts = |group| chunks.group(group).map(|(entry, key)| (entry.text, key)).collect::<Vec<_>>();
        assert_eq!(texts(0), [("rao", 1), ("etie", 3)]);
        assert_eq!(texts(1), []);
        assert_eq!(texts(2), [("rao", 4)]);
    }

    #[test]
    fn lines_are_groups_of_their_own() {
        let mut chunk = Chunk::of_lines();
        for lines in ["Dr Rao and\n\na b\n", "É\nAb-c\nx\n"] {
            chunk.push_lines(lines, 4, |_| {});
            assert_eq!(chunk.group_count(), chunk.letters().len());
        }
        let texts: Vec<_> = (0..6).map(|row| chunk.entry(row)).collect();
        assert_eq!(texts.iter().map(|entry| entry.text).collect::<Vec<_>>(), ["dr r", "", "a b", "e", "ab c", "x"]);
        assert!((0..6).all(|row| chunk.group_of(row) == row && chunk.rows_of(row) == (row..row + 1)));
    }

    #[test]
    fn names_are_found_by_their_letters_and_prose_by_its_bags() {
        let names = Chunks::build(70, |group, chunk| chunk.push(if group == 66 { "Слово" } else { "Kalyani" }, 9, ()));
        let prose = Chunks::build(2, |_, chunk| chunk.push_prose("Kalyani", ()));
        let (names, prose) = (names.place(0).0, prose.place(0).0);
        assert_eq!((names.letters().len(), names.bags().len()), (70, 0));
        assert!(names.letters().is_ascii(65) && !names.letters().is_ascii(66));
        assert_eq!((prose.letters().len(), prose.bags()), (0, &[Bag::of("kalyani"); 2][..]));
        assert_eq!((names.entry(1).bag, prose.entry(1).bag), (Bag::ANYTHING, Bag::of("kalyani")));
        let (length, bytes) = names.bytes_from(65);
        assert_eq!((length, names.length(65), &bytes[length..]), (7, 7, "словоkalyanikalyanikalyani".as_bytes()));
    }

    #[test]
    fn places_are_the_starts_of_words_that_begin_so() {
        let places = |wanted| Entry::new("kal akal é kalyani kal").places(wanted).collect::<Vec<_>>();
        assert_eq!(places("kal"), [0, 12, 20]);
        assert_eq!(places("kal akal"), [0]);
        assert!(places("kalx").is_empty());
        assert_eq!(places("é"), [9]);
    }
}
