//! Folded names in a form that can be stored in a file: the texts alone, from which all else is derived.
//!
//! Invariant: a chunk that is read back equals the one that was stored; inconsistent data is rejected.

use serde::{Deserialize, Serialize};

use super::chunk::{Chunk, Chunks, GROUPS};

/// The folded names of one chunk.
#[derive(Debug, Serialize, Deserialize)]
pub struct StoredChunk {
    text: String,
    ends: Vec<u32>,
    /// The key of each text, as a number.
    keys: Vec<u32>,
    group_ends: Vec<u32>,
}

impl<K: Copy> Chunk<K> {
    /// The form of the chunk that can be stored; `number` gives the number of a key.
    pub fn to_stored(&self, number: impl Fn(K) -> u32) -> StoredChunk {
        let (text, ends, group_ends) = self.columns();
        let keys = (0..ends.len()).map(|row| number(self.key(row))).collect();
        StoredChunk { text: text.to_owned(), ends: ends.to_vec(), keys, group_ends: group_ends.to_vec() }
    }

    /// The chunk that was stored; `key` gives the key of a number, if there is one. `None` if the data is inconsistent.
    pub fn from_stored(stored: StoredChunk, key: impl Fn(u32) -> Option<K>) -> Option<Self> {
        let StoredChunk { text, ends, keys, group_ends } = stored;
        let keys = keys.into_iter().map(key).collect::<Option<Vec<K>>>()?;
        if group_ends.len() > GROUPS {
            return None;
        }
        Self::of_columns(text, ends, keys, group_ends)
    }
}

impl<K: Copy + Send + Sync> Chunks<K> {
    /// Puts stored chunks together; `None` unless all but the last are full.
    pub fn from_stored(chunks: Vec<Chunk<K>>) -> Option<Self> {
        let full = chunks.len().saturating_sub(1);
        chunks.iter().take(full).all(|chunk| chunk.group_count() == GROUPS).then(|| Self::from_chunks(chunks))
    }
}
