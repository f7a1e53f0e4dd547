//! The first bytes of a text side by side, so that one instruction does the same to all of them.
//!
//! Invariant: behind the bytes that there are stand zeros.

#![expect(clippy::inline_always, reason = "it has to become a part of what was made for the processor")]

use fearless_simd::{Simd, SimdFrom, u8x64};

/// How many bytes are side by side.
pub const WIDTH: usize = 64;

/// The first [`WIDTH`] bytes.
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
    fn behind_few_bytes_stand_zeros_and_behind_many_nothing() {
        let text: Vec<u8> = (1..100).collect();
        for length in [0, 1, WIDTH - 1, WIDTH, WIDTH + 1] {
            let read: [u8; WIDTH] = dispatch!(Level::new(), simd => window(simd, &text[..length]).into());
            let kept = length.min(WIDTH);
            assert_eq!(read[..kept], text[..kept]);
            assert!(read[kept..].iter().all(|&byte| byte == 0));
        }
    }
}
