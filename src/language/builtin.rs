//! The languages that are compiled in.
//!
//! Invariant: the files in `assets/language` have no defect; a test reads them.

use std::sync::LazyLock;

use super::Language;
use super::read::read;
use crate::syntax::SourceFile;

static ENGLISH: LazyLock<Language> =
    LazyLock::new(|| compiled("en.toml", include_str!("../../assets/language/en.toml")));

fn compiled(name: &str, text: &str) -> Language {
    let (language, defects) = read(&SourceFile::new(name, text));
    debug_assert!(defects.is_empty(), "{defects:#?}");
    language
}

pub(super) fn english() -> &'static Language {
    &ENGLISH
}

pub(super) fn unknown() -> &'static Language {
    static UNKNOWN: LazyLock<Language> = LazyLock::new(Language::default);
    &UNKNOWN
}

/// Returns every language.
pub(super) fn all() -> [&'static Language; 1] {
    [&ENGLISH]
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    #[test]
    fn every_file_is_compiled_in_and_sound() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/language");
        let mut tags = Vec::new();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let (language, defects) = read(&SourceFile::new(&name, fs::read_to_string(&path).unwrap()));
            assert_eq!(defects, [], "{name}");
            assert_eq!(Language::of(language.tag()), Some(&language), "{name} is not compiled in");
            tags.push(name.strip_suffix(".toml").unwrap().to_owned());
            assert_eq!(tags.last().unwrap(), language.tag());
        }
        let compiled: Vec<&str> = all().iter().map(|language| language.tag()).collect();
        assert_eq!(compiled, tags);
    }

    #[test]
    fn a_language_is_found_whatever_its_region() {
        for (tag, found) in [("en", true), ("en-IN", true), ("EN_gb", true), ("hi", false), ("", false), ("eng", false)]
        {
            assert_eq!(Language::of(tag).is_some(), found, "{tag}");
        }
    }

    #[test]
    fn months_are_read_whole_and_cut_short() {
        for (word, month) in
            [("may", Some(5)), ("sept", Some(9)), ("sep", Some(9)), ("janu", Some(1)), ("ju", None), ("mayor", None)]
        {
            assert_eq!(english().month(word), month, "{word}");
        }
    }

    #[test]
    fn the_forms_of_a_word_have_one_stem() {
        for (a, b) in
            [("opened", "opens"), ("opening", "open"), ("boxes", "box"), ("farmers", "farmer"), ("currents", "current")]
        {
            assert_eq!(english().stem(a), english().stem(b), "{a} {b}");
        }
        assert_ne!(english().stem("beds"), english().stem("bens"));
    }
}
