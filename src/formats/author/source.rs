//! The files of an authored dossier, read from a folder or compiled into the program.
//!
//! Invariant: files are in the order of their names, so that messages are in the same order on every machine.

use std::fs;
use std::io;
use std::path::Path;

use super::super::defect::Defect;
use super::super::file::read_regular;

/// One TOML file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// The path, as messages show it.
    pub name: String,
    /// Its text.
    pub text: String,
    /// The byte offset of each line.
    lines: Vec<usize>,
    /// The number of characters before every [`STEP`]-th byte.
    characters: Vec<usize>,
}

/// The distance of byte offsets at which characters are counted in advance, so that a column in a very long line is
/// found quickly.
const STEP: usize = 4096;

/// The greatest size of an authored file, in bytes.
const MAX_BYTES: u64 = 64 << 20;

/// The greatest number of authored files.
const MAX_FILES: usize = 10_000;

/// The greatest depth of folders that is searched.
const MAX_DEPTH: usize = 4;

impl SourceFile {
    /// Returns a file with this name and text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at.saturating_add(1))).collect();
        let blocks = text.as_bytes().chunks(STEP).scan(0, |before: &mut usize, block| {
            let start = *before;
            *before = start.saturating_add(count_starts(block));
            Some(start)
        });
        let characters = blocks.collect();
        Self { name: name.into(), text, lines, characters }
    }

    /// Returns line and column of a byte offset. Both count from 1, columns in characters.
    pub fn position(&self, offset: usize) -> (u32, u32) {
        let offset = offset.min(self.text.len());
        let line = self.lines.partition_point(|&start| start <= offset);
        let start = self.lines.get(line.wrapping_sub(1)).copied().unwrap_or(0);
        let before = self.starts_before(offset).saturating_sub(self.starts_before(start));
        let column = before.saturating_add(usize::from(self.text.is_char_boundary(offset)));
        (line as u32, column as u32)
    }

    /// Returns the number of characters that begin before a byte offset.
    fn starts_before(&self, offset: usize) -> usize {
        // An offset at the end may have no block of its own.
        let block = (offset / STEP).min(self.characters.len().saturating_sub(1));
        let since = self.text.as_bytes().get(block.saturating_mul(STEP)..offset).unwrap_or_default();
        self.characters.get(block).copied().unwrap_or_default().saturating_add(count_starts(since))
    }
}

/// Returns true unless the byte continues a character of UTF-8.
fn count_starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xc0 != 0x80).count()
}

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
        &[$(($path, include_str!(concat!("../../../seeds/", $path)))),+]
    };
}

/// The files of the embedded dossier; a test compares this list with the folder.
static EMBEDDED: &[(&str, &str)] = embed![
    "checks.toml",
    "claims/agency-2023.toml",
    "claims/kalyani.toml",
    "claims/partnership-2024.toml",
    "claims/roy.toml",
    "claims/skills.toml",
    "dossier.toml",
    "entities.toml",
    "pins.toml",
];

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
    fn a_position_counts_characters() {
        let file = SourceFile::new("x", "ab\né=1\n");
        assert_eq!(file.position(0), (1, 1));
        assert_eq!(file.position(3), (2, 1));
        assert_eq!(file.position(5), (2, 2));
        assert_eq!(file.position(999), (3, 1));
    }

    #[test]
    fn a_line_of_any_length_has_its_columns() {
        let line = "é€=".repeat(STEP);
        let file = SourceFile::new("x", format!("{line}\n{line}"));
        for (index, (at, _)) in line.char_indices().enumerate() {
            let column = index as u32 + 1;
            assert_eq!(file.position(at), (1, column));
            assert_eq!(file.position(line.len() + 1 + at), (2, column));
        }
        assert_eq!(file.position(file.text.len()), (2, 3 * STEP as u32 + 1));
        let whole = SourceFile::new("x", "=".repeat(2 * STEP));
        assert_eq!(whole.position(2 * STEP), (1, 2 * STEP as u32 + 1));
        assert_eq!(SourceFile::new("x", "").position(0), (1, 1));
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
