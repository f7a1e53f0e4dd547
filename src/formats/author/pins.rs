//! Reads and writes `pins.toml`: where each place was found in its document.
//!
//! Invariant: the file is made by a command and never by hand; what it says of a
//! place that no claim uses any more is dropped when it is written again.

use super::super::defect::Defect;
use super::load::Loader;
use super::node::{Fields, Node};
use super::place;
use super::statement::Context;
use crate::model::Pin;
use crate::model::dossier::Fingerprint;

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
        match loader.documents.get(name) {
            Some(&document) => read_document(loader, fields, Context { document: Some(document) }),
            None => loader
                .defects
                .push(node.defect(format!("pins of an unknown document \"{name}\""), "run annals pin again")),
        }
    }
}

fn read_document(loader: &mut Loader, mut fields: Fields<'_>, context: Context) {
    let Some(document) = context.document else { return };
    let sha256 = fields.get("sha256").and_then(|node| digest(node, &mut loader.defects));
    let length = fields.get("length").and_then(|node| number(node, &mut loader.defects));
    if let (Some(sha256), Some(length)) = (sha256, length) {
        loader.builder.fingerprint(document, Fingerprint { sha256, length });
    }
    let places = fields.get("places").and_then(|node| node.as_table());
    if let Some(mut places) = places {
        for key in places.keys() {
            let Some(node) = places.get(key) else { continue };
            let Some(pin) = read_pin(node, &mut loader.defects) else { continue };
            if let Some(place) = place::read_text(loader, node, key, context) {
                loader.builder.pin(place, pin);
            }
        }
    }
    fields.close(&[], &mut loader.defects);
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
        defects.push(node.unexpected("a whole number"));
    }
    #[expect(clippy::cast_sign_loss, reason = "checked to lie within u32")]
    number.map(|number| number as u32)
}

fn digest(node: Node<'_>, defects: &mut Vec<Defect>) -> Option<[u8; 32]> {
    let digest = node.as_text().and_then(crate::model::place::parse_digest);
    if digest.is_none() {
        defects.push(node.unexpected("64 hexadecimal digits"));
    }
    digest
}
