//! Sets of things that are numbered from 0 on, one bit each.
//!
//! Invariant: lookup and insertion take constant time, and a number beyond the size of a set is never in it.

use std::fmt;
use std::marker::PhantomData;

use super::masks::Mask as _;

/// A type whose values are numbered from 0 on.
pub trait Numbered: Copy {
    /// The number of this value.
    fn number(self) -> u32;
    /// The value with a number.
    fn of_number(number: u32) -> Self;
}

impl Numbered for u32 {
    fn number(self) -> u32 {
        self
    }

    fn of_number(number: u32) -> Self {
        number
    }
}

/// A set of numbered things.
#[derive(Clone, PartialEq, Eq)]
pub struct Set<N> {
    words: Vec<u64>,
    of: PhantomData<N>,
}

/// A set of groups.
pub type GroupSet = Set<u32>;

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
    /// Creates an empty set for the numbers below `count`, rounded up to a multiple of 64.
    pub fn new(count: usize) -> Self {
        Self { words: vec![0; count.div_ceil(64)], of: PhantomData }
    }

    /// Creates a set for the numbers below `count`.
    ///
    /// # Panics
    /// If a member's number is not below `count`, rounded up to a multiple of 64.
    pub fn of(count: usize, members: impl IntoIterator<Item = N>) -> Self {
        let mut set = Self::new(count);
        for member in members {
            set.insert(member);
        }
        set
    }

    /// Adds a member; returns true if it was not in the set.
    ///
    /// # Panics
    /// If the set was created for fewer members.
    pub fn insert(&mut self, member: N) -> bool {
        let (word, bit) = place(member);
        let is_new = self.words[word] & bit == 0;
        self.words[word] |= bit;
        is_new
    }

    /// Removes a member, if it is in the set.
    pub fn remove(&mut self, member: N) {
        let (word, bit) = place(member);
        if let Some(word) = self.words.get_mut(word) {
            *word &= !bit;
        }
    }

    /// Replaces the members from number `64 * first` on by the bits of `words`.
    ///
    /// # Panics
    /// If the set was created for fewer members.
    pub fn set_words(&mut self, first: usize, words: &[u64]) {
        self.words[first..first + words.len()].copy_from_slice(words);
    }

    /// Returns true if a member is in the set.
    pub fn has(&self, member: N) -> bool {
        let (word, bit) = place(member);
        self.words.get(word).is_some_and(|word| word & bit != 0)
    }

    /// The number of members.
    pub fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Returns true if the set has no member.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|&word| word == 0)
    }

    /// The members of either set.
    #[must_use]
    pub fn union(mut self, other: &Self) -> Self {
        self.words.resize(self.words.len().max(other.words.len()), 0);
        self.words.iter_mut().zip(&other.words).for_each(|(word, more)| *word |= more);
        self
    }

    /// The members that are not in the other set.
    #[must_use]
    pub fn without(mut self, other: &Self) -> Self {
        self.words.iter_mut().zip(&other.words).for_each(|(word, less)| *word &= !less);
        self
    }

    /// The members in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = N> {
        let words = self.words.iter().zip((0..).step_by(64));
        words.flat_map(|(word, first)| word.each().map(move |bit| N::of_number(first + bit)))
    }
}

impl GroupSet {
    /// The set of the things that have the numbers of the groups.
    pub fn into_set_of<N>(self) -> Set<N> {
        Set { words: self.words, of: PhantomData }
    }
}

/// The index of a number's word, and its bit there.
fn place(member: impl Numbered) -> (usize, u64) {
    let number = member.number();
    (number as usize / 64, 1 << (number % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(members: &[u32]) -> GroupSet {
        Set::of(8192, members.iter().copied())
    }

    #[test]
    fn union_and_difference_are_those_of_sets() {
        let (a, b) = (of(&[0, 63, 64, 5000]), of(&[63, 8191]));
        assert!(a.has(5000) && !a.has(5001) && !a.has(99_999));
        assert_eq!(a.iter().collect::<Vec<_>>(), [0, 63, 64, 5000]);
        assert_eq!(a.clone().union(&b), of(&[0, 63, 64, 5000, 8191]));
        assert_eq!(a.clone().without(&b), of(&[0, 64, 5000]));
        assert_eq!((a.len(), of(&[]).is_empty(), Set::default().union(&b)), (4, true, b.clone()));
    }

    #[test]
    fn a_member_is_new_only_once() {
        let mut set = Set::new(70);
        assert!(set.insert(69_u32) && !set.insert(69));
    }

    #[test]
    fn words_replace_the_members_of_their_range() {
        let mut set = of(&[1]);
        set.set_words(64, &[1 << 7]);
        assert_eq!(set, of(&[1, 64 * 64 + 7]));
    }
}
