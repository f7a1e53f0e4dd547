//! The state of a dossier file, which shows if the name index beside it still fits, and the path of that index.
//!
//! Invariant: each write to the file changes its state; reading the state changes nothing.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use super::error::StoreError;
use super::file::{beside, has_journal, open_dossier, open_regular, resolve};

/// The suffix of the name of an index.
const SUFFIX: &str = ".annals-index";

/// Returns the state of a dossier file: its size in bytes, the time of its last change, and its header, in which
/// `SQLite` counts changes. `None` if a journal or log beside it may still change its content.
///
/// # Errors
///
/// A file that is no dossier or cannot be read.
pub fn state(path: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    let resolved = resolve(path)?;
    let (mut file, about, header) = open_dossier(&resolved, path)?;
    if header.wal || has_journal(&resolved) {
        return Ok(None);
    }
    let mut state = about.len().to_le_bytes().to_vec();
    let changed = about.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    state.extend(changed.as_nanos().to_le_bytes());
    file.seek(SeekFrom::Start(0))
        .and_then(|_| file.take(100).read_to_end(&mut state))
        .map_err(StoreError::io(path, "read"))?;
    Ok(Some(state))
}

/// Returns the path of the index of a dossier file, which is in the same folder.
///
/// # Errors
///
/// A folder that does not exist.
pub fn index_path(path: &Path) -> Result<PathBuf, StoreError> {
    Ok(beside(&resolve(path)?, SUFFIX))
}

/// Opens the index of a dossier file; `None` if there is no regular file of its name.
pub fn open_index(path: &Path) -> Option<File> {
    let index = index_path(path).ok()?;
    open_regular(&index, path).ok().map(|(file, _)| file)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::model::{Builder, Meta};
    use crate::store;

    #[test]
    fn replacing_a_dossier_changes_its_state() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let save = |title: &str| {
            store::save(
                &Builder::with_meta(Meta { key: "k".into(), title: title.into(), ..Meta::default() }).finish(),
                &path,
            )
            .unwrap();
            state(&path).unwrap().unwrap()
        };
        let first = save("one");
        assert_eq!(state(&path).unwrap().unwrap(), first);
        assert_ne!(save("two"), first);
        fs::write(beside(&path, "-wal"), "").unwrap();
        assert_eq!(state(&path).unwrap(), None);
        assert!(open_index(&path).is_none());
        fs::write(index_path(&path).unwrap(), "x").unwrap();
        assert!(open_index(&path).is_some());
    }
}
