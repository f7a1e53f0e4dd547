//! Saves several files that belong together.
//!
//! Invariant: each is complete beside its target before the first is renamed; after an error all are as they were.

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::PathBuf;

use super::{NewFile, save};
use crate::store::error::StoreError;

/// A file that is replaced, or made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where it stands.
    pub path: PathBuf,
    /// What it holds now; `None` if it is not there.
    pub old: Option<Vec<u8>>,
    /// What it is to hold.
    pub new: Vec<u8>,
}

/// Replaces several files. The permissions of those that are there are kept.
///
/// # Errors
///
/// Those of [`save`]. Files that were renamed before the error get their old content back, and new ones are removed,
/// as far as the system allows it.
pub fn save_all(changes: &[Change]) -> Result<(), StoreError> {
    let mut ready = Vec::new();
    for change in changes {
        if change.old.is_none() && fs::symlink_metadata(&change.path).is_ok() {
            return Err(StoreError::io(&change.path, "make")(ErrorKind::AlreadyExists.into()));
        }
        let new = NewFile::beside(&change.path)?;
        (&new.file).write_all(&change.new).map_err(StoreError::io(&change.path, "write"))?;
        ready.push(new);
    }
    for (done, new) in ready.into_iter().enumerate() {
        if let Err(error) = new.put(None) {
            changes.iter().take(done.saturating_add(1)).for_each(restore);
            return Err(error);
        }
    }
    Ok(())
}

/// Undoes a change. A failure is ignored: the error that led here is reported.
fn restore(change: &Change) {
    match &change.old {
        Some(old) => {
            if fs::read(&change.path).is_ok_and(|now| now == change.new) {
                let _ = save(&change.path, None, |file| file.write_all(old));
            }
        }
        None => {
            if fs::read(&change.path).is_ok_and(|now| now == change.new) {
                let _ = fs::remove_file(&change.path);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::fault::{Fault, Step, want};
    use super::*;

    fn change(folder: &std::path::Path, name: &str, old: Option<&str>) -> Change {
        let bytes = |text: &str| text.as_bytes().to_vec();
        Change { path: folder.join(name), old: old.map(bytes), new: bytes("new") }
    }

    /// Returns what three files hold; the third is new.
    fn contents(folder: &std::path::Path) -> Vec<String> {
        ["a", "b", "c"].iter().map(|name| fs::read_to_string(folder.join(name)).unwrap_or_default()).collect()
    }

    fn folder() -> (tempfile::TempDir, Vec<Change>) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a"), "old a").unwrap();
        fs::write(folder.path().join("b"), "old b").unwrap();
        let changes = [("a", Some("old a")), ("c", None), ("b", Some("old b"))];
        let changes = changes.map(|(name, old)| change(folder.path(), name, old));
        (folder, changes.into())
    }

    #[test]
    fn all_files_are_replaced_or_made() {
        let (folder, changes) = folder();
        save_all(&changes).unwrap();
        assert_eq!(contents(folder.path()), ["new", "new", "new"]);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3);
    }

    #[test]
    fn an_error_leaves_all_files_as_they_were() {
        for (step, first) in [(Step::Create, 0), (Step::Rename, 0), (Step::SyncFolder, 0), (Step::SyncFolder, 1)] {
            let (folder, mut changes) = folder();
            changes.rotate_left(first);
            want(step, Fault::Error(ErrorKind::StorageFull));
            assert!(save_all(&changes).is_err(), "{step:?}");
            assert_eq!(contents(folder.path()), ["old a", "old b", ""], "{step:?}");
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "{step:?}");
        }
    }

    #[test]
    fn a_target_that_cannot_be_replaced_leaves_the_others_as_they_were() {
        let (folder, changes) = folder();
        fs::remove_file(folder.path().join("b")).unwrap();
        fs::create_dir(folder.path().join("b")).unwrap();
        assert!(save_all(&changes).is_err());
        assert_eq!(contents(folder.path()), ["old a", "", ""]);
        let (folder, changes) = self::folder();
        fs::write(folder.path().join("c"), "made meanwhile").unwrap();
        assert!(save_all(&changes).is_err());
        assert_eq!(contents(folder.path()), ["old a", "old b", "made meanwhile"]);
    }
}
