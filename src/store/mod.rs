//! A dossier as one `SQLite` file: written by [`save`], read by [`open`].
//!
//! Invariant: `open(path)` after `save(dossier, path)` gives an equal dossier, a save
//! leaves either the old file or the whole new one, and reading changes no byte of the
//! file or its folder, whatever the file holds.

mod cells;
mod check;
mod connection;
mod error;
mod file;
mod guard;
mod numbers;
mod places;
mod private_copy;
mod progress;
mod quick;
mod read;
mod reader;
pub mod replace;
mod schema;
mod state;
mod statement;
mod write;

use std::io;
use std::ops::ControlFlow;
use std::path::Path;

pub use error::{Found, Problem, StoreError};
pub use progress::Stage;
pub use state::{index_path, open_index, state};

use crate::model::Dossier;

/// Writes a dossier as one `SQLite` file, in the place of the one that is there.
///
/// The same dossier gives the same bytes. The file is written beside the target under a
/// name of its own, read back and compared, synced, and only then put in place.
///
/// # Errors
///
/// A target that is anything but an annals dossier, a database file that another program
/// left beside it, a dossier that does not read back the same, a failing disk. In all of
/// them the target stays as it was.
pub fn save(dossier: &Dossier, path: &Path) -> Result<(), StoreError> {
    let target = file::resolve(path)?;
    file::check_target(path, &target)?;
    let new = replace::NewFile::beside(&target)?;
    write::write(dossier, new.path()).map_err(StoreError::sqlite(path, "write"))?;
    read::load(new.path(), path, &mut |_| ControlFlow::Continue(()))
        .and_then(|back| if back == *dossier { Ok(()) } else { Err(StoreError::NotTheSame { path: path.into() }) })
        .map_err(|reason| StoreError::Unwritable { path: path.into(), reason: Box::new(reason) })?;
    // Writing took a while: what is there now may not be what was there before.
    file::check_target(path, &target)?;
    new.put(None)
}

/// Reads a dossier from one `SQLite` file, which may come from anywhere.
///
/// # Errors
///
/// What is no regular file, no `SQLite`, not written by annals or by a newer annals, damaged,
/// or larger than 4 GiB; and for a sound database with unsound rows, all of their problems.
pub fn open(path: &Path) -> Result<Dossier, StoreError> {
    open_watched(path, &mut |_| ControlFlow::Continue(()))
}

/// The same as [`open`], in stages: `watch` is called with each, on the thread that reads, and ends
/// the reading early when it returns [`ControlFlow::Break`].
///
/// # Errors
///
/// Those of [`open`], and [`StoreError::Stopped`] where `watch` ended it.
pub fn open_watched(path: &Path, watch: &mut dyn FnMut(Stage<'_>) -> ControlFlow<()>) -> Result<Dossier, StoreError> {
    read::load(path, path, watch)
}

/// Whether a regular file begins as `SQLite` files do.
///
/// # Errors
///
/// A path that does not exist or cannot be read. A folder or a pipe is no `SQLite` file.
pub fn is_sqlite(path: &Path) -> io::Result<bool> {
    file::is_sqlite(path)
}

#[cfg(test)]
mod tests;
