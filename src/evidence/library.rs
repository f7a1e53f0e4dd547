//! Reads and splits the documents of a dossier from a folder.
//!
//! Invariant: only regular files directly in the folder are read, each up to [`MAX_BYTES`], and nothing is
//! written.

use std::fs;
use std::path::{Component, Path};
use std::sync::Arc;

use crate::formats::author::read_text;
use crate::model::{Digests, Document, DocumentId, Dossier};
use crate::passages::document::SourceText;
use crate::syntax::{Code, Defect};
use crate::text::keyed::{Digester, Key};

/// The largest document that is read, in bytes.
pub const MAX_BYTES: u64 = 16 << 20;

/// The documents of a dossier whose files could be read.
#[derive(Debug, Default)]
pub struct Library {
    /// The texts by the index of the document.
    texts: Vec<Option<SourceText>>,
}

impl Library {
    /// Reads every document of the dossier that names a file, and returns the defects of those that cannot be
    /// read. A document without a file is left out without a defect. Keyed pins cannot be verified with the result.
    pub fn open(dossier: &Dossier, folder: &Path) -> (Self, Vec<Defect>) {
        Self::open_with_key(dossier, folder, None)
    }

    /// Reads documents like [`open`](Self::open), with the key that the digests of the dossier take, if it is at hand.
    pub fn open_with_key(dossier: &Dossier, folder: &Path, key: Option<Arc<Key>>) -> (Self, Vec<Defect>) {
        let digester = match (dossier.meta().digests, key) {
            (Digests::Plain, _) => Digester::Plain,
            (Digests::Keyed, Some(key)) => Digester::Keyed(key),
            (Digests::Keyed, None) => Digester::NoKey,
        };
        let mut defects = Vec::new();
        if let Err(defect) = check_folder(folder) {
            return (Self::default(), vec![defect]);
        }
        let mut read = |document: &Document| match read(folder, document.file.as_deref()?) {
            Ok(text) => Some(SourceText::digested(&text, digester.clone())),
            Err(defect) => {
                defects.push(defect);
                None
            }
        };
        let texts = dossier.documents().map(|(_, document)| read(document)).collect();
        (Self { texts }, defects)
    }

    /// Returns the text of a document, or `None` if it was not read.
    pub fn document(&self, id: DocumentId) -> Option<&SourceText> {
        self.texts.get(id.index())?.as_ref()
    }
}

fn check_folder(folder: &Path) -> Result<(), Defect> {
    let expected = "expected the folder with the documents";
    let name = folder.to_string_lossy();
    match fs::metadata(folder) {
        Ok(about) if about.is_dir() => Ok(()),
        Ok(_) => Err(Defect::of_file(Code::Unreadable, &name, "not a folder", expected)),
        Err(error) => Err(Defect::of_file(Code::Unreadable, &name, error.to_string(), expected)),
    }
}

fn read(folder: &Path, file: &str) -> Result<String, Defect> {
    // The name comes from the dossier, which is not trusted.
    let mut components = Path::new(file).components();
    let (Some(Component::Normal(name)), None) = (components.next(), components.next()) else {
        return Err(Defect::of_file(
            Code::OutsideFolder,
            file,
            "not a plain file name",
            "expected the name of a file in the folder of sources",
        ));
    };
    read_text(&folder.join(name), MAX_BYTES, "expected the text of a document")
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{AUTHORED, DOCUMENT, dossier, id};
    use super::*;

    /// Returns the defects of a folder with these bytes as the only document.
    fn complaints(bytes: &[u8]) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("thistle.txt"), bytes).unwrap();
        said(folder.path())
    }

    /// Returns the defects of a folder, without the folder's own path.
    fn said(folder: &Path) -> Vec<String> {
        let (library, defects) = Library::open(&dossier(AUTHORED), folder);
        assert_eq!(library.document(id(&dossier(AUTHORED))).is_none(), !defects.is_empty());
        let prefix = folder.to_string_lossy().into_owned();
        let local = |defect: &Defect| defect.to_string().replace(&prefix, "DIR");
        defects.iter().map(local).collect()
    }

    #[test]
    fn a_document_is_read_and_split() {
        let dossier = dossier(AUTHORED);
        let library = super::super::fixture::library(&dossier, DOCUMENT);
        let text = library.document(id(&dossier)).unwrap();
        assert_eq!((text.text(), text.units().len()), (DOCUMENT, 14));
    }

    #[test]
    fn a_missing_file_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let said = said(folder.path());
        assert!(said[0].starts_with("DIR/thistle.txt: "), "{said:?}");
        assert!(said[0].ends_with("; expected the text of a document"), "{said:?}");
    }

    #[test]
    fn a_path_that_is_not_a_folder_is_one_defect() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(said(&folder.path().join("nowhere")).len(), 1);
        fs::write(folder.path().join("file"), "").unwrap();
        assert_eq!(
            said(&folder.path().join("file")),
            ["DIR: error unreadable: not a folder; expected the folder with the documents"]
        );
    }

    #[test]
    fn bytes_that_are_not_utf8_are_reported_with_line_and_column() {
        let expected = ["DIR/thistle.txt:2:3: error encoding: bytes that are not UTF-8; save the file as UTF-8"];
        assert_eq!(complaints(b"one\n\xc3\xa9x\xff y"), expected);
    }

    #[test]
    fn a_file_above_the_limit_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = fs::File::create(folder.path().join("large.txt")).unwrap();
        file.set_len(MAX_BYTES).unwrap();
        assert_eq!(read(folder.path(), "large.txt").map(|text| text.len() as u64), Ok(MAX_BYTES));
        file.set_len(MAX_BYTES + 1).unwrap();
        let defect = read(folder.path(), "large.txt").unwrap_err();
        assert_eq!(
            (defect.found, defect.remedy),
            (
                "cannot be read: 16777217 bytes, expected at most 16777216".into(),
                Some("expected the text of a document".into())
            )
        );
    }

    #[test]
    fn only_regular_files_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("thistle.txt");
        let expected =
            ["DIR/thistle.txt: error unreadable: cannot be read: not a regular file; expected the text of a document"];
        fs::create_dir(&path).unwrap();
        assert_eq!(said(folder.path()), expected);
        #[cfg(unix)]
        {
            use rustix::fs::{CWD, FileType, Mode, mknodat};
            fs::remove_dir(&path).unwrap();
            mknodat(CWD, &path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
            assert_eq!(said(folder.path()), expected);
        }
    }

    #[test]
    fn a_dossier_cannot_name_a_file_outside_of_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("inner");
        fs::create_dir(&inner).unwrap();
        fs::write(folder.path().join("thistle.txt"), DOCUMENT).unwrap();
        fs::write(inner.join("thistle.txt"), DOCUMENT).unwrap();
        let absolute = inner.join("thistle.txt").to_string_lossy().into_owned();
        for file in ["../thistle.txt", "inner/../thistle.txt", "inner/thistle.txt", "..", ".", "", &absolute] {
            let authored = AUTHORED.replace("\"thistle.txt\"", &format!("\"{}\"", file.replace('\\', "/")));
            let dossier = dossier(&authored);
            let (library, defects) = Library::open(&dossier, folder.path());
            assert!(library.document(id(&dossier)).is_none(), "{file}");
            let found: Vec<&str> = defects.iter().map(|defect| defect.found.as_str()).collect();
            assert_eq!(found, ["not a plain file name"], "{file}");
        }
    }

    #[test]
    fn a_document_without_a_file_is_left_out() {
        let dossier = dossier(&AUTHORED.replace("file = \"thistle.txt\"\n", ""));
        let folder = tempfile::tempdir().unwrap();
        let (library, defects) = Library::open(&dossier, folder.path());
        assert_eq!(defects, []);
        assert!(library.document(id(&dossier)).is_none());
    }
}
