//! `annals migrate`: brings an authored folder of format 1 over to format 2.
//!
//! Invariant: with `--dry-run` no file changes.

use crate::authoring::migrate::plan;
use crate::authoring::{Plan, Refusal};
use crate::cli::args::MigrateArgs;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::load::LoadError;
use crate::cli::output::{Output, Tone};
use crate::formats::author::FORMAT;

pub fn run(args: &MigrateArgs, out: &mut Output<'_>) -> Result<Outcome, Failure> {
    let folder = args.folder.to_string_lossy();
    let Some(plan) = plan(&args.folder).map_err(refused)? else {
        out.line(Tone::Plain, &format!("{folder}: already format {FORMAT}"))?;
        return Ok(Outcome::Found);
    };
    carry_out(&plan, &folder, args.dry_run, out)
}

/// Writes what is planned, unless it is only to be shown, and prints each change.
pub(super) fn carry_out(plan: &Plan, folder: &str, dry_run: bool, out: &mut Output<'_>) -> Result<Outcome, Failure> {
    if !dry_run {
        plan.write().map_err(refused)?;
    }
    for change in plan.changes() {
        out.line(Tone::Plain, &change.to_string())?;
    }
    let verb = if dry_run { "to be changed" } else { "changed" };
    let (changes, files) = (count(plan.changes().len(), "place"), count(plan.files().count(), "file"));
    out.line(Tone::Strong, &format!("{folder}: {changes} in {files} {verb}"))?;
    Ok(Outcome::Found)
}

/// Returns a number of things: "1 file", "2 files".
fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

pub(super) fn refused(refusal: Refusal) -> Failure {
    match refusal {
        Refusal::Store(error) => Failure::Store(error),
        Refusal::Defects(defects) => Failure::Load(LoadError::Defects(defects)),
        other => Failure::Input(other.to_string().lines().map(str::to_owned).collect()),
    }
}
