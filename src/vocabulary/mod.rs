//! The words of a dossier: kinds, properties, measures and matrices. The built-in sets are TOML files in
//! `assets/vocabulary`; a dossier adds its own.
//!
//! Invariant: a core kind or core property has the same id in every vocabulary, and a declaration that is broken counts
//! as declared, so that one mistake is one defect.

mod base;
mod builtin;
mod carry;
mod kind;
mod lookup;
mod matrix;
mod measure;
mod property;
mod read;
mod template;
mod write;

use hashbrown::HashMap;

pub use base::Base;
pub use carry::InUse;
pub use kind::{CoreKind, Kind, KindId, KindSet, Kinds, Origin};
pub use matrix::{Cell, Columns, Mark, Matrix, Members};
pub use measure::{Dimension, Measure, MeasureId, Multiplier, Unit};
pub use property::{Core, Counts, Numbers, Property, PropertyId, Range, Role, TextForm};
pub use read::{FILE_TABLES, QUERY_FIELDS, TABLES, read, read_own};
pub use template::Template;
pub use write::quoted;

/// The kinds, properties, measures and matrices of a dossier.
///
/// Lookups by an id panic if the id is one of another vocabulary that has more declarations.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Vocabulary {
    /// The built-in set on which it is based.
    base: Base,
    kinds: Vec<Kind>,
    kinds_by_name: HashMap<Box<str>, KindId>,
    /// The kinds in the order in which they are listed.
    kinds_in_order: Vec<KindId>,
    properties: Vec<Property>,
    properties_by_name: HashMap<Box<str>, PropertyId>,
    /// The properties of which it cannot be told what they take or of what they are said.
    broken: Vec<PropertyId>,
    /// Second names of properties in queries.
    properties_by_field: HashMap<Box<str>, PropertyId>,
    /// The properties in the order in which they are listed.
    properties_in_order: Vec<PropertyId>,
    measures: Vec<Measure>,
    /// Measures by name, plural and symbol.
    measures_by_name: HashMap<Box<str>, MeasureId>,
    multipliers: Vec<Multiplier>,
    matrices: Vec<Matrix>,
    /// The links along which a part leads to its wholes, and a tenure to its person.
    ways: Vec<PropertyId>,
}

#[cfg(test)]
#[expect(clippy::missing_panics_doc, reason = "a test may stop at a name that is not there")]
pub mod testing {
    //! The words of the embedded dossier by name, for tests.

    use std::sync::{Arc, LazyLock};

    use super::read::read_texts;
    use super::{Base, KindId, Origin, PropertyId, Unit, Vocabulary};
    use crate::syntax::SourceFile;

    static SEEDS: LazyLock<Arc<Vocabulary>> = LazyLock::new(|| {
        let file = SourceFile::new("vocabulary.toml", include_str!("../../seeds/vocabulary.toml"));
        let (vocabulary, defects) = read_texts(&Vocabulary::built_in(Base::General), Origin::Dossier, &[file]);
        // The table `[vocabulary]` itself is read by the reader of dossiers.
        assert!(defects.len() <= 1, "{defects:#?}");
        Arc::new(vocabulary)
    });

    /// Returns the words of the embedded dossier; ids of the general vocabulary are the same in it.
    pub fn seeds() -> &'static Arc<Vocabulary> {
        &SEEDS
    }

    /// Returns a property of the embedded dossier.
    pub fn property(name: &str) -> PropertyId {
        SEEDS.find_property(name).unwrap()
    }

    /// Returns a property of format 1.
    pub fn old_property(name: &str) -> PropertyId {
        Vocabulary::built_in(Base::V1).find_property(name).unwrap()
    }

    /// Returns a unit of the embedded dossier.
    pub fn unit(name: &str) -> Unit {
        SEEDS.find_unit(name).unwrap()
    }

    /// Returns a kind of the embedded dossier.
    pub fn kind(name: &str) -> KindId {
        SEEDS.find_kind(name).unwrap()
    }
}
