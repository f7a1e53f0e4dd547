//! Writes the files of pins beside an authored dossier.
//!
//! Invariant: nothing is written through a symbolic link, and no file is removed before all others are written.

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use super::error::{Cause, Found, StoreError};
use super::replace;
use crate::formats::author::{PINS_FOLDER, PinChanges};

/// Writes and removes the files of a folder as told.
///
/// # Errors
///
/// [`Cause::Symlink`] or [`Cause::NotAFile`] if a link or something else stands in place of a file or of the folder
/// `pins`, [`Cause::Io`] for errors of the system. Files that come before are written then.
pub fn change_pins(folder: &Path, changes: &PinChanges) -> Result<(), StoreError> {
    if !changes.written.is_empty() {
        make_folder(&folder.join(PINS_FOLDER))?;
    }
    for (name, text) in &changes.written {
        replace::save(&folder.join(name), None, |file| file.write_all(text.as_bytes()))?;
    }
    for outdated in &changes.outdated {
        let path = folder.join(&outdated.file);
        fs::remove_file(&path).map_err(StoreError::io(&path, "remove"))?;
    }
    Ok(())
}

/// Makes a folder, unless it is there.
pub(super) fn make_folder(path: &Path) -> Result<(), StoreError> {
    match fs::symlink_metadata(path) {
        Ok(about) if about.is_dir() => Ok(()),
        Ok(about) => match Found::other_than_a_file(about.file_type()) {
            Some(Found::Symlink) => Err(Cause::Symlink.of(path)),
            Some(found) => Err(Cause::NotAFile(found).of(path)),
            None => Err(StoreError::io(path, "make the folder")(ErrorKind::NotADirectory.into())),
        },
        Err(error) if error.kind() == ErrorKind::NotFound => {
            fs::create_dir(path).map_err(StoreError::io(path, "make the folder"))
        }
        Err(error) => Err(StoreError::io(path, "look at")(error)),
    }
}
