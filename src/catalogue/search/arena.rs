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
    /// Where each text ends, its characters, and what it belongs to.
    rows: Vec<(usize, Bag, K)>,
    group_ends: Vec<usize>,
}

impl<K> Default for Arena<K> {
    fn default() -> Self {
        Self { text: String::new(), rows: Vec::new(), group_ends: Vec::new() }
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
        let end = folded.char_indices().nth(limit).map_or(folded.len(), |(at, _)| at);
        self.text.push_str(&folded[..end]);
        self.rows.push((self.text.len(), Bag::of(&folded[..end]), key));
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
        let start = row.checked_sub(1).map_or(0, |before| self.rows[before].0);
        let (end, bag, key) = self.rows[row];
        Row { entry: Entry { text: &self.text[start..end], bag }, key }
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
        let texts = |group| arena.group(group).map(|row| (row.entry.text, row.key)).collect::<Vec<_>>();
        assert_eq!(texts(0), [("rao", 1), ("etie", 3)]);
        assert_eq!(texts(1), []);
        assert_eq!(texts(2), [("rao", 4)]);
    }
}
