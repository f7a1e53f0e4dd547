//! `annals check`: what is wrong or doubtful in a dossier, and the number of its entities.
//!
//! Invariant: the report is complete; no defect hides another one.

mod reviews;

use std::path::Path;

use serde::Serialize;

use self::reviews::Unconfirmed;
use crate::cli::args::{CheckArgs, ReportFormat};
use crate::cli::commands::documents::{self, Held};
use crate::cli::defects::{DefectObject, OmittedObject, Shown};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::kinds::ListKind;
use crate::cli::load::{Checked, LoadError, opens_with_errors};
use crate::cli::output::{Output, Tone, report};
use crate::cli::text_table::{Excess, TextColumn, TextTable};
use crate::soundness;
use crate::syntax::{Code, Defect, Severity};
use crate::timeline::World;

#[derive(Serialize)]
struct Report<'a> {
    sound: bool,
    defects: Vec<DefectObject<'a>>,
    /// Codes of which there are more defects than are shown.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    omitted: Vec<OmittedObject>,
    #[serde(skip_serializing_if = "Option::is_none")]
    entities: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    claims: Option<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    counts: Vec<Count>,
    /// The claims that no current review confirms, if they are asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    unconfirmed: Option<&'a Unconfirmed>,
    /// How the documents were held against it.
    #[serde(flatten)]
    held: Option<&'a Held>,
}

#[derive(Serialize)]
struct Count {
    kind: String,
    count: usize,
}

/// Reports what is wrong with the dossier at `path`, and holds it against the documents in `sources`.
pub fn run(
    loaded: Result<Checked, LoadError>,
    args: &CheckArgs,
    path: Option<&Path>,
    sources: Option<&Path>,
    out: &mut Output<'_>,
) -> Result<Outcome, Failure> {
    let mut still_opens = false;
    let (world, held, unconfirmed, defects) = match loaded {
        // What is no authored dossier is told as any other command tells it.
        Err(error @ (LoadError::Io { .. } | LoadError::Store { .. })) if args.format == ReportFormat::Text => {
            return Err(error.into());
        }
        Err(error) => (None, None, None, error.defects()),
        Ok(checked) => {
            let held = sources.map(|folder| documents::hold(&checked, path, folder)).transpose()?;
            let defects = findings(&checked, held.as_ref());
            still_opens = checked.written.as_ref().is_some_and(opens_with_errors);
            let unconfirmed = args.reviewed.then(|| Unconfirmed::new(&checked.world, checked.written.as_ref()));
            (Some(checked.world), held, unconfirmed, defects)
        }
    };
    // A document that cannot be read keeps neither the dossier nor the other documents from being checked.
    let unread = held.iter().flat_map(|held| &held.defects).filter(|defect| defect.is_error()).count();
    let is_unsound = defects.iter().filter(|defect| defect.is_error()).count() > unread;
    let world = world.as_ref().filter(|_| !is_unsound);
    let held = held.as_ref().filter(|_| !is_unsound);
    let unconfirmed = unconfirmed.as_ref();
    let shown = shown(defects, args.notes);
    match args.format {
        ReportFormat::Text => {
            report(&shown.lines());
            match world {
                Some(world) => print(world, held, unconfirmed, &shown, out)?,
                None => report(&[unsound(shown.count(Severity::Error), still_opens)]),
            }
        }
        ReportFormat::Json => print_json(world, held, unconfirmed, &shown, out)?,
        ReportFormat::Github => {
            shown.workflow_commands().iter().try_for_each(|line| out.line(Tone::Plain, line))?;
        }
    }
    let doubtful = if args.strict { shown.count(Severity::Warning) } else { 0 };
    if doubtful > 0 && args.format == ReportFormat::Text && !is_unsound {
        report(&[format!("annals: {}; --strict takes them for errors", counted(doubtful, "warning"))]);
    }
    let fails = held.is_some_and(|held| held.fails() || args.strict && held.unpinned() > 0);
    if is_unsound || doubtful > 0 || fails || unread > 0 { Err(Failure::Reported) } else { Ok(Outcome::Found) }
}

/// Returns everything that is found in a dossier that could be read.
fn findings(checked: &Checked, held: Option<&Held>) -> Vec<Defect> {
    let Checked { world, written, defects, file } = checked;
    let dossier = world.dossier();
    let mut found = match written {
        Some(_) => soundness::rules::findings(world),
        None => soundness::rules::findings_of_import(world),
    };
    found.extend(held.into_iter().flat_map(|held| held.findings.iter().cloned()));
    let found = soundness::defects(dossier, found, written.as_ref(), file);
    let unread = held.map(|held| held.defects.clone()).unwrap_or_default();
    // A document may have any name.
    let names: Vec<&str> = dossier.documents().filter_map(|(_, document)| document.file.as_deref()).collect();
    let is_document = |defect: &&Defect| {
        let name = Path::new(&defect.at.file).file_name().and_then(|name| name.to_str());
        defect.code == Code::OddExtension && name.is_some_and(|name| names.contains(&name))
    };
    let read = defects.iter().filter(|defect| !is_document(defect)).cloned();
    read.chain(found).chain(unread).collect()
}

/// Sorts the defects, and leaves out notes unless they are wanted, and those that are too many.
fn shown(mut defects: Vec<Defect>, with_notes: bool) -> Shown {
    defects.retain(|defect| with_notes || defect.severity != Severity::Note);
    defects.sort();
    let omitted = soundness::limit(&mut defects);
    Shown { defects, omitted }
}

/// Returns the last line of a report on a dossier with errors.
fn unsound(errors: usize, still_opens: bool) -> String {
    if still_opens {
        format!("annals: {}; other commands show the dossier as it stands", counted(errors, "error"))
    } else {
        format!("annals: {}; nothing was loaded", counted(errors, "defect"))
    }
}

fn print(
    world: &World,
    held: Option<&Held>,
    unconfirmed: Option<&Unconfirmed>,
    shown: &Shown,
    out: &mut Output<'_>,
) -> Result<(), Failure> {
    let dossier = world.dossier();
    let (entities, claims) = (dossier.entities().len(), dossier.claims().len());
    let mut heading = vec![format!("Sound: {entities} entities, {claims} claims")];
    let severities = [(Severity::Warning, "warning"), (Severity::Note, "note")].into_iter();
    let doubts = severities.map(|(severity, noun)| (shown.count(severity), noun)).filter(|&(count, _)| count > 0);
    heading.extend(doubts.map(|(count, noun)| counted(count, noun)));
    out.line(Tone::Strong, &heading.join("; "))?;
    let plain = TextColumn { tone: Tone::Plain, excess: Excess::Cut, shrink: &[] };
    let mut table = TextTable::new(2, [plain, plain]);
    let counts = counts(world);
    let widest = counts.iter().map(|row| row.count.to_string().len()).max().unwrap_or_default();
    for row in counts {
        table.row([row.kind.clone(), format!("{:>widest$}", row.count)]);
    }
    table.print(out)?;
    if let Some(unconfirmed) = unconfirmed {
        unconfirmed.print(claims, out)?;
    }
    if let Some(held) = held {
        documents::print(held, out)?;
    }
    Ok(())
}

fn print_json(
    world: Option<&World>,
    held: Option<&Held>,
    unconfirmed: Option<&Unconfirmed>,
    shown: &Shown,
    out: &mut Output<'_>,
) -> Result<(), Failure> {
    let dossier = world.map(|world| world.dossier());
    let report = Report {
        sound: world.is_some() && held.is_none_or(|held| held.sound),
        defects: shown.objects(),
        omitted: shown.omitted(),
        entities: dossier.map(|dossier| dossier.entities().len()),
        claims: dossier.map(|dossier| dossier.claims().len()),
        counts: world.map(counts).unwrap_or_default(),
        unconfirmed: world.and(unconfirmed),
        held,
    };
    Ok(out.json(&report)?)
}

/// Returns a number with its noun: "1 warning", "2 warnings".
fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// Counts the entities of each kind, and of each type of it that a figure counts.
fn counts(world: &World) -> Vec<Count> {
    let dossier = world.dossier();
    let is_one = |kind: &ListKind, entity| kind.has(world, entity) && dossier.entity(entity).kind == kind.kind;
    let of = |kind: &ListKind| dossier.entities().filter(|&entity| is_one(kind, entity)).count();
    let counts = ListKind::all(world).into_iter().map(|kind| Count { count: of(&kind), kind: kind.singular });
    counts.filter(|count| count.count > 0).collect()
}
