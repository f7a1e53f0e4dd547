//! The outcome of a command: success, no result, or an error message.
//!
//! Invariant: every outcome has one exit code, and every message is safe to print.

use std::io;

use super::load::LoadError;
use super::output::with_prefix;
use crate::store::StoreError;
use crate::text::clean;

/// The outcome of a command that succeeded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It found or wrote something.
    Found,
    Nothing,
    /// The user left without a choice.
    Aborted,
}

impl Outcome {
    /// Returns [`Found`](Self::Found) if `any` is true, else [`Nothing`](Self::Nothing).
    pub fn of(any: bool) -> Self {
        if any { Self::Found } else { Self::Nothing }
    }

    pub fn code(self) -> u8 {
        match self {
            Self::Found => 0,
            Self::Nothing => 1,
            Self::Aborted => 130,
        }
    }
}

#[derive(Debug)]
pub enum Failure {
    /// The dossier cannot be loaded.
    Load(LoadError),
    /// An argument is invalid: the finding, then hints, a line each.
    Input(Vec<String>),
    /// A file cannot be written.
    Store(StoreError),
    /// Standard output cannot be written, or a closed pipe.
    Output(io::Error),
    /// The error has been reported already.
    Reported,
}

/// The exit code of errors.
pub const FAILED: u8 = 2;

impl Failure {
    /// Creates an error with a message of one line.
    pub fn input(finding: impl Into<String>) -> Self {
        Self::Input(vec![finding.into()])
    }

    /// Returns the exit code; a closed pipe is a success.
    pub fn code(&self) -> u8 {
        match self {
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => Outcome::Found.code(),
            Self::Load(_) | Self::Input(_) | Self::Store(_) | Self::Output(_) | Self::Reported => FAILED,
        }
    }

    /// Returns the lines for standard error; empty if there is nothing to report.
    pub fn lines(&self) -> Vec<String> {
        let raw = match self {
            Self::Load(error) => error.lines(),
            Self::Input(lines) => with_prefix(lines.iter().cloned()),
            Self::Store(error) => with_prefix(error.to_string().lines().map(str::to_owned)),
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => Vec::new(),
            Self::Output(error) => with_prefix([format!("cannot write to standard output: {error}")]),
            Self::Reported => Vec::new(),
        };
        raw.iter().map(|line| clean(line).into_inner().into_owned()).collect()
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl From<LoadError> for Failure {
    fn from(error: LoadError) -> Self {
        Self::Load(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closed_pipe_is_silent_and_succeeds() {
        let closed = Failure::from(io::Error::from(io::ErrorKind::BrokenPipe));
        assert_eq!((closed.code(), closed.lines()), (0, Vec::new()));
        let full = Failure::from(io::Error::from(io::ErrorKind::StorageFull));
        assert_eq!((full.code(), full.lines().len()), (FAILED, 1));
    }

    #[test]
    fn a_message_contains_no_terminal_controls() {
        let failure = Failure::input("no entity \"\u{1b}[2J\u{202e}x\"\nforged");
        assert_eq!(failure.lines(), ["annals: no entity \"[2Jx\" forged"]);
    }
}
