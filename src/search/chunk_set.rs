//! Sets of the groups of one chunk, from which the sets of a scan are put together.
//!
//! Invariant: bit `g % 64` of word `g / 64` is set if group `g` of the chunk is in the set.

use super::chunk::GROUPS;
use super::set::GroupSet;

/// A set of the groups of one chunk.
pub type ChunkSet = [u64; GROUPS / 64];

pub const EMPTY: ChunkSet = [0; GROUPS / 64];

#[inline]
pub fn insert(set: &mut ChunkSet, group: usize) {
    insert_if(true, set, group);
}

/// Adds a group of the chunk if a condition holds, without a branch.
#[inline]
pub fn insert_if(condition: bool, set: &mut ChunkSet, group: usize) {
    set[group / 64] |= u64::from(condition) << (group % 64);
}

#[inline]
pub fn has(set: &ChunkSet, group: usize) -> bool {
    set[group / 64] >> (group % 64) & 1 == 1
}

/// Several sets of the groups of one chunk, with its number.
pub type Done<const N: usize> = (usize, Box<[ChunkSet; N]>);

/// Puts the sets of `chunks` chunks together.
pub fn gather<'a, const N: usize>(chunks: usize, done: impl Iterator<Item = &'a Done<N>>) -> [GroupSet; N] {
    let mut sets = std::array::from_fn(|_| GroupSet::new(chunks * GROUPS));
    for (index, of_chunk) in done {
        for (set, words) in sets.iter_mut().zip(of_chunk.iter()) {
            set.set_words(index * words.len(), words);
        }
    }
    sets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_is_in_the_set_if_it_was_added() {
        let mut set = EMPTY;
        insert(&mut set, 7);
        insert_if(false, &mut set, 8);
        assert!(has(&set, 7) && !has(&set, 8));
    }

    #[test]
    fn the_set_of_a_chunk_is_put_at_its_place() {
        let mut of_chunk = EMPTY;
        insert(&mut of_chunk, 7);
        let [set, empty] = gather(2, [(1, Box::new([of_chunk, EMPTY]))].iter());
        assert_eq!((set.iter().collect::<Vec<_>>(), empty.is_empty()), (vec![GROUPS as u32 + 7], true));
    }
}
