//! The explorer without a terminal, and its keys: render, keys and debug.
//!
//! Invariant: a size that no screen has is refused before a dossier is opened.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::help;
use crate::cli::forms::{KeysFormat, RenderFormat};
use crate::cli::values::{Size, parse_size};

#[derive(Debug, Clone, Args)]
#[command(after_help = help::RENDER)]
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
    /// Keys to press first, such as '/ a b c C-n'
    #[arg(long, value_name = "KEYS")]
    pub keys: Option<String>,
}

#[derive(Debug, Clone, Args)]
#[command(after_help = help::KEYS)]
pub struct KeysArgs {
    /// text or markdown
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    pub format: KeysFormat,
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
#[command(after_help = help::DEBUG_KEYS)]
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
