//! Writes a file so that there is the old one or the whole new one, and nothing else.
//!
//! Invariant: a target that is a regular file, or nothing yet, is only ever replaced by
//! renaming a synced file over it; what goes wrong before leaves no trace.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::failure::Failure;

/// Writes `target` by `write`. A link is followed; a pipe or device is written to as it is.
///
/// # Errors
///
/// Those of the system, with the path; a folder in the place of the file.
pub fn save(target: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    replace(target, write).map_err(|source| Failure::Save { path: target.into(), source })
}

fn replace(target: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let place = match fs::metadata(target) {
        Ok(about) if about.is_dir() => return Err(io::Error::other("found a folder, expected a file or a new name")),
        Ok(about) if !about.is_file() => {
            let mut out = BufWriter::new(OpenOptions::new().write(true).open(target)?);
            write(&mut out)?;
            return out.flush();
        }
        Ok(_) => fs::canonicalize(target)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => target.to_path_buf(),
        Err(error) => return Err(error),
    };
    let spare = Spare::beside(&place)?;
    let mut out = BufWriter::new(OpenOptions::new().write(true).open(&spare.path)?);
    write(&mut out)?;
    let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    if let Ok(about) = fs::metadata(&place) {
        file.set_permissions(about.permissions())?;
    }
    file.sync_all()?;
    fs::rename(&spare.path, &place)?;
    sync_folder(&place)
}

/// A new file that is removed again unless it was renamed.
struct Spare {
    path: PathBuf,
}

/// How many names are tried before the folder is given up.
const TRIES: u32 = 100;

impl Spare {
    fn beside(place: &Path) -> io::Result<Self> {
        let stem: String = place.file_name().unwrap_or_default().to_string_lossy().chars().take(40).collect();
        let process = std::process::id();
        let mut last = io::Error::other("no free name beside it");
        for number in 0..TRIES {
            let path = place.with_file_name(format!(".{stem}.{process}-{number}.tmp"));
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(_) => return Ok(Self { path }),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => last = error,
                Err(error) => return Err(error),
            }
        }
        Err(last)
    }
}

impl Drop for Spare {
    fn drop(&mut self) {
        // Once renamed there is nothing of this name, and nobody is left to be told of a failure.
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(unix)]
fn sync_folder(place: &Path) -> io::Result<()> {
    let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match File::open(folder)?.sync_all() {
        // Some file systems cannot sync a folder and say so.
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()),
        synced => synced,
    }
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_failed_write_leaves_the_old_file_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("out.jsonl");
        fs::write(&target, "old").unwrap();
        let failed = save(&target, |out| {
            out.write_all(b"half")?;
            Err(io::ErrorKind::StorageFull.into())
        });
        assert!(failed.unwrap_err().lines()[0].contains("out.jsonl: cannot write this file"));
        assert_eq!(
            (fs::read_to_string(&target).unwrap().as_str(), names(folder.path())),
            ("old", vec!["out.jsonl".into()])
        );
    }

    #[test]
    fn a_file_is_written_whole_in_the_place_of_the_old_one() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("out.jsonl");
        for text in ["first", "second"] {
            save(&target, |out| out.write_all(text.as_bytes())).unwrap();
            assert_eq!((fs::read_to_string(&target).unwrap().as_str(), names(folder.path()).len()), (text, 1));
        }
    }

    #[test]
    fn a_folder_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let failed = save(folder.path(), |_| Ok(()));
        assert!(failed.unwrap_err().lines()[0].contains("found a folder, expected a file"));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let (target, link) = (folder.path().join("real"), folder.path().join("link"));
        fs::write(&target, "old").unwrap();
        std::os::unix::fs::symlink(&target, &link).unwrap();
        save(&link, |out| out.write_all(b"new")).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&target).unwrap(), "new");
    }
}
