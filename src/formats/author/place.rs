//! Reads the places that people write: `at = "SECTION / p1 s2"`.
//!
//! Invariant: a place without a document is never guessed; it is a defect.

use super::loader::{Context, Loader};
use super::node::Node;
use crate::model::Spot;
use crate::model::builder::{DocumentHandle, PlaceHandle};

/// What a place looks like, for messages.
const EXPECTED: &str = "expected \"SECTION / PLACE\" with a place such as p1 s2, item 4, row President or heading";

/// The places of a value: one text, or a list of them.
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

/// The place that `text` names; `node` is where a defect is reported.
pub(super) fn read_text(loader: &mut Loader, node: Node<'_>, text: &str, context: Context) -> Option<PlaceHandle> {
    let (document, rest) = split_document(loader, text);
    let Some(document) = document.or(context.document) else {
        loader.defects.push(node.defect(
            format!("place \"{text}\" without a document"),
            "expected \"DOCUMENT: SECTION / PLACE\", or document = \"…\" at the head of the file",
        ));
        return None;
    };
    let Some((section, spot)) = rest.rsplit_once(" / ") else {
        loader.defects.push(node.defect(format!("place \"{text}\""), EXPECTED));
        return None;
    };
    let Some(spot) = Spot::parse(spot.trim()) else {
        loader.defects.push(node.defect(format!("\"{spot}\" in place \"{text}\""), EXPECTED));
        return None;
    };
    Some(loader.builder.place(document, section.trim(), spot))
}

/// A known document in front of a colon, and what follows; a section may hold a colon too.
fn split_document<'a>(loader: &Loader, text: &'a str) -> (Option<DocumentHandle>, &'a str) {
    if let Some((name, rest)) = text.split_once(": ")
        && let Some(&document) = loader.documents.get(name)
    {
        return (Some(document), rest);
    }
    (None, text)
}
