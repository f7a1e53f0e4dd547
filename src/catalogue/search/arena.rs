//! Folded texts end to end in one string, in groups.
//!
//! Invariant: entries stand in the order in which they were pushed, and a group is
//! everything pushed between two calls of [`Arena::end_group`].

use crate::catalogue::fold::fold;
use crate::catalogue::fuzzy::Bag;

/// A folded text.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// The text.
    pub text: &'a str,
    /// Its characters.
    pub bag: Bag,
    starts: &'a [u32],
}

impl<'a> Entry<'a> {
    /// A text outside of an arena; `starts` is [`word_starts`] of it.
    pub fn new(text: &'a str, starts: &'a [u32]) -> Self {
        Self { text, bag: Bag::of(text), starts }
    }

    /// Where `wanted` stands at the start of a word, in bytes.
    pub fn places(self, wanted: &str) -> impl Iterator<Item = usize> {
        let (text, wanted) = (self.text.as_bytes(), wanted.as_bytes());
        let first = wanted.first();
        self.starts.iter().map(|&start| start as usize).filter(move |&start| {
            // The first letter sorts most words out before anything is compared.
            text.get(start) == first && text[start..].starts_with(wanted)
        })
    }
}

/// Where the words of a folded text start, in bytes.
pub fn word_starts(text: &str) -> impl Iterator<Item = u32> {
    let behind_spaces = text.bytes().zip(1..).filter(|&(byte, _)| byte == b' ').map(|(_, next)| next);
    std::iter::once(0).chain(behind_spaces)
}

/// An entry, and what it stands for.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a, K> {
    /// The folded text.
    pub entry: Entry<'a>,
    /// What the text belongs to.
    pub key: K,
}

/// See the module.
#[derive(Debug)]
pub struct Arena<K> {
    text: String,
    starts: Vec<u32>,
    rows: Vec<Stored<K>>,
    group_ends: Vec<usize>,
}

/// One text: where it and its word starts end, its characters, and what it belongs to.
#[derive(Debug)]
struct Stored<K> {
    text_end: usize,
    starts_end: usize,
    bag: Bag,
    key: K,
}

impl<K> Default for Arena<K> {
    fn default() -> Self {
        Self { text: String::new(), starts: Vec::new(), rows: Vec::new(), group_ends: Vec::new() }
    }
}

impl<K: Copy> Arena<K> {
    /// Adds a text to the open group, cut to `limit` folded characters.
    pub fn push(&mut self, text: &str, limit: usize, key: K) {
        self.add(&fold(text), limit, key);
    }

    /// Adds a text to the open group, unless the group has one that folds to the same.
    pub fn push_new(&mut self, text: &str, limit: usize, key: K) {
        let folded = fold(text);
        let open = self.group_ends.last().copied().unwrap_or(0)..self.rows.len();
        if open.into_iter().all(|row| self.row(row).entry.text != folded) {
            self.add(&folded, limit, key);
        }
    }

    fn add(&mut self, folded: &str, limit: usize, key: K) {
        // No text has more characters than bytes.
        let end = if folded.len() <= limit { None } else { folded.char_indices().nth(limit) };
        let end = end.map_or(folded.len(), |(at, _)| at);
        let folded = &folded[..end];
        self.text.push_str(folded);
        self.starts.extend(word_starts(folded));
        let (text_end, starts_end) = (self.text.len(), self.starts.len());
        self.rows.push(Stored { text_end, starts_end, bag: Bag::of(folded), key });
    }

    /// Closes a group, which may be empty.
    pub fn end_group(&mut self) {
        self.group_ends.push(self.rows.len());
    }

    /// The entries of a group, in order.
    pub fn group(&self, group: usize) -> impl Iterator<Item = Row<'_, K>> {
        let start = group.checked_sub(1).map_or(0, |before| self.group_ends[before]);
        (start..self.group_ends[group]).map(|row| self.row(row))
    }

    fn row(&self, row: usize) -> Row<'_, K> {
        let before = row.checked_sub(1).map(|before| &self.rows[before]);
        let (text, starts) = before.map_or((0, 0), |before| (before.text_end, before.starts_end));
        let row = &self.rows[row];
        let (text, starts) = (&self.text[text..row.text_end], &self.starts[starts..row.starts_end]);
        Row { entry: Entry { text, bag: row.bag, starts }, key: row.key }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_hold_what_was_pushed_into_them() {
        let mut arena = Arena::default();
        arena.push("Dr Rao", 9, 1);
        arena.push_new("RAO", 9, 2);
        arena.push_new("Étienne", 4, 3);
        arena.end_group();
        arena.end_group();
        arena.push("Rao", 9, 4);
        arena.end_group();
        let places = arena.group(0).flat_map(|row| row.entry.places("r").collect::<Vec<_>>());
        assert_eq!(places.collect::<Vec<_>>(), [0]);
        let texts = |group| arena.group(group).map(|row| (row.entry.text, row.key)).collect::<Vec<_>>();
        assert_eq!(texts(0), [("rao", 1), ("etie", 3)]);
        assert_eq!(texts(1), []);
        assert_eq!(texts(2), [("rao", 4)]);
    }
    #[test]
    fn places_are_the_starts_of_words_that_begin_so() {
        let text = "kal akal é kalyani kal";
        let starts: Vec<u32> = word_starts(text).collect();
        let places = |wanted| Entry::new(text, &starts).places(wanted).collect::<Vec<_>>();
        assert_eq!(places("kal"), [0, 12, 20]);
        assert_eq!(places("kal akal"), [0]);
        assert!(places("kalx").is_empty());
        assert_eq!(places("é"), [9]);
    }
}
