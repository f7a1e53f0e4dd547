//! Files with random damage.
//!
//! Invariant: a damaged file is read or refused, in bounded time, and never written.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;

/// Changes of bytes: where (as a share of the file), and to what.
fn damage() -> impl Strategy<Value = Vec<(proptest::sample::Index, u8)>> {
    proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..12)
}

/// Opens damaged bytes, and checks that the file stays as it is whatever the result.
fn try_open(bytes: &[u8]) -> Result<Dossier, StoreError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.sqlite");
    fs::write(&path, bytes).unwrap();
    let before = contents(folder.path());
    let outcome = open(&path);
    assert_eq!(contents(folder.path()), before);
    if let Err(error) = &outcome {
        assert!(error.to_string().contains("a.sqlite"), "{error}");
    }
    outcome
}

fn bytes() -> Vec<u8> {
    static BYTES: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let (_folder, path) = saved();
        fs::read(path).unwrap()
    });
    BYTES.clone()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn flipped_bytes_are_read_or_refused(damage in damage()) {
        let mut bytes = bytes();
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = try_open(&bytes);
    }

    #[test]
    fn flipped_bytes_in_the_tables_of_contents_are_read_or_refused(damage in damage()) {
        // The header and the schema: all of the first pages, where damage does most.
        let mut bytes = bytes();
        for (at, byte) in damage {
            bytes[16 + at.index(4 * 4096 - 16)] = byte;
        }
        let _ = try_open(&bytes);
    }

    #[test]
    fn a_page_in_the_place_of_another_is_read_or_refused(from in any::<proptest::sample::Index>(), to in any::<proptest::sample::Index>()) {
        let mut bytes = bytes();
        let pages = bytes.len() / 4096;
        let (from, to) = (from.index(pages), to.index(pages));
        bytes.copy_within(from * 4096..(from + 1) * 4096, to * 4096);
        let _ = try_open(&bytes);
    }

    #[test]
    fn a_cut_file_is_refused(length in any::<proptest::sample::Index>()) {
        let bytes = bytes();
        let length = length.index(bytes.len());
        prop_assert!(try_open(&bytes[..length]).is_err());
    }
}

#[test]
fn a_page_that_belongs_to_two_tables_is_damage() {
    let (_folder, path) = saved();
    edit(
        &path,
        "PRAGMA writable_schema = ON;
         UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'evidence')
           WHERE name = 'name_evidence'",
    );
    let error = refusal(&path);
    assert!(matches!(error, StoreError { cause: Cause::Damaged(_), .. }), "{error}");
    assert!(error.to_string().contains("restore it from a copy"), "{error}");
}
