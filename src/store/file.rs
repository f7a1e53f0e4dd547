//! Which files may be opened and replaced: regular ones, of a bounded size, with the right header.
//!
//! Invariant: nothing here blocks (a pipe is not waited for), follows a symbolic link
//! at the end of a path, or writes.

use std::ffi::OsString;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use super::error::{Found, StoreError};
use super::schema::{APPLICATION_ID, MAX_BYTES, VERSION};

/// How a `SQLite` file begins.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// The first hundred bytes of a `SQLite` file, as far as they matter here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Header {
    /// Whether changes may stand in a write-ahead log beside it.
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

    /// What else than a dossier the file is.
    fn found(self) -> Option<Found> {
        match (self.application_id, self.encoding) {
            (APPLICATION_ID, 1) => None,
            (APPLICATION_ID, _) => Some(Found::Utf16),
            (id, _) => Some(Found::Foreign(id)),
        }
    }
}

/// The path with its folder spelled out: `SQLite` follows no symbolic link anywhere in a
/// path, nor should it take a name such as `file:x` or `:memory:` for anything but a name.
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

/// Opens a regular file for reading; neither waits for a pipe nor follows a link.
pub(super) fn open_regular(path: &Path, shown: &Path) -> Result<(File, Metadata), StoreError> {
    let refused = |found| Err(StoreError::NotADossier { path: shown.into(), found });
    // Looking first gives the better message, and leaves devices and sockets untouched.
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

/// Opens a dossier and reads its header; refuses what is none by the header alone.
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

/// The path of a file that `SQLite` would keep beside a database.
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
