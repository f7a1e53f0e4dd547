//! `annals check`: the defects of a dossier, or the number of its entities.
//!
//! Invariant: the report is complete; no defect hides another one.

use std::path::Path;

use serde::Serialize;

use crate::cli::args::{CheckArgs, ReportFormat};
use crate::cli::commands::documents;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::kinds::ListKind;
use crate::cli::load::LoadError;
use crate::cli::output::{Output, Tone};
use crate::cli::text_table::{Excess, TextColumn, TextTable};
use crate::syntax::{Code, Defect, Position, Severity};
use crate::timeline::World;

#[derive(Serialize)]
struct Report<'a> {
    sound: bool,
    defects: Vec<DefectObject<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    entities: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    claims: Option<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    counts: Vec<Count>,
}

#[derive(Serialize)]
struct Count {
    kind: String,
    count: usize,
}

/// A defect; line and column start at 1 and are absent if the whole file is meant.
#[derive(Serialize)]
struct DefectObject<'a> {
    severity: Severity,
    code: Code,
    #[serde(flatten)]
    at: &'a Position,
    found: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    second: Option<&'a Position>,
}

impl<'a> DefectObject<'a> {
    fn new(defect: &'a Defect) -> Self {
        Self {
            severity: defect.severity,
            code: defect.code,
            at: &defect.at,
            found: &defect.found,
            expected: defect.remedy.as_deref(),
            second: defect.second.as_ref(),
        }
    }
}

/// Reports the result of loading the dossier.
pub fn run(
    loaded: Result<World, LoadError>,
    args: &CheckArgs,
    sources: Option<&Path>,
    out: &mut Output<'_>,
) -> Result<Outcome, Failure> {
    if let (Ok(world), Some(folder)) = (&loaded, sources) {
        if args.format == ReportFormat::Text {
            print(world, out)?;
        }
        return documents::check(world, folder, args.format, out);
    }
    match (loaded, args.format) {
        (Ok(world), ReportFormat::Text) => print(&world, out),
        (Ok(world), ReportFormat::Json) => {
            let dossier = world.dossier();
            let report = Report {
                sound: true,
                defects: Vec::new(),
                entities: Some(dossier.entities().len()),
                claims: Some(dossier.claims().len()),
                counts: counts(&world),
            };
            out.json(&report)?;
            Ok(Outcome::Found)
        }
        (Err(error), ReportFormat::Text) => Err(error.into()),
        (Err(error), ReportFormat::Json) => {
            let defects = error.defects();
            let defects = defects.iter().map(DefectObject::new).collect();
            let report = Report { sound: false, defects, entities: None, claims: None, counts: Vec::new() };
            out.json(&report)?;
            Err(Failure::Reported)
        }
    }
}

/// Counts the entities of each kind, and of each type of it that a figure counts.
fn counts(world: &World) -> Vec<Count> {
    let dossier = world.dossier();
    let is_one = |kind: &ListKind, entity| kind.has(world, entity) && dossier.entity(entity).kind == kind.kind;
    let of = |kind: &ListKind| dossier.entities().filter(|&entity| is_one(kind, entity)).count();
    let counts = ListKind::all(world).into_iter().map(|kind| Count { count: of(&kind), kind: kind.singular });
    counts.filter(|count| count.count > 0).collect()
}

fn print(world: &World, out: &mut Output<'_>) -> Result<Outcome, Failure> {
    let dossier = world.dossier();
    let (entities, claims) = (dossier.entities().len(), dossier.claims().len());
    out.line(Tone::Strong, &format!("Sound: {entities} entities, {claims} claims"))?;
    let plain = TextColumn { tone: Tone::Plain, excess: Excess::Cut, shrink: &[] };
    let mut table = TextTable::new(2, [plain, plain]);
    let counts = counts(world);
    let widest = counts.iter().map(|row| row.count.to_string().len()).max().unwrap_or_default();
    for row in counts {
        table.row([row.kind.clone(), format!("{:>widest$}", row.count)]);
    }
    table.print(out)?;
    Ok(Outcome::Found)
}
