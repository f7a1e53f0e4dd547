//! The dossier and its documents as files: check, export, units, pin and migrate.
//!
//! Invariant: a form that a command cannot write is refused before a dossier is opened.

use std::path::PathBuf;

use clap::Args;

use super::help;
use crate::cli::forms::{ExportFormat, Format, ReportFormat};

#[derive(Debug, Args)]
#[command(after_help = help::CHECK)]
pub struct CheckArgs {
    /// Take warnings for errors: exit code 2
    #[arg(long)]
    pub strict: bool,
    /// Show notes as well
    #[arg(long)]
    pub notes: bool,
    /// List the claims that no current review confirms
    #[arg(long)]
    pub reviewed: bool,
    /// text, json or github
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    pub format: ReportFormat,
}

#[derive(Debug, Args)]
#[command(after_help = help::EXPORT)]
pub struct ExportArgs {
    /// jsonl, json, csv or sqlite
    #[arg(long, value_name = "FORMAT", hide_possible_values = true)]
    pub format: ExportFormat,
    /// Without digests, from which short texts can be guessed
    #[arg(long)]
    pub no_digests: bool,
    /// Leave out what is private, and say what that was
    #[arg(long)]
    pub public: bool,
    /// Where to write; else standard output (not sqlite)
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
}

#[derive(Debug, Clone, Args)]
#[command(after_help = help::PASSAGES)]
pub struct PassagesArgs {
    /// Only those without a claim that are not listed either
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
#[command(after_help = help::PIN)]
pub struct PinArgs {
    /// Print the pins in place of writing them to pins/
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Clone, Args)]
#[command(after_help = help::ID)]
pub struct IdArgs {
    /// The folder of TOML files
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Print what would change, and change nothing
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Clone, Args)]
#[command(after_help = help::MIGRATE)]
pub struct MigrateArgs {
    /// The folder of TOML files
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Print what would change, and change nothing
    #[arg(long)]
    pub dry_run: bool,
}
