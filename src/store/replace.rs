//! Replaces a file as a whole: there is the old one or the new one, whatever happens.
//!
//! Invariant: the target is only ever changed by renaming a synced file over it; what goes
//! wrong before removes the new file, and what a killed program left behind is removed by
//! the next save of the same file.

mod fault;
#[cfg(test)]
mod tests;

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, Permissions};
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use fault::Step;

/// How the names of new files end.
const SUFFIX: &str = ".tmp";

/// The digits that tell new files of one target apart.
const DIGITS: usize = 16;

/// How often a file is made anew that was cleared away before it could be locked.
const TRIES: usize = 3;

/// A new, empty file in the folder of the file that it is to replace; removed again when dropped.
#[derive(Debug)]
pub struct NewFile {
    path: PathBuf,
    /// Locked for as long as it is in use, so that nobody takes it for one that was left behind.
    file: File,
}

impl NewFile {
    /// Makes it, under a name that nobody can guess, and removes those that killed programs left there.
    ///
    /// # Errors
    /// Those of the system.
    pub fn beside(target: &Path) -> io::Result<Self> {
        let lead = lead(target);
        clear(target, &lead);
        for _ in 0..TRIES {
            let mut name = lead.clone();
            name.push(random());
            name.push(SUFFIX);
            let path = target.with_file_name(name);
            fault::at(Step::Create)?;
            let file = OpenOptions::new().write(true).create_new(true).open(&path)?;
            let new = Self { path, file };
            fault::at(Step::Lock)?;
            // A file system without locks leaves nothing to be told apart.
            let _ = new.file.lock();
            if new.path.exists() {
                return Ok(new);
            }
        }
        Err(io::Error::other("each new file beside it was removed"))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The file, to be written to.
    pub fn file(&self) -> &File {
        &self.file
    }

    /// Syncs the file, renames it over the target, and syncs the folder.
    ///
    /// # Errors
    /// Those of the system. The target is as it was then, unless only the folder could not be synced.
    pub fn put(self, target: &Path, permissions: Option<Permissions>) -> io::Result<()> {
        if let Some(permissions) = permissions {
            fault::at(Step::Permissions)?;
            self.file.set_permissions(permissions)?;
        }
        fault::at(Step::Sync)?;
        self.file.sync_all()?;
        fault::at(Step::Rename)?;
        fs::rename(&self.path, target)?;
        fault::at(Step::SyncFolder)?;
        sync_folder(target)
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        // Once it is in place, nothing has this name; and nobody is left to be told of a failure.
        let _ = fs::remove_file(&self.path);
    }
}

/// How the names of all new files of a target begin.
fn lead(target: &Path) -> OsString {
    // A file name may be so long that nothing can be added to it.
    let stem: String = target.file_name().unwrap_or_default().to_string_lossy().chars().take(40).collect();
    format!(".{stem}.").into()
}

/// Removes the new files of a target that nobody holds any more. What cannot be removed stays: it does no harm.
fn clear(target: &Path, lead: &OsString) {
    let lead = lead.to_string_lossy();
    let Ok(entries) = fs::read_dir(folder(target)) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let digits = name.strip_prefix(&*lead).and_then(|rest| rest.strip_suffix(SUFFIX));
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

fn folder(target: &Path) -> &Path {
    target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(unix)]
fn sync_folder(target: &Path) -> io::Result<()> {
    match File::open(folder(target))?.sync_all() {
        // Some file systems cannot sync a folder and say so.
        Err(error) if error.kind() == ErrorKind::InvalidInput => Ok(()),
        synced => synced,
    }
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Sixteen hexadecimal digits that nobody can guess: the keys of a hasher come from the system.
pub(super) fn random() -> String {
    format!("{:0DIGITS$x}", RandomState::new().build_hasher().finish())
}
