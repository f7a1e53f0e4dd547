//! Reads and splits the documents of a dossier from a folder.
//!
//! Invariant: only regular files are read, none by a link, each up to [`MAX_BYTES`], and nothing is written. A file
//! outside of the folder is read only if a dossier that people write names it.

use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::formats::author::read_text;
use crate::model::{Digests, Document, DocumentId, Dossier};
use crate::passages::document::SourceText;
use crate::syntax::{Code, Defect, Position};
use crate::text::keyed::{Digester, Key};

/// The largest document that is read, in bytes.
pub const MAX_BYTES: u64 = 16 << 20;

/// The documents of a dossier whose files could be read.
#[derive(Debug, Default)]
pub struct Library {
    /// The texts by the index of the document.
    texts: Vec<Option<SourceText>>,
    /// The files outside of the folder that were read.
    outside: Vec<(DocumentId, PathBuf)>,
}

/// The files that a dossier may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bounds {
    /// Those in the folder and below it, for a dossier that a stranger may have made.
    Folder,
    /// Any file, for a dossier whose authors are the users.
    Stated,
}

/// The options for reading the documents of a dossier.
pub struct Reading<'a> {
    /// The files that it may name.
    pub bounds: Bounds,
    /// The key that its digests take, if it is at hand.
    pub key: Option<Arc<Key>>,
    /// Returns the place where the file of a document is named, if it has one.
    pub place: &'a dyn Fn(DocumentId) -> Option<Position>,
}

impl Reading<'_> {
    /// Reads the files that anybody's dossier may name, without a key.
    pub fn within() -> Self {
        Self { bounds: Bounds::Folder, key: None, place: &|_| None }
    }
}

impl Library {
    /// Reads every document of the dossier that names a file, and returns the defects of those that cannot be
    /// read. A document without a file is left out without a defect. Keyed pins cannot be verified with the result.
    pub fn open(dossier: &Dossier, folder: &Path) -> (Self, Vec<Defect>) {
        Self::open_as(dossier, folder, Reading::within())
    }

    /// Reads documents like [`open`](Self::open), in the way that is given.
    pub fn open_as(dossier: &Dossier, folder: &Path, reading: Reading<'_>) -> (Self, Vec<Defect>) {
        let Reading { bounds, key, place } = reading;
        let digester = match (dossier.meta().digests, key) {
            (Digests::Plain, _) => Digester::Plain,
            (Digests::Keyed, Some(key)) => Digester::Keyed(key),
            (Digests::Keyed, None) => Digester::NoKey,
        };
        let mut defects = Vec::new();
        if let Err(defect) = check_folder(folder) {
            return (Self::default(), vec![defect]);
        }
        let mut outside = Vec::new();
        let mut read = |(id, document): (DocumentId, &Document)| {
            let file = document.file.as_deref()?;
            let text =
                find(folder, file, bounds).map_err(|defect| Defect { at: place(id).unwrap_or(defect.at), ..defect });
            let text = text.and_then(|found| {
                let text = read_text(&found.path, MAX_BYTES, "expected the text of a document")?;
                if found.is_outside {
                    outside.push((id, found.path));
                }
                Ok(text)
            });
            match text {
                Ok(text) => Some(SourceText::digested(&text, digester.clone())),
                Err(defect) => {
                    defects.push(defect);
                    None
                }
            }
        };
        let texts = dossier.documents().map(&mut read).collect();
        (Self { texts, outside }, defects)
    }

    /// Returns the files outside of the folder that were read, with their documents.
    pub fn outside(&self) -> &[(DocumentId, PathBuf)] {
        &self.outside
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

/// A file that may be read.
struct Found {
    path: PathBuf,
    is_outside: bool,
}

/// Returns the file that a dossier names, or why it may not be read. A missing file is reported by whoever reads it.
fn find(folder: &Path, file: &str, bounds: Bounds) -> Result<Found, Defect> {
    let path = folder.join(file);
    let name = path.to_string_lossy();
    let refused =
        |code, found: &str, expected| Err(Defect::of_file(code, &name, format!("\"{file}\" is {found}"), expected));
    let is_below = Path::new(file).components().all(|part| matches!(part, Component::Normal(_)));
    if file.is_empty() || !is_below && bounds == Bounds::Folder {
        let expected = "expected a file in the folder of documents, or below it";
        return refused(Code::OutsideFolder, "not a path in the folder of documents", expected);
    }
    let expected = "expected the text of a document";
    match fs::symlink_metadata(&path) {
        Ok(about) if about.is_symlink() => {
            return refused(Code::Unreadable, "a symbolic link", "expected the file itself");
        }
        Ok(about) if !about.is_file() => return refused(Code::Unreadable, "not a regular file", expected),
        Ok(_) | Err(_) => {}
    }
    // A folder on the way may be a link.
    let is_outside = match (fs::canonicalize(&path), fs::canonicalize(folder)) {
        (Ok(real), Ok(folder)) => !real.starts_with(folder),
        (Err(_), _) | (_, Err(_)) => !is_below,
    };
    if is_outside && bounds == Bounds::Folder {
        return refused(Code::OutsideFolder, "outside the folder of documents", "expected a copy of it in the folder");
    }
    Ok(Found { path, is_outside })
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
        let large = folder.path().join("large.txt");
        assert_eq!(read_text(&large, MAX_BYTES, "").map(|text| text.len() as u64), Ok(MAX_BYTES));
        file.set_len(MAX_BYTES + 1).unwrap();
        let read = |path: &Path| read_text(path, MAX_BYTES, "expected the text of a document");
        let defect = read(&folder.path().join("large.txt")).unwrap_err();
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
        let expected = [
            "DIR/thistle.txt: error unreadable: \"thistle.txt\" is not a regular file; expected the text of a document",
        ];
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
    fn only_authors_name_a_file_outside_of_the_folder() {
        let outer = tempfile::tempdir().unwrap();
        let folder = outer.path().join("inner");
        let sub = folder.join("sub");
        fs::create_dir_all(&sub).unwrap();
        for folder in [outer.path(), &folder, &sub] {
            fs::write(folder.join("thistle.txt"), DOCUMENT).unwrap();
        }
        let absolute = outer.path().join("thistle.txt").to_string_lossy().into_owned();
        // Whether the file is read for a stranger's dossier, for an authored one, and whether it lies outside.
        for (file, anybody, authors, outside) in [
            ("thistle.txt", true, true, false),
            ("sub/thistle.txt", true, true, false),
            ("sub/../thistle.txt", false, true, false),
            ("../thistle.txt", false, true, true),
            (&*absolute, false, true, true),
            ("sub", false, false, false),
            ("..", false, false, false),
            (".", false, false, false),
            ("", false, false, false),
        ] {
            let authored = AUTHORED.replace("\"thistle.txt\"", &format!("\"{}\"", file.replace('\\', "/")));
            let dossier = dossier(&authored);
            let named = Position { file: "a.toml".into(), line: 7, column: 8 };
            let place = |_| Some(named.clone());
            for (bounds, is_read) in [(Bounds::Folder, anybody), (Bounds::Stated, authors)] {
                let reading = Reading { bounds, key: None, place: &place };
                let (library, defects) = Library::open_as(&dossier, &folder, reading);
                assert_eq!(library.document(id(&dossier)).is_some(), is_read, "{file} {bounds:?} {defects:?}");
                assert_eq!(library.outside().len(), usize::from(is_read && outside), "{file} {bounds:?}");
                assert_eq!(defects.len(), usize::from(!is_read), "{file}");
                assert!(defects.iter().all(|defect| defect.at == named), "{file} {defects:?}");
            }
        }
    }

    #[cfg(unix)]
    #[test]
    fn no_link_is_followed() {
        let outer = tempfile::tempdir().unwrap();
        let folder = outer.path().join("inner");
        fs::create_dir(&folder).unwrap();
        fs::write(outer.path().join("thistle.txt"), DOCUMENT).unwrap();
        std::os::unix::fs::symlink("../thistle.txt", folder.join("thistle.txt")).unwrap();
        std::os::unix::fs::symlink(outer.path(), folder.join("way")).unwrap();
        for (file, found) in
            [("thistle.txt", "is a symbolic link"), ("way/thistle.txt", "is outside the folder of documents")]
        {
            let dossier = dossier(&AUTHORED.replace("\"thistle.txt\"", &format!("\"{file}\"")));
            let (library, defects) = Library::open(&dossier, &folder);
            assert!(library.document(id(&dossier)).is_none(), "{file}");
            assert!(defects.len() == 1 && defects[0].found.ends_with(found), "{defects:?}");
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
