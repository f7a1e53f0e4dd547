//! A pool of texts, stored one after another in pieces that clones share.
//!
//! Invariant: a text never changes once it is in the pool; every piece except the last has [`PIECE`] texts.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::id::Sym;

/// The number of texts in a piece: few enough for the last piece to be copied quickly.
pub(crate) const PIECE: usize = 4096;

/// A piece of a pool. [`Pool::of_pieces`] checks pieces that were read from a file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Piece {
    text: String,
    ends: Vec<u32>,
}

/// Texts by number. Clones share all pieces except the last, so that cloning is cheap.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Pool {
    pieces: Vec<Arc<Piece>>,
}

impl Pool {
    /// Returns the pieces with at least the first `texts` texts.
    pub(crate) fn pieces(&self, texts: usize) -> &[Arc<Piece>] {
        self.pieces.get(..texts.div_ceil(PIECE)).unwrap_or(&self.pieces)
    }

    /// Returns a piece by its number.
    pub(crate) fn piece(&self, number: usize) -> Option<&Piece> {
        self.pieces.get(number).map(|piece| &**piece)
    }

    /// Returns a pool of these pieces; `None` if they are inconsistent.
    pub(crate) fn of_pieces(pieces: Vec<Piece>) -> Option<Self> {
        let full = pieces.len().saturating_sub(1);
        let are_full = pieces.iter().take(full).all(|piece| piece.ends.len() == PIECE);
        let is_sound = are_full && pieces.iter().all(Piece::is_sound);
        is_sound.then(|| Self { pieces: pieces.into_iter().map(Arc::new).collect() })
    }

    /// Returns the number of texts.
    pub(crate) fn len(&self) -> usize {
        let Some((last, full)) = self.pieces.split_last() else { return 0 };
        full.len().saturating_mul(PIECE).saturating_add(last.ends.len())
    }

    pub(crate) fn get(&self, sym: Sym) -> &str {
        self.at(sym.index())
    }

    /// Returns the text with this number.
    #[expect(
        clippy::indexing_slicing,
        clippy::string_slice,
        reason = "a number is that of a text of this pool, and a piece from a file has sound ends"
    )]
    pub(crate) fn at(&self, index: usize) -> &str {
        let (piece, index) = (&*self.pieces[index / PIECE], index % PIECE);
        let start = match index.checked_sub(1) {
            Some(before) => piece.ends[before] as usize,
            None => 0,
        };
        &piece.text[start..piece.ends[index] as usize]
    }

    pub(crate) fn push(&mut self, text: &str) -> Sym {
        let number = self.len();
        if self.pieces.last().is_none_or(|last| last.ends.len() == PIECE) {
            self.shrink();
            self.pieces.push(Arc::default());
        }
        if let Some(last) = self.pieces.last_mut() {
            let last = Arc::make_mut(last);
            last.text.push_str(text);
            last.ends.push(last.text.len() as u32);
        }
        Sym::from_index(number)
    }

    /// Returns true if every text of `other` has the same number in this pool.
    pub(crate) fn begins_with(&self, other: &Self) -> bool {
        let Some((last, full)) = other.pieces.split_last() else { return true };
        let is_same = |(a, b): (&Arc<Piece>, &Arc<Piece>)| Arc::ptr_eq(a, b) || a == b;
        match self.pieces.split_at_checked(full.len()) {
            Some((before, [next, ..])) => before.iter().zip(full).all(is_same) && next.begins_with(last),
            Some((_, [])) | None => false,
        }
    }

    /// Replaces pieces by equal ones of another pool, so that their memory is shared.
    pub(crate) fn share(&mut self, other: &Self) {
        for (own, others) in self.pieces.iter_mut().zip(&other.pieces) {
            if own == others {
                *own = Arc::clone(others);
            }
        }
    }

    /// Reserves space for further texts.
    pub(crate) fn reserve(&mut self, texts: usize) {
        self.pieces.reserve(texts.div_ceil(PIECE));
    }

    /// Frees unused space.
    pub(crate) fn shrink(&mut self) {
        // Full pieces are shrunk already, and shared ones are small.
        if let Some(last) = self.pieces.last_mut().and_then(Arc::get_mut) {
            last.ends.shrink_to_fit();
            last.text.shrink_to_fit();
        }
    }
}

impl Piece {
    /// Returns the number of texts.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Returns true if all offsets are valid.
    fn is_sound(&self) -> bool {
        let last = self.ends.last().map_or(0, |&end| end as usize);
        self.ends.len() <= PIECE
            && !self.ends.is_empty()
            && self.ends.is_sorted()
            && last == self.text.len()
            && self.ends.iter().all(|&end| self.text.is_char_boundary(end as usize))
    }

    fn begins_with(&self, other: &Self) -> bool {
        self.ends.starts_with(&other.ends) && self.text.starts_with(&other.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(texts: std::ops::Range<usize>) -> Pool {
        let mut pool = Pool::default();
        texts.for_each(|number| {
            pool.push(&format!("text {number}"));
        });
        pool
    }

    #[test]
    fn texts_are_found_by_their_numbers_across_pieces() {
        let pool = of(0..2 * PIECE + 3);
        assert_eq!(pool.len(), 2 * PIECE + 3);
        for number in [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE + 2] {
            assert_eq!(pool.at(number), format!("text {number}"));
        }
    }

    #[test]
    fn equal_pieces_of_two_pools_share_memory() {
        let (mut pool, other) = (of(0..2 * PIECE + 3), of(0..2 * PIECE));
        pool.share(&other);
        let shared: Vec<bool> = pool.pieces.iter().zip(&other.pieces).map(|(a, b)| Arc::ptr_eq(a, b)).collect();
        assert_eq!((shared, pool), (vec![true, true], of(0..2 * PIECE + 3)));
        let mut pool = of(1..PIECE + 2);
        pool.share(&other);
        assert_eq!(pool, of(1..PIECE + 2));
    }

    #[test]
    fn a_clone_does_not_change_when_the_original_grows() {
        for count in [0, 1, PIECE, PIECE + 1] {
            let mut grown = of(0..count);
            let before = grown.clone();
            grown.push("one more");
            assert_eq!((before.len(), grown.len()), (count, count + 1));
            assert!(grown.begins_with(&before) && !before.begins_with(&grown), "{count}");
            assert_eq!((before.clone(), grown.at(count)), (of(0..count), "one more"));
        }
        assert!(!of(1..9).begins_with(&of(0..3)));
    }
}
