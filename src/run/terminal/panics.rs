//! What a panic does to the terminal and prints.
//!
//! Invariant: the message is printed after the screen was left, and no control
//! character of it reaches the terminal.

use std::io::{self, Write};
use std::panic::{self, PanicHookInfo};
use std::thread::{self, ThreadId};

/// The variable that asks a debug build to panic, for the tests of what follows.
const TEST_VARIABLE: &str = "ANNALS_TEST_PANIC";

/// The exit code of a program that panicked, the same as Rust's own.
const EXIT_CODE: i32 = 101;

type Hook = Box<dyn Fn(&PanicHookInfo<'_>) + Send + Sync>;

/// From now on a panic gives the terminal back before it reports itself. On a thread
/// other than the calling one it then ends the program, which would otherwise run on
/// without a screen.
pub fn install_hook() {
    let owner = thread::current().id();
    let previous = panic::take_hook();
    panic::set_hook(Box::new(move |info| give_back_and_report(info, &previous, owner)));
}

fn give_back_and_report(info: &PanicHookInfo<'_>, previous: &Hook, owner: ThreadId) {
    super::restore();
    let report = info.to_string();
    if report.contains(is_harmful) {
        let report = report.replace(is_harmful, "\u{fffd}");
        // With nowhere left to complain to, a failure is passed over.
        let _ = writeln!(io::stderr(), "\n{report}");
    } else {
        previous(info);
    }
    if thread::current().id() != owner {
        #[expect(clippy::exit, reason = "the screen is gone, and the loop cannot know")]
        std::process::exit(EXIT_CODE);
    }
}

/// Characters that steer a terminal or turn the order of its text.
fn is_harmful(character: char) -> bool {
    (character.is_control() && character != '\n')
        || matches!(character,
            '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// Whether a test asks for a panic; never in a release build.
pub fn test_panic_requested() -> bool {
    cfg!(debug_assertions) && std::env::var_os(TEST_VARIABLE).is_some()
}

#[cfg(test)]
mod tests {
    use super::is_harmful;

    #[test]
    fn a_report_keeps_its_lines_and_letters_and_loses_what_steers_a_terminal() {
        let clean = "a\u{1b}[2J\u{9b}1m\u{202e}b\u{2028}\r\t\u{e0041}\nझ é".replace(is_harmful, "?");
        assert_eq!(clean, "a?[2J?1m?b????\nझ é");
    }
}
