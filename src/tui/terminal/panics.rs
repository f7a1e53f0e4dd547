//! Gives the terminal back when a thread panics.
//!
//! Invariant: the message is printed after the screen was left, and without control characters.

use std::borrow::Cow;
use std::io::{self, Write};
use std::panic::{self, PanicHookInfo};
use std::thread::{self, ThreadId};

use crate::text;

/// Environment variable that makes a debug build panic at the next key, for tests.
const TEST_VARIABLE: &str = "ANNALS_TEST_PANIC";

/// Exit code of a program that panicked; Rust's own.
const EXIT_CODE: i32 = 101;

type Hook = Box<dyn Fn(&PanicHookInfo<'_>) + Send + Sync>;

/// Installs a panic hook that gives the terminal back before the panic is reported. On a thread other than the
/// calling one it then ends the program, which would otherwise continue without a screen.
pub fn install_hook() {
    let owner = thread::current().id();
    let previous = panic::take_hook();
    panic::set_hook(Box::new(move |info| give_back_and_report(info, &previous, owner)));
}

fn give_back_and_report(info: &PanicHookInfo<'_>, previous: &Hook, owner: ThreadId) {
    super::restore();
    let report = info.to_string();
    match cleaned(&report) {
        Cow::Borrowed(_) => previous(info),
        // If standard error fails, nothing is left to report to.
        Cow::Owned(report) => drop(writeln!(io::stderr(), "\n{report}")),
    }
    if thread::current().id() != owner {
        #[expect(clippy::exit, reason = "the screen is gone, and the loop cannot know")]
        std::process::exit(EXIT_CODE);
    }
}

/// Returns the report without control characters other than line breaks; borrowed if it had none.
fn cleaned(report: &str) -> Cow<'_, str> {
    let lines: Vec<_> = report.lines().map(|line| text::clean(line).into_inner()).collect();
    let clean = lines.join("\n");
    if clean == report { Cow::Borrowed(report) } else { Cow::Owned(clean) }
}

/// Returns true if a test asks for a panic; never in a release build.
pub fn test_panic_requested() -> bool {
    cfg!(debug_assertions) && std::env::var_os(TEST_VARIABLE).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_keeps_its_lines_and_loses_control_characters() {
        assert_eq!(cleaned("at a.rs:1:\nझ\u{1b}[2J\u{9b}1m\u{202e}b"), "at a.rs:1:\nझ[2J1mb");
    }

    #[test]
    fn a_report_without_control_characters_is_left_to_the_previous_hook() {
        assert!(matches!(cleaned("at a.rs:1:\nझ é"), Cow::Borrowed(_)));
    }
}
