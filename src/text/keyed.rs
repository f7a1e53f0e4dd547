//! Digests with a secret key (HMAC-SHA-256, RFC 2104), which cannot be guessed from likely texts as plain ones can.
//!
//! Invariant: a key leaves a [`Key`] only through [`Key::to_digits`]; no output of `Debug` holds it.

use std::fmt;
use std::sync::Arc;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use super::digest::{Sha256Digest, from_hex, sha256, to_hex};

/// The length of the blocks of SHA-256, to which HMAC fills a shorter key up with zeros, in bytes.
const BLOCK: usize = 64;

/// A secret key of 32 bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct Key([u8; 32]);

impl Key {
    /// Returns a key of these bytes, which must be random.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads a key from 64 hexadecimal digits; `None` for any other text.
    pub fn from_digits(digits: &str) -> Option<Self> {
        from_hex(digits).map(Self)
    }

    /// Returns the key as 64 hexadecimal digits, for its file alone.
    pub fn to_digits(&self) -> String {
        to_hex(&self.0)
    }

    /// Returns the HMAC-SHA-256 of `bytes`.
    pub fn digest(&self, bytes: &[u8]) -> Sha256Digest {
        let mut block = [0; BLOCK];
        for (to, from) in block.iter_mut().zip(self.0) {
            *to = from;
        }
        Hmac::<Sha256>::new(&block.into()).chain_update(bytes).finalize().into_bytes().into()
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Key(secret)")
    }
}

/// The way in which the digests of documents are computed.
#[derive(Debug, Clone, Default)]
pub enum Digester {
    /// SHA-256.
    #[default]
    Plain,
    /// HMAC-SHA-256 with a key.
    Keyed(Arc<Key>),
    /// HMAC-SHA-256, but the key is not at hand.
    NoKey,
}

impl Digester {
    /// Returns the digest of `bytes`; `None` without the key that it takes.
    pub fn digest(&self, bytes: &[u8]) -> Option<Sha256Digest> {
        match self {
            Self::Plain => Some(sha256(bytes)),
            Self::Keyed(key) => Some(key.digest(bytes)),
            Self::NoKey => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns a key that begins with these bytes; HMAC fills a shorter key up with zeros as well.
    fn key(bytes: &[u8]) -> Key {
        Key::new(std::array::from_fn(|at| bytes.get(at).copied().unwrap_or(0)))
    }

    /// The test cases 1 to 4 of RFC 4231, those with keys of at most 32 bytes.
    #[test]
    fn digests_are_those_of_rfc_4231() {
        let counted: Vec<u8> = (1..=25).collect();
        let cases: [(&[u8], &[u8], &str); 4] = [
            (&[0x0b; 20], b"Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
            (
                b"Jefe",
                b"what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            ),
            (&[0xaa; 20], &[0xdd; 50], "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
            (&counted, &[0xcd; 50], "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
        ];
        for (bytes, data, expected) in cases {
            assert_eq!(to_hex(&key(bytes).digest(data)), expected);
        }
    }

    #[test]
    fn a_key_is_read_back_and_shown_by_nothing() {
        let key = Key::new(std::array::from_fn(|at| at as u8 + 200));
        let digits = key.to_digits();
        assert_eq!(Key::from_digits(&digits), Some(key.clone()));
        assert_eq!(Key::from_digits(&digits[1..]), None);
        let shown = format!("{key:?} {:#?}", Digester::Keyed(Arc::new(key.clone())));
        assert!(!shown.contains(&digits[..6]) && !shown.contains("200") && !shown.contains("201"), "{shown}");
    }

    #[test]
    fn without_its_key_there_is_no_digest() {
        assert_eq!(Digester::NoKey.digest(b"abc"), None);
        assert_eq!(Digester::Plain.digest(b"abc"), Some(sha256(b"abc")));
        let keyed = Digester::Keyed(Arc::new(key(b"k"))).digest(b"abc");
        assert!(keyed.is_some() && keyed != Some(sha256(b"abc")));
    }
}
