//! The command line as types for clap.
//!
//! Invariant: every line of help fits 80 columns, and words, dates and sizes are validated before a dossier is
//! opened.

#![expect(clippy::doc_markdown, reason = "comments here are help texts, which have no markup")]

use std::path::PathBuf;
use std::sync::LazyLock;

use clap::{Args, Parser, Subcommand};

pub use super::forms::{
    ExportFormat, Format, KeysFormat, RenderFormat, ReportFormat, TimelineFormat, VocabularyFormat,
};

pub use super::table_args::{TableArgs, TableCommand};

use super::values::{Size, glyphs, parse_date, parse_moment, parse_size};
use crate::model::{Moment, When};
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
    after_help = "\
Without a command the explorer opens; where standard output is no terminal,
the timeline is printed instead.

Examples:
  annals                                    explore the embedded dossier
  annals timeline --of NAME --from 2018 --to 2021-06
  annals list person                        everybody, by institution
  annals find \"jane doe\"                    find anything by name
  annals show person/jane-doe               all that is said, with evidence
  annals figures --as-of 2021-06-15         every number of that day
  annals export --format sqlite copy.db     one file for any SQLite tool
  annals --dossier copy.db list event       read that file instead

Exit codes: 0 found, 1 nothing found, 2 usage or bad input, 130 interrupted."
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
    Index,
    /// Draws a screen of the explorer without a terminal
    Render(RenderArgs),
    /// Tells who held an office on a day, and how well that is known
    Who(WhoArgs),
    /// Prints what lasts: offices, figures, services, plans
    Tenures(TenuresArgs),
    /// Prints a table.
    #[command(flatten)]
    Table(TableCommand),
    /// Prints every unit of the documents with its place
    Units(UnitsArgs),
    /// Finds the places of a dossier in its documents, and keeps where
    Pin(PinArgs),
    /// Prints the kinds, properties and measures of a dossier
    Vocabulary(VocabularyArgs),
    /// Explains a rule of verdicts, with an example
    Explain(ExplainArgs),
    /// Prints the keys of the explorer
    Keys(KeysArgs),
    /// Replays a recorded session, to look into a defect
    Debug(DebugArgs),
}

#[derive(Debug, Args)]
#[command(after_help = crate::cli::query_help::list())]
pub struct ListArgs {
    /// What to list: a kind, in singular or plural
    #[arg(value_name = "KIND")]
    pub kind: String,
    /// Only what belongs to this entity, by id or name
    #[arg(long, value_name = "ENTITY")]
    pub of: Option<String>,
    /// Only what matches this query
    #[arg(long, value_name = "QUERY")]
    pub query: Option<String>,
    /// text, json, jsonl or csv
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    pub format: Format,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annals show person/jane-doe
  annals show \"Jane Doe\" --format json")]
pub struct ShowArgs {
    /// An id (kind/slug), or a name that one entity has
    #[arg(value_name = "ID")]
    pub id: String,
    /// text, json, jsonl or csv
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    pub format: Format,
}

#[derive(Debug, Args)]
#[command(after_help = crate::cli::query_help::timeline())]
pub struct TimelineArgs {
    /// Only what touches this entity, by id or name
    #[arg(long, value_name = "ENTITY")]
    pub of: Option<String>,
    /// From its first day on: 1957, 2014-07, 2021-01-27
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub from: Option<When>,
    /// Up to its last day
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub to: Option<When>,
    /// Only what matches this query
    #[arg(long, value_name = "QUERY")]
    pub query: Option<String>,
    /// text, json, jsonl, csv or svg
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    pub format: TimelineFormat,
}

#[derive(Debug, Args)]
#[command(after_help = crate::cli::query_help::find())]
pub struct FindArgs {
    /// What to look for; several words are one query
    #[arg(value_name = "QUERY", required = true)]
    pub query: Vec<String>,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..))]
    pub limit: u32,
    /// Only of this kind
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
    /// text, json, jsonl or csv
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    pub format: Format,
}

#[derive(Debug, Args)]
#[command(after_help = "\
A choice is printed as its id, a tab and its label, one a line. Lines are
printed as they came. Keys: annals keys.

Exit codes: 0 chosen, 1 nothing matched, 2 usage or no terminal, 130 aborted.

Examples:
  annals pick --kind person | cut -f1 | xargs annals show
  annals pick --query 'green hill' --multi --format jsonl
  ls | annals pick - --multi | xargs -d '\\n' wc -l")]
pub struct PickArgs {
    /// Choose among the lines of standard input instead
    #[arg(value_name = "-", value_parser = ["-"], hide_possible_values = true)]
    pub lines: Option<String>,
    /// What is typed already
    #[arg(long, short, value_name = "QUERY")]
    pub query: Option<String>,
    /// Several may be chosen: Tab marks
    #[arg(long, short)]
    pub multi: bool,
    /// Only of this kind
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
    /// Where just one matches the query, choose it unasked
    #[arg(long = "select-1", short = '1')]
    pub select_1: bool,
    /// Where nothing matches the query, end unasked
    #[arg(long = "exit-0", short = '0')]
    pub exit_0: bool,
    /// text, json, jsonl or csv
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    pub format: Format,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  annals check
  annals --dossier my-dossier check --format json")]
pub struct CheckArgs {
    /// text or json
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    pub format: ReportFormat,
}

#[derive(Debug, Args)]
#[command(after_help = "\
jsonl is one entity a line, json the whole dossier as one document, csv one
claim a row, sqlite a database that --dossier opens again.

Examples:
  annals export --format jsonl | jq -c 'select(.kind == \"person\") | .label'
  annals export --format sqlite dossier.db")]
pub struct ExportArgs {
    /// jsonl, json, csv or sqlite
    #[arg(long, value_name = "FORMAT", hide_possible_values = true)]
    pub format: ExportFormat,
    /// Where to write; else standard output (not sqlite)
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
}

#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  annals render chronicle --size 120x40
  annals render chronicle --size 140x40 --format svg > screen.svg
  annals render chronicle --keys '/ o p d <enter>' --format ansi")]
pub struct RenderArgs {
    /// The view by its title, such as chronicle
    #[arg(value_name = "VIEW")]
    pub view: String,
    /// Columns and rows of the screen
    #[arg(long, value_name = "WxH", default_value = "80x24", value_parser = parse_size)]
    pub size: Size,
    /// text, ansi or svg
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    pub format: RenderFormat,
    /// What is selected, by id or name
    #[arg(long, value_name = "ENTITY")]
    pub select: Option<String>,
    /// Keys to press first, such as '/ o p d C-n'
    #[arg(long, value_name = "KEYS")]
    pub keys: Option<String>,
}

#[derive(Debug, Clone, Args)]
#[command(after_help = "\
The answer is stated, attested (seen in office before and after), assumed (no
end is given), vacant, or not known.

Examples:
  annals who green hill director --on 2019-09-15
  annals who \"Green Hill\" --on 2023-07")]
pub struct WhoArgs {
    /// A post, or an institution for all of its posts
    #[arg(value_name = "POST|INSTITUTION", required = true)]
    pub office: Vec<String>,
    /// The day, month or year; else --as-of, else the last day
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub on: Option<When>,
    /// Every claim behind the answer, with its sources
    #[arg(long)]
    pub cite: bool,
    /// text, json, jsonl or csv
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    pub format: Format,
}

#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Days are the first and the last on which something is so, or may be so where
it says \"possible\": a month stands for all of its days.

Examples:
  annals tenures --of \"green hill\"
  annals tenures --format jsonl | jq -c 'select(.group == \"Plans\")'")]
pub struct TenuresArgs {
    /// Only what touches this entity, by id or name
    #[arg(long, value_name = "ENTITY")]
    pub of: Option<String>,
    /// text, json, jsonl or csv
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    pub format: Format,
}

#[derive(Debug, Clone, Args)]
pub struct UnitsArgs {
    /// Only units without a claim that are not listed either
    #[arg(long)]
    pub open: bool,
    /// With the words of the documents
    #[arg(long)]
    pub words: bool,
    /// text, json, jsonl or csv
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    pub format: Format,
}

#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Example:
  annals --dossier seeds --sources documents pin")]
pub struct PinArgs {
    /// Print the pins in place of writing pins.toml
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Clone, Args)]
pub struct DebugArgs {
    /// What to look into.
    #[command(subcommand)]
    pub command: DebugCommand,
}

/// What to look into.
#[derive(Debug, Clone, Subcommand)]
pub enum DebugCommand {
    /// Plays recorded keys without a terminal, and prints the last screen
    Keys(DebugKeysArgs),
}

#[derive(Debug, Clone, Args)]
#[command(after_help = "\
A recording has the size and the signs of its screen, then one event a line:
a key as of render --keys, resize 80x24, paste \"TEXT\", mouse click 10 5,
mouse drag 12 5, mouse wheel 10 5 -3 (column, row, notches down).

Give the options of the session again, such as --dossier and --as-of. Each
event is answered whole before the next, however fast it was typed.

Examples:
  annals --log-keys session.keys
  annals debug keys session.keys
  annals debug keys session.keys --each | less")]
pub struct DebugKeysArgs {
    /// The recording
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Print the first screen and the one after every event
    #[arg(long)]
    pub each: bool,
    /// text, ansi or svg
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    pub format: RenderFormat,
}

#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  annals vocabulary
  annals vocabulary area
  annals vocabulary --format toml > vocabulary.toml")]
pub struct VocabularyArgs {
    /// Only words whose name or label has this in it
    #[arg(value_name = "WORD")]
    pub word: Option<String>,
    /// text, json, jsonl, csv; or toml: what the dossier declares itself
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    pub format: VocabularyFormat,
}

#[derive(Debug, Clone, Args)]
#[command(after_help = "\
Examples:
  annals explain
  annals explain number-rounds")]
pub struct ExplainArgs {
    /// The name of a rule, as the conflicts show it; none for a list
    #[arg(value_name = "RULE")]
    pub rule: Option<String>,
}

#[derive(Debug, Clone, Args)]
pub struct KeysArgs {
    /// text or markdown
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    pub format: KeysFormat,
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
