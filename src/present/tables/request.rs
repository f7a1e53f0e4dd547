//! A table that is wanted: which one, about what, as of when. It can be built by another thread.
//!
//! Invariant: the rows of a table of the past name entities and claims as the whole world does.

use super::data::{TableCell, TableColumn, TableData, TableRow};
use super::spec::{Needs, Table, TableInput};
use crate::model::{Claim, CoreKind, Dossier, EntityId, Moment};
use crate::present::wording::grouped;
use crate::search::Stop;
use crate::timeline::World;
use crate::timeline::as_of::{self, AsOf};
use crate::timeline::status::{TemporalStatus, claim_at};

/// The most rows of a table that the explorer shows.
pub const MOST_ROWS: usize = 5_000;

/// A table that is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableRequest {
    /// The table.
    pub table: Table,
    /// The entity in view, for tables that are about one.
    pub about: Option<EntityId>,
    /// The two dates, for tables that compare.
    pub dates: Option<(Moment, Moment)>,
    /// The number of the matrix among those that the dossier declares; the next one is shown if it has no rows. Other
    /// tables ignore it.
    pub matrix: usize,
    /// The moment as of which it is built; `None` for all claims. Tables that compare have dates of their own.
    pub as_of: Option<Moment>,
}

/// Builds the whole table.
pub fn build(world: &World, request: &TableRequest) -> TableData {
    at_most(world, request, usize::MAX, &Stop::never())
}

/// Builds the first `MOST_ROWS` rows of a table, with a note of how many there are if more; `None` if
/// `stop` was set meanwhile.
pub fn build_first(world: &World, request: &TableRequest, stop: &Stop) -> Option<TableData> {
    let mut data = at_most(world, request, MOST_ROWS, stop);
    if stop.is_set() {
        return None;
    }
    if data.total > MOST_ROWS {
        data.rows.truncate(MOST_ROWS);
        data.rows.shrink_to_fit();
        let (shown, all) = (grouped(MOST_ROWS as f64), grouped(data.total as f64));
        data.notes.insert(0, format!("The first {shown} of {all} rows; the command line gives all of them."));
    }
    Some(data)
}

fn at_most(world: &World, request: &TableRequest, most: usize, stop: &Stop) -> TableData {
    let spec = request.table.spec();
    let number = request.table.number(world, request.matrix);
    let about = spec.needs.entity(world, request.about, number);
    let input = TableInput { world, about, dates: request.dates, number, most, stop };
    match (request.as_of, spec.needs) {
        (None, _) | (_, Needs::TwoDates) => (spec.build)(&input),
        (Some(moment), _) => as_it_was(request.table, &input, moment),
    }
}

/// Builds the table as it would have been at a moment.
fn as_it_was(table: Table, input: &TableInput<'_>, moment: Moment) -> TableData {
    let spec = table.spec();
    let past = as_of::as_of(input.world, moment);
    let then = input.about.and_then(|entity| past.entity(entity));
    let data = if input.about.is_some() && then.is_none() {
        // An entity that did not exist yet has no rows.
        let data = (spec.build)(input);
        TableData { rows: Vec::new(), total: 0, notes: Vec::new(), ..data }
    } else {
        // The note on undated rows counts all rows, so none is left out here.
        let about = spec.needs.entity(&past.world, then, input.number);
        in_whole(&past, (spec.build)(&TableInput { world: &past.world, about, most: usize::MAX, ..*input }))
    };
    titled(input.world, data, moment)
}

/// Translates the entities and claims of a table as of a moment to those of the whole world.
#[expect(clippy::indexing_slicing, reason = "what is of the past has a number in the whole")]
pub fn in_whole(past: &AsOf, data: TableData) -> TableData {
    let row = |row: TableRow| TableRow {
        entity: row.entity.map(|entity| past.entities[entity.index()]),
        claims: row.claims.into_iter().map(|claim| past.claims[claim.index()]).collect(),
        ..row
    };
    TableData { rows: data.rows.into_iter().map(row).collect(), ..data }
}

/// Returns the status of a claim in a table. A figure that has no time, of something that lasts, is not that of its first
/// day: documents of a later time state it.
fn figure_at(dossier: &Dossier, claim: &Claim, moment: Moment) -> TemporalStatus {
    let is_dated = claim.start.or(claim.as_of).or(claim.end).is_some();
    let is_of_moment = matches!(dossier.core_kind(claim.subject), CoreKind::Event | CoreKind::Agreement);
    let is_figure = dossier.property(claim.property).is_number();
    match claim_at(dossier, claim, moment) {
        TemporalStatus::So | TemporalStatus::Possible if is_figure && !is_dated && !is_of_moment => {
            TemporalStatus::Undated
        }
        standing => standing,
    }
}

/// Adds to a table of the whole world the moment as of which it is, and to each row its status at that moment:
/// "possible", "undated" if no date applies to it, or nothing if it was definitely true.
pub fn titled(world: &World, data: TableData, moment: Moment) -> TableData {
    let dossier = world.dossier();
    let standing = |row: &TableRow| {
        let claims = row.claims.iter().map(|&claim| figure_at(dossier, dossier.claim(claim), moment));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::author;
    use crate::model::{Builder, Core, CoreKind, NewClaim, NewValue, When};
    use crate::present::tables::{agreements, figures};
    use crate::search::Turns;

    /// Returns a world with `count` agreements, in order of time.
    fn world_of(count: usize) -> World {
        let mut builder = Builder::default();
        for number in 0..count {
            let entity = builder.entity(CoreKind::Agreement, &format!("a-{number}"), &format!("No. {number}")).unwrap();
            let signed = NewValue::Date(When::parse(&format!("{}", 1900 + number / 100)).unwrap());
            builder.claim(NewClaim::new(entity, Core::Signed, signed));
        }
        World::new(builder.finish())
    }

    fn of(table: Table) -> TableRequest {
        TableRequest { table, about: None, dates: None, matrix: 0, as_of: None }
    }

    #[test]
    fn a_long_table_tells_how_many_rows_it_leaves_out() {
        let world = world_of(MOST_ROWS + 7);
        for as_of in [None, Moment::parse("2025", None).ok()] {
            let request = TableRequest { as_of, ..of(agreements::TABLE) };
            let (all, first) = (build(&world, &request), build_first(&world, &request, &Stop::never()).unwrap());
            assert_eq!((all.rows.len(), &first.rows[..]), (MOST_ROWS + 7, &all.rows[..MOST_ROWS]));
            assert_eq!(first.notes[0], "The first 5000 of 5007 rows; the command line gives all of them.");
        }
    }

    #[test]
    fn a_table_that_is_no_longer_wanted_is_not_built() {
        let turns = Turns::default();
        let stop = turns.next();
        turns.end();
        assert_eq!(build_first(&world_of(2), &of(agreements::TABLE), &stop), None);
    }

    #[test]
    fn a_table_about_no_entity_is_the_same_whatever_is_in_view() {
        let world = World::new(author::load(&author::embedded()).0);
        let later = world.dossier().find("agreement/mou-power-grid");
        assert!(later.is_some());
        let request = TableRequest { as_of: Moment::parse("2015", None).ok(), ..of(figures::TABLE) };
        let about_later = build(&world, &TableRequest { about: later, ..request });
        assert_eq!(about_later, build(&world, &request));
        assert!(!about_later.rows.is_empty());
    }
}
