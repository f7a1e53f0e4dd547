//! Scans names for a single plain word, for which the letter bitmap tells most.
//!
//! Invariant: what is found is what matching every name by itself finds.

use fearless_simd::dispatch;

use super::{InChunk, Scan, State, push_rows, row_at};
use crate::search::chunk::Chunk;
use crate::search::chunk_set::{self, ChunkSet};
use crate::search::groups::Groups;
use crate::search::masks::Mask;
use crate::search::rank::{SortKey, Tier};
use crate::search::single_word::{BlockMatches, Candidate, LengthLimits, SingleWord};

impl<G: Groups> Scan<'_, G> {
    /// Finds the names of a chunk that match a single word; leaves those without masks in `state.rows`.
    pub(super) fn find_single_word<K: Copy>(
        &self,
        word: &SingleWord,
        state: &mut State<'_>,
        chunk: &Chunk<K>,
        base: u32,
        found: &mut InChunk,
    ) {
        let State { matcher, rows, counted, candidates, without_masks, top, .. } = state;
        let (level, letters) = (matcher.level, chunk.letters());
        // If only a close match can be among the best rows, it is enough to know of others that they match.
        let is_closed = top.is_closed_to(Tier::Fuzzy);
        let most = self.groups.max_prominence();
        let limits = LengthLimits::new(word, |rank| top.may_take(SortKey::new(rank, 0, most)));
        for block in 0..letters.blocks() {
            let BlockMatches { possible, sure, begun, surely_begun, front } = word.filter_block(letters, block);
            if possible == 0 {
                continue;
            }
            insert_groups(&mut found.close, chunk, block, surely_begun);
            let hopeful = if limits.admit(1, false, false) { surely_begun } else { surely_begun & front };
            for place in hopeful.each() {
                let (row, is_front) = (row_at(block, place), front.has(place));
                let chars = chunk.length(row as usize) as u32;
                if limits.admit(chars, false, is_front) {
                    let bound = word.bound_of_begun(chars, false, is_front);
                    self.offer_candidate(chunk, base, Candidate { row, bound }, found, matcher, top);
                }
            }
            if is_closed {
                insert_groups(&mut found.near, chunk, block, sure);
                push_rows(rows, block, begun & !surely_begun);
                push_rows(counted, block, possible & !begun & !sure);
            } else {
                push_rows(rows, block, possible & !surely_begun);
            }
        }
        chunk.fetch(&[rows, counted]);
        if is_closed {
            dispatch!(level, simd => word.take_begun(simd, chunk, limits, rows, &mut found.close, candidates, without_masks));
            counted.extend(rows.iter().filter(|&&row| !chunk_set::has(&found.near, chunk.group_of(row as usize))));
            dispatch!(level, simd => word.retain(simd, chunk, counted, without_masks));
            for row in counted.drain(..) {
                chunk_set::insert(&mut found.near, chunk.group_of(row as usize));
            }
        } else {
            dispatch!(level, simd => word.match_rows(simd, chunk, rows, candidates, without_masks));
        }
        for candidate in candidates.drain(..) {
            found.add(chunk.group_of(candidate.row as usize), candidate.bound.tier);
            self.offer_candidate(chunk, base, candidate, found, matcher, top);
        }
        std::mem::swap(rows, without_masks);
        without_masks.clear();
    }
}

/// Adds the groups of some rows, which are a set of names of a block, to a set.
#[inline]
fn insert_groups<K: Copy>(set: &mut ChunkSet, chunk: &Chunk<K>, block: usize, names: u64) {
    if chunk.is_single() {
        set[block] |= names;
    } else {
        names.each().for_each(|place| chunk_set::insert(set, chunk.group_of(row_at(block, place) as usize)));
    }
}
