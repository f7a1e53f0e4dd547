//! Sets of what is numbered from 0 on, entities before all: one bit each.
//!
//! Invariant: asking and adding take the same time whatever is in a set, and what is beyond
//! those it was made for is never in it.

use std::fmt;
use std::marker::PhantomData;

use crate::model::EntityId;

/// What has a number.
pub trait Numbered: Copy {
    /// The number.
    fn number(self) -> u32;
    /// What has this number.
    fn of_number(number: u32) -> Self;
}

impl Numbered for EntityId {
    fn number(self) -> u32 {
        self.0
    }

    fn of_number(number: u32) -> Self {
        Self(number)
    }
}

impl Numbered for u32 {
    fn number(self) -> u32 {
        self
    }

    fn of_number(number: u32) -> Self {
        number
    }
}

/// See the module.
#[derive(Clone, PartialEq, Eq)]
pub struct Set<N> {
    words: Vec<u64>,
    of: PhantomData<N>,
}

/// A set of the entities of a dossier.
pub type EntitySet = Set<EntityId>;

impl<N> Default for Set<N> {
    fn default() -> Self {
        Self { words: Vec::new(), of: PhantomData }
    }
}

impl<N: Numbered + fmt::Debug> fmt::Debug for Set<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

impl<N: Numbered> Set<N> {
    /// An empty set of some of so many.
    pub fn new(count: usize) -> Self {
        Self { words: vec![0; count.div_ceil(64)], of: PhantomData }
    }

    /// A set of some of so many.
    pub fn of(count: usize, members: impl IntoIterator<Item = N>) -> Self {
        let mut set = Self::new(count);
        for member in members {
            set.insert(member);
        }
        set
    }

    /// Adds one; tells whether it is new.
    #[expect(clippy::indexing_slicing, reason = "a set is made for so many, and takes no others")]
    pub fn insert(&mut self, member: N) -> bool {
        let (word, bit) = place(member);
        let is_new = self.words[word] & bit == 0;
        self.words[word] |= bit;
        is_new
    }

    /// Takes one out, if it is in it.
    pub fn remove(&mut self, member: N) {
        let (word, bit) = place(member);
        if let Some(word) = self.words.get_mut(word) {
            *word &= !bit;
        }
    }

    /// Takes over a part of another set, which begins with the given 64 numbers.
    #[expect(clippy::indexing_slicing, reason = "both sets are of as many")]
    pub fn set_words(&mut self, first: usize, words: &[u64]) {
        self.words[first..first + words.len()].copy_from_slice(words);
    }

    /// Whether one is in it.
    pub fn has(&self, member: N) -> bool {
        let (word, bit) = place(member);
        self.words.get(word).is_some_and(|word| word & bit != 0)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|&word| word == 0)
    }

    /// Those in either.
    #[must_use]
    pub fn union(mut self, other: &Self) -> Self {
        self.words.resize(self.words.len().max(other.words.len()), 0);
        self.words.iter_mut().zip(&other.words).for_each(|(word, more)| *word |= more);
        self
    }

    /// Those that are not in the other one.
    #[must_use]
    pub fn without(mut self, other: &Self) -> Self {
        self.words.iter_mut().zip(&other.words).for_each(|(word, less)| *word &= !less);
        self
    }

    /// Those in it, in order.
    pub fn iter(&self) -> impl Iterator<Item = N> {
        self.words.iter().zip(0..).flat_map(|(&word, index)| {
            let mut left = word;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros())?;
                left &= left - 1;
                Some(N::of_number(index * 64 + bit))
            })
        })
    }
}

impl Set<u32> {
    /// The same as entities.
    pub fn of_entities(self) -> EntitySet {
        Set { words: self.words, of: PhantomData }
    }
}

/// The word of a number, and its bit there.
fn place(member: impl Numbered) -> (usize, u64) {
    let number = member.number();
    (number as usize / 64, 1 << (number % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(members: &[u32]) -> Set<u32> {
        Set::of(8192, members.iter().copied())
    }

    #[test]
    fn sets_behave_as_sets() {
        let (a, b) = (of(&[0, 63, 64, 5000]), of(&[63, 8191]));
        assert!(a.has(5000) && !a.has(5001) && !a.has(99_999));
        assert_eq!(a.iter().collect::<Vec<_>>(), [0, 63, 64, 5000]);
        assert_eq!(a.clone().union(&b), of(&[0, 63, 64, 5000, 8191]));
        assert_eq!(a.clone().without(&b), of(&[0, 64, 5000]));
        assert_eq!((a.len(), of(&[]).is_empty(), Set::default().union(&b)), (4, true, b.clone()));
        assert!(b.of_entities().has(EntityId(8191)));
    }

    #[test]
    fn one_that_is_there_is_not_new() {
        let mut set = Set::new(70);
        assert!(set.insert(69_u32) && !set.insert(69));
    }

    #[test]
    fn a_part_is_taken_over_at_its_place() {
        let mut set = of(&[1]);
        set.set_words(64, &[1 << 7]);
        assert_eq!(set, of(&[1, 64 * 64 + 7]));
    }
}
