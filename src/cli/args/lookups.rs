//! Arguments of the commands that look things up: list, show, path, find and pick.
//!
//! Invariant: kinds are texts here, because only a dossier knows its kinds.

use clap::Args;

use super::help;
use crate::cli::forms::{Format, VocabularyFormat};

#[derive(Debug, Args)]
#[command(after_help = help::list())]
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
#[command(after_help = help::SHOW)]
pub struct ShowArgs {
    /// An id (kind/slug), or a name that one entity has
    #[arg(value_name = "ID")]
    pub id: String,
    /// text, json, jsonl or csv
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    pub format: Format,
}

#[derive(Debug, Clone, Args)]
#[command(after_help = help::PATH)]
pub struct PathArgs {
    /// An id, or a name that only one entity has
    #[arg(value_name = "A")]
    pub a: String,
    /// Another one
    #[arg(value_name = "B")]
    pub b: String,
    /// text, json, jsonl or csv
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    pub format: Format,
}

#[derive(Debug, Clone, Args)]
#[command(after_help = help::VOCABULARY)]
pub struct VocabularyArgs {
    /// Only words whose name or label has this in it
    #[arg(value_name = "WORD")]
    pub word: Option<String>,
    /// text, json, jsonl, csv, toml or schema
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    pub format: VocabularyFormat,
}

#[derive(Debug, Clone, Args)]
#[command(after_help = help::EXPLAIN)]
pub struct ExplainArgs {
    /// A rule, as the conflicts show it, or the code of a defect; else a list
    #[arg(value_name = "NAME")]
    pub rule: Option<String>,
}

#[derive(Debug, Args)]
#[command(after_help = help::find())]
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
#[command(after_help = help::PICK)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub struct PickArgs {
    /// Choose among the lines of standard input instead
    #[arg(value_name = "-", value_parser = ["-"], hide_possible_values = true)]
    pub lines: Option<String>,
    /// What is typed already
    #[arg(long, short, value_name = "QUERY", allow_hyphen_values = true)]
    pub query: Option<String>,
    /// Read items that end with a NUL character, not lines
    #[arg(long)]
    pub read0: bool,
    /// End each choice with a NUL character
    #[arg(long)]
    pub print0: bool,
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
