//! Rows of a chunk from the numbers in which they are bits.

use crate::search::bits;
use crate::search::bits::Local;
use crate::search::chunk::Chunk;
use crate::search::fuzzy::Bag;
use crate::search::letter_bitmap::BLOCK;
use crate::search::masks::Mask;

/// The row at a place of a block.
pub fn row(block: usize, place: u32) -> u32 {
    (block * BLOCK) as u32 + place
}

/// Adds rows of a block to others.
#[inline]
pub fn put_rows(rows: &mut Vec<u32>, block: usize, places: u64) {
    for place in places.each() {
        rows.push(row(block, place));
    }
}

/// Adds the groups of some rows of a block to a set.
#[inline]
pub fn insert_rows<K: Copy>(set: &mut Local, chunk: &Chunk<K>, block: usize, places: u64) {
    if chunk.is_single() {
        set[block] |= places;
    } else {
        places.each().for_each(|place| bits::insert(set, chunk.group_of(row(block, place) as usize)));
    }
}

/// Collects the rows of which the letters pass, without a branch for each.
pub fn select(into: &mut Vec<u32>, bags: &[Bag], passes: impl Fn(Bag) -> bool) {
    into.resize(bags.len(), 0);
    let mut count = 0;
    for (row, &bag) in (0..).zip(bags) {
        into[count] = row;
        count += usize::from(passes(bag));
    }
    into.truncate(count);
}
