//! The built-in vocabularies: the core alone, with the general set, and with the set of format 1.
//!
//! Invariant: the files in `assets/vocabulary` have no defect; a test reads them.

use std::sync::{Arc, LazyLock};

use super::Vocabulary;
use super::base::Base;
use super::kind::Origin;
use super::read::read_texts;
use crate::syntax::SourceFile;

static CORE: LazyLock<Arc<Vocabulary>> = LazyLock::new(|| {
    let text = include_str!("../../assets/vocabulary/core.toml");
    built_in(Base::Core, &Vocabulary::default(), Origin::Core, "core.toml", text)
});
static GENERAL: LazyLock<Arc<Vocabulary>> = LazyLock::new(|| {
    let text = include_str!("../../assets/vocabulary/general.toml");
    built_in(Base::General, &CORE, Origin::General, "general.toml", text)
});
static V1: LazyLock<Arc<Vocabulary>> = LazyLock::new(|| {
    built_in(Base::V1, &CORE, Origin::General, "v1.toml", include_str!("../../assets/vocabulary/v1.toml"))
});

fn built_in(name_of: Base, base: &Vocabulary, origin: Origin, name: &str, text: &str) -> Arc<Vocabulary> {
    let (mut vocabulary, defects) = read_texts(base, origin, &[SourceFile::new(name, text)]);
    debug_assert!(defects.is_empty(), "{defects:#?}");
    debug_assert!(vocabulary.has_core(), "{name}");
    vocabulary.base = name_of;
    Arc::new(vocabulary)
}

impl Vocabulary {
    /// Returns a built-in vocabulary.
    pub fn built_in(base: Base) -> Arc<Self> {
        Arc::clone(match base {
            Base::Core => &CORE,
            Base::General => &GENERAL,
            Base::V1 => &V1,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_set_is_sound_and_has_the_core() {
        for &base in Base::ALL {
            assert!(Vocabulary::built_in(base).has_core(), "{base}");
        }
    }
}
