//! Writes a file that the user named on the command line.
//!
//! Invariant: files are replaced as [`replace::save`] does it; only pipes, devices and open descriptors, which have no
//! content to be replaced, are written to as they are.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::error::StoreError;
use super::replace;

/// Writes what `write` writes to the file, pipe or device at `target`.
///
/// Files are replaced. `/dev/stdout`, `/dev/stderr` and the names in `/dev/fd` and `/proc/self/fd` are links too, but
/// to files that the shell has opened: they are written to, and appended to if they are regular files.
///
/// # Errors
///
/// Errors of [`replace::save`], among them any other symbolic link.
pub fn save(target: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), StoreError> {
    let stream = if is_descriptor(target) {
        Some(OpenOptions::new().append(true).open(target))
    } else if fs::symlink_metadata(target).is_ok_and(|about| is_stream(&about)) {
        Some(open_unfollowed(target))
    } else {
        None
    };
    match stream {
        Some(opened) => opened
            .and_then(|file| {
                let mut out = BufWriter::new(file);
                write(&mut out)?;
                out.flush()
            })
            .map_err(StoreError::io(target, "write")),
        None => replace::save(target, None, |out| write(out)),
    }
}

/// Empties `target`, or creates it, and opens it to be written line by line.
///
/// # Errors
///
/// Fails as [`replace::save`] does, for example for a symbolic link, a pipe or a device, and if the new file cannot be
/// opened.
pub fn open_log(target: &Path) -> Result<File, StoreError> {
    replace::save(target, None, |_| Ok(()))?;
    open_unfollowed(target).map_err(StoreError::io(target, "write"))
}

fn is_descriptor(target: &Path) -> bool {
    let folders = ["/dev/fd", "/proc/self/fd"].map(Path::new);
    ["/dev/stdout", "/dev/stderr"].map(Path::new).contains(&target)
        || target.parent().is_some_and(|folder| folders.contains(&folder))
}

fn is_stream(about: &fs::Metadata) -> bool {
    !(about.is_file() || about.is_dir() || about.is_symlink())
}

/// Opens a file, pipe or device to be written to, unless a link has taken its place.
fn open_unfollowed(target: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    {
        let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NOCTTY;
        std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, flags.bits().cast_signed());
    }
    options.write(true).open(target)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_refused_whatever_it_points_to() {
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("link");
        for points_to in [Path::new("/dev/null"), &folder.path().join("missing")] {
            std::os::unix::fs::symlink(points_to, &link).unwrap();
            assert!(open_log(&link).is_err());
            let error = save(&link, |out| out.write_all(b"new")).unwrap_err();
            assert!(error.to_string().contains("/link: is a symbolic link; nothing was written"));
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
            fs::remove_file(&link).unwrap();
        }
    }

    #[test]
    fn a_device_is_written_to_and_a_descriptor_is_added_to() {
        save(Path::new("/dev/null"), |out| out.write_all(b"new")).unwrap();
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(b"old ").unwrap();
        let descriptor = format!("/dev/fd/{}", std::os::fd::AsRawFd::as_raw_fd(&file));
        save(Path::new(&descriptor), |out| out.write_all(b"new")).unwrap();
        io::Seek::rewind(&mut file).unwrap();
        assert_eq!(io::read_to_string(file).unwrap(), "old new");
    }

    #[test]
    fn a_folder_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let error = save(folder.path(), |_| Ok(())).unwrap_err();
        assert!(error.to_string().contains("found a directory, expected a file or a new name"));
    }
}
