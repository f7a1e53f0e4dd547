//! The words that only the first dossier knows: no source, help or message of the program has one. And small dossiers on
//! other subjects, with which that is tried.
//!
//! Invariant: each word is in the singular and in lower case.

use std::path::{Path, PathBuf};

/// Words of the first dossier's subject, in the singular and in lower case.
pub const SUBJECT: &[&str] = &[
    "aiims",
    "anaesthesia",
    "bed",
    "bengal",
    "clinic",
    "clinical",
    "crib",
    "crore",
    "degree",
    "delhi",
    "department",
    "doctor",
    "doctoral",
    "hooghly",
    "hospital",
    "icu",
    "iiser",
    "iit",
    "india",
    "inr",
    "kalyani",
    "kharagpur",
    "kolkata",
    "lakh",
    "mbbs",
    "medical",
    "medicine",
    "mookerjee",
    "nurse",
    "nursing",
    "opd",
    "patient",
    "ramji",
    "rupee",
    "seat",
    "student",
    "surgery",
    "surgical",
    "tewari",
    "undergraduate",
];

/// The dossiers on other subjects, each with a kind, a property and a measure of its own.
pub const OTHERS: [&str; 2] = ["choir", "river"];

/// Returns the folder of a dossier on another subject, with its document in it.
pub fn folder_of(other: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/subjects").join(other)
}

/// Returns the words of a line that are words of a subject or their plurals, in lower case.
pub fn found_in(line: &str, subject: &[&str]) -> Vec<String> {
    let is_subject = |word: &String| subject.iter().any(|known| word == known || word.strip_suffix('s') == Some(known));
    words(line).into_iter().filter(is_subject).collect()
}

/// Returns the words of a line in lower case. Parts of `camelCase`, `snake_case` and `CAPITALS` are words.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut after_lower = false;
    for c in line.chars() {
        if !c.is_alphabetic() || c.is_uppercase() && after_lower {
            words.push(String::new());
        }
        if c.is_alphabetic()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase());
        }
        after_lower = c.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}
