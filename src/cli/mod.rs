//! The command line: what a user types in, what comes out, how it ends.
//!
//! Invariant: standard output carries the answer alone and standard error all else; both
//! are the same bytes whatever the time zone, the locale or the clock.

pub mod args;
mod check;
mod export;
pub mod failure;
mod find;
mod list;
pub mod load;
mod members;
pub mod output;
mod render;
mod resolve;
mod save;
mod show;
mod silence;
mod table;
mod timeline;
pub mod words;

use std::ffi::OsString;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::ExitCode;

use clap::Parser;

use crate::catalogue::Catalogue;
use crate::run;
use crate::text::clean;
use crate::view::theme::Theme;
use args::{Cli, Command};
use failure::{Failure, Outcome};
use output::{Output, Screen};

pub use load::load;
pub use render::render;

/// Does what the arguments say, the name of the program being the first of them.
pub fn main(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let mut stdout = BufWriter::new(io::stdout().lock());
    let outcome = match Cli::try_parse_from(args) {
        Ok(cli) => execute(&cli, &mut stdout),
        Err(error) => usage(&error, &mut stdout),
    };
    let flushed = stdout.flush().map_err(Failure::Output);
    match outcome.and_then(|outcome| flushed.map(|()| outcome)) {
        Ok(outcome) => ExitCode::from(outcome.code()),
        Err(failure) => {
            report(&failure.lines());
            ExitCode::from(failure.code())
        }
    }
}

/// Answers `--help` and `--version`, and what cannot be parsed.
fn usage(error: &clap::Error, stdout: &mut dyn Write) -> Result<Outcome, Failure> {
    let text = error.render().to_string();
    if error.use_stderr() {
        report(&text.lines().map(str::to_owned).collect::<Vec<_>>());
        return Err(Failure::Reported);
    }
    stdout.write_all(text.as_bytes())?;
    Ok(Outcome::Found)
}

/// Says something on standard error; nobody can be told if that fails.
fn report(lines: &[String]) {
    let mut text = String::new();
    for line in lines {
        text.push_str(clean(line).as_str());
        text.push('\n');
    }
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

fn execute(cli: &Cli, stdout: &mut dyn Write) -> Result<Outcome, Failure> {
    let screen = Screen::detect(cli.global.no_color);
    let mut out = Output::new(stdout, screen);
    let loaded = load(cli.global.dossier.as_deref());
    match &cli.command {
        None if io::stdout().is_terminal() => explore(loaded?, screen),
        None => timeline::print_all(&loaded?, &mut out),
        Some(Command::List(args)) => list::run(&loaded?, args, &mut out),
        Some(Command::Show(args)) => show::run(&loaded?, args, &mut out),
        Some(Command::Timeline(args)) => timeline::run(&loaded?, args, &mut out),
        Some(Command::Find(args)) => find::run(&loaded?, args, &mut out),
        Some(Command::Check(args)) => check::run(loaded, args, &mut out),
        Some(Command::Export(args)) => export::run(&loaded?, args, &mut out),
        Some(Command::Render(args)) => render(&loaded?, args, &mut out),
    }
}

/// Opens the explorer, and stays until the reader quits.
fn explore(catalogue: Catalogue, screen: Screen) -> Result<Outcome, Failure> {
    let theme = if screen.colour { Theme::colours() } else { Theme::plain() };
    match run::explore(catalogue, &theme) {
        Ok(()) => Ok(Outcome::Found),
        Err(error) => Err(Failure::input(format!("the explorer had to stop: {error}"))),
    }
}
