//! Makes `pins/key`, the secret key of the keyed digests of a dossier, and keeps it out of version control.
//!
//! Invariant: a key that is there is never overwritten, and no key is written before `.gitignore` names it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::Path;

use super::error::StoreError;
use super::pin_folder::make_folder;
use super::replace;
use crate::formats::author::{KEY_FILE, PINS_FOLDER};
use crate::text::keyed::Key;

/// The file in which git finds what it has to leave out.
const IGNORE_FILE: &str = ".gitignore";

/// Returns a new key from the random numbers of the system.
///
/// # Errors
///
/// [`Cause::Io`](super::Cause::Io) if the system has none to give; the message names `folder`.
pub fn new_key(folder: &Path) -> Result<Key, StoreError> {
    let mut bytes = [0; 32];
    let filled = getrandom::fill(&mut bytes).map_err(io::Error::other);
    filled.map_err(StoreError::io(&folder.join(KEY_FILE), "get random numbers for"))?;
    Ok(Key::new(bytes))
}

/// Writes a new key into the folder of a dossier, where only its owner may read it, and names it in `.gitignore`.
///
/// # Errors
///
/// [`Cause::Symlink`](super::Cause::Symlink) and [`Cause::NotAFile`](super::Cause::NotAFile) if a link or something
/// else stands in place of the folder `pins` or of `.gitignore`; [`Cause::Io`](super::Cause::Io) for errors of the
/// system, also if there is a key already.
pub fn save_key(folder: &Path, key: &Key) -> Result<(), StoreError> {
    ignore_key(folder)?;
    make_folder(&folder.join(PINS_FOLDER))?;
    let path = folder.join(KEY_FILE);
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.write(true).create_new(true).open(&path).map_err(StoreError::io(&path, "create"))?;
    write(&file, key).map_err(|error| {
        // A part of a key is none.
        let _ = fs::remove_file(&path);
        StoreError::io(&path, "write")(error)
    })
}

fn write(mut file: &File, key: &Key) -> io::Result<()> {
    writeln!(file, "{}", key.to_digits())?;
    file.sync_all()
}

/// Adds the key to the `.gitignore` of a folder, unless it is there.
///
/// # Errors
///
/// Those of [`save_key`] about `.gitignore`.
pub fn ignore_key(folder: &Path) -> Result<(), StoreError> {
    let path = folder.join(IGNORE_FILE);
    let mut text = match fs::read(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(StoreError::io(&path, "read")(error)),
    };
    if text.split(|&byte| byte == b'\n').any(names_key) {
        return Ok(());
    }
    if text.last().is_some_and(|&last| last != b'\n') {
        text.push(b'\n');
    }
    text.extend_from_slice(KEY_FILE.as_bytes());
    text.push(b'\n');
    replace::save(&path, None, |file| file.write_all(&text))
}

fn names_key(line: &[u8]) -> bool {
    let line = line.trim_ascii_end();
    line.strip_prefix(b"/").unwrap_or(line) == KEY_FILE.as_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::author::read_key;

    #[test]
    fn a_key_is_saved_for_its_owner_alone_and_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let key = new_key(folder).unwrap();
        save_key(folder, &key).unwrap();
        let back = read_key(folder).unwrap().unwrap();
        assert_eq!((back.key, back.exposed), (key.clone(), None));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(folder.join(KEY_FILE)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        let other = new_key(folder).unwrap();
        assert_ne!(other, key);
        let refused = save_key(folder, &other).unwrap_err().to_string();
        assert!(refused.contains("pins/key: cannot create this file: "), "{refused}");
        assert!(!refused.contains(&key.to_digits()) && !refused.contains(&other.to_digits()));
        assert_eq!(read_key(folder).unwrap().unwrap().key, key);
    }

    #[test]
    fn what_git_ignores_keeps_its_lines_and_names_the_key_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(IGNORE_FILE);
        let after = |before: Option<&str>| {
            if let Some(before) = before {
                fs::write(&path, before).unwrap();
            }
            ignore_key(folder.path()).unwrap();
            fs::read_to_string(&path).unwrap()
        };
        assert_eq!(after(None), "pins/key\n");
        assert_eq!(after(None), "pins/key\n");
        assert_eq!(after(Some("*.db")), "*.db\npins/key\n");
        assert_eq!(after(Some("a\r\n/pins/key\r\nb\n")), "a\r\n/pins/key\r\nb\n");
        assert_eq!(after(Some("#pins/key\n!pins/key\n")), "#pins/key\n!pins/key\npins/key\n");
    }
}
