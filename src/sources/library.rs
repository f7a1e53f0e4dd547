//! A folder with the documents of a dossier, read and split once.
//!
//! Invariant: only regular files that stand directly in the folder are read, none of
//! them without a bound, and nothing is ever written.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _};
use std::path::{Component, Path};

use super::text::SourceText;
use crate::formats::author::SourceFile;
use crate::formats::defect::Defect;
use crate::model::{Document, DocumentId, Dossier};

/// The largest document that is read, in bytes.
pub const MAX_BYTES: u64 = 16 << 20;

/// The documents of a dossier, as far as their files could be read.
#[derive(Debug, Default)]
pub struct Library {
    /// By the number of the document.
    texts: Vec<Option<SourceText>>,
}

impl Library {
    /// Reads every document of the dossier that has a file, with what is wrong with the files.
    /// A document without a file is left out and no defect.
    pub fn open(dossier: &Dossier, folder: &Path) -> (Self, Vec<Defect>) {
        let mut defects = Vec::new();
        if let Err(defect) = check_folder(folder) {
            return (Self::default(), vec![defect]);
        }
        let mut read = |document: &Document| match read(folder, document.file.as_deref()?) {
            Ok(text) => Some(SourceText::new(&text)),
            Err(defect) => {
                defects.push(defect);
                None
            }
        };
        let texts = dossier.documents().map(|(_, document)| read(document)).collect();
        (Self { texts }, defects)
    }

    /// A document, if it was read.
    pub fn document(&self, id: DocumentId) -> Option<&SourceText> {
        self.texts.get(id.index())?.as_ref()
    }
}

fn check_folder(folder: &Path) -> Result<(), Defect> {
    let expected = "expected the folder with the documents";
    let name = folder.to_string_lossy();
    match fs::metadata(folder) {
        Ok(about) if about.is_dir() => Ok(()),
        Ok(_) => Err(Defect::of_file(&name, "not a folder", expected)),
        Err(error) => Err(Defect::of_file(&name, error.to_string(), expected)),
    }
}

/// The text of one file of the folder.
fn read(folder: &Path, file: &str) -> Result<String, Defect> {
    // The name comes from the dossier, which may come from anywhere.
    let mut components = Path::new(file).components();
    let (Some(Component::Normal(name)), None) = (components.next(), components.next()) else {
        return Err(Defect::of_file(
            file,
            "not a plain file name",
            "expected the name of a file in the folder of sources",
        ));
    };
    let path = folder.join(name);
    let shown = path.to_string_lossy();
    let defect = |found: String| Defect::of_file(&shown, found, "expected the text of a document");
    let failed = |error: io::Error| defect(error.to_string());
    // Looking first leaves devices and pipes untouched; what was opened then decides.
    if !fs::metadata(&path).map_err(failed)?.is_file() {
        return Err(defect("not a regular file".into()));
    }
    let source = open(&path).map_err(failed)?;
    let about = source.metadata().map_err(failed)?;
    if !about.is_file() {
        return Err(defect("not a regular file".into()));
    }
    let mut bytes = Vec::with_capacity(about.len().min(MAX_BYTES) as usize);
    // The file may grow while it is read.
    source.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Defect::of_file(&shown, "too large", format!("expected at most {MAX_BYTES} bytes")));
    }
    String::from_utf8(bytes).map_err(|error| not_utf8(&shown, &error))
}

/// Opens without waiting for the other end, should it be a pipe after all.
#[cfg(unix)]
fn open(path: &Path) -> io::Result<File> {
    use rustix::fs::OFlags;
    use std::os::unix::fs::OpenOptionsExt as _;
    let flags = OFlags::NONBLOCK | OFlags::NOCTTY;
    OpenOptions::new().read(true).custom_flags(flags.bits().cast_signed()).open(path)
}

#[cfg(not(unix))]
fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).open(path)
}

fn not_utf8(shown: &str, error: &std::string::FromUtf8Error) -> Defect {
    let valid = error.utf8_error().valid_up_to();
    let text = String::from_utf8_lossy(&error.as_bytes()[..valid]).into_owned();
    let (line, column) = SourceFile { name: String::new(), text }.position(valid);
    Defect {
        file: shown.to_owned(),
        line,
        column,
        found: "bytes that are not UTF-8".into(),
        remedy: Some("save the file as UTF-8".into()),
    }
}
