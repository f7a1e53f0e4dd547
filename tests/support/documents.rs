//! The documents of the dossier, which a checkout may lack, and reports of skipped tests.
//!
//! Invariant: a test that returns early has printed the reason.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use annals::passages::{Unit, normalise};

/// The numbers with which the names of the documents begin.
const NUMBERS: [&str; 5] = ["000", "001", "002", "003", "004"];

/// Reports that the running test was skipped, on standard error, past the capture of the test harness.
pub fn skipped(reason: &str) {
    let thread = std::thread::current();
    let _ = writeln!(std::io::stderr(), "skipped: {}: {reason}", thread.name().unwrap_or("a test"));
}

/// Returns the folder of the documents. If it does not exist, reports that the test is skipped.
///
/// # Panics
/// If the folder exists but lacks a document.
pub fn documents() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    if !folder.is_dir() {
        skipped("the documents are not beside the checkout (../shared/seeds)");
        return None;
    }
    let found = texts(&folder);
    for number in NUMBERS {
        assert!(found.iter().any(|(name, _)| name.starts_with(number)), "no document {number} in {}", folder.display());
    }
    Some(folder)
}

/// Returns the name and the normalised text of every document in a folder, sorted by name.
pub fn texts(folder: &Path) -> Vec<(String, String)> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    let read = |path: PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, normalise(&fs::read_to_string(path).unwrap()).into_owned())
    };
    paths.into_iter().map(read).collect()
}

/// Returns the text of the document whose file name begins with `number`. If the documents are absent, reports that the
/// test is skipped.
pub fn document(number: &str) -> Option<String> {
    let found = texts(&documents()?).into_iter().find(|(name, _)| name.starts_with(number));
    Some(found.unwrap_or_else(|| panic!("no document {number}")).1)
}

/// Copies a folder and the folders in it.
pub fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            fs::write(target, fs::read(path).unwrap()).unwrap();
        }
    }
}

/// The text before a unit of a document, that of the unit, and the text behind it.
pub fn around<'a>(text: &'a str, unit: &Unit) -> [&'a str; 3] {
    let byte = |point: u32| text.char_indices().nth(point as usize).map_or(text.len(), |(at, _)| at);
    let (start, end) = (byte(unit.start), byte(unit.end()));
    [&text[..start], &text[start..end], &text[end..]]
}
