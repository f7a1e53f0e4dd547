//! Sheets as of a moment: rows numbered as in the whole world, a title that says when, and how each row is known.
//!
//! Invariant: a row keeps its claims; only their numbers and what is said beside them change.

use super::sheet::{Cell, Column, Row, Sheet};
use crate::model::Moment;
use crate::timeline::World;
use crate::timeline::as_of::AsOf;
use crate::timeline::status::{Standing, claim_at};

/// A sheet of the past whose rows name entities and claims by their numbers in the whole world.
#[expect(clippy::indexing_slicing, reason = "everything in the past has a number in the whole")]
pub fn in_whole(past: &AsOf, sheet: Sheet) -> Sheet {
    let row = |row: Row| Row {
        entity: row.entity.map(|entity| past.entities[entity.index()]),
        claims: row.claims.into_iter().map(|claim| past.claims[claim.index()]).collect(),
        ..row
    };
    Sheet { rows: sheet.rows.into_iter().map(row).collect(), ..sheet }
}

/// A sheet of the whole world that says as of when it is, and of each row how that is known:
/// "possible", "undated" where no date bears on it, or nothing where it was plainly so.
pub fn titled(world: &World, sheet: Sheet, moment: Moment) -> Sheet {
    let dossier = world.dossier();
    let standing = |row: &Row| {
        let claims = row.claims.iter().map(|&claim| claim_at(dossier, dossier.claim(claim), moment));
        claims.max().unwrap_or(Standing::Undated)
    };
    let mut sheet = Sheet { title: format!("{} · as of {moment}", sheet.title), ..sheet };
    let mut undated = 0;
    for row in &mut sheet.rows {
        let standing = standing(row);
        undated += usize::from(standing == Standing::Undated);
        row.cells.push(Cell::text(if standing == Standing::So { "" } else { standing.as_str() }));
    }
    sheet.columns.push(Column::fixed("Then"));
    if sheet.rows.is_empty() {
        sheet.notes = vec![format!("Nothing of this by {moment}.")];
    } else if undated > 0 {
        let all = sheet.rows.len();
        let note =
            format!("{undated} of {all} rows are undated: nobody says since when, and they count at every moment.");
        sheet.notes.insert(0, note);
    }
    sheet
}
