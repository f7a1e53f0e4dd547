//! Saves files: the one way in which anything is written to disk.
//!
//! Invariant: a file is only ever changed by renaming a complete, synced file over it, never through a
//! symbolic link. An error before the rename removes the new file; one that a killed program left behind is
//! removed by the next save of the same target.

mod several;
#[cfg(test)]
mod tests;

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions, Permissions};
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::error::{Cause, Found, StoreError};
use super::file::folder_of;

pub use several::{Change, save_all};

/// The suffix of temporary files.
const SUFFIX: &str = ".tmp";

/// The number of hexadecimal digits in the name of a temporary file.
const DIGITS: usize = 16;

/// The number of attempts to create a temporary file that another save may remove before it is locked.
const TRIES: usize = 3;

/// Bytes that are collected before they are written.
const BUFFER: usize = 1 << 20;

/// Replaces the file at `target`, or creates it, with what `write` writes.
///
/// The new file gets `permissions`; `None` keeps those of the file that is there, or takes what the system
/// gives new files.
///
/// # Errors
///
/// [`Cause::Symlink`] if a symbolic link is in its place, [`Cause::NotAFile`] if a folder, pipe,
/// socket or device is, [`Cause::Io`] for errors of the system and of `write`. The target is then as it
/// was, unless only the sync of its folder failed.
pub fn save(
    target: &Path,
    permissions: Option<Permissions>,
    write: impl FnOnce(&mut BufWriter<&File>) -> io::Result<()>,
) -> Result<(), StoreError> {
    let new = NewFile::beside(target)?;
    let mut out = BufWriter::with_capacity(BUFFER, &new.file);
    write(&mut out).and_then(|()| out.flush()).map_err(StoreError::io(target, "write"))?;
    drop(out);
    new.put(permissions)
}

/// A temporary file in the folder of the file that it will replace; removed when dropped.
#[derive(Debug)]
pub(super) struct NewFile {
    target: PathBuf,
    path: PathBuf,
    /// Locked while it is in use, so that another save does not remove it as left behind.
    file: File,
}

impl NewFile {
    /// Creates an empty file under a name that cannot be guessed, which only its owner may read, and removes the
    /// temporary files that killed saves of this target left behind.
    pub(super) fn beside(target: &Path) -> Result<Self, StoreError> {
        check_place(target)?;
        Self::create(target).map_err(StoreError::io(target, "create a file beside"))
    }

    fn create(target: &Path) -> io::Result<Self> {
        let prefix = prefix(target);
        clear(target, &prefix);
        for _ in 0..TRIES {
            let path = temporary(target, &prefix);
            #[cfg(test)]
            tests::fault::at(tests::fault::Step::Create)?;
            let mut options = OpenOptions::new();
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let file = options.write(true).create_new(true).open(&path)?;
            let new = Self { target: target.into(), path, file };
            #[cfg(test)]
            tests::fault::at(tests::fault::Step::Lock)?;
            // Without locks, which not every file system has, two saves at once may remove each other's files.
            let _ = new.file.lock();
            if new.path.exists() {
                return Ok(new);
            }
        }
        Err(io::Error::other("another program removes each new file beside it"))
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Syncs the file, renames it over the target, and syncs the folder.
    pub(super) fn put(self, permissions: Option<Permissions>) -> Result<(), StoreError> {
        // Writing took a while, and the target may have been replaced by a link meanwhile.
        check_place(&self.target)?;
        self.replace(permissions).map_err(StoreError::io(&self.target, "write"))
    }

    fn replace(&self, permissions: Option<Permissions>) -> io::Result<()> {
        #[cfg(test)]
        tests::fault::at(tests::fault::Step::Permissions)?;
        let permissions = match permissions {
            Some(permissions) => Some(permissions),
            None => kept_permissions(&self.target)?,
        };
        if let Some(permissions) = permissions {
            self.file.set_permissions(permissions)?;
        }
        #[cfg(test)]
        tests::fault::at(tests::fault::Step::Sync)?;
        self.file.sync_all()?;
        #[cfg(test)]
        tests::fault::at(tests::fault::Step::Rename)?;
        fs::rename(&self.path, &self.target)?;
        #[cfg(test)]
        tests::fault::at(tests::fault::Step::SyncFolder)?;
        sync_folder(&self.target)
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        // After the rename nothing has this name. A failure cannot be reported here.
        let _ = fs::remove_file(&self.path);
    }
}

/// Checks, without following links, that a regular file or nothing is at `target`.
fn check_place(target: &Path) -> Result<(), StoreError> {
    match fs::symlink_metadata(target) {
        Ok(about) => match Found::other_than_a_file(about.file_type()) {
            None => Ok(()),
            Some(Found::Symlink) => Err(Cause::Symlink.of(target)),
            Some(found) => Err(Cause::NotAFile(found).of(target)),
        },
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(StoreError::io(target, "write")(error)),
    }
}

/// Returns the permissions of the file at `target`; if there is none, those that the system gives a new file there,
/// where they can be known.
fn kept_permissions(target: &Path) -> io::Result<Option<Permissions>> {
    match fs::symlink_metadata(target) {
        Ok(about) => return Ok(Some(about.permissions())),
        Err(error) if error.kind() == ErrorKind::NotFound && cfg!(not(unix)) => return Ok(None),
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    // The umask of a process can only be read by setting it, which other threads would see. An empty file tells too.
    let path = temporary(target, &prefix(target));
    let probe = OpenOptions::new().write(true).create_new(true).open(&path)?;
    let about = probe.metadata();
    let _ = fs::remove_file(&path);
    Ok(Some(about?.permissions()))
}

/// Returns the prefix of the names of all temporary files of a target.
fn prefix(target: &Path) -> OsString {
    // The target's name may have the greatest length already.
    let stem: String = target.file_name().unwrap_or_default().to_string_lossy().chars().take(40).collect();
    format!(".{stem}.").into()
}

/// Returns a new name for a temporary file of a target.
fn temporary(target: &Path, prefix: &OsStr) -> PathBuf {
    let mut name = prefix.to_os_string();
    name.push(random());
    name.push(SUFFIX);
    target.with_file_name(name)
}

/// Removes the temporary files of a target that no running save has locked. A failure is ignored: they do no harm.
fn clear(target: &Path, prefix: &OsStr) {
    let prefix = prefix.to_string_lossy();
    let Ok(entries) = fs::read_dir(folder_of(target)) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let digits = name.strip_prefix(&*prefix).and_then(|rest| rest.strip_suffix(SUFFIX));
        let is_ours =
            digits.is_some_and(|digits| digits.len() == DIGITS && digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        if is_ours
            && entry.file_type().is_ok_and(|kind| kind.is_file())
            && let Ok(file) = File::open(entry.path())
            && file.try_lock().is_ok()
        {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn sync_folder(target: &Path) -> io::Result<()> {
    if cfg!(not(unix)) {
        return Ok(());
    }
    match File::open(folder_of(target))?.sync_all() {
        // Some file systems cannot sync a folder and say so.
        Err(error) if error.kind() == ErrorKind::InvalidInput => Ok(()),
        synced => synced,
    }
}

/// Returns sixteen hexadecimal digits that cannot be guessed: the keys of a hasher come from the system.
pub(super) fn random() -> String {
    format!("{:0DIGITS$x}", RandomState::new().build_hasher().finish())
}
