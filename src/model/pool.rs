//! Texts end to end in one piece of memory.
//!
//! Invariant: a text never changes once it is in the pool, and is found by its number alone.

use super::id::Sym;

/// Texts held once, end to end.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Pool {
    text: String,
    ends: Vec<u32>,
}

impl Pool {
    /// How many texts it holds.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn get(&self, sym: Sym) -> &str {
        self.at(sym.index())
    }

    /// The text with this number.
    pub(crate) fn at(&self, index: usize) -> &str {
        let start = match index.checked_sub(1) {
            Some(before) => self.ends[before] as usize,
            None => 0,
        };
        &self.text[start..self.ends[index] as usize]
    }

    pub(crate) fn push(&mut self, text: &str) -> Sym {
        self.text.push_str(text);
        self.ends.push(self.text.len() as u32);
        Sym::from_index(self.ends.len() - 1)
    }

    /// Makes room for so many more texts.
    pub(crate) fn reserve(&mut self, texts: usize) {
        self.ends.reserve(texts);
    }

    /// Gives back the room that no text takes.
    pub(crate) fn shrink(&mut self) {
        self.ends.shrink_to_fit();
        self.text.shrink_to_fit();
    }
}
