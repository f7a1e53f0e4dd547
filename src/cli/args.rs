//! The command line as types for clap: what holds for every command, and the list of commands. The arguments of each
//! are in `args/`, its examples in `assets/help/`.
//!
//! Invariant: every line of help fits 80 columns, and words, dates and sizes are validated before a dossier is
//! opened.

#![expect(clippy::doc_markdown, reason = "comments here are help texts, which have no markup")]

mod files;
mod help;
mod lookups;
mod screen;
mod tables;
mod time;

use std::path::PathBuf;
use std::sync::LazyLock;

use clap::{Args, Parser, Subcommand};

pub use self::files::{CheckArgs, ExportArgs, IdArgs, MigrateArgs, PassagesArgs, PinArgs};
pub use self::lookups::{ExplainArgs, FindArgs, ListArgs, PathArgs, PickArgs, ShowArgs, VocabularyArgs};
pub use self::screen::{DebugArgs, DebugCommand, DebugKeysArgs, KeysArgs, RenderArgs};
pub use self::tables::{Subject, TableArgs, TableCommand};
pub use self::time::{BetweenArgs, TenuresArgs, TimelineArgs, WhoArgs};
pub use super::forms::{ExportFormat, Format, KeysFormat, RenderFormat, ReportFormat, TimelineFormat};

use super::values::{glyphs, parse_moment};
use crate::model::Moment;
use crate::view::glyphs::Glyphs;

/// Returns what `annals --version` prints behind the name: the version and, in brackets, the commit.
///
/// The commit is `ANNALS_COMMIT` of the environment in which the program was compiled. `.ci/release` sets it;
/// a build without it, or with an empty one, has the version alone.
fn version() -> &'static str {
    static VERSION: LazyLock<String> =
        LazyLock::new(|| with_commit(env!("CARGO_PKG_VERSION"), option_env!("ANNALS_COMMIT")));
    &VERSION
}

fn with_commit(version: &str, commit: Option<&str>) -> String {
    match commit.map(str::trim).filter(|commit| !commit.is_empty()) {
        Some(commit) => format!("{version} ({commit})"),
        None => version.to_owned(),
    }
}

/// A terminal explorer for a dossier: what documents say, of whom, and when
#[derive(Debug, Parser)]
#[command(
    name = "annals",
    version = version(),
    max_term_width = 80,
    after_help = help::ANNALS
)]
pub struct Cli {
    /// What holds for every command.
    #[command(flatten)]
    pub global: Global,
    /// Record the keys of the explorer for annals debug keys
    #[arg(
        long,
        value_name = "FILE",
        long_help = "\
Record the keys of the explorer for annals debug keys

The file is emptied first. It has what is typed and pasted, one event
a line; read it before you pass it on."
    )]
    pub log_keys: Option<PathBuf>,
    /// What to do; the explorer where nothing is said.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What holds for every command.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct Global {
    /// Folder of TOML files or SQLite file to open instead
    #[arg(long, global = true, value_name = "PATH")]
    pub dossier: Option<PathBuf>,
    /// Folder of the documents, to read their words in place
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        long_help = "\
Folder of the documents, to read their words in place

Also: ANNALS_SOURCES in the environment, or sources = \"...\" in
annals/config.toml below the folder for configurations."
    )]
    pub sources: Option<PathBuf>,
    /// Answer as of a day, month or year: 2021-06-15
    #[arg(
        long,
        global = true,
        value_name = "DATE",
        value_parser = parse_moment,
        long_help = "\
Answer as of a day, month or year: 2021-06-15

What is over by then or still to come is left out; the timeline keeps
all and marks what is later. What has no date counts at every moment."
    )]
    pub as_of: Option<Moment>,
    /// No colours (also: NO_COLOR in the environment)
    #[arg(long, global = true)]
    pub no_color: bool,
    /// Signs of the explorer: unicode, block (CP437) or ascii
    #[arg(
        long,
        global = true,
        value_name = "TIER",
        default_value = "unicode",
        hide_default_value = true,
        hide_possible_values = true,
        value_parser = glyphs()
    )]
    pub glyphs: Glyphs,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Lists everything of a kind, by institution, with counts
    List(ListArgs),
    /// Shows all that is said of one entity, with its evidence
    Show(ShowArgs),
    /// Prints what happened, in order, with its silences
    Timeline(TimelineArgs),
    /// Finds anything by name: best first, likenesses under a line
    Find(FindArgs),
    /// Chooses on the terminal and prints the choice, for pipes
    Pick(PickArgs),
    /// Reports everything that is wrong with a dossier
    Check(CheckArgs),
    /// Writes the dossier in another form
    Export(ExportArgs),
    /// Keeps the names of a SQLite dossier in a file beside it
    #[command(after_help = help::INDEX)]
    Index,
    /// Draws a screen of the explorer without a terminal
    Render(RenderArgs),
    /// Tells who held an office on a day, and how well that is known
    Who(WhoArgs),
    /// Counts the time between two dates, or things that have one
    Between(BetweenArgs),
    /// Connects two entities by the shortest ways, step by step
    Path(PathArgs),
    /// Prints what lasts: offices, figures, services, plans
    Tenures(TenuresArgs),
    /// Prints a table.
    #[command(flatten)]
    Table(TableCommand),
    /// Prints every passage of the documents with its place
    #[command(alias = "units")]
    Passages(PassagesArgs),
    /// Finds the places of a dossier in its documents, and keeps where
    Pin(PinArgs),
    /// Brings a folder of format 1 over to format 2
    Migrate(MigrateArgs),
    /// Gives an id to every claim of a folder that has none
    Id(IdArgs),
    /// Prints the kinds, properties and measures of a dossier
    Vocabulary(VocabularyArgs),
    /// Explains a rule of verdicts or a code of defects, with an example
    Explain(ExplainArgs),
    /// Prints the keys of the explorer
    Keys(KeysArgs),
    /// Replays a recorded session, to look into a defect
    Debug(DebugArgs),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::width;
    use clap::CommandFactory;

    #[test]
    fn the_definition_is_valid() {
        Cli::command().debug_assert();
    }

    #[test]
    fn the_version_names_the_commit_that_the_build_was_given() {
        assert_eq!(with_commit("0.1.0", Some("abc1234")), "0.1.0 (abc1234)");
        assert_eq!(with_commit("0.1.0", Some("")), "0.1.0");
        assert_eq!(with_commit("0.1.0", None), "0.1.0");
    }

    #[test]
    fn every_line_of_help_fits_eighty_columns() {
        let mut top = Cli::command();
        top.build();
        let mut waiting = vec![top];
        let mut wide = Vec::new();
        while let Some(mut command) = waiting.pop() {
            for help in [command.render_help(), command.render_long_help()] {
                let help = help.to_string();
                let lines = help.lines().filter(|line| width(line) > 80);
                wide.extend(lines.map(|line| format!("{}: {line}", command.get_name())));
            }
            waiting.extend(command.get_subcommands().filter(|sub| sub.get_name() != "help").cloned());
        }
        assert!(wide.is_empty(), "{}", wide.join("\n"));
    }
}
