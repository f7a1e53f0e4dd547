//! Journals and logs beside a dossier.
//!
//! Invariant: they are read on a copy, and the user's folder stays as it is.

use super::*;
use crate::store::private_copy::Source;

/// Returns the folder of a database in the midst of a change, as a crash would leave it.
fn crashed(mode: &str, sql: &str) -> (tempfile::TempDir, PathBuf) {
    let (_folder, path) = saved();
    let connection = Connection::open(&path).unwrap();
    connection.execute_batch(&format!("PRAGMA journal_mode = {mode}; PRAGMA cache_size = 1; {sql}")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(path.parent().unwrap()).unwrap() {
        let entry = entry.unwrap();
        if !entry.file_name().to_str().unwrap().ends_with("-shm") {
            fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
        }
    }
    let path = folder.path().join("a.sqlite");
    (folder, path)
}

fn relabelled() -> Dossier {
    let (_folder, path) = saved();
    edit(&path, "UPDATE entity SET label = 'new'");
    open(&path).unwrap()
}

#[test]
fn reading_changes_no_byte_of_the_folder() {
    let (folder, path) = saved();
    let before = contents(folder.path());
    assert_eq!(open(&path).unwrap(), sample());
    assert_eq!(contents(folder.path()), before);
}

#[test]
fn a_write_ahead_log_is_read_and_not_changed() {
    let (folder, path) = crashed("WAL", "UPDATE entity SET label = 'new'");
    assert!(folder.path().join("a.sqlite-wal").is_file());
    let before = contents(folder.path());
    assert_eq!(open(&path).unwrap(), relabelled());
    assert_eq!(contents(folder.path()), before);
}

#[test]
fn a_database_in_wal_mode_gets_no_log_from_being_read() {
    let (folder, path) = saved();
    edit(&path, "PRAGMA journal_mode = WAL");
    let before = contents(folder.path());
    assert_eq!(before.len(), 2);
    assert_eq!(open(&path).unwrap(), sample());
    assert_eq!(contents(folder.path()), before);
}

#[test]
fn an_unfinished_change_is_undone_in_a_copy() {
    let spill = "PRAGMA cache_spill = 1; BEGIN; UPDATE entity SET label = 'new' || hex(zeroblob(100000));";
    let (folder, path) = crashed("DELETE", spill);
    assert!(fs::metadata(folder.path().join("a.sqlite-journal")).unwrap().len() > 512);
    let (_other, untouched) = saved();
    assert!(fs::read(&path).unwrap() != fs::read(untouched).unwrap());
    let before = contents(folder.path());
    assert_eq!(open(&path).unwrap(), sample());
    assert_eq!(contents(folder.path()), before);
}

#[test]
fn a_journal_that_names_other_files_is_refused() {
    let (folder, path) = saved();
    let victim = folder.path().join("victim");
    fs::write(&victim, "precious").unwrap();
    let mut journal = vec![0; 512];
    journal.extend(victim.to_str().unwrap().as_bytes());
    journal.extend([0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7]);
    fs::write(folder.path().join("a.sqlite-journal"), journal).unwrap();
    let before = contents(folder.path());
    let message = open(&path).unwrap_err().to_string();
    assert!(message.contains("a.sqlite-journal: found a journal of a transaction over several databases"), "{message}");
    assert_eq!(contents(folder.path()), before);
}

#[test]
fn unreadable_journals_beside_a_dossier_are_ignored() {
    let (folder, path) = saved();
    for name in ["a.sqlite-wal", "a.sqlite-journal"] {
        for bytes in [vec![], vec![0; 5000], (0..=255).cycle().take(70_000).collect::<Vec<u8>>()] {
            fs::write(folder.path().join(name), bytes).unwrap();
            let before = contents(folder.path());
            assert_eq!(open(&path).unwrap(), sample(), "{name}");
            assert_eq!(contents(folder.path()), before);
        }
        fs::remove_file(folder.path().join(name)).unwrap();
    }
}

#[test]
fn nothing_is_saved_beside_a_file_that_sqlite_would_take_for_a_journal() {
    let (folder, path) = saved();
    for name in ["a.sqlite-wal", "a.sqlite-journal", "a.sqlite-shm", "new.sqlite-wal"] {
        let beside = folder.path().join(name);
        fs::write(&beside, "x").unwrap();
        let before = contents(folder.path());
        let target = path.with_file_name(if name.starts_with('a') { "a.sqlite" } else { "new.sqlite" });
        let error = save(&sample(), &target).unwrap_err();
        assert!(matches!(error, StoreError { cause: Cause::InUse, .. }), "{error}");
        assert!(error.to_string().contains(name), "{error}");
        assert_eq!(contents(folder.path()), before);
        fs::remove_file(beside).unwrap();
    }
}

#[test]
fn a_dossier_that_is_being_written_is_reported_as_busy() {
    let (_folder, path) = saved();
    let connection = Connection::open(&path).unwrap();
    connection.execute_batch("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE; UPDATE entity SET label = 'x'").unwrap();
    let error = open(&path).unwrap_err();
    assert!(matches!(error, StoreError { cause: Cause::Busy, .. }), "{error}");
}

#[test]
fn a_private_copy_is_readable_by_its_owner_only_and_is_removed() {
    let (_folder, path) = crashed("WAL", "UPDATE entity SET label = 'new'");
    let source = Source::of(&path, &path).unwrap();
    let copy = source.path.parent().unwrap().to_path_buf();
    assert_ne!(copy, path.parent().unwrap());
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&copy).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o700);
    }
    drop(source);
    assert!(!copy.exists());
}
