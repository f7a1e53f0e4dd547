//! Opens and checks files: regular ones, of a bounded size, with the header of a dossier.
//!
//! Invariant: nothing here waits for a pipe or writes, or follows a symbolic link at the end of a path.

use std::ffi::OsString;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use super::error::{Cause, Found, StoreError};
use super::schema::{APPLICATION_ID, MAX_BYTES, Version};

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
        return Err(Cause::NotADossier(Found::Directory).of(path));
    };
    let folder = folder_of(path);
    let folder = if cfg!(unix) { folder.canonicalize() } else { std::path::absolute(folder) };
    folder.map(|folder| folder.join(name)).map_err(StoreError::io(path, "find the folder of"))
}

/// Returns the folder of a path; `.` for a mere name.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Opens a regular file of at most [`MAX_BYTES`] for reading, without following a link; errors name `shown`.
pub(super) fn open_regular(path: &Path, shown: &Path) -> Result<(File, Metadata), StoreError> {
    let refused = |found| Err(Cause::NotADossier(found).of(shown));
    // Checking first gives a better message, and does not open devices and sockets.
    let kind = fs::symlink_metadata(path).map_err(StoreError::io(shown, "read"))?.file_type();
    if let Some(found) = Found::other_than_a_file(kind) {
        return refused(found);
    }
    let file = open_unfollowed(path).map_err(StoreError::io(shown, "read"))?;
    let about = file.metadata().map_err(StoreError::io(shown, "read"))?;
    match Found::other_than_a_file(about.file_type()) {
        Some(found) => refused(found),
        None if about.len() > MAX_BYTES => Err(Cause::TooLarge(about.len()).of(shown)),
        None => Ok((file, about)),
    }
}

/// Opens a dossier of this version by its header, without `SQLite`.
pub(super) fn open_dossier(path: &Path, shown: &Path) -> Result<(File, Metadata, Header), StoreError> {
    let (file, about) = open_regular(path, shown)?;
    let refused = |found| Err(Cause::NotADossier(found).of(shown));
    if about.len() == 0 {
        return refused(Found::Empty);
    }
    let Some(header) = read_header(&file).map_err(StoreError::io(shown, "read"))? else {
        return refused(Found::NotSqlite);
    };
    match header.found() {
        Some(found) => refused(found),
        None if Version::of(header.version).is_none() => Err(Cause::Version(header.version).of(shown)),
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
            Ok(_) => return Err(Cause::InUse.of(&beside)),
            Err(error) => return Err(StoreError::io(&beside, "look at")(error)),
        }
    }
    match open_dossier(target, shown) {
        Ok(_) | Err(StoreError { cause: Cause::Version(_) | Cause::TooLarge(_), .. }) => Ok(()),
        Err(StoreError { cause: Cause::Io(_, source), .. }) if source.kind() == ErrorKind::NotFound => Ok(()),
        Err(StoreError { path, cause: Cause::NotADossier(Found::Symlink) }) => Err(Cause::Symlink.of(&path)),
        Err(StoreError { path, cause: Cause::NotADossier(found) }) => Err(Cause::Occupied(found).of(&path)),
        Err(error) => Err(error),
    }
}

/// Returns true if there is a journal or log beside a database, which may still change its content.
pub(super) fn has_journal(path: &Path) -> bool {
    ["-journal", "-wal"].iter().any(|suffix| fs::symlink_metadata(beside(path, suffix)).is_ok())
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

fn open_unfollowed(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY;
        std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, flags.bits().cast_signed());
    }
    options.read(true).open(path)
}
