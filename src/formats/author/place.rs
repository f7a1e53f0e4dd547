//! Reads places: `at = "SECTION / p1 s2"`.
//!
//! Invariant: the document of a place is never guessed; a place without one is a defect.

use super::loader::{Context, Loader};
use crate::model::Spot;
use crate::model::builder::{DocumentHandle, PlaceHandle};
use crate::syntax::{Code, Node};

/// The form of a place, for messages.
const EXPECTED: &str = "expected \"SECTION / PLACE\" with a place such as p1 s2, item 4, row President or heading";

/// Reads the places of a value: one text, or a list of them.
pub(super) fn read_all(loader: &mut Loader, node: Node<'_>, context: Context) -> Vec<PlaceHandle> {
    node.items().into_iter().filter_map(|item| read(loader, item, context)).collect()
}

fn read(loader: &mut Loader, node: Node<'_>, context: Context) -> Option<PlaceHandle> {
    let Some(text) = node.as_text() else {
        loader.defects.push(node.unexpected("a place in quotes"));
        return None;
    };
    read_text(loader, node, text, context)
}

/// Reads the place in `text`; `node` is the place of a defect.
pub(super) fn read_text(loader: &mut Loader, node: Node<'_>, text: &str, context: Context) -> Option<PlaceHandle> {
    let (document, rest) = split_document(loader, text);
    let Some(document) = document.or(context.document) else {
        if context.is_misnamed {
            return None;
        }
        loader.defects.push(node.defect(
            Code::WrongValue,
            format!("place \"{text}\" without a document"),
            "expected \"DOCUMENT: SECTION / PLACE\", or document = \"…\" at the head of the file",
        ));
        return None;
    };
    let Some((section, spot)) = rest.rsplit_once(" / ") else {
        loader.defects.push(node.defect(Code::WrongValue, format!("place \"{text}\""), EXPECTED));
        return None;
    };
    let Some(spot) = Spot::parse(spot.trim()) else {
        loader.defects.push(node.defect(Code::WrongValue, format!("\"{spot}\" in place \"{text}\""), EXPECTED));
        return None;
    };
    Some(loader.builder.place(document, section.trim(), spot))
}

/// Splits a known document and a colon off; a section may contain a colon too.
fn split_document<'a>(loader: &Loader, text: &'a str) -> (Option<DocumentHandle>, &'a str) {
    if let Some((name, rest)) = text.split_once(": ")
        && let Some(&document) = loader.documents.get(name)
    {
        return (Some(document), rest);
    }
    (None, text)
}
