//! Reads `[[matrix]]`.
//!
//! Invariant: a matrix is read whole or not at all.

use super::matrix_fit;
use super::reader::Reader;
use crate::syntax::{Code, Fields, Node, allowed, tables_of};
use crate::vocabulary::kind::KindId;
use crate::vocabulary::matrix::{Cell, Columns, Mark, Matrix, Members};
use crate::vocabulary::property::{Core, PropertyId};

/// The greatest number of matrices that a dossier declares.
const MAX_MATRICES: usize = 20;

/// Reads every `[[matrix]]` of all files.
pub(super) fn read(reader: &mut Reader, roots: &mut [Fields<'_>]) {
    for root in roots {
        for node in tables_of(root, "matrix", &mut reader.defects) {
            let Some(mut fields) = node.as_table() else { continue };
            if !reader.has_room("matrix", MAX_MATRICES, node) {
                continue;
            }
            if let Some(matrix) = matrix(reader, &mut fields) {
                matrix_fit::check(reader, &matrix, &mut fields);
                reader.vocabulary.matrices.push(matrix);
            }
            let _ = allowed(&mut fields, &mut reader.defects);
            fields.close(
                &["name", "label", "tab", "of", "rows", "columns", "cell", "marks", "checks"],
                &mut reader.defects,
            );
        }
    }
}

fn matrix(reader: &mut Reader, fields: &mut Fields<'_>) -> Option<Matrix> {
    let name = reader.name(fields)?;
    let is_new = reader.declare("matrix", name, fields) && !exists(reader, name, fields);
    let label = reader.label(fields, "label").unwrap_or_else(|| name.into());
    let tab = reader.label(fields, "tab").unwrap_or_else(|| label.clone());
    let of = required(reader, fields, "of").and_then(|node| reader.kind(node));
    let rows = required(reader, fields, "rows").and_then(|node| members(reader, node));
    let cell = required(reader, fields, "cell").and_then(|node| cell(reader, node));
    let columns = match fields.get("columns") {
        Some(node) => columns(reader, node),
        None => Some(Columns::Texts { order: Vec::new(), groups: Vec::new() }),
    };
    let marks = fields.get("marks").map(|node| node.items()).unwrap_or_default();
    let marks = marks.into_iter().filter_map(|node| mark(reader, node)).collect();
    let checks = fields.get("checks").map(|node| node.items()).unwrap_or_default();
    let checks = checks.into_iter().filter_map(|node| reader.property(node)).collect();
    let origin = reader.origin;
    let (of, rows, cell, columns) = (of?, rows?, cell?, columns?);
    is_new.then(|| Matrix { name: name.into(), label, tab, of, rows, columns, cell, marks, checks, origin })
}

/// Reports a matrix that the built-in set has already.
fn exists(reader: &mut Reader, name: &str, fields: &Fields<'_>) -> bool {
    let exists = reader.vocabulary.matrices.iter().any(|known| *known.name == *name);
    if exists {
        let found = format!("matrix \"{name}\" exists");
        reader.defects.push(fields.defect(Code::VocabularyDuplicate, found, "expected another name"));
    }
    exists
}

fn required<'a>(reader: &mut Reader, fields: &mut Fields<'a>, key: &'static str) -> Option<Node<'a>> {
    let node = fields.get(key);
    if node.is_none() {
        reader.defects.push(fields.defect(Code::WrongValue, format!("no \"{key}\""), format!("expected {key} = …")));
    }
    node
}

fn table<'a>(reader: &mut Reader, node: Node<'a>, expected: &str) -> Option<Fields<'a>> {
    let fields = node.as_table();
    if fields.is_none() {
        reader.defects.push(node.unexpected(expected));
    }
    fields
}

fn kind_of(reader: &mut Reader, fields: &mut Fields<'_>) -> Option<KindId> {
    required(reader, fields, "kind").and_then(|node| reader.kind(node))
}

fn property_of(reader: &mut Reader, fields: &mut Fields<'_>, key: &'static str) -> Option<PropertyId> {
    required(reader, fields, key).and_then(|node| reader.property(node))
}

/// Reads `{ kind = "…", type = "…", through = "…" }`.
fn members(reader: &mut Reader, node: Node<'_>) -> Option<Members> {
    let mut fields = table(reader, node, "{ kind = \"…\", through = \"…\" }")?;
    let members = members_of(reader, &mut fields);
    fields.close(&[], &mut reader.defects);
    members
}

fn members_of(reader: &mut Reader, fields: &mut Fields<'_>) -> Option<Members> {
    let kind = kind_of(reader, fields);
    let of_type = fields.optional_text("type", &mut reader.defects).map(Into::into);
    let through = fields.get("through").map_or(Some(Core::Institution.into()), |node| reader.property(node));
    Some(Members { kind: kind?, of_type, through: through? })
}

fn cell(reader: &mut Reader, node: Node<'_>) -> Option<Cell> {
    let mut fields = table(reader, node, "{ kind = \"…\", row = \"…\", column = \"…\" }")?;
    let cell = if let Some(node) = fields.get("property") {
        reader.refuse_empty(node, "the name of a property");
        let properties: Vec<_> = node.items().into_iter().filter_map(|node| reader.property(node)).collect();
        let signs = fields.get("sign").map(|node| reader.texts(node)).unwrap_or_default();
        if signs.len() != properties.len() {
            reader.defects.push(fields.defect(
                Code::VocabularyMisfit,
                "signs of another number than properties",
                "expected one sign for each",
            ));
        }
        Some(Cell::Links(properties.into_iter().zip(signs).collect()))
    } else {
        let kind = kind_of(reader, &mut fields);
        let row = property_of(reader, &mut fields, "row");
        let column = property_of(reader, &mut fields, "column");
        kind.zip(row).zip(column).map(|((kind, row), column)| Cell::Entities { kind, row, column })
    };
    fields.close(&[], &mut reader.defects);
    cell
}

fn columns(reader: &mut Reader, node: Node<'_>) -> Option<Columns> {
    let mut fields = table(reader, node, "{ order = [\"…\"], group = { … } } or { kind = \"…\", through = \"…\" }")?;
    let columns = if fields.get("kind").is_some() {
        let members = members_of(reader, &mut fields);
        let order = fields.get("order").map(|node| reader.property(node));
        members.map(|members| Columns::Entities { members, order: order.flatten() })
    } else {
        let order = fields.get("order").map(|node| reader.texts(node)).unwrap_or_default();
        let groups = if let Some(node) = fields.get("group") {
            table(reader, node, "{ HEADING = [\"…\"] }")?
        } else {
            fields.close(&[], &mut reader.defects);
            return Some(Columns::Texts { order, groups: Vec::new() });
        };
        Some(Columns::Texts { order, groups: read_groups(reader, groups) })
    };
    fields.close(&[], &mut reader.defects);
    columns
}

fn read_groups(reader: &mut Reader, mut fields: Fields<'_>) -> Vec<(Box<str>, Vec<Box<str>>)> {
    let mut groups = Vec::new();
    for heading in fields.keys() {
        if let Some(node) = fields.get(heading) {
            groups.push((heading.into(), reader.texts(node)));
        }
    }
    groups
}

/// Reads `{ label = "…", kind = "…", row = "…", pick = "earliest PROPERTY" }`.
fn mark(reader: &mut Reader, node: Node<'_>) -> Option<Mark> {
    let mut fields = table(reader, node, "{ label = \"…\", kind = \"…\", row = \"…\", pick = \"earliest PROPERTY\" }")?;
    let label = reader.label(&mut fields, "label");
    let kind = kind_of(reader, &mut fields);
    let row = property_of(reader, &mut fields, "row");
    let earliest = fields.text("pick", &mut reader.defects).and_then(|pick| {
        let property = pick.strip_prefix("earliest ").and_then(|name| reader.vocabulary.find_property(name));
        if let (None, Some(node)) = (property, fields.get("pick")) {
            reader.defects.push(node.defect(
                Code::WrongValue,
                format!("pick \"{pick}\""),
                "expected \"earliest PROPERTY\"",
            ));
        }
        property
    });
    fields.close(&[], &mut reader.defects);
    Some(Mark { label: label?, kind: kind?, row: row?, earliest: earliest? })
}
