//! The commands that print a table, such as `annals figures`.
//!
//! Invariant: rows and columns are those of the table's view.

use std::io;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::cli::args::Subject;
use crate::cli::args::{TableArgs, TableCommand};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::forms::Format;
use crate::cli::output::{Output, Tone};
use crate::cli::report;
use crate::cli::resolve::{is_known, resolve};
use crate::cli::text_table::{Excess, TextColumn, TextTable};
use crate::evidence::library::Library;
use crate::formats::jsonl::ClaimObject;
use crate::model::{Dossier, EntityId, Moment};
use crate::present::tables::{
    Fit, Needs, SortBy, SortKey, TableColumn, TableData, TableRow, TableSpec, in_order, titled,
};
use crate::present::wording::{citation, grouped};
use crate::query::Query;
use crate::syntax::suggestion;
use crate::text::fold::fold;
use crate::timeline::World;
use crate::verdicts::{Pair, Side};

/// A row as JSON: its entity, its cells by the names of their columns, and its claims.
#[derive(Serialize)]
struct RowObject<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'a str>,
    #[serde(flatten)]
    cells: Map<String, Value>,
    claims: Vec<ClaimObject<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    verdicts: Vec<VerdictObject>,
}

/// A judged pair as JSON: the verdict, the rule, and the ids of both claims or the number that is listed.
#[derive(Serialize)]
struct VerdictObject {
    verdict: &'static str,
    rule: &'static str,
    a: Value,
    b: Value,
}

/// Builds and prints the table of a command from `world`, which is that of the moment where one is given, with what the
/// documents add to it.
pub(crate) fn run(
    world: &World,
    moment: Option<Moment>,
    library: Option<&Library>,
    command: &TableCommand,
    out: &mut Output<'_>,
) -> Result<Outcome, Failure> {
    let TableCommand { table, subject, args, all } = command;
    let spec = table.spec();
    let mut number = table.number(world, 0);
    let (about, dates) = match subject {
        Subject::All => (None, None),
        Subject::Entity(text) => (Some(resolve(world, text)?), None),
        Subject::Declared(name, entity) => {
            let wanted = wanted(world, spec, name.as_deref(), entity.as_deref())?;
            number = wanted.number.unwrap_or(number);
            (wanted.about, None)
        }
        Subject::Dates(from, to) => {
            let to = to.from(*from).map_err(|error| Failure::input(error.to_string()))?;
            let dates = in_order(*from, to).map_err(|error| {
                let (name, from, to) = (spec.command, error.to, error.from);
                Failure::input(format!("{error}, such as: annals {name} \"{from}\" \"{to}\""))
            })?;
            (None, Some(dates))
        }
    };
    if let Needs::OneOf { otherwise, .. } = spec.needs {
        let found = spec.needs.entity(world, about, number);
        let of = about.map(|entity| format!("{}: ", world.label(entity))).unwrap_or_default();
        if found.is_none() || about.is_some() && found != about {
            report(&[format!("annals: {of}{}", otherwise(world, number))]);
            // A program that reads rows gets none of them, in the form that it asked for.
            if about.is_some() || args.format == Format::Text {
                return Ok(Outcome::Nothing);
            }
        }
    }
    let data = if *all {
        table.build_unfolded(world, about, dates, number)
    } else {
        table.build_nth(world, about, dates, number)
    };
    let data = match (spec.held, library) {
        (Some(held), Some(library)) => held(world, library, data),
        (Some(_) | None, Some(_) | None) => data,
    };
    let data = match moment {
        Some(moment) => titled(world, data, moment),
        None => data,
    };
    print(world, spec, &data, args, out)
}

/// A table that the dossier declares, as it was asked for.
struct Wanted {
    /// Its number; `None` for the first that has anything to show.
    number: Option<usize>,
    /// The entity that it is to be about.
    about: Option<EntityId>,
}

/// Returns what is meant by the name of a table and that of an entity, either of which may be left out.
fn wanted(world: &World, spec: &TableSpec, name: Option<&str>, entity: Option<&str>) -> Result<Wanted, Failure> {
    let names = spec.declared.as_ref().map(|declared| (declared.names)(world)).unwrap_or_default();
    // Without any table it does not matter which one is meant.
    let Some(name) = name.filter(|_| !names.is_empty()) else { return Ok(Wanted { number: None, about: None }) };
    let number = names.iter().position(|known| *known == name);
    if number.is_some() {
        let about = entity.map(|entity| resolve(world, entity)).transpose()?;
        return Ok(Wanted { number, about });
    }
    if entity.is_none() && is_known(world, name) {
        return Ok(Wanted { number: None, about: Some(resolve(world, name)?) });
    }
    let others = if entity.is_none() { ", or the id or name of an entity" } else { "" };
    let remedy = suggestion(name, names.iter().copied(), || format!("expected one of: {}{others}", names.join(", ")));
    Err(Failure::input(format!("no {} \"{name}\"; {remedy}", spec.command)))
}

fn print(
    world: &World,
    spec: &TableSpec,
    data: &TableData,
    args: &TableArgs,
    out: &mut Output<'_>,
) -> Result<Outcome, Failure> {
    let words = args.query.as_deref().unwrap_or_default();
    refuse_fields(world, words)?;
    let selected = data.select(words, sort(data, args.sort.as_deref())?);
    let rows: Vec<&TableRow> = selected.into_iter().filter_map(|row| data.rows.get(row)).collect();
    let dossier = world.dossier();
    let cells = rows.iter().map(|row| {
        let id = row.entity.map(|entity| dossier.id(entity)).unwrap_or_default();
        row.cells.iter().map(|cell| cell.spelled.as_deref().unwrap_or(&cell.text)).chain([id])
    });
    let header = data.columns.iter().map(|column| column.name.as_str()).chain(["id"]);
    let objects = rows.iter().map(|row| object(world, spec, data, row));
    out.rows(args.format, |out| print_text(world, data, &rows, args.cite, out), objects, header, cells)?;
    Ok(Outcome::of(!rows.is_empty()))
}

/// Refuses a query with fields: a table is filtered by words alone.
fn refuse_fields(world: &World, words: &str) -> Result<(), Failure> {
    let Ok(query) = Query::parse(words, world.dossier().vocabulary()) else { return Ok(()) };
    let remedy = if !query.order().is_empty() {
        "expected plain words; --sort COLUMN sorts a table"
    } else if query.has_fields() {
        "expected plain words; fields are for list, find and timeline, --as-of for all"
    } else {
        return Ok(());
    };
    Err(Failure::input(format!("--query \"{words}\" has a field; {remedy}")))
}

/// Returns the column with this name; `-name` sorts the largest first.
fn sort(data: &TableData, wanted: Option<&str>) -> Result<Option<SortBy>, Failure> {
    let Some(wanted) = wanted else { return Ok(None) };
    let (descending, name) = wanted.strip_prefix('-').map_or((false, wanted), |name| (true, name));
    let found = data.columns.iter().position(|column| fold(&column.name) == fold(name));
    let names: Vec<&str> =
        data.columns.iter().map(|column| column.name.as_str()).filter(|name| !name.is_empty()).collect();
    found.map(|column| Some(SortBy { column, descending })).ok_or_else(|| {
        let remedy = suggestion(name, names.iter().copied(), || format!("expected one of: {}", names.join(", ")));
        Failure::input(format!("no column \"{name}\"; {remedy}"))
    })
}

fn print_text(world: &World, data: &TableData, rows: &[&TableRow], cite: bool, out: &mut Output<'_>) -> io::Result<()> {
    let has_text =
        |column: usize| rows.iter().any(|row| row.cells.get(column).is_some_and(|cell| !cell.text.is_empty()));
    let is_shown = |&(at, column): &(usize, &TableColumn)| column.fit != Fit::Rare || has_text(at);
    let shown: Vec<(usize, &TableColumn)> = data.columns.iter().enumerate().filter(is_shown).collect();
    let columns: Vec<TextColumn> = shown
        .iter()
        .map(|(_, column)| TextColumn {
            tone: Tone::Plain,
            excess: Excess::Cut,
            shrink: match column.fit {
                Fit::Drop => &[(0, 0)],
                Fit::Cut => &[(1, 12), (2, 6)],
                Fit::Keep | Fit::Rare => &[],
            },
        })
        .collect();
    let mut table = TextTable::new(0, columns);
    table.row(shown.iter().map(|(_, column)| column.name.clone()));
    for row in rows {
        table.row(shown.iter().filter_map(|&(at, _)| row.cells.get(at)).map(|cell| cell.text.clone()));
    }
    out.line(Tone::Strong, &data.title)?;
    table.print(out)?;
    for note in &data.notes {
        out.wrapped(Tone::Faint, 0, note)?;
    }
    if cite {
        let dossier = world.dossier();
        out.end_line()?;
        let mut claims: Vec<_> = rows.iter().flat_map(|row| row.claims.iter().copied()).collect();
        claims.sort_unstable();
        claims.dedup();
        for claim in claims {
            out.wrapped(Tone::Faint, 0, &citation(world, dossier.claim(claim)))?;
        }
    }
    Ok(())
}

fn object<'a>(world: &'a World, spec: &TableSpec, data: &TableData, row: &'a TableRow) -> RowObject<'a> {
    let dossier = world.dossier();
    let cells = data.columns.iter().zip(&row.cells).filter(|(column, _)| !column.name.is_empty());
    let cells = cells.map(|(column, cell)| {
        let value = match cell.key {
            // A cell with a sign beside the number stays text.
            SortKey::Number(number) if column.right && cell.text == grouped(number) => number_value(number),
            SortKey::Number(_) | SortKey::Text | SortKey::Rank(_) | SortKey::Last => Value::from(cell.text.as_str()),
        };
        (fold(&column.name).replace(' ', "_"), value)
    });
    RowObject {
        id: row.entity.map(|entity| dossier.id(entity)),
        label: row.entity.map(|entity| dossier.label(entity)),
        cells: cells.collect(),
        claims: row.claims.iter().map(|&claim| ClaimObject::new(dossier, dossier.claim(claim))).collect(),
        verdicts: (spec.pairs)(world, row).iter().map(|pair| verdict_object(dossier, pair)).collect(),
    }
}

fn verdict_object(dossier: &Dossier, pair: &Pair) -> VerdictObject {
    let side = |side: Side| match side {
        Side::Claim(claim) => Value::from(dossier.claim_name(dossier.claim(claim))),
        Side::List(count) => Value::from(count),
    };
    VerdictObject { verdict: pair.verdict().as_str(), rule: pair.rule.id(), a: side(pair.a), b: side(pair.b) }
}

/// Converts a whole number to JSON without a decimal point.
fn number_value(number: f64) -> Value {
    const WHOLE: f64 = 9e15;
    if number.fract() == 0.0 && number.abs() < WHOLE { Value::from(number as i64) } else { Value::from(number) }
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    use super::*;
    use crate::cli::args::{Cli, Command};
    use crate::cli::commands::render::view;
    use crate::cli::output::Screen;
    use crate::formats::author;
    use crate::keymap;
    use crate::keymap::action::View;
    use crate::present::tables::{TABLES, Table};
    use crate::timeline::as_of;

    /// Returns the output of a table's command, and the table itself.
    fn printed(world: &World, table: Table, moment: Option<Moment>, format: &str) -> (String, TableData) {
        let spec = table.spec();
        let dates: &[&str] = if matches!(spec.needs, Needs::TwoDates) { &["2021", "2025"] } else { &[] };
        let line = ["annals", spec.command, "--format", format];
        let cli = Cli::try_parse_from(line.iter().chain(dates)).unwrap();
        let Some(Command::Table(command)) = cli.command else { unreachable!("a table: {line:?}") };
        let mut sink = Vec::new();
        run(world, moment, None, &command, &mut Output::new(&mut sink, Screen::default())).unwrap();
        let dates = dates.first().map(|_| ["2021", "2025"].map(|text| Moment::parse(text, None).unwrap()).into());
        (String::from_utf8(sink).unwrap(), table.build(world, None, dates))
    }

    #[test]
    fn every_table_has_a_key_a_view_for_render_and_a_command_with_its_help() {
        let keys: Vec<View> = keymap::views().map(|(_, view)| view).collect();
        let commands = Cli::command();
        for &table in TABLES {
            let spec = table.spec();
            let shown = View::Table(table);
            assert_eq!(keys.iter().filter(|&&view| view == shown).count(), 1, "one key for {table:?}");
            assert_eq!(view(&spec.title.to_lowercase()).unwrap(), shown);
            let command = commands.find_subcommand(spec.command).unwrap();
            assert_eq!(command.get_about().unwrap().to_string(), spec.about);
            let help = crate::app::state::help::Help::default();
            let described = help.rows().iter().any(|row| row.description.starts_with(spec.title));
            assert!(described, "the help has a row that begins with {:?}", spec.title);
        }
    }

    #[test]
    fn every_format_has_the_rows_of_the_table_at_every_moment() {
        let whole = World::new(author::load(&author::embedded()).0);
        for &table in TABLES {
            for moment in [None, Moment::parse("2015", None).ok(), Moment::parse("2021-06-15", None).ok()] {
                let world = moment.map_or_else(|| whole.clone(), |moment| as_of::as_of(&whole, moment).world);
                let (json, data) = printed(&world, table, moment, "json");
                let json: Vec<Value> = serde_json::from_str(&json).unwrap();
                let jsonl = printed(&world, table, moment, "jsonl").0.lines().count();
                let csv = printed(&world, table, moment, "csv").0;
                let csv = ::csv::Reader::from_reader(csv.as_bytes()).into_records().map(Result::unwrap).count();
                assert_eq!([json.len(), jsonl, csv], [data.rows.len(); 3], "{table:?} as of {moment:?}");
                let text = printed(&world, table, moment, "text").0;
                let titles = 2;
                let notes = data.notes.len()..=data.notes.len() + 1;
                assert!(notes.contains(&(text.lines().count() - titles - data.rows.len())), "{table:?}: {text}");
            }
        }
    }
}
