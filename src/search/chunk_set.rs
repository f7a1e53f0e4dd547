//! Sets of the groups of one chunk, from which the sets of a scan are put together.
//!
//! Invariant: bit `g % 64` of word `g / 64` is set if group `g` of the chunk is in the set.

use super::chunk::GROUPS;
use super::set::GroupSet;

/// A set of the groups of one chunk.
pub type ChunkSet = [u64; GROUPS / 64];

/// The set without a group.
pub const EMPTY: ChunkSet = [0; GROUPS / 64];

/// Adds a group of the chunk.
#[inline]
pub fn insert(set: &mut ChunkSet, group: usize) {
    insert_if(true, set, group);
}

/// Adds a group of the chunk if a condition holds, without a branch.
#[inline]
pub fn insert_if(condition: bool, set: &mut ChunkSet, group: usize) {
    set[group / 64] |= u64::from(condition) << (group % 64);
}

/// Returns true if a group of the chunk is in the set.
#[inline]
pub fn has(set: &ChunkSet, group: usize) -> bool {
    set[group / 64] >> (group % 64) & 1 == 1
}

/// Creates an empty set of the groups of `chunks` chunks.
pub fn empty(chunks: usize) -> GroupSet {
    GroupSet::new(chunks * GROUPS)
}

/// Puts the set of one chunk into the set of all.
pub fn put(set: &mut GroupSet, chunk: usize, of_chunk: &ChunkSet) {
    set.set_words(chunk * of_chunk.len(), of_chunk);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_set_of_a_chunk_is_put_at_its_place() {
        let mut of_chunk = EMPTY;
        insert(&mut of_chunk, 7);
        insert_if(false, &mut of_chunk, 8);
        assert!(has(&of_chunk, 7) && !has(&of_chunk, 8));
        let mut set = empty(2);
        put(&mut set, 1, &of_chunk);
        assert_eq!(set.iter().collect::<Vec<_>>(), [GROUPS as u32 + 7]);
    }
}
