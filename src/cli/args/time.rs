//! Arguments of the commands about time: timeline, who, between and tenures.
//!
//! Invariant: a date is parsed before a dossier is opened, and stays as exact as it was typed.

use clap::Args;

use super::help;
use crate::cli::forms::{Format, TimelineFormat};
use crate::cli::values::parse_date;
use crate::model::When;

#[derive(Debug, Args)]
#[command(after_help = help::timeline())]
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

#[derive(Debug, Clone, Args)]
#[command(after_help = help::WHO)]
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
#[command(after_help = help::BETWEEN)]
pub struct BetweenArgs {
    /// A date, a claim, or something with a date
    #[arg(value_name = "A", allow_negative_numbers = true)]
    pub a: String,
    /// Another one, earlier or later
    #[arg(value_name = "B", allow_negative_numbers = true)]
    pub b: String,
    /// text, json, jsonl or csv
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    pub format: Format,
}

#[derive(Debug, Clone, Args)]
#[command(after_help = help::TENURES)]
pub struct TenuresArgs {
    /// Only what touches this entity, by id or name
    #[arg(long, value_name = "ENTITY")]
    pub of: Option<String>,
    /// text, json, jsonl or csv
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    pub format: Format,
}
