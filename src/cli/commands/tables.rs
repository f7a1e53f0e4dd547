//! `annals matrix`, `agreements`, `figures`, `names`, `sources`: the table views as output.
//!
//! Invariant: rows and columns are those of the view of the same name.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::cli::args::{Format, SheetArgs};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::{Output, Tone};
use crate::cli::table::{Column as TextColumn, Excess, Table};
use crate::formats::csv;
use crate::formats::defect::suggestion;
use crate::formats::jsonl::{self, ClaimObject};
use crate::present::sheet::{Give, Key, Row, Sheet, Sort};
use crate::present::wording::{citation, grouped};
use crate::query::Query;
use crate::text::fold::fold;
use crate::timeline::World;

/// A row: its subject, its cells by column name, and its claims.
#[derive(Serialize)]
struct RowObject<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'a str>,
    #[serde(flatten)]
    cells: Map<String, Value>,
    claims: Vec<ClaimObject<'a>>,
}

/// Prints a sheet as the arguments ask.
///
/// # Errors
/// Returns an error for an unknown column, and if the output cannot be written.
pub(crate) fn print(world: &World, sheet: &Sheet, args: &SheetArgs, out: &mut Output<'_>) -> Result<Outcome, Failure> {
    let words = args.query.as_deref().unwrap_or_default();
    refuse_fields(words)?;
    let selected = sheet.select(words, sort(sheet, args.sort.as_deref())?);
    let rows: Vec<&Row> = selected.into_iter().filter_map(|row| sheet.rows.get(row)).collect();
    let objects = || rows.iter().map(|row| object(world, sheet, row));
    match args.format {
        Format::Text => print_text(world, sheet, &rows, args.cite, out)?,
        Format::Json => jsonl::write_array(out.raw(), objects())?,
        Format::Jsonl => jsonl::write_lines(out.raw(), objects())?,
        Format::Csv => print_csv(world, sheet, &rows, out)?,
    }
    Ok(Outcome::of(!rows.is_empty()))
}

/// Refuses query fields: tables are filtered by words only.
fn refuse_fields(words: &str) -> Result<(), Failure> {
    let Ok(query) = Query::parse(words) else { return Ok(()) };
    let remedy = if !query.order().is_empty() {
        "expected plain words; --sort COLUMN sorts a table"
    } else if query.has_fields() {
        "expected plain words; fields are for list, find and timeline, --as-of for all"
    } else {
        return Ok(());
    };
    Err(Failure::input(format!("--query \"{words}\" has a field; {remedy}")))
}

/// Parses the name of a sort column; `-name` for descending order.
fn sort(sheet: &Sheet, wanted: Option<&str>) -> Result<Option<Sort>, Failure> {
    let Some(wanted) = wanted else { return Ok(None) };
    let (descending, name) = wanted.strip_prefix('-').map_or((false, wanted), |name| (true, name));
    let found = sheet.columns.iter().position(|column| fold(&column.name) == fold(name));
    let names: Vec<&str> =
        sheet.columns.iter().map(|column| column.name.as_str()).filter(|name| !name.is_empty()).collect();
    found.map(|column| Some(Sort { column, descending })).ok_or_else(|| {
        let remedy = suggestion(name, names.iter().copied(), || format!("expected one of: {}", names.join(", ")));
        Failure::input(format!("no column \"{name}\"; {remedy}"))
    })
}

fn print_text(world: &World, sheet: &Sheet, rows: &[&Row], cite: bool, out: &mut Output<'_>) -> Result<(), Failure> {
    let columns: Vec<TextColumn> = sheet
        .columns
        .iter()
        .map(|column| TextColumn {
            tone: Tone::Plain,
            excess: Excess::Cut,
            shrink: match column.give {
                Give::Way => &[(0, 0)],
                Give::Some => &[(1, 12), (2, 6)],
                Give::None => &[],
            },
        })
        .collect();
    let mut table = Table::new(0, columns);
    table.row(sheet.columns.iter().map(|column| column.name.clone()));
    for row in rows {
        table.row(row.cells.iter().map(|cell| cell.text.clone()));
    }
    out.line(Tone::Strong, &sheet.title)?;
    table.print(out)?;
    for note in &sheet.notes {
        out.wrapped(Tone::Faint, 0, note)?;
    }
    if cite {
        let dossier = world.dossier();
        out.end_line()?;
        let mut claims: Vec<_> = rows.iter().flat_map(|row| row.claims.iter().copied()).collect();
        claims.sort_unstable();
        claims.dedup();
        for claim in claims {
            out.wrapped(Tone::Faint, 0, &citation(dossier, dossier.claim(claim)))?;
        }
    }
    Ok(())
}

fn object<'a>(world: &'a World, sheet: &Sheet, row: &'a Row) -> RowObject<'a> {
    let dossier = world.dossier();
    let cells = sheet.columns.iter().zip(&row.cells).filter(|(column, _)| !column.name.is_empty());
    let cells = cells.map(|(column, cell)| {
        let value = match cell.key {
            // A number with further text in its cell is kept as text.
            Key::Number(number) if column.right && cell.text == grouped(number) => number_value(number),
            Key::Number(_) | Key::Text | Key::Rank(_) | Key::Last => Value::from(cell.text.as_str()),
        };
        (fold(&column.name).replace(' ', "_"), value)
    });
    RowObject {
        id: row.entity.map(|entity| dossier.id(entity)),
        label: row.entity.map(|entity| dossier.label(entity)),
        cells: cells.collect(),
        claims: row.claims.iter().map(|&claim| ClaimObject::new(dossier, dossier.claim(claim))).collect(),
    }
}

/// Converts a whole number to JSON without a decimal point.
fn number_value(number: f64) -> Value {
    const WHOLE: f64 = 9e15;
    if number.fract() == 0.0 && number.abs() < WHOLE { Value::from(number as i64) } else { Value::from(number) }
}

fn print_csv(world: &World, sheet: &Sheet, rows: &[&Row], out: &mut Output<'_>) -> Result<(), Failure> {
    let dossier = world.dossier();
    let names: Vec<&str> = sheet.columns.iter().map(|column| column.name.as_str()).chain(["id"]).collect();
    let mut written = csv::Sheet::new(out.raw(), &names)?;
    for row in rows {
        let id = row.entity.map(|entity| dossier.id(entity)).unwrap_or_default();
        let cells: Vec<&str> = row.cells.iter().map(|cell| cell.text.as_str()).chain([id]).collect();
        written.row(&cells)?;
    }
    written.finish()?;
    Ok(())
}
