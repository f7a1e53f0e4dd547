//! Replaces a file atomically.
//!
//! Invariant: a regular or new target is only replaced by renaming a synced temporary file over it; after an error
//! the target is unchanged and the temporary file is gone.

use std::fs::{self, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::failure::Failure;
use crate::store::replace::NewFile;

/// Writes `target` by `write`. Symbolic links are followed; a pipe or device is written directly.
///
/// # Errors
///
/// Returns the error of the operating system with the path, and an error if the target is a folder.
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
    let new = NewFile::beside(&place)?;
    let mut out = BufWriter::new(new.file());
    write(&mut out)?;
    out.flush()?;
    drop(out);
    let permissions = fs::metadata(&place).ok().map(|about| about.permissions());
    new.put(&place, permissions)
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
