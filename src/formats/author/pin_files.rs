//! The files that hold pins: `pins/SLUG.toml`, one for each document.
//!
//! Invariant: such a file holds nothing but pins, which a command makes anew from the documents; nothing that a person
//! wrote is replaced or removed.

use std::path::Path;

use super::pins::{DocumentPins, slug, write_pins};
use crate::model::Dossier;
use crate::syntax::{Code, Defect, Parsed, SourceFile};

/// The folder of the pins in the folder of a dossier.
pub const PINS_FOLDER: &str = "pins";

/// The file that held the pins of all documents before each document had a file of its own; still read.
const FORMER_FILE: &str = "pins.toml";

/// A file that is not needed any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outdated {
    /// The file, relative to the folder of the dossier.
    pub file: String,
    /// The reason, as a sentence without its end.
    pub reason: String,
}

/// What has to happen to the files of a folder so that they hold new pins.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PinChanges {
    /// The files to write, relative to the folder of the dossier, with their texts.
    pub written: Vec<(String, String)>,
    /// The number of files that already have the right text.
    pub unchanged: usize,
    /// The files to remove.
    pub outdated: Vec<Outdated>,
}

/// Splits the files of a folder into those that people write and those that hold pins.
pub fn split_pins(files: Vec<SourceFile>, folder: &Path) -> (Vec<SourceFile>, Vec<SourceFile>) {
    files.into_iter().partition(|file| !holds_pins(&below(file, folder)))
}

/// Returns the changes that bring the files with pins of a folder, `former`, to `pins`. Equal files stay as they are.
///
/// # Errors
///
/// A defect for each of the former files that holds something else than pins.
pub fn pin_changes(
    dossier: &Dossier,
    pins: &[DocumentPins],
    former: &[SourceFile],
    folder: &Path,
) -> Result<PinChanges, Vec<Defect>> {
    let defects: Vec<Defect> = former.iter().filter_map(foreign).collect();
    if !defects.is_empty() {
        return Err(defects);
    }
    let former: Vec<(String, &SourceFile)> = former.iter().map(|file| (below(file, folder), file)).collect();
    let mut changes = PinChanges::default();
    let mut current = Vec::with_capacity(pins.len());
    for document in pins {
        let name = format!("{PINS_FOLDER}/{}.toml", slug(dossier, dossier.document(document.document)));
        let text = write_pins(dossier, std::slice::from_ref(document));
        if former.iter().any(|(there, file)| *there == name && file.text == text) {
            changes.unchanged = changes.unchanged.saturating_add(1);
        } else {
            changes.written.push((name.clone(), text));
        }
        current.push(name);
    }
    let outdated = former.iter().filter(|(name, _)| !current.contains(name));
    changes.outdated = outdated.map(|(name, _)| Outdated { file: name.clone(), reason: reason(name) }).collect();
    Ok(changes)
}

/// Returns the path of a file below a folder, with `/` between its parts.
fn below(file: &SourceFile, folder: &Path) -> String {
    let path = Path::new(&file.name);
    // The names of files are printable, so that the folder has to be compared in the same form.
    let below = path.strip_prefix(&*folder.to_string_lossy()).unwrap_or(path);
    let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

fn holds_pins(name: &str) -> bool {
    match name.rsplit_once('/') {
        Some((folder, file)) => folder == PINS_FOLDER || file == FORMER_FILE,
        None => name == FORMER_FILE,
    }
}

fn reason(name: &str) -> String {
    match name.rsplit('/').next() {
        Some(FORMER_FILE) if name != format!("{PINS_FOLDER}/{FORMER_FILE}") => {
            format!("each document has its pins in {PINS_FOLDER}/ now")
        }
        Some(file) => format!("no document \"{}\" has a file", file.trim_end_matches(".toml")),
        None => "it is empty".into(),
    }
}

/// Returns a defect of a file that holds something else than pins. One that cannot be parsed may: it is made anew.
fn foreign(file: &SourceFile) -> Option<Defect> {
    let mut broken = Vec::new();
    let parsed = Parsed::new(file, &mut broken);
    let other = parsed.fields().keys().into_iter().find(|key| *key != "pins").map(str::to_owned)?;
    let remedy = "move it to a file of another name: annals pin makes this one anew";
    broken.is_empty().then(|| Defect::of_file(Code::UnknownKey, &file.name, format!("\"{other}\" among pins"), remedy))
}

#[cfg(test)]
mod tests {
    use super::super::tables::load;
    use super::*;
    use crate::model::dossier::Fingerprint;

    const DOSSIER: &str = "
        [[source]]\nid = \"report\"\nkey = \"R\"\ntitle = \"A report\"
        [[source]]\nid = \"pins\"\nkey = \"P\"\ntitle = \"On pins\"
        [[institution]]\nid = \"house\"\nlabel = \"House\"\n";

    fn file(name: &str, text: &str) -> SourceFile {
        SourceFile::new(name, text)
    }

    /// Returns the dossier with pins of its two documents, which have these lengths.
    fn pinned(lengths: [u32; 2]) -> (Dossier, Vec<DocumentPins>) {
        let (dossier, defects) = load(&[file("dossier.toml", DOSSIER)]);
        assert_eq!(defects, []);
        let fingerprint = |length| Fingerprint { sha256: [1; 32], length };
        let pins = dossier.documents().zip(lengths).map(|((document, _), length)| DocumentPins {
            document,
            fingerprint: fingerprint(length),
            places: Vec::new(),
        });
        let pins = pins.collect();
        (dossier, pins)
    }

    fn names(written: &[(String, String)]) -> Vec<&str> {
        written.iter().map(|(name, _)| name.as_str()).collect()
    }

    #[test]
    fn only_files_of_pins_are_split_off() {
        let names = ["d/a.toml", "d/my-pins.toml", "d/pins.toml", "d/pins/report.toml", "d/pins/x/a.toml"];
        let (kept, pins) = split_pins(names.map(|name| file(name, "")).into(), Path::new("d"));
        let name = |files: Vec<SourceFile>| files.into_iter().map(|file| file.name).collect::<Vec<_>>();
        assert_eq!(
            (name(kept), name(pins)),
            (vec![names[0].into(), names[1].into(), names[4].into()], vec![names[2].into(), names[3].into()])
        );
        // The folder of the dossier may have any name.
        let (kept, _) = split_pins(vec![file("dossiers/pins/a.toml", "")], Path::new("dossiers/pins/"));
        assert_eq!(kept.len(), 1);
    }

    #[test]
    fn each_document_has_a_file_and_only_changed_ones_are_written() {
        let (dossier, pins) = pinned([10, 20]);
        let changes = pin_changes(&dossier, &pins, &[], Path::new("d")).unwrap();
        assert_eq!(names(&changes.written), ["pins/pins.toml", "pins/report.toml"]);
        let former: Vec<SourceFile> =
            changes.written.iter().map(|(name, text)| file(&format!("d/{name}"), text)).collect();
        for (of, other) in [(0, 1), (1, 0)] {
            let slug = ["pins", "report"];
            assert!(former[of].text.contains(&format!("[pins.{}]", slug[of])));
            assert!(!former[of].text.contains(&format!("[pins.{}]", slug[other])));
        }
        let (dossier, pins) = pinned([10, 21]);
        let changes = pin_changes(&dossier, &pins, &former, Path::new("d")).unwrap();
        assert_eq!((names(&changes.written), changes.unchanged), (vec!["pins/report.toml"], 1));
        assert_eq!(changes.outdated, []);
        let all: Vec<SourceFile> = [file("dossier.toml", DOSSIER)].into_iter().chain(former).collect();
        let (back, defects) = load(&all);
        assert_eq!(defects, []);
        let lengths = back.documents().map(|(_, document)| document.fingerprint.map(|print| print.length));
        assert_eq!(lengths.collect::<Vec<_>>(), [Some(10), Some(20)]);
    }

    #[test]
    fn the_former_file_and_those_of_lost_documents_go_with_a_reason() {
        let (dossier, pins) = pinned([10, 20]);
        let former = ["d/pins.toml", "d/pins/gone.toml", "d/pins/report.toml"].map(|name| file(name, ""));
        let changes = pin_changes(&dossier, &pins, &former, Path::new("d")).unwrap();
        let said: Vec<String> =
            changes.outdated.iter().map(|Outdated { file, reason }| format!("{file}: {reason}")).collect();
        let expected =
            ["pins.toml: each document has its pins in pins/ now", "pins/gone.toml: no document \"gone\" has a file"];
        assert_eq!(said, expected);
    }

    #[test]
    fn what_a_person_wrote_is_not_replaced() {
        let (dossier, pins) = pinned([10, 20]);
        let written = file("d/pins.toml", "[[item]]\nid = \"pin\"\nlabel = \"A pin\"\n");
        let defects = pin_changes(&dossier, &pins, &[written], Path::new("d")).unwrap_err();
        let expected = "d/pins.toml: error unknown-key: \"item\" among pins; move it to a file of another name: annals pin makes this one anew";
        assert_eq!(defects.iter().map(ToString::to_string).collect::<Vec<_>>(), [expected]);
        let conflicted = file("d/pins.toml", "<<<<<<< ours\n[pins.report]\n=======\n");
        assert_eq!(pin_changes(&dossier, &pins, &[conflicted], Path::new("d")).unwrap().outdated.len(), 1);
    }
}
