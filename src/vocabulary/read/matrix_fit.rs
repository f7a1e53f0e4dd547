//! Whether the properties of a `[[matrix]]` can be said of the kinds that it names, and lead where they have to.
//!
//! Invariant: each property that does not fit is one defect where it stands; one that is broken itself is none.

use super::reader::Reader;
use crate::syntax::{Code, Fields, Node};
use crate::text::with_article;
use crate::vocabulary::Vocabulary;
use crate::vocabulary::kind::KindId;
use crate::vocabulary::matrix::{Cell, Columns, Matrix, Members};
use crate::vocabulary::property::{PropertyId, Range};

/// What a property of a matrix has to have as its values.
#[derive(Clone, Copy)]
pub(super) enum Wanted {
    /// Entities of a kind.
    Link(KindId),
    /// Texts.
    Text,
    /// Numbers.
    Number,
    /// Dates.
    Date,
}

/// Reports each property of a matrix that does not fit; `fields` are those of its table.
pub(super) fn check(reader: &mut Reader, matrix: &Matrix, fields: &mut Fields<'_>) {
    if let Some(rows) = fields.get("rows") {
        check_members(reader, &matrix.rows, matrix.of, rows);
    }
    if let Some(cell) = fields.get("cell") {
        check_cell(reader, matrix, cell);
    }
    if let (Columns::Entities { members, order }, Some(columns)) = (&matrix.columns, fields.get("columns")) {
        check_members(reader, members, matrix.of, columns);
        if let Some(order) = order {
            check_said(reader, *order, members.kind, Wanted::Date, key(columns, "order"));
        }
    }
    for (mark, node) in written(&matrix.marks, fields.get("marks")) {
        check_said(reader, mark.row, mark.kind, Wanted::Link(matrix.rows.kind), key(node, "row"));
        check_said(reader, mark.earliest, mark.kind, Wanted::Date, key(node, "pick"));
    }
    for (&property, node) in written(&matrix.checks, fields.get("checks")) {
        check_said(reader, property, matrix.of, Wanted::Number, node);
    }
}

/// Returns what was read from a list with the place of each; nothing if some of the list could not be read, of which there
/// is a defect.
fn written<'m, 'a, T>(read: &'m [T], list: Option<Node<'a>>) -> impl Iterator<Item = (&'m T, Node<'a>)> {
    let items = list.map(|node| node.items()).unwrap_or_default();
    let all = if items.len() == read.len() { read } else { &[] };
    all.iter().zip(items)
}

/// Returns the value of a key of an inline table, or the table itself where the key is not written.
pub(super) fn key<'a>(node: Node<'a>, key: &'a str) -> Node<'a> {
    node.as_table().and_then(|mut fields| fields.get(key)).unwrap_or(node)
}

/// Checks that a link leads from members to the subject, or from the subject to them.
fn check_members(reader: &mut Reader, members: &Members, of: KindId, node: Node<'_>) {
    let words = &reader.vocabulary;
    let leads = |from, to| may_have(words, members.through, from) && has(words, members.through, Wanted::Link(to));
    if words.is_broken(members.through) || leads(members.kind, of) || leads(of, members.kind) {
        return;
    }
    let [member, subject] = [members.kind, of].map(|kind| with_article(&words.kind(kind).name));
    let found = format!("\"{}\" leads neither from {member} to {subject} nor back", words.name(members.through));
    let remedy = format!("expected through = a link of {member} to {subject}, or of {subject} to {member}");
    reader.defects.push(key(node, "through").defect(Code::VocabularyMisfit, found, remedy));
}

fn check_cell(reader: &mut Reader, matrix: &Matrix, node: Node<'_>) {
    match (&matrix.cell, &matrix.columns) {
        (&Cell::Entities { kind, row, column }, Columns::Texts { .. }) => {
            check_said(reader, row, kind, Wanted::Link(matrix.rows.kind), key(node, "row"));
            check_said(reader, column, kind, Wanted::Text, key(node, "column"));
        }
        (Cell::Links(links), Columns::Entities { members, .. }) => {
            for (&(property, _), node) in written(links, Some(key(node, "property"))) {
                check_said(reader, property, matrix.rows.kind, Wanted::Link(members.kind), node);
            }
        }
        (Cell::Entities { .. }, Columns::Entities { .. }) => reader.defects.push(node.defect(
            Code::VocabularyMisfit,
            "entities in the cells of columns that are entities",
            "expected cell = { property = [\"…\"], sign = [\"…\"] }, or columns = { order = [\"…\"] }",
        )),
        (Cell::Links(_), Columns::Texts { .. }) => reader.defects.push(node.defect(
            Code::VocabularyMisfit,
            "links in the cells of columns that are texts",
            "expected columns = { kind = \"…\" }, or cell = { kind = \"…\", row = \"…\", column = \"…\" }",
        )),
    }
}

/// Checks that a property can be said of a kind and has values of the wanted sort.
pub(super) fn check_said(reader: &mut Reader, property: PropertyId, of: KindId, wanted: Wanted, node: Node<'_>) {
    let words = &reader.vocabulary;
    if words.is_broken(property) {
        return;
    }
    let (name, kind) = (words.name(property), with_article(&words.kind(of).name));
    let defect = if !may_have(words, property, of) {
        let listed = words.property(property).domain.listed.iter();
        let listed: Vec<&str> = listed.map(|&kind| &*words.kind(kind).name).collect();
        let found = format!("\"{name}\" cannot be said of {kind}");
        node.defect(Code::VocabularyMisfit, found, format!("it is said of: {}", listed.join(", ")))
    } else if !has(words, property, wanted) {
        let values = match wanted {
            Wanted::Link(to) => format!("a link to {}", with_article(&words.kind(to).name)),
            Wanted::Text => "a text".into(),
            Wanted::Number => "a number".into(),
            Wanted::Date => "a date".into(),
        };
        let found = format!("\"{name}\" is not {values}");
        node.defect(Code::VocabularyMisfit, found, format!("expected {values} that can be said of {kind}"))
    } else {
        return;
    };
    reader.defects.push(defect);
}

/// Returns true if some entities of a kind may have a property.
pub(super) fn may_have(words: &Vocabulary, property: PropertyId, kind: KindId) -> bool {
    meets(words, &words.property(property).domain.listed, kind)
}

/// Returns true if a property may have values of the wanted sort.
pub(super) fn has(words: &Vocabulary, property: PropertyId, wanted: Wanted) -> bool {
    match (&words.property(property).range, wanted) {
        (Range::Entity(kinds), Wanted::Link(to)) => meets(words, &kinds.listed, to),
        (Range::Text(_), Wanted::Text) | (Range::Number(_), Wanted::Number) | (Range::Date, Wanted::Date) => true,
        (Range::Text(_) | Range::Number(_) | Range::Date | Range::Entity(_), _) => false,
    }
}

/// Returns true if an entity can be both of a kind and of one of several.
fn meets(words: &Vocabulary, kinds: &[KindId], kind: KindId) -> bool {
    kinds.iter().any(|&other| words.is_below(other, kind) || words.is_below(kind, other))
}
