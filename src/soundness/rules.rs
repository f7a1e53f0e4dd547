//! The rules over a loaded dossier, one module a group.
//!
//! Invariant: findings have the order of the rules and then that of the dossier, each is there once, and the time that
//! they take grows no faster than sorting the dossier does.

mod checks;
mod claims;
mod complete;
mod disclosure;
mod form;
mod holders;
mod identity;
mod life;
mod links;
mod notes;
mod report;
mod reviews;
mod same;
#[cfg(test)]
mod tests;
mod time;
mod words;

use self::report::Report;
use super::Finding;
use crate::syntax::Severity;
use crate::timeline::World;

/// The most other rows that one row is held against where rows of one group are compared two by two.
const MAX_COMPARED: usize = 16;

/// Returns what the rules find in a dossier that people write.
pub fn findings(world: &World) -> Vec<Finding> {
    run(Report::new(world, false))
}

/// Returns what the rules find in a dossier that was imported from another format: errors of content are warnings there,
/// and dates that a program may have filled in are noted.
pub fn findings_of_import(world: &World) -> Vec<Finding> {
    run(Report::new(world, true))
}

/// Returns the errors alone: what keeps a dossier that people write from being shown.
pub fn errors(world: &World) -> Vec<Finding> {
    let mut report = Report::new(world, false);
    find_errors(&mut report);
    report.found.retain(|finding| finding.severity == Severity::Error);
    report.found
}

/// Runs the rules that find errors; they have warnings, too.
fn find_errors(report: &mut Report<'_>) {
    form::find(report);
    links::find(report);
    same::find(report);
}

fn run(mut report: Report<'_>) -> Vec<Finding> {
    find_errors(&mut report);
    time::find(&mut report);
    life::find(&mut report);
    holders::find(&mut report);
    identity::find(&mut report);
    claims::find(&mut report);
    checks::find(&mut report);
    complete::find(&mut report);
    disclosure::find(&mut report);
    reviews::find(&mut report);
    notes::find(&mut report);
    words::find(&mut report);
    report.found
}
