//! The walk for a plain word, of which the letters of a block tell most.
//!
//! Invariant: what is found is what judging every name by itself finds.

use super::rows::{insert_rows, put_rows, row};
use super::{Groups, InChunk, State, Walk};
use crate::search::Tier;
use crate::search::bits;
use crate::search::chunk::Chunk;
use crate::search::key::Key;
use crate::search::masks::Mask;
use crate::search::word::{Hope, Seen, Sifted, Word};

impl<G: Groups> Walk<'_, G> {
    /// Takes the names in which a plain word stands, but for those without masks: they are left as candidates.
    pub(super) fn look_for<K: Copy>(
        &self,
        word: &Word,
        state: &mut State<'_>,
        chunk: &Chunk<K>,
        base: u32,
        found: &mut InChunk,
    ) {
        let State { judge, candidates, counted, seen, others, top, .. } = state;
        let letters = chunk.letters();
        // Where only a close one could be among the best, it is enough to know of others that they match.
        let is_closed = top.is_closed_to(Tier::Fuzzy);
        let most = self.groups.most_prominent();
        let hope = Hope::new(word, |standing| top.may_take(Key::new(standing, None, most)));
        for block in 0..letters.blocks() {
            let Sifted { possible, sure, begun, surely_begun, front } = word.sift(letters, block);
            if possible == 0 {
                continue;
            }
            insert_rows(&mut found.close, chunk, block, surely_begun);
            let hopeful = if hope.is_for(1, false, false) { surely_begun } else { surely_begun & front };
            for place in hopeful.each() {
                let (row, is_front) = (row(block, place), front.has(place));
                let chars = chunk.length(row as usize) as u32;
                if hope.is_for(chars, false, is_front) {
                    let at_best = word.begun_at_best(chars, false, is_front);
                    self.hope(chunk, base, Seen { row, at_best }, found, judge, top);
                }
            }
            if is_closed {
                insert_rows(&mut found.near, chunk, block, sure);
                put_rows(candidates, block, begun & !surely_begun);
                put_rows(counted, block, possible & !begun & !sure);
            } else {
                put_rows(candidates, block, possible & !surely_begun);
            }
        }
        chunk.fetch(&[candidates, counted]);
        if is_closed {
            word.take_begun(judge.level, chunk, hope, candidates, &mut found.close, seen, others);
            counted.extend(candidates.iter().filter(|&&row| !bits::has(&found.near, chunk.group_of(row as usize))));
            word.keep(judge.level, chunk, counted, others);
            for row in counted.drain(..) {
                bits::insert(&mut found.near, chunk.group_of(row as usize));
            }
        } else {
            word.look(judge.level, chunk, candidates, seen, others);
        }
        for seen in seen.drain(..) {
            self.take(chunk, base, seen, found, judge, top);
        }
        std::mem::swap(candidates, others);
        others.clear();
    }
}
