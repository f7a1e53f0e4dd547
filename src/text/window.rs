//! Loads the first bytes of a text into a SIMD vector.
//!
//! Invariant: the vector is padded with zeros.

#![expect(clippy::inline_always, reason = "it has to be compiled for the instructions of the caller")]

use fearless_simd::{Simd, SimdFrom, u8x64};

/// The number of bytes of a vector.
pub const WIDTH: usize = 64;

/// The first [`WIDTH`] bytes of a text.
#[inline(always)]
pub fn window<S: Simd>(simd: S, bytes: &[u8]) -> u8x64<S> {
    match bytes.first_chunk::<WIDTH>() {
        Some(whole) => u8x64::simd_from(simd, *whole),
        None => u8x64::simd_from(simd, padded(bytes)),
    }
}

fn padded(bytes: &[u8]) -> [u8; WIDTH] {
    let mut padded = [0; WIDTH];
    if let Some(start) = padded.get_mut(..bytes.len()) {
        start.copy_from_slice(bytes);
    }
    padded
}

#[cfg(test)]
mod tests {
    use super::*;
    use fearless_simd::{Level, dispatch};

    #[test]
    fn a_short_text_is_padded_with_zeros_and_a_long_one_is_cut() {
        let text: Vec<u8> = (1..100).collect();
        for length in [0, 1, WIDTH - 1, WIDTH, WIDTH + 1] {
            let read: [u8; WIDTH] = dispatch!(Level::new(), simd => window(simd, &text[..length]).into());
            let kept = length.min(WIDTH);
            assert_eq!(read[..kept], text[..kept]);
            assert!(read[kept..].iter().all(|&byte| byte == 0));
        }
    }
}
