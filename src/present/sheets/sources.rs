//! The sheet of sources: the documents, and how much of the dossier rests on each.
//!
//! Invariant: a count is that of the claims, names or places behind it.

use crate::model::When;
use crate::present::sheet::{Cell, Column, Key, Row, Sheet};
use crate::present::tables;
use crate::timeline::World;

/// The documents: what they are, and how much of the dossier rests on each.
pub fn sources(world: &World) -> Sheet {
    let dossier = world.dossier();
    let number = |count: usize| Cell::keyed(count.to_string(), Key::Number(count as f64));
    let rows = tables::sources(world)
        .into_iter()
        .map(|source| {
            let document = dossier.document(source.document);
            let published = document.published.as_ref().map(When::stated);
            Row {
                cells: vec![
                    Cell::text(&document.key),
                    Cell::text(dossier.label(source.entity)),
                    Cell::text(document.kind.clone().unwrap_or_default()),
                    Cell::text(published.unwrap_or_default()),
                    number(source.claims.len()),
                    number(source.alone),
                    number(source.entities.len()),
                    number(source.names),
                    number(source.unclaimed),
                ],
                entity: Some(source.entity),
                claims: Vec::new(),
                words: document.publisher.clone().unwrap_or_default(),
            }
        })
        .collect();
    Sheet {
        title: "Sources".into(),
        columns: vec![
            Column::fixed("Key"),
            Column::words("Title"),
            Column::words("Kind"),
            Column::fixed("Published"),
            Column::number("Claims"),
            Column::number("Alone"),
            Column::number("Entities"),
            Column::number("Names"),
            Column::number("No fact"),
        ],
        rows,
        notes: vec![
            "Alone: claims that no other document makes. No fact: places that carry none, each with its reason.".into(),
            "e walks through the document of the selected row.".into(),
        ],
    }
}
