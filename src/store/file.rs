//! Opens and checks files: regular ones, of a bounded size, with the header of a dossier.
//!
//! Invariant: nothing here waits for a pipe or writes, and only [`is_sqlite`] follows a symbolic link at the end of a
//! path.

use std::ffi::OsString;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use super::error::{Found, StoreError};
use super::schema::{APPLICATION_ID, MAX_BYTES, VERSION};

/// The first bytes of a `SQLite` file.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// Fields of the header of a `SQLite` file, its first 100 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Header {
    /// True if the file is in WAL mode: a log beside it may hold changes.
    pub(super) wal: bool,
    /// 1 is UTF-8.
    pub(super) encoding: i32,
    pub(super) version: i32,
    pub(super) application_id: i32,
}

impl Header {
    fn parse(bytes: &[u8; 100]) -> Option<Self> {
        let number = |at| Some(i32::from_be_bytes(*bytes.get(at..)?.first_chunk()?));
        let versions = bytes.strip_prefix(MAGIC)?.get(2..4)?;
        Some(Self {
            wal: versions.contains(&2),
            encoding: number(56)?,
            version: number(60)?,
            application_id: number(68)?,
        })
    }

    /// Returns what the file is instead of a dossier; `None` for a dossier of any version.
    fn found(self) -> Option<Found> {
        match (self.application_id, self.encoding) {
            (APPLICATION_ID, 1) => None,
            (APPLICATION_ID, _) => Some(Found::Utf16),
            (id, _) => Some(Found::Foreign(id)),
        }
    }
}

/// Returns the path with its folder canonicalised: `SQLite` is opened not to follow symbolic links anywhere in a path, and
/// must not take a name such as `file:x` or `:memory:` for anything but a name.
pub(super) fn resolve(path: &Path) -> Result<PathBuf, StoreError> {
    let Some(name) = path.file_name() else {
        return Err(StoreError::NotADossier { path: path.into(), found: Found::Directory });
    };
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        Some(_) | None => Path::new("."),
    };
    let folder = if cfg!(unix) { folder.canonicalize() } else { std::path::absolute(folder) };
    folder.map(|folder| folder.join(name)).map_err(StoreError::io(path, "find the folder of"))
}

/// Opens a regular file of at most [`MAX_BYTES`] for reading, without following a link; errors name `shown`.
pub(super) fn open_regular(path: &Path, shown: &Path) -> Result<(File, Metadata), StoreError> {
    let refused = |found| Err(StoreError::NotADossier { path: shown.into(), found });
    // Checking first gives a better message, and does not open devices and sockets.
    let kind = fs::symlink_metadata(path).map_err(StoreError::io(shown, "read"))?.file_type();
    if let Some(found) = Found::other_than_a_file(kind) {
        return refused(found);
    }
    let file = open_unfollowed(path).map_err(StoreError::io(shown, "read"))?;
    let about = file.metadata().map_err(StoreError::io(shown, "read"))?;
    match Found::other_than_a_file(about.file_type()) {
        Some(found) => refused(found),
        None if about.len() > MAX_BYTES => Err(StoreError::TooLarge { path: shown.into(), bytes: about.len() }),
        None => Ok((file, about)),
    }
}

/// Opens a dossier of this version by its header, without `SQLite`.
pub(super) fn open_dossier(path: &Path, shown: &Path) -> Result<(File, Metadata, Header), StoreError> {
    let (file, about) = open_regular(path, shown)?;
    let refused = |found| Err(StoreError::NotADossier { path: shown.into(), found });
    if about.len() == 0 {
        return refused(Found::Empty);
    }
    let Some(header) = read_header(&file).map_err(StoreError::io(shown, "read"))? else {
        return refused(Found::NotSqlite);
    };
    match header.found() {
        Some(found) => refused(found),
        None if header.version != VERSION => Err(StoreError::Version { path: shown.into(), found: header.version }),
        None => Ok((file, about, header)),
    }
}

/// Checks that a save may replace what is at `target`: nothing, or a dossier of any version.
pub(super) fn check_target(shown: &Path, target: &Path) -> Result<(), StoreError> {
    for suffix in ["-journal", "-wal", "-shm"] {
        // SQLite would take these for a part of the new file.
        let beside = beside(target, suffix);
        match fs::symlink_metadata(&beside) {
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Ok(_) => return Err(StoreError::InUse { path: beside }),
            Err(error) => return Err(StoreError::io(&beside, "look at")(error)),
        }
    }
    match open_dossier(target, shown) {
        Ok(_) | Err(StoreError::Version { .. } | StoreError::TooLarge { .. }) => Ok(()),
        Err(StoreError::Io { source, .. }) if source.kind() == ErrorKind::NotFound => Ok(()),
        Err(StoreError::NotADossier { path, found: Found::Symlink }) => Err(StoreError::Symlink { path }),
        Err(StoreError::NotADossier { path, found }) => Err(StoreError::Occupied { path, found }),
        Err(error) => Err(error),
    }
}

/// See [`super::is_sqlite`]. Follows links: what they point to decides.
pub(super) fn is_sqlite(path: &Path) -> io::Result<bool> {
    if !fs::metadata(path)?.is_file() {
        return Ok(false);
    }
    Ok(read_header(&File::open(path)?)?.is_some())
}

/// Returns the path of a file beside another: its path with a suffix.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    name.into()
}

fn read_header(file: &File) -> io::Result<Option<Header>> {
    let mut bytes = Vec::with_capacity(100);
    file.take(100).read_to_end(&mut bytes)?;
    Ok(<&[u8; 100]>::try_from(bytes.as_slice()).ok().and_then(Header::parse))
}

#[cfg(unix)]
fn open_unfollowed(path: &Path) -> io::Result<File> {
    use rustix::fs::OFlags;
    use std::os::unix::fs::OpenOptionsExt as _;
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY;
    OpenOptions::new().read(true).custom_flags(flags.bits().cast_signed()).open(path)
}

#[cfg(not(unix))]
fn open_unfollowed(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).open(path)
}
