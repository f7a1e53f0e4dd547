//! Reads a regular file of a bounded size, whatever is at its path.
//!
//! Invariant: nothing here waits for a pipe or device, and no more is read than the caller allows.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _};
use std::path::Path;

/// Returns the bytes of a regular file, at most `most` of them. Follows links.
///
/// # Errors
///
/// Errors of the system; an error with the text of a defect for other than a regular file, or a larger one.
pub fn read_regular(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let refused = || io::Error::other("not a regular file");
    // Checking first does not open devices and pipes; the check of what was opened decides.
    if !fs::metadata(path)?.is_file() {
        return Err(refused());
    }
    let file = open(path)?;
    let about = file.metadata()?;
    if !about.is_file() {
        return Err(refused());
    }
    let too_large = |bytes: u64| io::Error::other(format!("{bytes} bytes, expected at most {most}"));
    if about.len() > most {
        return Err(too_large(about.len()));
    }
    let mut bytes = Vec::with_capacity(about.len() as usize);
    // The file may grow while it is read.
    file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most { Err(too_large(bytes.len() as u64)) } else { Ok(bytes) }
}

/// Opens without waiting for the other end of a pipe.
#[cfg(unix)]
fn open(path: &Path) -> io::Result<File> {
    use rustix::fs::OFlags;
    use std::os::unix::fs::OpenOptionsExt as _;
    let flags = OFlags::NONBLOCK | OFlags::NOCTTY;
    OpenOptions::new().read(true).custom_flags(flags.bits().cast_signed()).open(path)
}

#[cfg(not(unix))]
fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_up_to_its_bound_and_refused_beyond() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, "12345").unwrap();
        assert_eq!(read_regular(&path, 5).unwrap(), b"12345");
        assert_eq!(read_regular(&path, 4).unwrap_err().to_string(), "5 bytes, expected at most 4");
        assert_eq!(read_regular(folder.path(), 4).unwrap_err().to_string(), "not a regular file");
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_and_a_device_are_not_waited_for() {
        use rustix::fs::{CWD, FileType, Mode, mknodat};
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        mknodat(CWD, &pipe, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
        for path in [&*pipe, Path::new("/dev/zero"), Path::new("/dev/null")] {
            assert_eq!(read_regular(path, 4).unwrap_err().to_string(), "not a regular file");
        }
    }
}
