//! Sets of the groups of one chunk, from which the sets of a search are put together.
//!
//! Invariant: a set has no group beyond those of its chunk.

use super::chunk::GROUPS;
use crate::model::set::Set;

/// A set of groups.
pub type Bits = Set<u32>;

/// A set of the groups of one chunk.
pub type Local = [u64; GROUPS / 64];

/// No group of a chunk.
pub const NOBODY: Local = [0; GROUPS / 64];

/// Adds a group of the chunk to a set.
#[inline]
pub fn insert(set: &mut Local, group: usize) {
    set[group / 64] |= 1 << (group % 64);
}

/// Adds a group of the chunk to a set, or not.
#[inline]
pub fn insert_if(is_so: bool, set: &mut Local, group: usize) {
    set[group / 64] |= u64::from(is_so) << (group % 64);
}

/// Whether a group of the chunk is in a set.
#[inline]
pub fn has(set: &Local, group: usize) -> bool {
    set[group / 64] >> (group % 64) & 1 == 1
}

/// Nobody, of so many chunks.
pub fn of_chunks(chunks: usize) -> Bits {
    Set::new(chunks * GROUPS)
}

/// Takes over what a chunk found.
pub fn set_chunk(set: &mut Bits, chunk: usize, local: &Local) {
    set.set_words(chunk * local.len(), local);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chunk_is_taken_over_at_its_place() {
        let mut local = NOBODY;
        insert(&mut local, 7);
        assert!(has(&local, 7) && !has(&local, 8));
        let mut set = of_chunks(2);
        set_chunk(&mut set, 1, &local);
        assert_eq!(set.iter().collect::<Vec<_>>(), [GROUPS as u32 + 7]);
    }
}
