//! Sets of groups, one bit each.
//!
//! Invariant: a set has no group beyond those it was made for.

use super::chunk::GROUPS;

/// A set of the groups of one chunk.
pub type Local = [u64; GROUPS / 64];

/// No group of a chunk.
pub const NOBODY: Local = [0; GROUPS / 64];

/// Adds a group of the chunk to a set.
pub fn insert(set: &mut Local, group: usize) {
    set[group / 64] |= 1 << (group % 64);
}

/// A set of groups.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bits(Vec<u64>);

impl Bits {
    /// Nobody, of so many chunks.
    pub fn of_chunks(chunks: usize) -> Self {
        Self(vec![0; chunks * GROUPS / 64])
    }

    /// Takes over what a chunk found.
    pub fn set_chunk(&mut self, chunk: usize, local: &Local) {
        let start = chunk * local.len();
        self.0[start..start + local.len()].copy_from_slice(local);
    }

    /// Adds a group.
    pub fn insert(&mut self, group: u32) {
        self.0[group as usize / 64] |= 1 << (group % 64);
    }

    /// Whether a group is in it.
    pub fn has(&self, group: u32) -> bool {
        self.0.get(group as usize / 64).is_some_and(|word| word >> (group % 64) & 1 == 1)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|&word| word == 0)
    }

    /// Those in either.
    #[must_use]
    pub fn union(mut self, other: &Self) -> Self {
        self.0.resize(self.0.len().max(other.0.len()), 0);
        self.0.iter_mut().zip(&other.0).for_each(|(word, more)| *word |= more);
        self
    }

    /// Those that are not in the other one.
    #[must_use]
    pub fn without(mut self, other: &Self) -> Self {
        self.0.iter_mut().zip(&other.0).for_each(|(word, less)| *word &= !less);
        self
    }

    /// The groups, in order.
    pub fn iter(&self) -> impl Iterator<Item = u32> {
        self.0.iter().zip(0..).flat_map(|(&word, index)| {
            let mut left = word;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros())?;
                left &= left - 1;
                Some(index * 64 + bit)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(groups: &[u32]) -> Bits {
        let mut set = Bits::of_chunks(2);
        groups.iter().for_each(|&group| set.insert(group));
        set
    }

    #[test]
    fn sets_behave_as_sets() {
        let (a, b) = (of(&[0, 63, 64, 5000]), of(&[63, 8191]));
        assert!(a.has(5000) && !a.has(5001) && !a.has(99_999));
        assert_eq!(a.iter().collect::<Vec<_>>(), [0, 63, 64, 5000]);
        assert_eq!(a.clone().union(&b), of(&[0, 63, 64, 5000, 8191]));
        assert_eq!(a.clone().without(&b), of(&[0, 64, 5000]));
        assert_eq!((a.len(), of(&[]).is_empty(), Bits::default().union(&b)), (4, true, b));
    }

    #[test]
    fn a_chunk_is_taken_over_at_its_place() {
        let mut local = NOBODY;
        insert(&mut local, 7);
        let mut set = Bits::of_chunks(2);
        set.set_chunk(1, &local);
        assert_eq!(set, of(&[GROUPS as u32 + 7]));
    }
}
