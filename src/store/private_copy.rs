//! Private copies of databases that `SQLite` would change by opening them: in WAL mode, or with a journal.
//!
//! Invariant: a copy is in a new folder with a name that cannot be guessed, which only its owner can read, and which
//! is removed when dropped.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::error::{Cause, Found, StoreError};
use super::file::{beside, has_journal, open_dossier, open_regular, resolve};
use super::replace::random;
use super::schema::MAX_BYTES;

/// The number of attempts to copy a file that changes meanwhile.
const COPIES: usize = 3;

/// The last bytes of the journal of a transaction over several databases.
const SHARED_JOURNAL: [u8; 8] = [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7];

/// A folder that only its owner can read.
#[derive(Debug)]
struct PrivateFolder {
    path: PathBuf,
}

impl PrivateFolder {
    fn new() -> io::Result<Self> {
        // SQLite is opened not to follow links, and the folder for temporary files may be one.
        let path = std::env::temp_dir().canonicalize()?.join(format!("annals-{}", random()));
        let mut builder = fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&path)?;
        Ok(Self { path })
    }
}

impl Drop for PrivateFolder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// A file that `SQLite` may open without changing a file of the user's.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) path: PathBuf,
    /// The size of the database and the journals beside it, in bytes.
    pub(super) bytes: u64,
    state: State,
    /// The folder of our own copy, in which `SQLite` may apply or undo a journal; `None` for the user's file.
    copy: Option<PrivateFolder>,
}

impl Source {
    /// Returns the file itself if there is no journal or log beside it, else a private copy of all of them.
    ///
    /// # Errors
    ///
    /// A file that is no dossier, one that keeps changing, one that cannot be copied.
    pub(super) fn of(path: &Path, shown: &Path) -> Result<Self, StoreError> {
        let (_, about, header) = open_dossier(path, shown)?;
        let path = resolve(path)?;
        if !header.wal && !has_journal(&path) {
            let state = state(&path);
            return Ok(Self { path, bytes: about.len(), state, copy: None });
        }
        let folder = PrivateFolder::new().map_err(StoreError::io(shown, "make a private copy of"))?;
        let copy = folder.path.join("dossier.sqlite");
        for _ in 0..COPIES {
            let before = state(&path);
            let bytes = copy_all(&path, &copy, shown)?;
            if before == state(&path) {
                let state = state(&copy);
                return Ok(Self { path: copy, bytes, state, copy: Some(folder) });
            }
        }
        Err(Cause::Busy.of(shown))
    }

    /// Returns true if it is a copy of the user's file.
    pub(super) fn is_copy(&self) -> bool {
        self.copy.is_some()
    }

    /// Returns true if sizes and times of the files at the path are as they were.
    pub(super) fn is_unchanged(&self) -> bool {
        self.state == state(&self.path)
    }
}

/// Copies a database with its journals; returns the number of bytes copied.
fn copy_all(path: &Path, copy: &Path, shown: &Path) -> Result<u64, StoreError> {
    let mut bytes = 0_u64;
    for suffix in ["", "-journal", "-wal"] {
        let (from, to) = (beside(path, suffix), beside(copy, suffix));
        let mut source = match open_regular(&from, if suffix.is_empty() { shown } else { &from }) {
            Ok((source, _)) => source,
            Err(StoreError { cause: Cause::Io(_, source), .. })
                if source.kind() == ErrorKind::NotFound && !suffix.is_empty() =>
            {
                // An earlier attempt may have copied it.
                let _ = fs::remove_file(&to);
                continue;
            }
            Err(error) => return Err(error),
        };
        let failed = "make a private copy of";
        let mut sink = File::create(&to).map_err(StoreError::io(&from, failed))?;
        // The file may grow while it is read.
        let mut bounded = io::Read::take(&mut source, MAX_BYTES);
        let copied = io::copy(&mut bounded, &mut sink).map_err(StoreError::io(&from, failed))?;
        bytes = bytes.saturating_add(copied);
        if suffix == "-journal" && is_shared_journal(&to).map_err(StoreError::io(&from, "read"))? {
            return Err(Cause::NotADossier(Found::SharedJournal).of(&from));
        }
    }
    Ok(bytes)
}

/// Returns true if a journal names a file of other journals, which `SQLite` would look for anywhere on the disk, and
/// delete in the end.
fn is_shared_journal(path: &Path) -> io::Result<bool> {
    use std::io::{Read as _, Seek as _, SeekFrom};
    let mut file = File::open(path)?;
    let length = file.seek(SeekFrom::End(0))?;
    if length < SHARED_JOURNAL.len() as u64 {
        return Ok(false);
    }
    let mut tail = [0; SHARED_JOURNAL.len()];
    file.seek(SeekFrom::End(-8))?;
    file.read_exact(&mut tail)?;
    Ok(tail == SHARED_JOURNAL)
}

/// Sizes and times of the files of a database; they change when it is written to.
type State = [Option<(u64, Option<SystemTime>)>; 3];

/// Returns the present state of a database.
fn state(path: &Path) -> State {
    ["", "-journal", "-wal"].map(|suffix| {
        let about = fs::symlink_metadata(beside(path, suffix)).ok()?;
        Some((about.len(), about.modified().ok()))
    })
}
