//! The files of an authored dossier, read from a folder or compiled into the program.
//!
//! Invariant: no TOML file of the folder is left out in silence, and files are in the order of their names, so that
//! messages are in the same order on every machine.

use std::fs::{self, DirEntry};
use std::io;
use std::path::{Path, PathBuf};

use super::super::file::read_regular;
use crate::syntax::{Code, Defect, SourceFile};

/// The greatest size of an authored file, in bytes.
pub const MAX_BYTES: u64 = 64 << 20;

/// The greatest number of authored files.
const MAX_FILES: usize = 10_000;

/// The greatest depth of folders that is searched.
const MAX_DEPTH: usize = 4;

/// The greatest number of files and folders that are looked at below that depth.
const MAX_BELOW: usize = 10_000;

/// Reads all `.toml` files below a folder, except hidden ones. Returns a defect for each that cannot be read, or that is
/// passed over though it seems to belong to the dossier; not all of these are errors.
///
/// # Errors
///
/// A folder that cannot be listed.
pub fn read_folder(folder: &Path) -> io::Result<(Vec<SourceFile>, Vec<Defect>)> {
    let mut walk = Walk {
        root: fs::canonicalize(folder)?,
        files: Vec::new(),
        defects: Vec::new(),
        waiting: Vec::new(),
        below: MAX_BELOW,
    };
    let entries = fs::read_dir(folder)?;
    walk.list(entries, folder, 0);
    while let Some((path, depth)) = walk.waiting.pop() {
        match fs::read_dir(&path) {
            Ok(entries) => walk.list(entries, &path, depth),
            Err(error) => walk.report(Code::Unreadable, &path, cannot_be_read(&error), "expected a readable folder"),
        }
        if walk.files.len().saturating_add(walk.defects.len()) > MAX_FILES {
            let found = format!("more than {MAX_FILES} TOML files");
            walk.report(Code::Unreadable, folder, found, "expected the folder of a dossier");
            break;
        }
    }
    let Walk { mut files, mut defects, .. } = walk;
    files.sort_by(|a, b| a.name.cmp(&b.name));
    defects.sort();
    Ok((files, defects))
}

/// A folder of TOML files that is being read.
struct Walk {
    /// The folder of the dossier without links.
    root: PathBuf,
    files: Vec<SourceFile>,
    defects: Vec<Defect>,
    /// Folders to be read, with their depth.
    waiting: Vec<(PathBuf, usize)>,
    /// The number of files and folders that may still be looked at below the greatest depth.
    below: usize,
}

impl Walk {
    fn report(&mut self, code: Code, path: &Path, found: impl Into<String>, remedy: &str) {
        self.defects.push(Defect::of_file(code, &path.to_string_lossy(), found, remedy));
    }

    /// Reads the files of one folder, and notes its folders.
    fn list(&mut self, entries: fs::ReadDir, folder: &Path, depth: usize) {
        for entry in entries {
            if self.files.len().saturating_add(self.defects.len()) > MAX_FILES {
                return;
            }
            match entry {
                Ok(entry) => self.meet(&entry, depth),
                Err(error) => {
                    self.report(Code::Unreadable, folder, cannot_be_read(&error), "expected a readable folder");
                    return;
                }
            }
        }
    }

    fn meet(&mut self, entry: &DirEntry, depth: usize) {
        let (path, name) = (entry.path(), entry.file_name());
        let name = name.to_string_lossy();
        // Hidden files and folders belong to other tools.
        if name.starts_with('.') {
            return;
        }
        let kind = entry.file_type();
        let is_link = kind.as_ref().is_ok_and(fs::FileType::is_symlink);
        if kind.is_ok_and(|kind| kind.is_dir()) {
            if depth < MAX_DEPTH {
                self.waiting.push((path, depth.saturating_add(1)));
            } else if self.holds_toml(&path) {
                let found = "a TOML file more than four folders below the dossier";
                self.report(Code::TooDeep, &path, found, "move it to a folder that is not so deep");
            }
        } else if is_link && path.is_dir() {
            let remedy = "expected a real folder, or a name that begins with a dot";
            self.report(Code::LinkedFolder, &path, "a symbolic link to a folder, which is not followed", remedy);
        } else if is_toml(&path) {
            if is_link && fs::canonicalize(&path).is_ok_and(|real| !real.starts_with(&self.root)) {
                let found = "a symbolic link to a file outside the folder of the dossier";
                self.report(Code::OutsideFolder, &path, found, "expected a copy of that file");
                return;
            }
            match read_file(&path) {
                Ok(file) => self.files.push(file),
                Err(defect) => self.defects.push(defect),
            }
        } else if let Some(end) = odd_end(&name) {
            let remedy = "only files whose names end in \".toml\" are read; a name may also begin with a dot";
            self.report(Code::OddExtension, &path, format!("a name that ends in \"{end}\""), remedy);
        }
    }

    /// Returns true if there is a TOML file in a folder or below it, among the first few thousand files.
    fn holds_toml(&mut self, folder: &Path) -> bool {
        let mut waiting = vec![folder.to_path_buf()];
        while let Some(path) = waiting.pop() {
            for entry in fs::read_dir(path).into_iter().flatten().flatten() {
                let Some(below) = self.below.checked_sub(1) else { return false };
                self.below = below;
                if entry.file_name().to_string_lossy().starts_with('.') {
                    continue;
                }
                match entry.file_type() {
                    Ok(kind) if kind.is_dir() => waiting.push(entry.path()),
                    Ok(_) if is_toml(&entry.path()) => return true,
                    Ok(_) | Err(_) => {}
                }
            }
        }
        false
    }
}

fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "toml")
}

/// Returns the end of a name that was probably meant to be that of a TOML file.
fn odd_end(name: &str) -> Option<&str> {
    let is_odd = |end: &&str| ["toml", "tml", "toml.txt"].iter().any(|odd| end.eq_ignore_ascii_case(odd));
    let ends = name.match_indices('.').filter_map(|(at, _)| Some((at, name.get(at.checked_add(1)?..)?)));
    ends.filter(|(_, end)| is_odd(end)).find_map(|(at, _)| name.get(at..))
}

fn cannot_be_read(error: &io::Error) -> String {
    format!("cannot be read: {error}")
}

fn read_file(path: &Path) -> Result<SourceFile, Defect> {
    let text = read_text(path, MAX_BYTES, "expected a readable TOML file")?;
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    Ok(SourceFile::new(path.to_string_lossy(), text))
}

/// Returns the text of a regular file of at most `most` bytes, with its byte order mark.
///
/// # Errors
///
/// A defect for a file that cannot be read, with `expected` as its remedy, or for the first byte that is not UTF-8.
pub fn read_text(path: &Path, most: u64, expected: &str) -> Result<String, Defect> {
    let name = path.to_string_lossy();
    let bytes = read_regular(path, most)
        .map_err(|error| Defect::of_file(Code::Unreadable, &name, cannot_be_read(&error), expected))?;
    String::from_utf8(bytes).map_err(|error| {
        let sound = error.as_bytes().utf8_chunks().next().map_or("", |chunk| chunk.valid());
        let at = SourceFile::new(name.as_ref(), sound).place(sound.len());
        Defect::new(Code::Encoding, at, "bytes that are not UTF-8", "save the file as UTF-8")
    })
}

/// Declares the files that are compiled in, by their path in `seeds/`.
macro_rules! embed {
    ($($path:literal),+ $(,)?) => {
        &[$(($path, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/", $path)))),+]
    };
}

/// The files of the embedded dossier; a test compares this list with the folder.
static EMBEDDED: &[(&str, &str)] = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/files.rs"));

/// Returns the files of the embedded dossier.
pub fn embedded() -> Vec<SourceFile> {
    let file = |&(name, text): &(&str, &str)| SourceFile::new(format!("seeds/{name}"), text);
    EMBEDDED.iter().map(file).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_folder_is_embedded() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
        let (files, defects) = read_folder(&folder).unwrap();
        let below =
            |file: &SourceFile| Path::new(&file.name).strip_prefix(&folder).unwrap().to_string_lossy().into_owned();
        let names: Vec<String> = files.iter().map(below).collect();
        let embedded: Vec<&str> = EMBEDDED.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, embedded);
        assert_eq!(defects, []);
    }

    #[test]
    fn text_that_is_not_utf8_is_a_defect_with_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x");
        fs::write(&path, b"a\n\xc3\xa9b\xff").unwrap();
        let defect = read_text(&path, 9, "expected words").unwrap_err();
        assert_eq!((defect.at.line, defect.at.column), (2, 3));
        let defect = read_text(&path, 3, "expected words").unwrap_err();
        assert_eq!((defect.at.line, defect.remedy.as_deref()), (0, Some("expected words")));
    }
}
