//! Reads `pins/key`, the secret key of the keyed digests of a dossier.
//!
//! Invariant: no message holds anything of what the file holds.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use super::super::file::read_regular;
use super::pin_files::PINS_FOLDER;
use crate::syntax::{Code, Defect};
use crate::text::keyed::Key;

/// The key in the folder of a dossier, as messages and `.gitignore` name it.
pub const KEY_FILE: &str = "pins/key";

/// The greatest size of the file: 64 digits and the end of their line, in bytes.
const MAX_BYTES: u64 = 66;

/// A key that was read.
#[derive(Debug)]
pub struct StoredKey {
    /// The key.
    pub key: Key,
    /// A warning, if others than the owner of the file may read it.
    pub exposed: Option<String>,
}

/// Reads the key of the dossier in a folder; `None` if there is none, or `folder` is no folder.
///
/// # Errors
///
/// A defect if the key is no regular file, cannot be read, or holds anything but 64 hexadecimal digits.
pub fn read_key(folder: &Path) -> Result<Option<StoredKey>, Defect> {
    let path = folder.join(KEY_FILE);
    let name = path.to_string_lossy();
    let unread = |error: io::Error| {
        Defect::of_file(Code::Unreadable, &name, error.to_string(), "expected a file that can be read")
    };
    let about = match fs::symlink_metadata(&path) {
        Ok(about) => about,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(None),
        Err(error) => return Err(unread(error)),
    };
    if about.is_symlink() || fs::symlink_metadata(folder.join(PINS_FOLDER)).map_err(unread)?.is_symlink() {
        return Err(Defect::of_file(
            Code::OutsideFolder,
            &name,
            "a symbolic link",
            "expected the key itself, in a folder of its own",
        ));
    }
    let remedy = "expected 64 hexadecimal digits; restore the key, or remove the file: annals pin makes a new one";
    let bytes = match read_regular(&path, MAX_BYTES) {
        Ok(bytes) => bytes,
        Err(error) if about.is_file() && about.len() <= MAX_BYTES => return Err(unread(error)),
        Err(_) => return Err(Defect::of_file(Code::WrongValue, &name, "not a key", remedy)),
    };
    let key = str::from_utf8(&bytes).ok().and_then(|digits| Key::from_digits(digits.trim_ascii_end()));
    match key {
        Some(key) => Ok(Some(StoredKey { key, exposed: exposed(&name, &about) })),
        None => Err(Defect::of_file(Code::WrongValue, &name, "not a key", remedy)),
    }
}

/// Returns a warning if the group or anybody else may read the file.
#[cfg(unix)]
fn exposed(name: &str, about: &fs::Metadata) -> Option<String> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = about.permissions().mode() & 0o777;
    (mode & 0o044 != 0)
        .then(|| format!("{name}: warning: others than its owner may read the key (mode {mode:o}); expected mode 600"))
}

#[cfg(not(unix))]
fn exposed(_: &str, _: &fs::Metadata) -> Option<String> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIGITS: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    /// Returns what reading a key with this content gives: the digits that were read, or the message.
    fn reading(content: &str) -> Result<Option<String>, String> {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("pins")).unwrap();
        fs::write(folder.path().join(KEY_FILE), content).unwrap();
        said(folder.path())
    }

    fn said(folder: &Path) -> Result<Option<String>, String> {
        let prefix = folder.to_string_lossy().into_owned();
        read_key(folder)
            .map(|stored| stored.map(|stored| stored.key.to_digits()))
            .map_err(|defect| defect.to_string().replace(&prefix, "DIR"))
    }

    #[test]
    fn a_key_is_sixty_four_digits_and_the_end_of_their_line() {
        for content in [DIGITS.to_owned(), format!("{DIGITS}\n"), format!("{DIGITS}\r\n")] {
            assert_eq!(reading(&content), Ok(Some(DIGITS.into())));
        }
    }

    #[test]
    fn what_is_no_key_is_refused_without_repeating_it() {
        let expected = "DIR/pins/key: error wrong-value: not a key; expected 64 hexadecimal digits; restore the key, or remove the file: \
            annals pin makes a new one";
        for content in ["", &DIGITS[1..], &format!("{DIGITS}00"), &format!("{DIGITS}\n\n\n"), &"x".repeat(64)] {
            assert_eq!(reading(content), Err(expected.into()), "{content:?}");
        }
    }

    #[test]
    fn no_file_is_no_key() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(said(folder.path()), Ok(None));
        let file = folder.path().join("dossier.db");
        fs::write(&file, "").unwrap();
        assert_eq!(said(&file), Ok(None));
    }

    #[cfg(unix)]
    #[test]
    fn a_key_that_others_may_read_has_a_warning() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("pins")).unwrap();
        let path = folder.path().join(KEY_FILE);
        fs::write(&path, DIGITS).unwrap();
        for (mode, warns) in [(0o600, false), (0o400, false), (0o640, true), (0o604, true), (0o620, false)] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            let warning = read_key(folder.path()).unwrap().unwrap().exposed;
            assert_eq!(warning.is_some(), warns, "{mode:o}");
            assert!(warning.is_none_or(|warning| warning.contains(&format!("{mode:o}")) && !warning.contains("0011")));
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_or_a_folder_is_no_key() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("pins")).unwrap();
        let path = folder.path().join(KEY_FILE);
        symlink("nowhere", &path).unwrap();
        let expected =
            "DIR/pins/key: error outside-folder: a symbolic link; expected the key itself, in a folder of its own";
        assert_eq!(said(folder.path()), Err(expected.into()));
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        assert!(said(folder.path()).unwrap_err().starts_with("DIR/pins/key: error wrong-value: not a key; "));
    }
}
