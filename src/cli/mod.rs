//! The command line: arguments, output and exit codes.
//!
//! Invariant: standard output carries only the answer and standard error everything else; both are the same bytes
//! whatever the time zone, the locale or the clock.

mod args;
mod commands;
mod dated;
mod defects;
mod failure;
mod forms;
mod kinds;
mod load;
mod lookup;
mod members;
mod output;
mod resolve;
mod settings;
mod text_table;
mod values;

use std::ffi::OsString;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser as _;

use crate::evidence::library::Library;
use crate::graph::name_cache;
use crate::model::Moment;
use crate::present::tables::Needs;
use crate::store::{self, Stage, Watch, named};
use crate::timeline::World;
use crate::timeline::as_of;
use crate::tui;
use crate::tui::loading::{Index, Loaded, Loading};
use crate::tui::{KeyLog, Opening, Stopped};
use crate::view::theme::Theme;
use args::{Cli, Command, DebugCommand, Global};
use failure::{Failure, Outcome};
use load::{LoadError, load_to_check, load_watched, takes_long};
use output::{Output, Screen, Status, Tone, is_dumb, report};

/// Runs the command that the arguments ask for; the first argument is the name of the program.
pub fn main(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    // Not locked: the explorer writes to it as well, and so does the thread that restores the terminal.
    let mut stdout = BufWriter::new(io::stdout());
    let outcome = match Cli::try_parse_from(args) {
        Ok(cli) => execute(&cli, &mut stdout).map_err(|failure| asked(failure, &cli)),
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

/// Prints `--help` and `--version`, and errors of the parser.
fn usage(error: &clap::Error, stdout: &mut dyn Write) -> Result<Outcome, Failure> {
    let text = error.render().to_string();
    if error.use_stderr() {
        report(&text.lines().collect::<Vec<_>>());
        return Err(Failure::Reported);
    }
    let mut out = Output::new(stdout, Screen::default());
    text.lines().try_for_each(|line| out.line(Tone::Plain, line))?;
    Ok(Outcome::Found)
}

fn execute(cli: &Cli, stdout: &mut dyn Write) -> Result<Outcome, Failure> {
    let screen = Screen::detect(cli.global.no_color);
    let mut out = Output::new(stdout, screen);
    let as_of = cli.global.as_of;
    if as_of.is_some() {
        let about = match cli.command.as_ref().map(answer_of) {
            Some(Answer::Files) => Some("this command is about files, not about a day"),
            Some(Answer::TwoDates) => Some("this command has two dates of its own"),
            Some(Answer::Moment | Answer::Everything) | None => None,
        };
        if let Some(about) = about {
            return Err(Failure::input(format!("--as-of means nothing here: {about}")));
        }
    }
    if cli.log_keys.is_some() && !(cli.command.is_none() && opens_a_screen()) {
        let finding = "--log-keys records the explorer; expected no command, and a terminal as standard output";
        return Err(Failure::input(finding));
    }
    match &cli.command {
        // These show what they have while the rest is read.
        None if opens_a_screen() => explore(&cli.global, cli.log_keys.as_deref(), screen),
        Some(Command::Pick(args)) => commands::pick::run(args, &cli.global, &mut out),
        _ => print(cli, &mut out),
    }
}

/// Runs a command that opens no screen. It is separate from [`execute`], because touching its large stack frame
/// takes longer than drawing a screen.
#[inline(never)]
fn print(cli: &Cli, out: &mut Output<'_>) -> Result<Outcome, Failure> {
    if let Some(found) = lookup::find(cli, out) {
        return found;
    }
    let whole = || load_with_status(cli.global.dossier.as_deref());
    answer(cli, &|| lookup::world(cli).map_or_else(whole, Ok), out)
}

/// Runs a command on the world that `loaded` returns, if it needs one.
fn answer(cli: &Cli, loaded: &dyn Fn() -> Result<World, LoadError>, out: &mut Output<'_>) -> Result<Outcome, Failure> {
    let as_of = cli.global.as_of;
    match &cli.command {
        None => commands::timeline::print_all(&loaded()?, as_of, out),
        Some(Command::List(args)) => commands::list::run(&at(loaded(), as_of)?, args, out),
        Some(Command::Show(args)) => commands::show::run(&at(loaded(), as_of)?, args, out),
        Some(Command::Timeline(args)) => commands::timeline::run(&loaded()?, as_of, args, out),
        Some(Command::Find(args)) => commands::find::run(&at(loaded(), as_of)?, args, out),
        Some(Command::Check(args)) => {
            let folder = settings::sources(cli.global.sources.as_ref())?;
            let path = cli.global.dossier.as_deref();
            let loaded = with_status(|watch| load_to_check(path, watch));
            commands::check::run(loaded, args, path, folder.as_deref(), out)
        }
        Some(Command::Export(args)) => commands::export::run(&at(loaded(), as_of)?, args, out),
        Some(Command::Render(args)) => {
            let world = loaded()?;
            let library = library(&world, &cli.global)?;
            commands::render::render(&world, library, as_of, args, cli.global.glyphs, out)
        }
        Some(Command::Debug(args)) => {
            let world = loaded()?;
            let library = library(&world, &cli.global)?;
            let DebugCommand::Keys(args) = &args.command;
            commands::debug::keys(&world, library, as_of, args, out)
        }
        Some(Command::Who(args)) => commands::who::run(&loaded()?, as_of, args, out),
        Some(Command::Between(args)) => commands::between::run(&loaded()?, args, out),
        Some(Command::Path(args)) => commands::path::run(&at(loaded(), as_of)?, args, out),
        Some(Command::Tenures(args)) => commands::tenures::run(&loaded()?, as_of, args, out),
        Some(Command::Table(command)) => {
            // Tables of two dates take no --as-of.
            let whole = loaded()?;
            let library = if command.table.spec().held.is_some() { library(&whole, &cli.global)? } else { None };
            let world = at(Ok(whole), as_of)?;
            commands::tables::run(&world, as_of, library.as_deref(), command, out)
        }
        Some(Command::Passages(args)) => {
            let folder = folder(&cli.global)?;
            commands::documents::passages::run(&loaded()?, args, cli.global.dossier.as_deref(), &folder, out)
        }
        Some(Command::Pin(args)) => {
            let folder = folder(&cli.global)?;
            commands::documents::run_pin(args, cli.global.dossier.as_deref(), &folder, out)
        }
        Some(Command::Id(args)) => commands::id::run(args, out),
        Some(Command::Migrate(args)) => commands::migrate::run(args, out),
        Some(Command::Index) => commands::index::run(cli.global.dossier.as_deref(), || Ok(loaded()?), out),
        Some(Command::Vocabulary(args)) => commands::vocabulary::run(&loaded()?, args, out),
        Some(Command::Explain(args)) => commands::explain::run(args, out),
        Some(Command::Keys(args)) => commands::keys::run(args, out),
        Some(Command::Pick(args)) => commands::pick::run(args, &cli.global, out),
    }
}

/// The time that the answer of a command is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    /// The state at a moment, without anything later.
    Moment,
    /// A moment by everything known, or everything with later rows marked.
    Everything,
    /// The time between two dates.
    TwoDates,
    /// Files and keys, for which a moment has no meaning.
    Files,
}

const fn answer_of(command: &Command) -> Answer {
    match command {
        Command::List(_)
        | Command::Show(_)
        | Command::Find(_)
        | Command::Pick(_)
        | Command::Path(_)
        | Command::Export(_) => Answer::Moment,
        Command::Between(_) => Answer::TwoDates,
        Command::Table(command) => match command.table.spec().needs {
            Needs::Nothing | Needs::Entity | Needs::OneOf { .. } => Answer::Moment,
            Needs::TwoDates => Answer::TwoDates,
        },
        // The holder of an office is inferred from earlier and later claims.
        Command::Timeline(_) | Command::Render(_) | Command::Debug(_) | Command::Who(_) | Command::Tenures(_) => {
            Answer::Everything
        }
        Command::Check(_)
        | Command::Index
        | Command::Passages(_)
        | Command::Pin(_)
        | Command::Id(_)
        | Command::Migrate(_)
        | Command::Vocabulary(_)
        | Command::Explain(_)
        | Command::Keys(_) => Answer::Files,
    }
}

/// Returns the dossier as of a moment, if one is asked for.
fn at(loaded: Result<World, LoadError>, as_of: Option<Moment>) -> Result<World, Failure> {
    let world = loaded?;
    Ok(as_of.map(|moment| as_of::as_of(&world, moment).world).unwrap_or(world))
}

/// Adds a hint to an error about a missing entity that may exist at another moment.
fn asked(failure: Failure, cli: &Cli) -> Failure {
    match (failure, cli.global.as_of, &cli.command) {
        (Failure::Input(mut lines), Some(moment), Some(command)) if answer_of(command) == Answer::Moment => {
            lines.push(format!("What was not so as of {moment} is left out."));
            Failure::Input(lines)
        }
        (failure, _, _) => failure,
    }
}

/// Returns the documents, if their folder is given by an argument or a setting.
fn library(world: &World, global: &Global) -> Result<Option<Arc<Library>>, Failure> {
    let folder = settings::sources(global.sources.as_ref())?;
    let path = global.dossier.as_deref();
    folder.map(|folder| commands::documents::library(world.dossier(), path, &folder)).transpose()
}

/// Returns the folder of the documents, for commands that require it.
fn folder(global: &Global) -> Result<PathBuf, Failure> {
    let named = settings::sources(global.sources.as_ref())?;
    named.ok_or_else(|| Failure::input("no documents; expected --sources DIR, the folder with their files"))
}

/// Returns true if standard output is a terminal that can be drawn on.
fn opens_a_screen() -> bool {
    io::stdout().is_terminal() && !is_dumb()
}

/// Runs the explorer until the user quits, and records the keys if there is a log.
fn explore(global: &Global, log: Option<&Path>, screen: Screen) -> Result<Outcome, Failure> {
    let log = log.map(named::open_log).transpose().map_err(Failure::Store)?;
    let log = log.map(|file| KeyLog::new(Box::new(file), global.glyphs.as_str()));
    let opening = opening(global, None, Names::Shown)?;
    let theme = if screen.colour { Theme::colours() } else { Theme::plain() }.with_glyphs(global.glyphs);
    tui::explore(opening, global.as_of, &theme, log).map_err(stopped)?;
    Ok(Outcome::Found)
}

fn stopped(error: Stopped<Failure>) -> Failure {
    match error {
        Stopped::Terminal(error) => Failure::input(format!("the explorer had to stop: {error}")),
        Stopped::Unread(failure) => failure,
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it maps errors")]
fn cannot_start(error: io::Error) -> Failure {
    Failure::input(format!("cannot start a thread to read: {error}"))
}

/// The time at which the names of a dossier are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Names {
    Shown,
    Waited,
}

/// Starts reading a dossier and its documents; the embedded one is read at once. As of a moment, names are not
/// shown early, because their claims decide whether they exist.
fn opening(global: &Global, as_of: Option<Moment>, names: Names) -> Result<Opening<Failure>, Failure> {
    let global = global.clone();
    let is_embedded = global.dossier.is_none();
    let is_long = global.dossier.as_deref().is_some_and(takes_long);
    let (kept_of, early) = (global.dossier.clone(), names == Names::Shown && as_of.is_none());
    let read = move |watch: Watch<'_>, index: Index<'_>| {
        let mut hears = |stage: Stage<'_>| match stage {
            Stage::Names(_) if names == Names::Waited || as_of.is_some() => ControlFlow::Continue(()),
            stage => watch(stage),
        };
        let world = at(load_watched(global.dossier.as_deref(), &mut hears, index), as_of)?;
        let library = library(&world, &global)?;
        Ok(Loaded { world, library })
    };
    if is_embedded {
        return read(&mut |_| ControlFlow::Continue(()), &World::new).map(|loaded| Opening::Loaded(loaded.into()));
    }
    let kept = move || if early { kept_names(kept_of.as_deref()?) } else { None };
    let loading = Loading::new(kept, read);
    if !is_long {
        loading.begin().map_err(cannot_start)?;
    }
    Ok(Opening::Loading(loading))
}

/// Returns the name index beside a dossier, or the reason why it cannot be used.
fn kept_names(path: &Path) -> Option<Result<World, String>> {
    // Beside a folder there is none.
    let file = if path.is_dir() { None } else { store::open_index(path) }?;
    let state = store::state(path).ok()??;
    Some(
        name_cache::read(file, &state)
            .map(World::of)
            .map_err(|misfit| format!("The index beside the dossier is not used: {misfit}.")),
    )
}

/// Loads a dossier, with its progress on a terminal if it takes long.
fn load_with_status(path: Option<&Path>) -> Result<World, LoadError> {
    with_status(|watch| load_watched(path, watch, &World::new))
}

/// Calls a function that loads, with its progress on a terminal if it takes long.
fn with_status<T>(load: impl FnOnce(Watch<'_>) -> Result<T, LoadError>) -> Result<T, LoadError> {
    let mut status = Status::on_stderr();
    let mut watch = |stage: Stage<'_>| {
        match stage {
            Stage::Progress { read, total } => status.show(&format!("reading: {read} of {total} rows")),
            Stage::Names(_) => {}
        }
        ControlFlow::Continue(())
    };
    load(&mut watch)
}

#[cfg(test)]
mod truth;
