//! The sheet of names: which document calls an entity what.
//!
//! Invariant: a name stands under a source exactly if that source uses it.

use crate::model::{DocumentId, EntityId, NameKind};
use crate::present::sheet::{Cell, Column, Row, Sheet};
use crate::present::tables;
use crate::timeline::World;

/// The names of one entity by source, or of every entity that has several.
pub fn names(world: &World, about: Option<EntityId>) -> Sheet {
    let dossier = world.dossier();
    let all = match about {
        Some(entity) => vec![tables::names_of(world, entity)],
        None => tables::names_by_source(world),
    };
    let documents: Vec<DocumentId> = dossier.documents().map(|(id, _)| id).collect();
    let mut columns = vec![Column::words("Entity"), Column::words("Name"), Column::fixed("Sort")];
    columns.extend(documents.iter().map(|&id| Column::fixed(&dossier.document(id).key)));
    let mut rows = Vec::new();
    for names in &all {
        for name in &names.rows {
            let sort = name.kind.map_or("label", NameKind::as_str);
            let mut cells = vec![Cell::text(dossier.label(names.entity)), Cell::text(&name.name), Cell::text(sort)];
            for &document in &documents {
                let lines: Vec<String> = name
                    .places_in(document)
                    .map(|place| match place.pin {
                        Some(pin) => pin.line.to_string(),
                        None => place.spot.map(|row| dossier.text(row)).to_string(),
                    })
                    .collect();
                cells.push(Cell::text(lines.join(",")));
            }
            rows.push(Row { cells, entity: Some(names.entity), claims: Vec::new(), words: String::new() });
        }
    }
    let title = match about {
        Some(entity) => format!("Names of {}", dossier.label(entity)),
        None => "Names".into(),
    };
    let unproven = all.iter().flat_map(|names| &names.rows).filter(|name| name.is_unproven()).count();
    let mut notes = vec!["Under each source stand the lines that use the name.".to_owned()];
    if unproven > 0 {
        notes.push(format!("{unproven} without evidence: our own wording."));
    }
    Sheet { title, columns, rows, notes }
}
