//! Tables as of a moment: rows numbered as in the whole world, a title that says when, and how each row is known.
//!
//! Invariant: a row keeps its claims; only their numbers and what is said beside them change.

use super::data::{TableCell, TableColumn, TableData, TableRow};
use crate::model::Moment;
use crate::timeline::World;
use crate::timeline::as_of::AsOf;
use crate::timeline::status::{TemporalStatus, claim_at};

/// A table of the past whose rows name entities and claims as the whole world does.
#[expect(clippy::indexing_slicing, reason = "what is of the past has a number in the whole")]
pub fn in_whole(past: &AsOf, data: TableData) -> TableData {
    let row = |row: TableRow| TableRow {
        entity: row.entity.map(|entity| past.entities[entity.index()]),
        claims: row.claims.into_iter().map(|claim| past.claims[claim.index()]).collect(),
        ..row
    };
    TableData { rows: data.rows.into_iter().map(row).collect(), ..data }
}

/// A table of the whole world that says as of when it is, and of each row how that is known:
/// "possible", "undated" where no date bears on it, or nothing where it was plainly so.
pub fn titled(world: &World, data: TableData, moment: Moment) -> TableData {
    let dossier = world.dossier();
    let standing = |row: &TableRow| {
        let claims = row.claims.iter().map(|&claim| claim_at(dossier, dossier.claim(claim), moment));
        claims.max().unwrap_or(TemporalStatus::Undated)
    };
    let mut data = TableData { title: format!("{} · as of {moment}", data.title), ..data };
    let mut undated = 0;
    for row in &mut data.rows {
        let standing = standing(row);
        undated += usize::from(standing == TemporalStatus::Undated);
        row.cells.push(TableCell::text(if standing == TemporalStatus::So { "" } else { standing.as_str() }));
    }
    data.columns.push(TableColumn::fixed("Then"));
    if data.rows.is_empty() {
        data.notes = vec![format!("Nothing of this by {moment}.")];
    } else if undated > 0 {
        let all = data.rows.len();
        let note =
            format!("{undated} of {all} rows are undated: nobody says since when, and they count at every moment.");
        data.notes.insert(0, note);
    }
    data
}
