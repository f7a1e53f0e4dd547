//! Folded names in a form that can be kept in a file: the texts alone, from which all else follows.
//!
//! Invariant: what is read back is what was kept, or nothing where it cannot have been kept.

use serde::{Deserialize, Serialize};

use super::chunk::{Chunk, Chunks, GROUPS};
use crate::model::id::Sym;

/// The folded names of one chunk.
#[derive(Debug, Serialize, Deserialize)]
pub struct Kept {
    text: String,
    ends: Vec<u32>,
    /// Of each text the number of the name as written.
    names: Vec<u32>,
    group_ends: Vec<u32>,
}

impl Chunk<Sym> {
    /// What has to be kept of it.
    pub fn keep(&self) -> Kept {
        let (text, ends, group_ends) = self.columns();
        let names = (0..ends.len()).map(|row| self.key(row).index() as u32).collect();
        Kept { text: text.to_owned(), ends: ends.to_vec(), names, group_ends: group_ends.to_vec() }
    }

    /// The chunk that was kept; `count` is how many names as written there are.
    pub fn of_kept(kept: Kept, count: usize) -> Option<Self> {
        let Kept { text, ends, names, group_ends } = kept;
        let has_all = names.iter().all(|&name| (name as usize) < count);
        if !has_all || names.len() != ends.len() || group_ends.len() > GROUPS {
            return None;
        }
        let keys = names.into_iter().map(|name| Sym::from_index(name as usize)).collect();
        Self::of_columns(text, ends, keys, group_ends)
    }
}

impl Chunks<Sym> {
    /// Chunks put together; all but the last have to be full.
    pub fn of_chunks(chunks: Vec<Chunk<Sym>>) -> Option<Self> {
        let full = chunks.len().saturating_sub(1);
        chunks.iter().take(full).all(|chunk| chunk.group_count() == GROUPS).then(|| Self::of(chunks))
    }
}
