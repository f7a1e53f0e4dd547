//! Any other file of ours, put in place whole.
//!
//! Invariant: at the path stands either what stood there before or all of the new
//! bytes, and nothing but a regular file is ever replaced.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use super::spare::SpareFile;

/// Writes a file beside the target, syncs it, and renames it over the target, whose
/// permissions it takes over.
///
/// # Errors
///
/// A target that is a folder, a link, a pipe or a device; a folder that cannot be written
/// to; a failing disk. In all of them the target stays as it was.
pub fn replace(target: &Path, bytes: &[u8]) -> io::Result<()> {
    // The folder has to be spelled out to be synced.
    let target = std::path::absolute(target)?;
    let permissions = match fs::symlink_metadata(&target) {
        Ok(about) if about.is_file() => Some(about.permissions()),
        Ok(_) => return Err(io::Error::new(ErrorKind::InvalidInput, "not a regular file")),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    let spare = SpareFile::beside(&target)?;
    fs::write(spare.path(), bytes)?;
    spare.put(&target, permissions)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn a_file_is_made_and_then_replaced_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("pins.toml");
        for bytes in [&b"a long first text"[..], b"second"] {
            replace(&target, bytes).unwrap();
            assert_eq!(fs::read(&target).unwrap(), bytes);
            assert_eq!(names(folder.path()), ["pins.toml"]);
        }
    }

    #[test]
    fn what_is_no_regular_file_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("folder");
        fs::create_dir(&target).unwrap();
        assert_eq!(replace(&target, b"x").unwrap_err().kind(), ErrorKind::InvalidInput);
        assert!(target.is_dir());
        assert_eq!(names(folder.path()), ["folder"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_replaced_and_permissions_are_kept() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        assert!(replace(&link, b"new").is_err());
        assert_eq!(fs::read(&file).unwrap(), b"old");
        replace(&file, b"new").unwrap();
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    }
}
