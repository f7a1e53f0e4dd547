//! `annals timeline`: what happened, in order, with its silences and the undated tray.
//!
//! Invariant: rows keep the order of the chronology, and a silence is a fact about what
//! was asked for as a whole: a query never makes one, a window of time only cuts it.

mod said;

use serde::Serialize;

use super::args::{Format, TimelineArgs};
use super::failure::{Failure, Outcome};
use super::members::parse_query;
use super::output::{Output, Tone};
use super::resolve::resolve;
use super::silence::{Window, silence_between};
use super::table::{Column, Excess, Table};
use crate::app::timeline::{Item, Timeline, rows_of};
use crate::app::tree::Node;
use crate::catalogue::Catalogue;
use crate::catalogue::chronology::{RowIndex, row_when};
use crate::catalogue::words::cite_claim;
use crate::formats::csv::{Sheet, evidence_cell, when_cells};
use crate::formats::jsonl;
use crate::model::{EntityId, Kind, When};
use said::{RowObject, Said};

/// One line of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Entry {
    /// A dated row, and whether it lies within the window for sure.
    Row(RowIndex, Within),
    /// Years of which nothing is known.
    Silence { first: i32, last: i32 },
    /// An event without a date.
    Undated(EntityId),
}

/// How a date stands to the window that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Within {
    /// It lies inside.
    Definite,
    /// It may lie inside.
    Possible,
}

/// Everything that is to be shown.
struct Answer {
    entries: Vec<Entry>,
    /// Whether a window of time was asked for.
    windowed: bool,
    /// Undated events that a window leaves out.
    left_out: usize,
}

/// Runs the command.
///
/// # Errors
///
/// An entity or query that means nothing, a window that ends before it begins, and those
/// of the writer.
pub fn run(catalogue: &Catalogue, args: &TimelineArgs, out: &mut Output<'_>) -> Result<Outcome, Failure> {
    let answer = answer(catalogue, args)?;
    match args.format {
        Format::Text => print(catalogue, &answer, out)?,
        Format::Json => jsonl::write_array(out.raw(), objects(catalogue, &answer))?,
        Format::Jsonl => jsonl::write_lines(out.raw(), objects(catalogue, &answer))?,
        Format::Csv => write_sheet(catalogue, &answer, out)?,
    }
    let is_found = |entry: &Entry| matches!(entry, Entry::Row(..) | Entry::Undated(_));
    Ok(Outcome::of(answer.entries.iter().any(is_found)))
}

/// The timeline as text, as `annals` prints it where there is no terminal.
///
/// # Errors
///
/// Those of the writer.
pub fn print_all(catalogue: &Catalogue, out: &mut Output<'_>) -> Result<Outcome, Failure> {
    let args = TimelineArgs { of: None, from: None, to: None, query: None, format: Format::Text };
    run(catalogue, &args, out)
}

fn answer(catalogue: &Catalogue, args: &TimelineArgs) -> Result<Answer, Failure> {
    let window = window(args)?;
    let scope = match &args.of {
        Some(of) => Node::Part(resolve(catalogue, of)?),
        None => Node::All,
    };
    // The pane of the explorer filters: what it shows for a query, this prints.
    let mut pane = Timeline::default();
    let filtered = match &args.query {
        Some(text) => !parse_query(text, None)?.is_empty(),
        None => false,
    };
    pane.filter.paste(args.query.as_deref().unwrap_or_default());
    pane.set_scope(catalogue, scope, None);
    let rows: Vec<RowIndex> = pane
        .lines()
        .iter()
        .filter_map(|item| match item {
            Item::Row(row) => Some(row),
            Item::Silence { .. } | Item::Now | Item::UndatedHead(_) | Item::Undated(_) => None,
        })
        .collect();

    let mut entries = Vec::new();
    let mut reached = None;
    for row in rows_of(catalogue, scope).iter() {
        let Some(when) = row_when(catalogue.dossier(), &catalogue.chronology().rows()[row as usize]) else { continue };
        if !filtered && let Some((first, last)) = silence_between(reached, when, window) {
            entries.push(Entry::Silence { first, last });
        }
        reached = reached.max(super::silence::last_year(when));
        if let Some(within) = within(when, window)
            && rows.binary_search(&row).is_ok()
        {
            entries.push(Entry::Row(row, within));
        }
    }
    let undated: Vec<Entry> = pane
        .lines()
        .iter()
        .filter_map(|item| match item {
            Item::Undated(event) => Some(Entry::Undated(event)),
            Item::Row(_) | Item::Silence { .. } | Item::Now | Item::UndatedHead(_) => None,
        })
        .collect();
    let windowed = args.from.is_some() || args.to.is_some();
    let left_out = if windowed { undated.len() } else { 0 };
    if !windowed {
        entries.extend(undated);
    }
    Ok(Answer { entries, windowed, left_out })
}

fn window(args: &TimelineArgs) -> Result<Window, Failure> {
    let bound = |name: &str, when: &When, side: &str| {
        Failure::input(format!("--{name} \"{}\" has no {side} day; expected a date that has one", when.edtf()))
    };
    let from =
        args.from.as_ref().map(|when| when.earliest().ok_or_else(|| bound("from", when, "first"))).transpose()?;
    let to = args.to.as_ref().map(|when| when.latest().ok_or_else(|| bound("to", when, "last"))).transpose()?;
    Window::new(from, to).ok_or_else(|| {
        let edtf = |when: &Option<When>| when.as_ref().map(|when| when.edtf().to_owned()).unwrap_or_default();
        Failure::input(format!(
            "--to \"{}\" lies before --from \"{}\"; expected it at or after",
            edtf(&args.to),
            edtf(&args.from)
        ))
    })
}

fn within(when: &When, window: Window) -> Option<Within> {
    if window.holds(when) { Some(Within::Definite) } else { window.may_touch(when).then_some(Within::Possible) }
}

fn objects<'a>(catalogue: &'a Catalogue, answer: &'a Answer) -> impl Iterator<Item = RowObject<'a>> {
    let said = answer.entries.iter().filter_map(move |&entry| Said::new(catalogue, answer, entry));
    said.map(move |said| RowObject::new(catalogue, said))
}

fn write_sheet(catalogue: &Catalogue, answer: &Answer, out: &mut Output<'_>) -> Result<(), Failure> {
    let dossier = catalogue.dossier();
    let header = [
        "when",
        "when_label",
        "earliest",
        "latest",
        "modality",
        "id",
        "kind",
        "label",
        "property",
        "institutions",
        "people",
        "evidence",
    ];
    let mut sheet = Sheet::new(out.raw(), &header)?;
    for said in answer.entries.iter().filter_map(|&entry| Said::new(catalogue, answer, entry)) {
        let labels =
            |kind| said.touched(catalogue, kind).map(|entity| dossier.label(entity)).collect::<Vec<_>>().join("; ");
        let [when, when_label, earliest, latest] = when_cells(said.when);
        sheet.row(&[
            when,
            when_label,
            earliest,
            latest,
            said.modality().to_string(),
            dossier.id(said.subject).to_owned(),
            dossier.entity(said.subject).kind.to_string(),
            said.label.clone(),
            said.property.name().to_owned(),
            labels(Kind::Institution),
            labels(Kind::Person),
            said.claim.map(|claim| evidence_cell(dossier, claim)).unwrap_or_default(),
        ])?;
    }
    sheet.finish()?;
    Ok(())
}

fn print(catalogue: &Catalogue, answer: &Answer, out: &mut Output<'_>) -> Result<(), Failure> {
    let dossier = catalogue.dossier();
    let mut table = Table::new(
        0,
        [
            Column { tone: Tone::Strong, excess: Excess::Cut, shrink: &[] },
            Column { tone: Tone::Plain, excess: Excess::Cut, shrink: &[(1, 8)] },
            Column { tone: Tone::Plain, excess: Excess::Wrap, shrink: &[(2, 24), (4, 10)] },
            Column { tone: Tone::Faint, excess: Excess::Wrap, shrink: &[(0, 0)] },
            Column { tone: Tone::Faint, excess: Excess::Wrap, shrink: &[(3, 8), (5, 0)] },
        ],
    );
    let mut tray = false;
    for &entry in &answer.entries {
        if let Entry::Silence { first, last } = entry {
            let years = last - first + 1;
            let noun = if years == 1 { "year" } else { "years" };
            let range = if years == 1 { first.to_string() } else { format!("{first}–{last}") };
            table.across(Tone::Faint, format!("┈ {years} {noun} without a dated event ({range})"));
        }
        if matches!(entry, Entry::Undated(_)) && !tray {
            tray = true;
            let count = answer.entries.iter().filter(|entry| matches!(entry, Entry::Undated(_))).count();
            table.blank();
            table.across(Tone::Strong, format!("Undated: {count}"));
        }
        if let Some(said) = Said::new(catalogue, answer, entry) {
            let short: Vec<&str> =
                said.touched(catalogue, Kind::Institution).map(|id| catalogue.short_label(id)).collect();
            table.row([
                said.when.map(When::column).unwrap_or_default(),
                said.marks(),
                said.label.clone(),
                short.join(", "),
                said.claim.map(|claim| cite_claim(dossier, claim)).unwrap_or_default(),
            ]);
        }
    }
    if answer.left_out > 0 {
        let noun = if answer.left_out == 1 { "event has" } else { "events have" };
        table.blank();
        table.across(Tone::Faint, format!("{} further {noun} no date", answer.left_out));
    }
    table.print(out)?;
    Ok(())
}
