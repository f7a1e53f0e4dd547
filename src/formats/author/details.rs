//! Reads what few claims have: their id, who speaks, on which occasion, how far they go.
//!
//! Invariant: an id is one of the dossier's, and a reference that has the form of an id leads to an entity.

use super::loader::Loader;
use crate::model::claim_id::is_own_id;
use crate::model::quantity::decimals;
use crate::model::words::State;
use crate::model::{NewDetails, NewReference, NewValue};
use crate::syntax::{Code, Fields, Node};

/// The form of the id of a claim, for messages.
const ID_FORM: &str = "expected 4 to 16 lower-case letters and digits, such as \"k7f3\"";

/// The keys that a table may have for all its claims.
pub(super) const SHARED_KEYS: &[&str] = &["by", "said-in", "private"];

/// What a table says for all its claims.
#[derive(Debug, Clone, Default)]
pub(super) struct Shared {
    by: Option<NewReference>,
    said_in: Option<String>,
    is_private: Option<bool>,
}

impl Shared {
    /// Reads the keys of a table; what it does not say is taken from `outer`.
    pub(super) fn read(loader: &mut Loader, fields: &mut Fields<'_>, outer: &Self) -> Self {
        let by = fields.get("by").and_then(|node| reference(loader, node));
        let said_in = fields.optional_text("said-in", &mut loader.defects).map(str::to_owned);
        let is_private = flag(loader, fields, "private");
        Self {
            by: by.or_else(|| outer.by.clone()),
            said_in: said_in.or_else(|| outer.said_in.clone()),
            is_private: is_private.or(outer.is_private),
        }
    }

    /// Returns true if the table says that what it holds is private.
    pub(super) fn is_private(&self) -> bool {
        self.is_private.unwrap_or_default()
    }

    /// Returns the details of a claim that has only what its table says.
    pub(super) fn details(&self, node: Node<'_>, value: &NewValue) -> NewDetails {
        NewDetails {
            by: self.by.clone(),
            said_in: self.said_in.clone(),
            is_private: self.is_private(),
            decimals: written_decimals(node, value),
            ..NewDetails::default()
        }
    }
}

/// Reads the keys that only the table of a value may have; the value itself may have been wrong.
pub(super) fn read_own(loader: &mut Loader, fields: &mut Fields<'_>, value: Option<&NewValue>) -> NewDetails {
    let id = fields.optional_text("id", &mut loader.defects).and_then(|id| claim_id(loader, fields, id));
    let state = fields.optional_text("state", &mut loader.defects).and_then(|word| {
        let node = fields.get("state");
        if let (Some(NewValue::Text(_) | NewValue::Entity(_) | NewValue::Date(_)), Some(node)) = (value, node) {
            loader.defects.push(node.defect(Code::WrongValue, "a state of a value that is no number", "remove it"));
            return None;
        }
        loader.word::<State>(node, word)
    });
    let scope = fields.get("scope").map(|node| node.items()).unwrap_or_default();
    let scope = scope.into_iter().filter_map(|node| reference(loader, node)).collect();
    let sentence = fields.optional_text("sentence", &mut loader.defects).map(str::to_owned);
    NewDetails { id, state, scope, sentence, ..NewDetails::default() }
}

/// Reads `true` or `false`.
pub(super) fn flag<'a>(loader: &mut Loader, fields: &mut Fields<'a>, key: &'a str) -> Option<bool> {
    let node = fields.get(key)?;
    let flag = node.as_bool();
    if flag.is_none() {
        loader.defects.push(node.unexpected("true or false"));
    }
    flag
}

/// Returns the id of a claim if it is sound and no other claim has it.
fn claim_id(loader: &mut Loader, fields: &mut Fields<'_>, id: &str) -> Option<String> {
    let node = fields.get("id")?;
    if !is_own_id(id) {
        loader.defects.push(node.defect(Code::WrongValue, format!("id \"{id}\" of a claim"), ID_FORM));
        return None;
    }
    if let Some(first) = loader.claim_ids.get(id) {
        let found = format!("duplicate id \"{id}\" of a claim");
        let defect = node.defect(Code::DuplicateId, found, "expected an id of its own");
        loader.defects.push(defect.with_second(first.clone()));
        return None;
    }
    loader.claim_ids.insert(id.to_owned(), node.position());
    Some(id.to_owned())
}

/// Reads the id of an entity with its kind, or any other text.
fn reference(loader: &mut Loader, node: Node<'_>) -> Option<NewReference> {
    let Some(text) = node.as_text().filter(|text| !text.trim().is_empty()) else {
        loader.defects.push(node.unexpected("the id of an entity with its kind, or a text"));
        return None;
    };
    let is_id = text.split_once('/').is_some_and(|(kind, _)| loader.words.find_kind(kind).is_some());
    if !is_id {
        return Some(NewReference::Text(text.to_owned()));
    }
    let any = loader.any.clone();
    loader.entity_named(node, text, &any).map(NewReference::Entity)
}

/// Returns the decimal places of a number as it is written, if the number alone has fewer: 1 for `12.0`.
fn written_decimals(node: Node<'_>, value: &NewValue) -> Option<u8> {
    let NewValue::Number(number, _) = value else { return None };
    let text = node.as_text().or_else(|| node.as_float())?;
    let digits = text.split(' ').next()?;
    let (_, fraction) = digits.split_once('.')?;
    let is_plain = fraction.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
    let written = fraction.bytes().filter(u8::is_ascii_digit).count();
    let written = u8::try_from(written).ok().filter(|_| is_plain)?;
    (usize::from(written) > decimals(*number)).then_some(written)
}
