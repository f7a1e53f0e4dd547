//! `annals diff`: what began, ended and changed between two dates.
//!
//! Invariant: a step is taken from the first date, never from today.

use crate::cli::args::DiffArgs;
use crate::cli::commands::tables;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::Output;
use crate::present::sheets;
use crate::timeline::World;
use crate::timeline::difference::difference;

/// Runs the command.
///
/// # Errors
/// Returns an error for a second date before the first, a step outside of the calendar, or a failure of the sheet.
pub(crate) fn run(world: &World, args: &DiffArgs, out: &mut Output<'_>) -> Result<Outcome, Failure> {
    let to = args.to.from(args.from).map_err(|error| Failure::input(error.to_string()))?;
    let found = difference(world, args.from, to).map_err(|error| {
        Failure::input(format!("{error}, such as: annals diff \"{}\" \"{}\"", error.to, error.from))
    })?;
    tables::print(world, &sheets::difference(world, &found), &args.sheet, out)
}
