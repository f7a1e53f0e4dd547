//! The files of an authored dossier: read from a folder, or compiled into the program.
//!
//! Invariant: files are taken in the order of their names, so messages come in the
//! same order on every machine.

use std::fs;
use std::io;
use std::path::Path;

use super::super::defect::Defect;
use super::super::file::read_regular;

/// One TOML file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// The path as it is shown in messages.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Where its lines begin.
    lines: Vec<usize>,
}

/// No line of sense is longer, in bytes; what stands behind that has no column.
const MAX_LINE: usize = 4096;

/// No authored file of sense is larger; what is, is something else under a wrong name.
const MAX_BYTES: u64 = 64 << 20;

/// No dossier is authored in more; a folder with more is something else.
const MAX_FILES: usize = 10_000;

/// How deep folders are searched for files.
const MAX_DEPTH: usize = 4;

impl SourceFile {
    /// A file of this name with this text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at.saturating_add(1))).collect();
        Self { name: name.into(), text, lines }
    }

    /// Line and column (in characters), both from 1, of a byte offset. The column is 0 where
    /// the line is longer than 4 KiB before it: counting would take the longer, the more is wrong.
    pub fn position(&self, offset: usize) -> (u32, u32) {
        let offset = offset.min(self.text.len());
        let line = self.lines.partition_point(|&start| start <= offset);
        let start = self.lines.get(line.wrapping_sub(1)).copied().unwrap_or(0);
        let before = self.text.as_bytes().get(start..offset).unwrap_or_default();
        // A character begins with any byte but those that continue one.
        let characters = before.iter().filter(|&&byte| byte & 0xc0 != 0x80).count();
        let column = if before.len() > MAX_LINE {
            0
        } else {
            characters.saturating_add(usize::from(self.text.is_char_boundary(offset)))
        };
        (line as u32, column as u32)
    }
}

/// All `.toml` files below a folder but hidden ones, with what could not be read.
///
/// # Errors
///
/// The folder itself cannot be listed.
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
            // Hidden files and folders belong to tools, not to a dossier.
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
    let name = path.to_string_lossy().into_owned();
    let bytes = read_regular(path, MAX_BYTES)
        .map_err(|error| Defect::of_file(&name, error.to_string(), "expected a readable TOML file"))?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(SourceFile::new(name, text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))),
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes().get(..valid).unwrap_or_default()).into_owned();
            let (line, column) = SourceFile::new(name.as_str(), text).position(valid);
            Err(Defect {
                file: name,
                line,
                column,
                found: "bytes that are not UTF-8".into(),
                remedy: Some("save the file as UTF-8".into()),
            })
        }
    }
}

/// Declares the files that are compiled in, by their path below `seeds/`.
macro_rules! embed {
    ($($path:literal),+ $(,)?) => {
        &[$(($path, include_str!(concat!("../../../seeds/", $path)))),+]
    };
}

/// The files of the embedded dossier; a test holds this list against the folder.
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

/// The files of the embedded dossier.
pub fn embedded() -> Vec<SourceFile> {
    let file = |&(name, text): &(&str, &str)| SourceFile::new(format!("seeds/{name}"), text);
    EMBEDDED.iter().map(file).collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]
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
}
