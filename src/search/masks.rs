//! Where each letter stands in a text, one bit a character.
//!
//! All questions of the fast path are answered by these masks with a few operations, for
//! all positions at once: whether letters stand in order, or side by side, or at the start
//! of a word.
//!
//! Masks are made by the widest instructions of the processor at hand. Code that does so is
//! generic over [`Simd`], always inlined, and entered by `dispatch!`.
//!
//! Invariant: bit `i` of a mask speaks of character `i`; bits behind the text are 0.

#![expect(clippy::inline_always, reason = "it has to become a part of what was made for the processor")]

use std::ops::{BitAnd, BitOr, Not};

use fearless_simd::{Simd, SimdBase, SimdMask, u8x64};

use crate::text::window::{WIDTH, window};

/// The longest text that has its positions in one mask, in characters.
pub const SHORT: usize = WIDTH;

/// The longest text that has masks, in characters.
pub const LONG: usize = 128;

/// A set of positions.
pub trait Mask: Copy + PartialEq + BitAnd<Output = Self> + BitOr<Output = Self> + Not<Output = Self> {
    /// How many positions there can be.
    const BITS: u32;
    /// No position.
    const NONE: Self;

    /// Where a byte stands among the first so many.
    fn places<S: Simd>(simd: S, bytes: &[u8], byte: u8) -> Self;

    /// Only this position.
    fn at(position: u32) -> Self;
    /// The first so many positions.
    fn first(count: u32) -> Self;
    /// Every position `by` further on.
    fn up(self, by: u32) -> Self;
    /// Every position `by` further back.
    fn down(self, by: u32) -> Self;
    /// The first position; [`BITS`](Self::BITS) if there is none.
    fn lowest(self) -> u32;
    /// Every position behind the first one, and perhaps behind the text.
    fn behind_lowest(self) -> Self;

    /// Whether there is no position.
    #[inline]
    fn is_none(self) -> bool {
        self == Self::NONE
    }

    /// Whether there is any position.
    #[inline]
    fn is_any(self) -> bool {
        !self.is_none()
    }

    /// Whether there is this position.
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
                // Without a lowest bit there is none behind it.
                !(self ^ self.wrapping_sub(1))
            }
        })+
    };
}

masks! {
    u64: short_places;
    u128: long_places;
}

/// How wide a mask a text needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// [`SHORT`].
    Short,
    /// [`LONG`].
    Long,
}

impl Width {
    /// The width for a text of so many bytes; none where it has no masks.
    #[inline]
    pub fn of(bytes: usize, is_ascii: bool) -> Option<Self> {
        if !is_ascii || bytes > LONG {
            return None;
        }
        Some(if bytes <= SHORT { Self::Short } else { Self::Long })
    }
}

/// The first letters of the words of a text with which the bytes begin, and others behind it.
#[inline(always)]
pub fn heads<S: Simd, M: Mask>(simd: S, bytes: &[u8]) -> M {
    M::places(simd, bytes, b' ').up(1) | M::at(0)
}

#[inline(always)]
fn short_places<S: Simd>(simd: S, bytes: &[u8], byte: u8) -> u64 {
    places(window(simd, bytes), byte)
}

#[inline(always)]
fn long_places<S: Simd>(simd: S, bytes: &[u8], byte: u8) -> u128 {
    let rest = bytes.get(SHORT..).unwrap_or_default();
    u128::from(short_places(simd, bytes, byte)) | u128::from(short_places(simd, rest, byte)) << SHORT
}

/// Where a byte stands among them.
#[inline(always)]
fn places<S: Simd>(window: u8x64<S>, byte: u8) -> u64 {
    window.simd_eq(byte).to_bitmask()
}

#[cfg(test)]
mod tests {
    use super::*;
    use fearless_simd::{Level, dispatch};

    #[test]
    fn every_place_of_a_letter_is_found() {
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
