//! The files of an authored dossier, read from a folder or compiled into the program.
//!
//! Invariant: files are in the order of their names, so that messages are in the same order on every machine.

use std::fs;
use std::io;
use std::path::Path;

use super::super::file::read_regular;
use crate::syntax::{Defect, SourceFile};

/// The greatest size of an authored file, in bytes.
pub const MAX_BYTES: u64 = 64 << 20;

/// The greatest number of authored files.
const MAX_FILES: usize = 10_000;

/// The greatest depth of folders that is searched.
const MAX_DEPTH: usize = 4;

/// Reads all `.toml` files below a folder, except hidden ones. Returns a defect for each that cannot be read.
///
/// # Errors
///
/// A folder that cannot be listed.
pub fn read_folder(folder: &Path) -> io::Result<(Vec<SourceFile>, Vec<Defect>)> {
    let mut files = Vec::new();
    let mut defects = Vec::new();
    let mut waiting = vec![(folder.to_path_buf(), 0)];
    while let Some((path, depth)) = waiting.pop() {
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) if depth == 0 => return Err(error),
            Err(error) => {
                defects.push(Defect::of_file(&path.to_string_lossy(), error.to_string(), "expected a readable folder"));
                continue;
            }
        };
        for entry in entries.flatten() {
            let path = entry.path();
            // Hidden files and folders belong to other tools.
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if is_folder && depth < MAX_DEPTH {
                waiting.push((path, depth.saturating_add(1)));
            } else if path.extension().is_some_and(|extension| extension == "toml") {
                if files.len().saturating_add(defects.len()) >= MAX_FILES {
                    let found = format!("more than {MAX_FILES} TOML files");
                    defects.push(Defect::of_file(&folder.to_string_lossy(), found, "expected the folder of a dossier"));
                    return Ok((files, defects));
                }
                match read_file(&path) {
                    Ok(file) => files.push(file),
                    Err(defect) => defects.push(defect),
                }
            }
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    defects.sort_by(|a, b| a.file.cmp(&b.file));
    Ok((files, defects))
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
    let bytes = read_regular(path, most).map_err(|error| Defect::of_file(&name, error.to_string(), expected))?;
    String::from_utf8(bytes).map_err(|error| {
        let sound = error.as_bytes().utf8_chunks().next().map_or("", |chunk| chunk.valid());
        let (line, column) = SourceFile::new("", sound).position(sound.len());
        Defect {
            file: name.into(),
            line,
            column,
            found: "bytes that are not UTF-8".into(),
            remedy: Some("save the file as UTF-8".into()),
        }
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
        assert_eq!((defect.line, defect.column), (2, 3));
        let defect = read_text(&path, 3, "expected words").unwrap_err();
        assert_eq!((defect.line, defect.remedy.as_deref()), (0, Some("expected words")));
    }
}
