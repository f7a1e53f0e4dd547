//! The words of a document, each with the passages that have it.
//!
//! Invariant: the forms of one word, and long words that differ in one letter, are one word.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::names::{LONG, Said, is_misspelt};
use crate::language::Language;
use crate::passages::document::SourceText;

/// The words of a document.
#[derive(Debug)]
pub struct Index {
    language: &'static Language,
    /// The units that have a word, ascending, by its stem.
    units: HashMap<String, Vec<u32>>,
    /// The answers that were given.
    asked: RefCell<HashMap<String, Rc<[u32]>>>,
}

impl Index {
    /// Reads a document.
    pub fn new(source: &SourceText, language: &'static Language) -> Self {
        let mut units: HashMap<String, Vec<u32>> = HashMap::new();
        for (unit, number) in (0..source.units().len()).zip(0_u32..) {
            for word in Said::new(source.unit_text(unit), language).words() {
                let stem = language.stem(word);
                match units.get_mut(stem) {
                    Some(known) if known.last() == Some(&number) => {}
                    Some(known) => known.push(number),
                    None => {
                        units.insert(stem.to_owned(), vec![number]);
                    }
                }
            }
        }
        Self { language, units, asked: RefCell::default() }
    }

    /// Returns the units that have a folded word, ascending.
    pub fn units(&self, word: &str) -> Rc<[u32]> {
        if let Some(units) = self.asked.borrow().get(word) {
            return Rc::clone(units);
        }
        let stem = self.language.stem(word);
        let mut units: Vec<u32> = self.units.get(stem).cloned().unwrap_or_default();
        if stem.len() >= LONG {
            let alike = self.units.iter().filter(|(other, _)| *other != stem && is_misspelt(other, stem));
            units.extend(alike.flat_map(|(_, units)| units));
            units.sort_unstable();
            units.dedup();
        }
        let units: Rc<[u32]> = units.into();
        self.asked.borrow_mut().insert(word.to_owned(), Rc::clone(&units));
        units
    }
}
