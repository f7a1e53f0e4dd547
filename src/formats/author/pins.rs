//! Reads and writes pins: the position of each place in its document.
//!
//! Invariant: pins are made by a command, never by hand; those of places without a claim are dropped when they are
//! written again; pins of another version of the splitter, and second pins of a document, are refused.

use std::collections::hash_map::Entry;
use std::fmt::Write as _;

use super::loader::{Context, Loader};
use super::place;
use crate::model::builder::DocumentHandle;
use crate::model::dossier::Fingerprint;
use crate::model::{Digests, Document, DocumentId, Dossier, Pin, Place};
use crate::syntax::{Code, Defect, Fields, Node};
use crate::text::digest::{from_hex, to_hex};
use crate::text::is_unsafe;

/// The version of the splitter whose pins are read and written.
pub const PINNED_BY: u32 = 1;

/// The remedy for pins that cannot be used.
const REMEDY: &str = "run annals pin again";

/// The word for keyed digests in a file; plain ones have none.
pub const KEYED: &str = "hmac-sha256";

/// The first lines of a file.
const HEADER: &str = "\
# Where each place stands in its document: made by `annals pin --sources DIR`, never edited.
# \"SECTION / PLACE\" = [line, start, length, \"SHA-256\"]. Lines count from 1; start (from 0) and length count code
# points of the document without its byte order mark, lines ending in LF. The digest is of the words there, after
# NFC and with white space collapsed; that of a document is of its file's bytes.
";

/// The line after them if digests are keyed.
const KEYED_HEADER: &str =
    "# The digests are HMAC-SHA-256 with the secret key in pins/key, which stays out of version control.\n";

/// The pins of one document.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentPins {
    /// The document.
    pub document: DocumentId,
    /// The fingerprint of the text that the pins refer to.
    pub fingerprint: Fingerprint,
    /// Its places with their pins, in the order of the file.
    pub places: Vec<(Place, Pin)>,
}

/// Returns the text of a file with these pins. Equal pins give equal bytes.
pub fn write_pins(dossier: &Dossier, pins: &[DocumentPins]) -> String {
    let mut out = HEADER.to_owned();
    let keyed = match dossier.meta().digests {
        Digests::Plain => String::new(),
        Digests::Keyed => {
            out.push_str(KEYED_HEADER);
            format!("digest = \"{KEYED}\"\n")
        }
    };
    for DocumentPins { document, fingerprint, places } in pins {
        let name = key(slug(dossier, dossier.document(*document)));
        // Writing to a text cannot fail.
        let _ = write!(
            out,
            "\n[pins.{name}]\nsplitter = {PINNED_BY}\n{keyed}length = {}\nsha256 = \"{}\"\n\n[pins.{name}.places]\n",
            fingerprint.length,
            to_hex(&fingerprint.sha256),
        );
        for (place, pin) in places {
            let place = quoted(&pinned_name(dossier, place));
            let Pin { line, start, length, sha256 } = pin;
            let _ = writeln!(out, "{place} = [{line}, {start}, {length}, \"{}\"]", to_hex(sha256));
        }
    }
    out
}

/// Returns the id of a document without its kind, as authored files name it.
pub fn slug<'a>(dossier: &'a Dossier, document: &Document) -> &'a str {
    let id = dossier.id(document.entity);
    id.split_once('/').map_or(id, |(_, slug)| slug)
}

/// Returns a place as it is written if its document is known: `History / p1 s2`.
pub fn locator(dossier: &Dossier, place: &Place) -> String {
    format!("{} / {}", dossier.text(place.section), place.spot.map(|row| dossier.text(row)))
}

/// Returns a place as the key of a pin: with its document if the section seems to begin with one.
fn pinned_name(dossier: &Dossier, place: &Place) -> String {
    let text = locator(dossier, place);
    let known = |name: &str| dossier.documents().any(|(_, other)| name == other.key || name == slug(dossier, other));
    match text.split_once(": ") {
        Some((name, _)) if known(name) => format!("{}: {text}", slug(dossier, dossier.document(place.document))),
        Some(_) | None => text,
    }
}

/// Returns a TOML key, bare if that is allowed.
fn key(name: &str) -> String {
    let bare = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if !name.is_empty() && name.bytes().all(bare) { name.to_owned() } else { quoted(name) }
}

/// Returns a TOML basic string.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if is_unsafe(c) => {
                let _ = write!(out, "\\U{:08X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Reads the `[pins.DOCUMENT]` tables of a file.
pub(super) fn read(loader: &mut Loader, root: &mut Fields<'_>) {
    let Some(node) = root.get("pins") else { return };
    let Some(mut documents) = node.as_table() else {
        loader.defects.push(node.unexpected("tables [pins.DOCUMENT]"));
        return;
    };
    for name in documents.keys() {
        let Some(node) = documents.get(name) else { continue };
        let Some(fields) = node.as_table() else {
            loader.defects.push(node.unexpected("a table [pins.DOCUMENT]"));
            continue;
        };
        match loader.documents.get(name).copied() {
            Some(document) => {
                if is_first(loader, document, name, &fields) {
                    read_document(loader, fields, Context { document: Some(document), is_misnamed: false });
                }
            }
            None => loader.defects.push(node.defect(
                Code::UnknownId,
                format!("pins of an unknown document \"{name}\""),
                REMEDY,
            )),
        }
    }
}

/// Returns true for the first pins of a document; notes the place of both for others, and reads none of them.
fn is_first(loader: &mut Loader, document: DocumentHandle, name: &str, fields: &Fields<'_>) -> bool {
    match loader.pinned.entry(document) {
        Entry::Vacant(entry) => {
            entry.insert(fields.position());
            true
        }
        Entry::Occupied(entry) => {
            let defect = fields.defect(Code::DuplicateKey, format!("pins of \"{name}\" a second time"), REMEDY);
            loader.defects.push(defect.with_second(entry.get().clone()));
            false
        }
    }
}

/// Returns true if the digests of pins are made as the dossier says; notes it if they are not.
fn has_digests_of_dossier(loader: &mut Loader, fields: &mut Fields<'_>) -> bool {
    let stated = loader.digests;
    let (made, at) = match fields.get("digest") {
        None => (Digests::Plain, fields.position()),
        Some(node) if node.as_text() == Some(KEYED) => (Digests::Keyed, node.position()),
        Some(node) => {
            loader.defects.push(Defect { remedy: Some(REMEDY.into()), ..node.unexpected(&format!("\"{KEYED}\"")) });
            return false;
        }
    };
    if made != stated {
        let found = format!("pins with {made} digests, where [dossier] digests is \"{stated}\"");
        loader.defects.push(Defect::new(Code::WrongValue, at, found, REMEDY));
    }
    made == stated
}

fn read_document(loader: &mut Loader, mut fields: Fields<'_>, context: Context) {
    let Some(document) = context.document else { return };
    let Some(node) = fields.get("splitter") else {
        loader.defects.push(fields.defect(Code::WrongValue, "pins without the version of their splitter", REMEDY));
        return;
    };
    match number(node, &mut loader.defects) {
        Some(PINNED_BY) => {}
        Some(version) => {
            loader.defects.push(node.defect(
                Code::WrongValue,
                format!("pins by version {version} of the splitter"),
                REMEDY,
            ));
            return;
        }
        None => return,
    }
    if !has_digests_of_dossier(loader, &mut fields) {
        return;
    }
    let sha256 = required(&mut fields, "sha256", &mut loader.defects);
    if let (Some(notes), Some(node)) = (&mut loader.notes, sha256) {
        notes.digests.push((document.index(), node.position()));
    }
    let sha256 = sha256.and_then(|node| digest(node, &mut loader.defects));
    let length =
        required(&mut fields, "length", &mut loader.defects).and_then(|node| number(node, &mut loader.defects));
    if let (Some(sha256), Some(length)) = (sha256, length) {
        loader.builder.fingerprint(document, Fingerprint { sha256, length });
    }
    if let Some(node) = required(&mut fields, "places", &mut loader.defects) {
        match node.as_table() {
            Some(places) => read_places(loader, places, context),
            None => loader.defects.push(node.unexpected("a table of places")),
        }
    }
    fields.close(&[], &mut loader.defects);
}

fn read_places(loader: &mut Loader, mut places: Fields<'_>, context: Context) {
    for key in places.keys() {
        let Some(node) = places.get(key) else { continue };
        let Some(pin) = read_pin(node, &mut loader.defects) else { continue };
        if let Some(place) = place::read_text(loader, node, key, context) {
            if let Some(notes) = &mut loader.notes {
                let (document, place) = loader.builder.locator(place);
                notes.pins.push((document, place, node.position()));
            }
            loader.builder.pin(place, pin);
        }
    }
}

fn required<'a>(fields: &mut Fields<'a>, key: &'a str, defects: &mut Vec<Defect>) -> Option<Node<'a>> {
    let node = fields.get(key);
    if node.is_none() {
        defects.push(fields.defect(Code::WrongValue, format!("pins without \"{key}\""), REMEDY));
    }
    node
}

fn read_pin(node: Node<'_>, defects: &mut Vec<Defect>) -> Option<Pin> {
    let items = node.as_array().unwrap_or_default();
    let [line, start, length, sha256] = items[..] else {
        defects.push(node.unexpected("[line, start, length, \"sha256\"]"));
        return None;
    };
    let line = number(line, defects)?;
    let start = number(start, defects)?;
    let length = number(length, defects)?;
    Some(Pin { line, start, length, sha256: digest(sha256, defects)? })
}

fn number(node: Node<'_>, defects: &mut Vec<Defect>) -> Option<u32> {
    let number =
        node.as_number().filter(|number| number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(number));
    if number.is_none() {
        defects.push(node.unexpected_number("a whole number"));
    }
    #[expect(clippy::cast_sign_loss, reason = "checked to lie within u32")]
    number.map(|number| number as u32)
}

fn digest(node: Node<'_>, defects: &mut Vec<Defect>) -> Option<[u8; 32]> {
    let digest = node.as_text().and_then(from_hex);
    if digest.is_none() {
        defects.push(node.unexpected("64 hexadecimal digits"));
    }
    digest
}

#[cfg(test)]
mod tests {
    use super::super::tables::load;
    use super::*;
    use crate::syntax::SourceFile;

    const DOSSIER: &str = r#"
        [[source]]
        id = "report"
        key = "R"
        title = "A report"
        [[institution]]
        id = "hospital"
        label = "The hospital"
        beds = { value = 40, at = "report: R: a \"section\" / row A\\B" }
    "#;

    fn files(pins: &str) -> [SourceFile; 2] {
        [("dossier.toml", DOSSIER), ("pins.toml", pins)].map(|(name, text)| SourceFile::new(name, text))
    }

    fn said(pins: &str) -> Vec<String> {
        load(&files(pins)).1.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_strangest_place_reads_back() {
        let (dossier, _) = load(&files(""));
        let (document, _) = dossier.documents().next().into_iter().collect::<Vec<_>>()[0];
        let pin = Pin { line: 1, start: 2, length: u32::MAX, sha256: [0xab; 32] };
        let places = dossier.places().iter().map(|place| (*place, pin)).collect();
        let fingerprint = Fingerprint { sha256: [1; 32], length: 9 };
        let text = write_pins(&dossier, &[DocumentPins { document, fingerprint, places }]);
        let (back, defects) = load(&files(&text));
        assert_eq!(defects, []);
        assert_eq!(back.places().iter().map(|place| place.pin).collect::<Vec<_>>(), [Some(pin)]);
        assert_eq!(back.document(document).fingerprint, Some(fingerprint));
    }

    #[test]
    fn pins_of_another_splitter_are_refused_whole() {
        let pins = "[pins.report]\nsplitter = 2\nlength = 1\nsha256 = \"\"\n[pins.report.places]\n\"x\" = 3\n";
        assert_eq!(
            said(pins),
            ["pins.toml:2:12: error wrong-value: pins by version 2 of the splitter; run annals pin again"]
        );
        let unknown = "[pins.report]\nlength = 1\n";
        assert_eq!(
            said(unknown),
            ["pins.toml:1:1: error wrong-value: pins without the version of their splitter; run annals pin again"]
        );
    }

    #[test]
    fn an_unsound_pin_is_a_defect_with_its_position() {
        let pins = "[pins.report]\nsplitter = 1\nlength = -1\nplaces.\"lead / p1 s1\" = [1, 2, 3, \"ab\"]\nmore = 1\n";
        let expected = [
            "pins.toml:1:1: error wrong-value: pins without \"sha256\"; run annals pin again",
            "pins.toml:3:10: error wrong-value: found -1; expected a whole number",
            "pins.toml:4:35: error wrong-value: found \"ab\"; expected 64 hexadecimal digits",
            "pins.toml:5:1: error unknown-key: unknown key \"more\"; expected one of: digest, length, places, sha256, splitter",
        ];
        assert_eq!(said(pins), expected);
    }

    #[test]
    fn pins_of_a_document_in_two_files_are_refused_with_both_places() {
        let pins = "[pins.report]\nsplitter = 1\nlength = 1\nsha256 = \"SHA\"\n[pins.report.places]\n";
        let pins = pins.replace("SHA", &"0".repeat(64));
        let files = [("dossier.toml", DOSSIER), ("pins.toml", &pins), ("pins/report.toml", &format!("\n{pins}"))];
        let defects = load(&files.map(|(name, text)| SourceFile::new(name, text))).1;
        let expected = "pins/report.toml:2:1: error duplicate-key: pins of \"report\" a second time; \
            run annals pin again (pins.toml:1:1)";
        assert_eq!(defects.iter().map(ToString::to_string).collect::<Vec<_>>(), [expected]);
    }

    #[test]
    fn keyed_pins_are_told_from_plain_ones() {
        let keyed = format!("[dossier]\nkey = \"k\"\ntitle = \"T\"\ndigests = \"keyed\"\n{DOSSIER}");
        let pins = |dossier: &Dossier| {
            let documents = dossier.documents().map(|(document, _)| DocumentPins {
                document,
                fingerprint: Fingerprint { sha256: [1; 32], length: 9 },
                places: Vec::new(),
            });
            write_pins(dossier, &documents.collect::<Vec<_>>())
        };
        let read = |dossier: &str, pins: &str| {
            let files = [("dossier.toml", dossier), ("pins/report.toml", pins)];
            load(&files.map(|(name, text)| SourceFile::new(name, text)))
        };
        let said =
            |dossier: &str, pins: &str| read(dossier, pins).1.iter().map(ToString::to_string).collect::<Vec<_>>();
        let [plain, secret] = [DOSSIER, &keyed].map(|dossier| pins(&read(dossier, "").0));
        assert!(secret.contains("digest = \"hmac-sha256\"") && !plain.contains("hmac"));
        assert_eq!((said(DOSSIER, &plain), said(&keyed, &secret)), (vec![], vec![]));
        let remedy = "run annals pin again";
        let expected = format!(
            "pins/report.toml:6:1: error wrong-value: pins with plain digests, where [dossier] digests is \"keyed\"; {remedy}"
        );
        assert_eq!(said(&keyed, &plain), [expected]);
        let expected = format!(
            "pins/report.toml:9:10: error wrong-value: pins with keyed digests, where [dossier] digests is \"plain\"; {remedy}"
        );
        assert_eq!(said(DOSSIER, &secret), [expected]);
        let expected = format!("pins/report.toml:9:10: error wrong-value: found \"md5\"; {remedy}");
        assert_eq!(said(&keyed, &secret.replace("\"hmac-sha256\"", "\"md5\"")), [expected]);
        assert_eq!(
            said(&keyed.replace("\"keyed\"", "\"salted\""), ""),
            ["dossier.toml:4:11: error unknown-word: unknown word \"salted\"; expected one of: plain, keyed"]
        );
    }
}
