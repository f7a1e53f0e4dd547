//! Position masks: where a letter occurs in a text, one bit a character.
//!
//! Masks are to names what the character masks of bit-parallel string matching (Baeza-Yates and Gonnet; Myers) are to
//! patterns: a few operations tell for all positions at once whether letters occur in order, side by side, or at the
//! start of a word.
//!
//! Masks are made with the widest SIMD instructions of the processor. Such code is generic over [`Simd`], always
//! inlined, and entered by `dispatch!`.
//!
//! Invariant: bit `i` of a mask belongs to character `i`.

#![expect(clippy::inline_always, reason = "it has to be compiled for the instructions of the caller")]

use std::ops::{BitAnd, BitOr, Not};

use fearless_simd::{Simd, SimdBase, SimdMask};

use crate::text::window::{WIDTH, window};

/// The longest text whose masks are 64 bits wide, in characters.
pub const SHORT: usize = WIDTH;

/// The longest text that has masks, in characters.
pub const LONG: usize = 128;

/// A set of positions.
pub trait Mask: Copy + PartialEq + BitAnd<Output = Self> + BitOr<Output = Self> + Not<Output = Self> {
    /// The number of positions.
    const BITS: u32;
    /// The empty set.
    const NONE: Self;

    /// The positions of `byte` among the first [`BITS`](Self::BITS) bytes.
    fn places<S: Simd>(simd: S, bytes: &[u8], byte: u8) -> Self;

    /// The set of one position; the empty set if it is not below [`BITS`](Self::BITS).
    fn at(position: u32) -> Self;
    fn first(count: u32) -> Self;
    /// Moves every position forward by `by`.
    fn up(self, by: u32) -> Self;
    /// Moves every position back by `by`.
    fn down(self, by: u32) -> Self;
    /// The first position; [`BITS`](Self::BITS) if there is none.
    fn lowest(self) -> u32;
    /// All positions behind the first one of the set, up to [`BITS`](Self::BITS); none if the set is empty.
    fn behind_lowest(self) -> Self;

    /// Returns true if the set is empty.
    #[inline]
    fn is_none(self) -> bool {
        self == Self::NONE
    }

    /// Returns true if the set is not empty.
    #[inline]
    fn is_any(self) -> bool {
        !self.is_none()
    }

    /// Returns true if a position is in the set.
    #[inline]
    fn has(self, position: u32) -> bool {
        (self & Self::at(position)).is_any()
    }

    /// The positions, in order.
    #[inline]
    fn each(self) -> impl Iterator<Item = u32> {
        let mut left = self;
        std::iter::from_fn(move || {
            let position = left.lowest();
            left = left & left.behind_lowest();
            (position < Self::BITS).then_some(position)
        })
    }
}

macro_rules! masks {
    ($($integer:ty: $places:ident;)+) => {
        $(impl Mask for $integer {
            const BITS: u32 = <$integer>::BITS;
            const NONE: Self = 0;

            #[inline(always)]
            fn places<S: Simd>(simd: S, bytes: &[u8], byte: u8) -> Self {
                $places(simd, bytes, byte)
            }

            #[inline]
            fn at(position: u32) -> Self {
                (1 as $integer).unbounded_shl(position)
            }

            #[inline]
            fn first(count: u32) -> Self {
                !(<$integer>::MAX.unbounded_shl(count))
            }

            #[inline]
            fn up(self, by: u32) -> Self {
                self.unbounded_shl(by)
            }

            #[inline]
            fn down(self, by: u32) -> Self {
                self.unbounded_shr(by)
            }

            #[inline]
            fn lowest(self) -> u32 {
                self.trailing_zeros()
            }

            #[inline]
            fn behind_lowest(self) -> Self {
                // Without a lowest bit this is empty.
                !(self ^ self.wrapping_sub(1))
            }
        })+
    };
}

masks! {
    u64: short_places;
    u128: long_places;
}

/// The width of the masks of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// 64 bits, up to [`SHORT`] characters.
    Short,
    /// 128 bits, up to [`LONG`] characters.
    Long,
}

/// The first positions of words; behind the text the result is arbitrary.
#[inline(always)]
pub fn heads<S: Simd, M: Mask>(simd: S, bytes: &[u8]) -> M {
    M::places(simd, bytes, b' ').up(1) | M::at(0)
}

#[inline(always)]
fn short_places<S: Simd>(simd: S, bytes: &[u8], byte: u8) -> u64 {
    window(simd, bytes).simd_eq(byte).to_bitmask()
}

#[inline(always)]
fn long_places<S: Simd>(simd: S, bytes: &[u8], byte: u8) -> u128 {
    let rest = bytes.get(SHORT..).unwrap_or_default();
    u128::from(short_places(simd, bytes, byte)) | u128::from(short_places(simd, rest, byte)) << SHORT
}

#[cfg(test)]
mod tests {
    use super::*;
    use fearless_simd::{Level, dispatch};

    #[test]
    fn every_position_of_a_letter_is_in_its_mask() {
        let text: Vec<u8> = b"abcda fghaijklaa".iter().copied().cycle().take(LONG).collect();
        for length in [0, 1, SHORT - 1, SHORT, SHORT + 1, LONG] {
            for letter in b"abx ".iter().copied() {
                let expected = (0..length).filter(|&at| text[at] == letter).fold(0_u128, |mask, at| mask | 1 << at);
                let bytes = &text[..length];
                let level = Level::new();
                assert_eq!(dispatch!(level, simd => u128::places(simd, bytes, letter)), expected);
                assert_eq!(dispatch!(level, simd => u64::places(simd, bytes, letter)), expected as u64);
            }
        }
    }

    fn behaves<M: Mask + std::fmt::Debug>() {
        assert_eq!(M::first(3), M::at(0) | M::at(1) | M::at(2));
        assert_eq!(M::first(0), M::NONE);
        assert_eq!(M::first(M::BITS), !M::NONE);
        assert_eq!(M::at(M::BITS), M::NONE);
        assert_eq!(M::at(2).up(M::BITS - 2), M::NONE);
        assert_eq!((M::at(5) | M::at(9)).lowest(), 5);
        assert_eq!((M::at(5) | M::at(9)).behind_lowest() & M::first(12), M::first(12) & !M::first(6));
        assert_eq!(M::at(M::BITS - 1).behind_lowest(), M::NONE);
        assert_eq!(M::NONE.lowest(), M::BITS);
        let each = [0, 7, M::BITS - 1];
        let mask = each.into_iter().fold(M::NONE, |mask, position| mask | M::at(position));
        assert!(mask.each().eq(each) && M::NONE.each().next().is_none());
    }

    #[test]
    fn both_widths_behave_alike() {
        behaves::<u64>();
        behaves::<u128>();
    }
}
