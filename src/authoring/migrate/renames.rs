//! The uses of renamed properties in a file: keys of entities and claims, and what checks name.
//!
//! Invariant: a word is changed only where it names a property.

use super::super::edits::Edit;
use crate::model::{Operation, Relation};
use crate::syntax::{SourceFile, Token, Written};
use crate::vocabulary::{Vocabulary, quoted};

/// Returns the changes of a file by which every use of a property gets its new name.
pub(super) fn edits(
    file: &SourceFile,
    tokens: &[Written<'_>],
    words: &Vocabulary,
    renamed: &[(&str, &str)],
) -> Vec<Edit> {
    let new_name = |old: &str| renamed.iter().find(|(name, _)| *name == old).map(|(_, new)| *new);
    let mut edits = Vec::new();
    for token in tokens {
        let path: Vec<&str> = token.path.iter().map(AsRef::as_ref).collect();
        match (&token.what, path.as_slice()) {
            (Token::Key, &[table, key]) if table == "claim" || words.find_kind(table).is_some() => {
                edits.extend(new_name(key).map(|new| Edit::replace(file, token.bytes.clone(), new)));
            }
            (Token::Key, &["check", side, key]) if is_side(side) => {
                edits.extend(new_name(key).map(|new| Edit::replace(file, token.bytes.clone(), new)));
            }
            (Token::Text(text), &["check", side]) if is_side(side) => {
                edits.extend(slot(file, token, text, new_name));
            }
            _ => {}
        }
    }
    edits
}

/// Returns true for the keys of a check that hold terms.
fn is_side(key: &str) -> bool {
    Operation::ALL.iter().any(|word| word.as_str() == key) || Relation::ALL.iter().any(|word| word.as_str() == key)
}

/// Returns the change of a term `KIND/ID PROPERTY WHICH`.
fn slot<'a>(
    file: &SourceFile,
    token: &Written<'_>,
    text: &str,
    new_name: impl Fn(&str) -> Option<&'a str>,
) -> Option<Edit> {
    let (entity, rest) = text.trim_start().split_once(' ')?;
    // A number with a unit, whose name may be that of a property, is no slot.
    if entity.parse::<f64>().is_ok() {
        return None;
    }
    let rest = rest.trim_start();
    let old = rest.split(' ').next().unwrap_or_default();
    let new = new_name(old)?;
    let raw = file.text.get(token.bytes.clone())?;
    if let Some(inner) = raw.find(text) {
        // Written without escapes, so that the name itself can be changed.
        let before = text.len().saturating_sub(rest.len());
        let start = token.bytes.start.saturating_add(inner).saturating_add(before);
        return Some(Edit::replace(file, start..start.saturating_add(old.len()), new));
    }
    let which = rest.strip_prefix(old).unwrap_or_default();
    Some(Edit::replace(file, token.bytes.clone(), quoted(&format!("{entity} {new}{which}"))))
}
