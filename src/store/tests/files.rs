//! Files that are no dossier, to be opened and to be saved over.
//!
//! Invariant: whatever is refused has the same bytes and the same time afterwards.

use super::*;

/// Makes one file of each sort that is no dossier; says what an error calls it.
fn strangers(folder: &Path) -> Vec<(PathBuf, &'static str)> {
    let at = |name: &str| folder.join(name);
    fs::write(at("text"), "SQLite is what this file is about. ".repeat(20)).unwrap();
    fs::write(at("short"), "SQLite format 3\0").unwrap();
    fs::write(at("empty"), "").unwrap();
    fs::create_dir(at("directory")).unwrap();
    let database = |name: &str, sql: &str| Connection::open(at(name)).unwrap().execute_batch(sql).unwrap();
    database("unmarked", "CREATE TABLE t (x); INSERT INTO t VALUES (1)");
    database("foreign", "PRAGMA application_id = 0x47504b47; CREATE TABLE t (x)");
    let mut found = vec![
        (at("text"), "found a file that is no SQLite database"),
        (at("short"), "found a file that is no SQLite database"),
        (at("empty"), "found an empty file"),
        (at("directory"), "found a directory"),
        (at("unmarked"), "found a SQLite database of another program (no application id)"),
        (at("foreign"), "found a SQLite database of another program (application id 0x47504b47)"),
    ];
    #[cfg(unix)]
    {
        let mode = rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR;
        rustix::fs::mknodat(rustix::fs::CWD, at("pipe"), rustix::fs::FileType::Fifo, mode, 0).unwrap();
        let (target, link) = (at("target"), at("link"));
        save(&sample(), &target).unwrap();
        std::os::unix::fs::symlink(&target, &link).unwrap();
        std::os::unix::fs::symlink(at("nowhere"), at("dangling")).unwrap();
        found.extend([
            (at("pipe"), "found a pipe, socket or device"),
            (link, "found a symbolic link"),
            (at("dangling"), "found a symbolic link"),
        ]);
    }
    found
}

#[test]
fn a_file_that_is_no_dossier_is_refused_by_name_and_not_changed() {
    let folder = tempfile::tempdir().unwrap();
    for (path, found) in strangers(folder.path()) {
        let error = refusal(&path);
        assert!(matches!(error, StoreError { cause: Cause::NotADossier(_), .. }), "{error}");
        let message = error.to_string();
        assert!(message.contains(found), "{message}");
        assert!(message.contains("expected a dossier written by annals (application id 0x616e6e6c); "), "{message}");
    }
}

#[test]
fn a_file_that_is_no_dossier_is_never_replaced() {
    let folder = tempfile::tempdir().unwrap();
    for (path, found) in strangers(folder.path()) {
        let before = contents(folder.path());
        let error = save(&sample(), &path).unwrap_err();
        if found == "found a symbolic link" {
            assert!(matches!(error, StoreError { cause: Cause::Symlink, .. }), "{error}");
            assert!(error.to_string().contains("is a symbolic link; nothing was written"), "{error}");
        } else {
            assert!(matches!(error, StoreError { cause: Cause::Occupied(_), .. }), "{error}");
            assert!(error.to_string().contains(found), "{error}");
        }
        assert_eq!(contents(folder.path()), before);
    }
}

#[test]
fn a_missing_file_and_a_missing_folder_are_reported() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["none", "none/none"] {
        let path = folder.path().join(name);
        assert!(matches!(open(&path), Err(StoreError { cause: Cause::Io("read", _), .. })));
    }
    assert!(matches!(save(&sample(), &folder.path().join("none/none")), Err(StoreError { cause: Cause::Io(..), .. })));
    assert!(matches!(save(&sample(), Path::new("/")), Err(StoreError { cause: Cause::NotADossier(_), .. })));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn another_version_is_refused_with_a_remedy_and_may_be_replaced() {
    let (_folder, path) = saved();
    edit(&path, "PRAGMA user_version = 3");
    let message = refusal(&path).to_string();
    assert!(
        message.contains("found version 3 of the dossier format, expected 1 or 2; a newer annals reads it"),
        "{message}"
    );
    edit(&path, "PRAGMA user_version = 0");
    let message = refusal(&path).to_string();
    assert!(message.contains("found version 0 of the dossier format, expected 1 or 2; write it anew"), "{message}");
    save(&sample(), &path).unwrap();
    assert_eq!(open(&path).unwrap(), sample());
}

#[test]
fn texts_in_utf_16_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("wide.sqlite");
    let wide =
        "PRAGMA encoding = 'UTF-16'; PRAGMA application_id = 0x616e6e6c; PRAGMA user_version = 1; CREATE TABLE t (x)";
    Connection::open(&path).unwrap().execute_batch(wide).unwrap();
    assert!(refusal(&path).to_string().contains("texts in UTF-16"));
}

#[test]
fn a_file_beyond_four_gibibytes_is_not_opened() {
    let (_folder, path) = saved();
    fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(1 << 32).unwrap();
    let error = open(&path).unwrap_err();
    assert!(matches!(error, StoreError { cause: Cause::TooLarge(4_294_967_296), .. }), "{error}");
}

#[test]
fn names_with_a_meaning_for_sqlite_are_taken_as_file_names() {
    let folder = tempfile::tempdir().unwrap();
    for name in [":memory:", "file:x?mode=memory", "a b%20#?.sqlite"] {
        let path = folder.path().join(name);
        save(&sample(), &path).unwrap();
        assert!(path.is_file());
        assert_eq!(open(&path).unwrap(), sample());
    }
}

#[cfg(unix)]
#[test]
fn a_folder_may_be_a_link() {
    let (folder, path) = saved();
    let link = folder.path().join("here");
    std::os::unix::fs::symlink(folder.path(), &link).unwrap();
    let path = link.join(path.file_name().unwrap());
    assert_eq!(open(&path).unwrap(), sample());
    save(&Builder::default().finish(), &path).unwrap();
    assert_eq!(open(&path).unwrap(), Builder::default().finish());
}

#[test]
fn a_path_is_shown_without_control_characters() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a\u{1b}[31m\u{202e}b");
    fs::write(&path, "no").unwrap();
    let message = open(&path).unwrap_err().to_string();
    assert!(message.contains("/a[31mb: found"), "{message:?}");
}
