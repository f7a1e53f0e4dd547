//! The command line as its users meet it: the real program, its output, its exit codes.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop at what it did not expect")]

#[path = "cli/answers.rs"]
mod answers;
#[path = "cli/as_of.rs"]
mod as_of;
#[path = "cli/contract.rs"]
mod contract;
#[path = "cli/diff.rs"]
mod diff;
#[path = "cli/forms.rs"]
mod forms;
#[path = "cli/index.rs"]
mod index;
#[path = "cli/manners.rs"]
mod manners;
#[path = "cli/mistakes.rs"]
mod mistakes;
#[path = "cli/pick.rs"]
mod pick;
#[path = "cli/support.rs"]
mod support;
#[path = "cli/tenures.rs"]
mod tenures;
#[path = "cli/time.rs"]
mod time;
#[path = "cli/writing.rs"]
mod writing;
