//! A dossier as one `SQLite` file: written by [`save`], read by [`open`].
//!
//! Invariant: `open(path)` after `save(dossier, path)` returns an equal dossier; a save leaves either the old file or
//! the complete new one; reading changes no byte of the file or its folder, whatever the file holds.

mod cells;
mod check;
mod connection;
mod details;
mod error;
mod file;
mod guard;
mod key_file;
pub mod lookup;
pub mod named;
mod pin_folder;
mod places;
mod private_copy;
mod progress;
mod read;
mod reader;
pub mod replace;
mod schema;
mod state;
mod statement;
mod words;
mod write;

use std::ops::ControlFlow;
use std::path::Path;

pub use error::{Cause, Found, Problem, Problems, StoreError};
pub use key_file::{ignore_key, new_key, save_key};
pub use pin_folder::change_pins;
pub use progress::{Stage, Watch};
pub use state::{index_path, open_index, state};

use crate::model::Dossier;

/// Writes a dossier as one `SQLite` file, replacing the dossier that is there.
///
/// Equal dossiers give equal bytes. A temporary file is written beside the target, read back and compared, and then
/// renamed over the target as [`replace::save`] does it.
///
/// # Errors
///
/// [`Cause::Symlink`] or [`Cause::Occupied`] if the target is anything but a dossier, [`Cause::InUse`]
/// if a journal or log of a database is beside it, [`Cause::Unwritable`] or [`Cause::NotTheSame`] if the
/// file does not read back equal, [`Cause::Io`] and [`Cause::Sqlite`]. The target is then as it was, unless
/// only the sync of its folder failed.
pub fn save(dossier: &Dossier, path: &Path) -> Result<(), StoreError> {
    let target = file::resolve(path)?;
    file::check_target(path, &target)?;
    let new = replace::NewFile::beside(&target)?;
    write::write(dossier, new.path()).map_err(StoreError::sqlite(path, "write"))?;
    read::load(new.path(), path, &mut |_| ControlFlow::Continue(()))
        .and_then(|back| if back == *dossier { Ok(()) } else { Err(Cause::NotTheSame.of(path)) })
        .map_err(|reason| Cause::Unwritable(Box::new(reason)).of(path))?;
    // Writing took a while, and the target may have changed meanwhile.
    file::check_target(path, &target)?;
    new.put(None)
}

/// Reads a dossier from one `SQLite` file, which may be hostile.
///
/// A file of version 1 has the words of [`Base::V1`](crate::vocabulary::Base::V1), and is never changed.
///
/// # Errors
///
/// [`Cause::NotADossier`] for a path that is no regular file or no dossier, [`Cause::Version`] for one of a
/// version that is not read, [`Cause::TooLarge`] beyond 4 GiB, [`Cause::Busy`] if another program is writing it,
/// [`Cause::Damaged`], and [`Cause::Invalid`] with the problems of all rows.
pub fn open(path: &Path) -> Result<Dossier, StoreError> {
    open_watched(path, &mut |_| ControlFlow::Continue(()))
}

/// Reads a dossier like [`open`], and reports each [`Stage`] to a progress callback.
///
/// The callback runs on the calling thread; it returns [`ControlFlow::Break`] to cancel the load.
///
/// # Errors
///
/// The errors of [`open`]; [`Cause::Stopped`] if `watch` cancelled the load.
pub fn open_watched(path: &Path, watch: Watch<'_>) -> Result<Dossier, StoreError> {
    read::load(path, path, watch)
}

#[cfg(test)]
mod tests;
