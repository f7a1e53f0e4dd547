//! Where each letter stands in a text, one bit a character.
//!
//! All questions of the fast path are answered by these masks with a few operations, for
//! all positions at once: whether letters stand in order, or side by side, or at the start
//! of a word.
//!
//! Invariant: bit `i` of a mask speaks of character `i`; bits behind the text are 0.

use std::ops::{BitAnd, BitOr, Not};

use wide::u8x16;

use super::chunk::SHORT;

/// The longest text that has masks, in characters.
pub const LONG: usize = 128;

/// A set of positions.
pub trait Mask: Copy + PartialEq + BitAnd<Output = Self> + BitOr<Output = Self> + Not<Output = Self> {
    /// How many positions there can be.
    const BITS: u32;
    /// No position.
    const NONE: Self;

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
    fn is_none(self) -> bool {
        self == Self::NONE
    }

    /// Whether there is any position.
    fn is_any(self) -> bool {
        !self.is_none()
    }

    /// The positions, in order.
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
    ($($integer:ty)+) => {
        $(impl Mask for $integer {
            const BITS: u32 = <$integer>::BITS;
            const NONE: Self = 0;

            fn at(position: u32) -> Self {
                (1 as $integer).unbounded_shl(position)
            }

            fn first(count: u32) -> Self {
                !(<$integer>::MAX.unbounded_shl(count))
            }

            fn up(self, by: u32) -> Self {
                self.unbounded_shl(by)
            }

            fn down(self, by: u32) -> Self {
                self.unbounded_shr(by)
            }

            fn lowest(self) -> u32 {
                self.trailing_zeros()
            }

            fn behind_lowest(self) -> Self {
                // Without a lowest bit this is all of them, and the caller has stopped before.
                !(self ^ self.wrapping_sub(1))
            }
        })+
    };
}

masks! { u64 u128 }

/// The bytes of a text that has masks, sixteen at a time, to be compared with one.
#[derive(Debug, Clone, Copy)]
pub struct Window([u8x16; 4]);

impl Window {
    /// Takes [`SHORT`] bytes; behind fewer stand zeros.
    #[inline]
    pub fn new(bytes: &[u8]) -> Self {
        let mut padded = [0; SHORT];
        let bytes: &[u8; SHORT] = bytes.first_chunk().unwrap_or_else(|| {
            padded.iter_mut().zip(bytes).for_each(|(padded, &byte)| *padded = byte);
            &padded
        });
        let (parts, _) = bytes.as_chunks::<16>();
        let part = |at: usize| u8x16::new(parts.get(at).copied().unwrap_or_default());
        Self([part(0), part(1), part(2), part(3)])
    }

    /// Where a byte stands.
    #[inline]
    pub fn places(&self, byte: u8) -> u64 {
        let wanted = u8x16::splat(byte);
        let [first, second, third, fourth] = self.0;
        let part = |part: u8x16| u64::from(part.simd_eq(wanted).to_bitmask());
        part(first) | part(second) << 16 | part(third) << 32 | part(fourth) << 48
    }
}

/// Where a byte stands in a text of up to [`LONG`] bytes.
#[inline]
pub fn places_in_long([first, second]: &[Window; 2], byte: u8) -> u128 {
    u128::from(first.places(byte)) | u128::from(second.places(byte)) << SHORT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_of_a_letter_is_found() {
        let text: Vec<u8> = b"abcda fghaijklaa".iter().copied().cycle().take(SHORT).collect();
        let window = Window::new(&text);
        for letter in b"abx ".iter().copied() {
            let expected = (0..SHORT).filter(|&at| text[at] == letter).fold(0_u64, |mask, at| mask | 1 << at);
            assert_eq!(window.places(letter), expected);
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
