//! Inputs with which the guided fuzzer reached new code, one per line in `tests/fuzz/kept`, from which further mutants
//! are made.
//!
//! Invariant: an input that is written is read back byte for byte.

use std::fs;
use std::path::{Path, PathBuf};

/// The number of bytes kept for each target, the shortest inputs first.
const ROOM: usize = 32 * 1024;

/// Returns the folder of the fuzzer's files.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz")
}

fn file(name: &str) -> PathBuf {
    root().join("kept").join(format!("{name}.txt"))
}

/// Returns the inputs kept for a target, possibly none.
pub fn read(name: &str) -> Vec<Vec<u8>> {
    let text = fs::read_to_string(file(name)).unwrap_or_default();
    text.lines().map(|line| unescaped(line).unwrap()).collect()
}

/// Writes the inputs to keep for a target.
pub fn write(name: &str, mut inputs: Vec<Vec<u8>>) {
    inputs.sort_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
    let mut room = ROOM;
    let fitting = inputs.iter().take_while(|input| {
        let fits = input.len() <= room;
        room = room.saturating_sub(input.len());
        fits
    });
    let lines: Vec<String> = fitting.map(|input| format!("{}\n", input.escape_ascii())).collect();
    fs::create_dir_all(root().join("kept")).unwrap();
    fs::write(file(name), lines.concat()).unwrap();
}

/// The inverse of [`escape_ascii`](slice::escape_ascii).
pub fn unescaped(line: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(line.len());
    let mut rest = line.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'\\' => match rest.next()? {
                b't' => b'\t',
                b'r' => b'\r',
                b'n' => b'\n',
                b'x' => {
                    let digit = |byte: u8| char::from(byte).to_digit(16);
                    (digit(rest.next()?)? * 16 + digit(rest.next()?)?) as u8
                }
                other => other,
            },
            byte => byte,
        });
    }
    Some(bytes)
}

/// Returns the inputs in a folder, or none if it does not exist.
pub fn folder(path: &Path) -> Vec<Vec<u8>> {
    let Ok(entries) = fs::read_dir(path) else { return Vec::new() };
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}
