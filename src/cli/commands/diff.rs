//! `annals diff`: what began, ended and changed between two dates.
//!
//! Invariant: a step is taken from the first date, and never from today.

use crate::cli::args::DiffArgs;
use crate::cli::commands::tables;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::Output;
use crate::model::Moment;
use crate::model::moment::MomentError;
use crate::present::sheets;
use crate::timeline::World;
use crate::timeline::difference::difference;

/// The second date as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Later {
    /// A date.
    Moment(Moment),
    /// A step from the first date, such as `+4y`.
    Step(String),
}

impl Later {
    /// The date that is meant where the first one is `from`.
    ///
    /// # Errors
    ///
    /// A step out of the years 0 to 9999.
    pub fn from(&self, from: Moment) -> Result<Moment, MomentError> {
        match self {
            Self::Moment(moment) => Ok(*moment),
            Self::Step(step) => Moment::parse(step, Some(from)),
        }
    }
}

/// Reads a date that is no step.
///
/// # Errors
///
/// Any other text, with the forms that are taken.
pub fn parse_moment(text: &str) -> Result<Moment, String> {
    Moment::parse(text, None).map_err(|error| error.to_string())
}

/// Reads a date or a step.
///
/// # Errors
///
/// Any other text, with the forms that are taken.
pub fn parse_later(text: &str) -> Result<Later, String> {
    match Moment::parse(text, None) {
        Ok(moment) => Ok(Later::Moment(moment)),
        Err(MomentError::Nowhere(_)) => Ok(Later::Step(text.to_owned())),
        Err(error) => Err(error.to_string()),
    }
}

/// Runs the command.
///
/// # Errors
/// A second date before the first, a step out of the calendar, and those of the sheet.
pub(crate) fn run(world: &World, args: &DiffArgs, out: &mut Output<'_>) -> Result<Outcome, Failure> {
    let to = args.to.from(args.from).map_err(|error| Failure::input(error.to_string()))?;
    let found = difference(world, args.from, to).map_err(|error| {
        Failure::input(format!("{error}, such as: annals diff \"{}\" \"{}\"", error.to, error.from))
    })?;
    tables::print(world, &sheets::difference(world, &found), &args.sheet, out)
}
