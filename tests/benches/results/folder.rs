//! Opening a folder of TOML in the explorer, beside a parser that reads the same files and does nothing with them.
//!
//! Invariant: the files are in the system's cache, and are parsed before and opened after in turns.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::explorer::look;
use crate::lookups::SIZE;
use crate::support::terminal::Trouble;
use crate::support::times::{Times, timed};

/// The number of persons in a file; their terms are in the same file.
const PORTION: usize = 1_000;

/// The number of terms at a post.
const TERMS: usize = 15;

/// The figures of a folder.
#[derive(Default)]
pub struct Folder {
    /// The size of its files, in megabytes.
    pub size: f64,
    /// In the explorer: the first frame, and the end of reading.
    pub first_frame: Times,
    pub ready: Times,
    /// The time in which the parser of TOML reads the files.
    pub parsed: Times,
}

/// Writes a folder of about the size of the dossier of offices and measures it.
pub fn measure(annals: &Path, folder: &Path, is_quick: bool) -> Result<Folder, Trouble> {
    let (persons, terms) = if is_quick { (2_000, 3_000) } else { SIZE };
    let files = write(&folder.join("offices"), persons, terms)?;
    let mut found = Folder::default();
    for file in &files {
        found.size += fs::metadata(file)?.len() as f64 / 1e6;
    }
    for _ in 0..if is_quick { 2 } else { 15 } {
        let (time, parsed) = timed(|| parse(&files));
        parsed?;
        found.parsed.add(time);
        let (frame, ready, _) = look(annals, &folder.join("offices"))?;
        found.first_frame.add(frame);
        found.ready.add(ready);
    }
    Ok(found)
}

fn parse(files: &[PathBuf]) -> Result<(), Trouble> {
    for file in files {
        let table: toml::Table = fs::read_to_string(file)?.parse()?;
        std::hint::black_box(table);
    }
    Ok(())
}

/// Writes the files of a dossier and returns their paths.
fn write(folder: &Path, persons: usize, terms: usize) -> Result<Vec<PathBuf>, Trouble> {
    fs::create_dir_all(folder)?;
    let posts = terms.div_ceil(TERMS);
    let mut head = String::from(
        "[dossier]\nkey = \"offices\"\ntitle = \"Offices\"\nformat = 2\nhorizon = \"2025\"\n\n\
         [[source]]\nid = \"gazette\"\nkey = \"A\"\ntitle = \"Gazette\"\npublished = \"2025\"\n\n\
         [[institution]]\nid = \"house\"\nlabel = \"House of Offices\"\nat = \"A: lead / p1 s1\"\n\n",
    );
    for post in 0..posts {
        write!(
            head,
            "[[post]]\nid = \"post-{post}\"\nlabel = \"Office {post}\"\ninstitution = \"house\"\nat = \"A: lead / p2 s1\"\n\n"
        )?;
    }
    let mut files = vec![folder.join("dossier.toml")];
    fs::write(&files[0], head)?;
    for (number, first) in (0..persons).step_by(PORTION).enumerate() {
        let mut text = String::new();
        let portion = first..persons.min(first + PORTION);
        for person in portion.clone() {
            let born = 1900 + person % 60;
            write!(
                text,
                "[[person]]\nid = \"person-{person}\"\nlabel = \"Asha Person {person}\"\nborn = \"{born}\"\n\
                 at = \"A: lead / p{} s1\"\n\n",
                person + 3
            )?;
        }
        // The terms of a file are those whose place among all is that of its persons.
        for term in portion.start * terms / persons..portion.end * terms / persons {
            let year = 1980 + term % TERMS * 2;
            write!(
                text,
                "[[tenure]]\nid = \"term-{term}\"\nperson = \"person-{}\"\npost = \"post-{}\"\n\
                 start = \"{year}\"\nend = \"{}\"\nat = \"A: lead / p{} s2\"\n\n",
                term % persons,
                term / TERMS,
                year + 1,
                term % persons + 3
            )?;
        }
        let path = folder.join(format!("persons-{number}.toml"));
        fs::write(&path, text)?;
        files.push(path);
    }
    Ok(files)
}
