//! SHA-256 digests, and the hexadecimal digits in which they are written.
//!
//! Invariant: [`from_hex`] reads back what [`to_hex`] gives.

use sha2::{Digest as _, Sha256};

/// A SHA-256 digest.
pub type Sha256Digest = [u8; 32];

/// Returns the SHA-256 digest of `bytes`.
pub fn sha256(bytes: &[u8]) -> Sha256Digest {
    Sha256::digest(bytes).into()
}

/// Writes a digest as 64 hexadecimal digits in lower case.
///
/// ```
/// use annals::text::digest::{from_hex, sha256, to_hex};
///
/// let digest = sha256(b"abc");
/// let digits = to_hex(&digest);
/// assert_eq!(digits, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
/// assert_eq!(from_hex(&digits), Some(digest));
/// assert_eq!(from_hex("ba78"), None);
/// ```
pub fn to_hex(digest: &Sha256Digest) -> String {
    let digits = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

/// Reads a digest from 64 hexadecimal digits in lower or upper case; `None` for any other text.
pub fn from_hex(text: &str) -> Option<Sha256Digest> {
    let digit = |byte: u8| char::from(byte).to_digit(16).map(|digit| digit as u8);
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else { return None };
    let mut digest = [0; 32];
    if pairs.len() != digest.len() {
        return None;
    }
    for (byte, &[high, low]) in digest.iter_mut().zip(pairs) {
        *byte = digit(high)? << 4 | digit(low)?;
    }
    Some(digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sixty_four_hexadecimal_digits_are_a_digest() {
        let digest = std::array::from_fn(|at| (at as u8).wrapping_mul(37));
        let digits = to_hex(&digest);
        assert_eq!((digits.len(), from_hex(&digits)), (64, Some(digest)));
        assert_eq!(from_hex(&digits.to_uppercase()), Some(digest));
        for other in ["", "ab", &format!("{digits}00"), &"é".repeat(32), &"é".repeat(64)] {
            assert_eq!(from_hex(other), None, "{other}");
        }
    }
}
