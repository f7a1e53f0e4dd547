//! The matrix: rows of one subject against columns, as the dossier declares them.
//!
//! | file | contents |
//! |---|---|
//! | `members` | what belongs to a subject: rows, columns, entities in the cells |
//! | `headings` | the headings of columns that are texts |
//! | `grid` | rows, columns, marks and cells of one subject |
//! | `counts` | the numbers that documents give, against the counts |
//!
//! A dossier may declare several; a request names one by its number among the declared ones.
//!
//! Invariant: a total is the length of the list of its entities; counts that documents give are in the notes below.

mod counts;
mod grid;
mod headings;
mod members;

use super::data::{SortKey, TableCell, TableColumn, TableData, TableRow};
use super::spec::{Declared, Needs, Table, TableInput, TableSpec};
use crate::model::{Dossier, EntityId, KindId, Vocabulary};
use crate::present::wording::{cite_claim, distinct, entity_text};
use crate::timeline::World;
use crate::vocabulary::{Cell, Columns, Counts, Matrix};
use counts::checks;
use grid::{Column, Entry, Grid, GridRow, Link};

/// The table.
pub const TABLE: Table = Table(&TableSpec {
    title: "Matrix",
    command: "matrix",
    about: "Prints rows against columns, as the dossier declares them",
    needs: Needs::OneOf { candidates, otherwise },
    declared: Some(Declared { at, names, tab }),
    build,
    ..TableSpec::PLAIN
});

fn names(world: &World) -> Vec<&str> {
    declared(world).iter().map(|matrix| &*matrix.name).collect()
}

fn declared(world: &World) -> &[Matrix] {
    world.dossier().vocabulary().matrices()
}

/// Returns the number of the first matrix from `number` on, going round, of which some subject has a row and a column.
fn at(world: &World, number: usize) -> Option<usize> {
    let all = declared(world);
    let order = (0..all.len()).map(|step| number.wrapping_add(step).checked_rem(all.len()).unwrap_or(0));
    order.into_iter().find(|&number| all.get(number).is_some_and(|matrix| members::exists(world, matrix)))
}

fn tab(world: &World, number: usize) -> Option<&str> {
    declared(world).get(number).map(|matrix| &*matrix.tab)
}

fn candidates(world: &World, number: usize) -> Vec<EntityId> {
    declared(world).get(number).map(|matrix| members::subjects(world, matrix)).unwrap_or_default()
}

fn otherwise(world: &World, number: usize) -> String {
    let words = world.dossier().vocabulary();
    match declared(world).get(number) {
        Some(matrix) => format!("no {} or {} are stated", rows_noun(words, matrix), cells_noun(words, matrix)),
        None => "the dossier declares no matrix".to_owned(),
    }
}

fn build(input: &TableInput<'_>) -> TableData {
    let world = input.world;
    let (Some(subject), Some(matrix)) = (input.about, declared(world).get(input.number)) else {
        return TableData { title: TABLE.spec().title.into(), ..TableData::default() };
    };
    let dossier = world.dossier();
    let grid = Grid::of(world, matrix, subject);
    let mut columns = vec![TableColumn::words(row_noun(dossier.vocabulary(), matrix))];
    columns.extend(grid.columns.iter().map(column));
    columns.extend(grid.marks.iter().map(|mark| TableColumn::number(&mark.heading)));
    columns.push(TableColumn::fixed(""));
    let rows = grid.rows.iter().map(|of| row(world, matrix, &grid, of)).collect();
    let title = format!("{} · {}", matrix.label, world.short_label(subject));
    TableData::new(title, columns, rows, notes(dossier, matrix, &grid, subject))
}

/// Returns a column: of numbers under a text, of signs under an entity, whose label may be long.
fn column(column: &Column) -> TableColumn {
    match column.entity {
        Some(_) => TableColumn::words(&column.heading),
        None => TableColumn::number(&column.heading),
    }
}

/// Returns the word for one row.
fn row_noun<'a>(words: &'a Vocabulary, matrix: &Matrix) -> &'a str {
    match matrix.cell {
        Cell::Entities { row, .. } => words.label(row),
        Cell::Links(_) => &words.kind(matrix.rows.kind).label,
    }
}

/// Returns the word for several rows: the label of the number that counts them, else the plural of their kind.
fn rows_noun(words: &Vocabulary, matrix: &Matrix) -> String {
    let rows = &matrix.rows;
    let counts_rows = |counts: &Counts| match counts {
        Counts::Entities { kind, of_type, through } => {
            (kind, of_type, through) == (&rows.kind, &rows.of_type, &rows.through)
        }
        Counts::Values { property, .. } => *property == rows.through,
    };
    let mut figures = words.properties().map(|id| words.property(id));
    let figure = figures.find(|figure| figure.counts.iter().any(counts_rows)).map(|figure| &*figure.label);
    figure.unwrap_or(&words.kind(rows.kind).plural).to_lowercase()
}

/// Returns the word for several of what is in the cells.
fn cells_noun(words: &Vocabulary, matrix: &Matrix) -> String {
    words.kind(cells_kind(matrix)).plural.to_lowercase()
}

/// Returns the kind of what is in the cells; where those are links, of the columns.
fn cells_kind(matrix: &Matrix) -> KindId {
    match (&matrix.cell, &matrix.columns) {
        (Cell::Entities { kind, .. }, _) => *kind,
        (Cell::Links(_), Columns::Entities { members, .. }) => members.kind,
        (Cell::Links(_), Columns::Texts { .. }) => matrix.rows.kind,
    }
}

fn row(world: &World, matrix: &Matrix, grid: &Grid<'_>, of: &GridRow<'_>) -> TableRow {
    let dossier = world.dossier();
    let label = of.entity().map_or_else(
        || format!("({} not stated)", row_noun(dossier.vocabulary(), matrix).to_lowercase()),
        |entity| entity_text(world, entity),
    );
    let mut words = of.words(dossier);
    let mut tell = |heading: &str| {
        words.push(' ');
        words.push_str(heading);
    };
    let mut cells = vec![TableCell::text(label)];
    for (column, entries) in grid.columns.iter().zip(&of.cells) {
        cells.push(cell(entries));
        if !entries.is_empty() {
            tell(&column.heading);
        }
    }
    for mark in &grid.marks {
        if of.entity().is_some_and(|entity| mark.named.contains(&entity)) {
            cells.push(TableCell::keyed("●", SortKey::Number(1.0)));
            tell(&mark.heading);
        } else {
            cells.push(TableCell::text(""));
        }
    }
    cells.push(TableCell::text(if of.entries() == 0 { "none listed" } else { "" }));
    let claims = of.cells.iter().flatten().filter_map(|entry| entry.row.or(entry.column)).collect();
    TableRow { cells, entity: of.entity(), claims, words }
}

/// Returns the cell of some entries: their number, or the signs of links, with a sign for what is not plainly stated.
fn cell(entries: &[Entry<'_>]) -> TableCell {
    if entries.is_empty() {
        return TableCell::text("");
    }
    let mut links: Vec<Link> = entries.iter().map(|entry| entry.link).collect();
    links.sort_unstable();
    links.dedup();
    let words: Vec<&str> = links.iter().filter_map(|link| link.word()).collect();
    if entries.iter().any(|entry| !entry.sign.is_empty()) {
        let signs = distinct(entries.iter().map(|entry| format!("{}{}", entry.link.sign(), entry.sign)));
        return TableCell::text(signs.concat()).spelled(&words);
    }
    let signs: String = links.into_iter().map(Link::sign).collect();
    let count = entries.len();
    TableCell::keyed(format!("{signs}{count}"), SortKey::Number(count as f64)).spelled(&words)
}

/// Returns the totals, the meanings of the signs, and the counts that documents give.
fn notes(dossier: &Dossier, matrix: &Matrix, grid: &Grid<'_>, subject: EntityId) -> Vec<String> {
    let words = dossier.vocabulary();
    let columns = grid.columns.iter().map(|column| format!("{} {}", column.heading, column.count));
    let marks = grid.marks.iter().map(|mark| format!("{} {}", mark.heading, mark.named.len()));
    let totals: Vec<String> = columns.chain(marks).collect();
    let entries = match matrix.cell {
        Cell::Entities { .. } => grid.entries,
        Cell::Links(_) => grid.columns.len(),
    };
    let members = counts::members(grid);
    let rows = if members == 1 { row_noun(words, matrix).to_lowercase() } else { rows_noun(words, matrix) };
    let cells =
        if entries == 1 { words.kind(cells_kind(matrix)).label.to_lowercase() } else { cells_noun(words, matrix) };
    let mut notes = vec![format!("Totals: {members} {rows} · {entries} {cells}: {}", totals.join(" · "))];
    let signs = signs(words, matrix, grid);
    if !signs.is_empty() {
        notes.push(signs.join(" · "));
    }
    for check in checks(dossier, matrix, grid, subject) {
        let sign = if check.agrees() { "✓" } else { "≠" };
        let cited = cite_claim(dossier, dossier.claim(check.claim));
        notes.push(format!("{sign} {cited} says {} {}; listed here: {}", check.said, check.what, check.counted));
    }
    notes
}

/// Returns the meanings of the signs that occur.
fn signs(words: &Vocabulary, matrix: &Matrix, grid: &Grid<'_>) -> Vec<String> {
    let noun = row_noun(words, matrix).to_lowercase();
    let entries = || grid.rows.iter().flat_map(|row| &row.cells).flatten();
    let mut signs: Vec<String> = match &matrix.cell {
        Cell::Entities { .. } => Vec::new(),
        Cell::Links(links) => {
            let shown = links.iter().filter(|(_, sign)| entries().any(|entry| entry.sign == &**sign));
            shown.map(|(property, sign)| format!("{sign} {}", words.label(*property).to_lowercase())).collect()
        }
    };
    for (link, meaning) in
        [(Link::Inferred, "was inferred"), (Link::Planned, "is planned"), (Link::Alleged, "is alleged")]
    {
        if entries().any(|entry| entry.link == link) {
            let what = if matches!(matrix.cell, Cell::Links(_)) { "link" } else { &noun };
            signs.push(format!("{} the {what} {meaning}", link.sign()));
        }
    }
    signs.extend(grid.marks.iter().map(|mark| format!("● {noun} of {}", mark.heading)));
    signs
}

#[cfg(test)]
mod tests;
