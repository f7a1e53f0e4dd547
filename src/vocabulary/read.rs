//! Reads the tables of a vocabulary: measures, kinds, properties, matrices.
//!
//! Invariant: every defect is reported with its place, and what is sound is read all the same.

mod counts_fit;
mod fit;
mod kinds;
mod matrices;
mod matrix_fit;
mod measures;
mod properties;
mod reader;
mod refer;

use std::sync::Arc;

use self::reader::Reader;
use super::Vocabulary;
use super::base::Base;
use super::kind::Origin;
use crate::syntax::{Defect, Fields, Parsed, SourceFile};

#[cfg(test)]
mod tests;

pub use self::properties::QUERY_FIELDS;
pub use self::reader::{FILE_TABLES, TABLES};

/// Returns a vocabulary with the declarations of these files added.
///
/// ```
/// use annals::syntax::{Parsed, SourceFile};
/// use annals::vocabulary::{Base, Origin, Vocabulary, read};
///
/// let file = SourceFile::new("vocabulary.toml", "[[kind]]\nname = \"ship\"\nof = \"item\"\nlabel = \"Ship\"\n");
/// let mut defects = Vec::new();
/// let parsed = Parsed::new(&file, &mut defects);
/// let mut roots = [parsed.fields()];
/// let vocabulary = read(&Vocabulary::built_in(Base::General), Origin::Dossier, &mut roots, &mut defects);
/// assert_eq!(defects, []);
/// assert_eq!(&*vocabulary.kind(vocabulary.find_kind("ship").unwrap()).plural, "Ships");
/// ```
pub fn read(base: &Vocabulary, origin: Origin, roots: &mut [Fields<'_>], defects: &mut Vec<Defect>) -> Vocabulary {
    let mut reader = Reader::new(base, origin, std::mem::take(defects));
    if origin == Origin::Core {
        for root in roots.iter_mut() {
            measures::read_core(&mut reader, root);
        }
    }
    for root in roots.iter_mut() {
        measures::read(&mut reader, root);
    }
    measures::check_sums(&mut reader);
    kinds::read(&mut reader, roots);
    properties::read(&mut reader, roots);
    matrices::read(&mut reader, roots);
    let (vocabulary, found) = reader.finish();
    *defects = found;
    vocabulary
}

/// Reads files that hold nothing but a vocabulary.
pub(super) fn read_texts(base: &Vocabulary, origin: Origin, files: &[SourceFile]) -> (Vocabulary, Vec<Defect>) {
    let mut defects = Vec::new();
    let parsed: Vec<Parsed<'_>> = files.iter().map(|file| Parsed::new(file, &mut defects)).collect();
    let mut roots: Vec<Fields<'_>> = parsed.iter().map(Parsed::fields).collect();
    let vocabulary = read(base, origin, &mut roots, &mut defects);
    for root in roots {
        root.close(&[], &mut defects);
    }
    (vocabulary, defects)
}

/// Reads what [`Vocabulary::own_toml`] wrote; `None` if it cannot be read.
pub fn read_own(base: Base, text: &str) -> Option<Arc<Vocabulary>> {
    let base = Vocabulary::built_in(base);
    if text.is_empty() {
        return Some(base);
    }
    let (vocabulary, defects) = read_texts(&base, Origin::Dossier, &[SourceFile::new("vocabulary", text)]);
    defects.is_empty().then(|| Arc::new(vocabulary))
}
