//! The commands that print a table: one for each registered table, with the arguments it needs.
//!
//! Invariant: a table has a command by being registered; nothing here names one.

use clap::error::ErrorKind;
use clap::{ArgMatches, Args, Command, FromArgMatches, Subcommand};

use super::help;
use crate::cli::forms::Format;
use crate::cli::values::{Later, parse_later, parse_moment};
use crate::model::Moment;
use crate::present::tables::{Needs, TABLES, Table};

/// Arguments of the commands that print a table.
#[derive(Debug, Clone, Args)]
#[command(after_help = help::TABLE)]
pub struct TableArgs {
    /// Only rows that have all of these words
    #[arg(long, value_name = "WORDS")]
    pub query: Option<String>,
    /// Sorted by this column; -COLUMN for the largest first
    #[arg(long, value_name = "COLUMN", allow_hyphen_values = true)]
    pub sort: Option<String>,
    /// Below the table, every claim with its sources in full
    #[arg(long)]
    pub cite: bool,
    /// text, json, jsonl or csv
    #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
    pub format: Format,
}

/// Arguments of a command that prints a table with rows in place of several.
#[derive(Debug, Clone, Args)]
struct FoldedArgs {
    /// Each row, also those that are counted in one
    #[arg(long)]
    pub all: bool,
    /// How the table is printed.
    #[command(flatten)]
    pub table: TableArgs,
}

/// Arguments of a command that prints a table about one entity.
#[derive(Debug, Clone, Args)]
struct EntityArgs {
    /// An id, or a name that only one entity has
    #[arg(value_name = "ENTITY")]
    pub entity: Option<String>,
    /// How the table is printed.
    #[command(flatten)]
    pub table: TableArgs,
}

/// Arguments of a command that prints a table which the dossier declares.
#[derive(Debug, Clone, Args)]
struct DeclaredArgs {
    /// The name of a table, as it is declared; the first if none is given
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
    /// An id, or a name that only one entity has, with NAME or without
    #[arg(value_name = "ENTITY")]
    pub entity: Option<String>,
    /// How the table is printed.
    #[command(flatten)]
    pub table: TableArgs,
}

/// Arguments of a command that prints a table of two dates.
#[derive(Debug, Clone, Args)]
#[command(after_help = help::TWO_DATES, after_long_help = help::TWO_DATES)]
struct DatesArgs {
    /// The earlier date: a day, month or year, from its first day on
    #[arg(value_name = "FROM", value_parser = parse_moment)]
    pub from: Moment,
    /// The later date, up to its last day; +4y is four years on
    #[arg(value_name = "TO", value_parser = parse_later, allow_hyphen_values = true)]
    pub to: Later,
    /// How the table is printed.
    #[command(flatten)]
    pub table: TableArgs,
}

#[derive(Debug, Clone)]
pub struct TableCommand {
    pub table: Table,
    pub subject: Subject,
    pub args: TableArgs,
    /// True for a row for everything.
    pub all: bool,
}

/// The subject of a table, as the user gave it.
#[derive(Debug, Clone)]
pub enum Subject {
    All,
    Entity(String),
    /// The name of a declared table and an entity; of one word it is not told which of the two it is.
    Declared(Option<String>, Option<String>),
    Dates(Moment, Later),
}

impl TableCommand {
    fn named(name: &str) -> Option<Table> {
        TABLES.iter().copied().find(|table| table.spec().command == name)
    }
}

impl Subcommand for TableCommand {
    fn augment_subcommands(command: Command) -> Command {
        TABLES.iter().fold(command, |command, table| {
            let spec = table.spec();
            let own = Command::new(spec.command);
            let own = match spec.needs {
                _ if spec.declared.is_some() => DeclaredArgs::augment_args(own),
                Needs::Nothing if spec.unfolded.is_some() => FoldedArgs::augment_args(own),
                Needs::Nothing => TableArgs::augment_args(own),
                Needs::Entity | Needs::OneOf { .. } => EntityArgs::augment_args(own),
                Needs::TwoDates => DatesArgs::augment_args(own),
            };
            let own = if spec.is_about_names { own.after_help(help::NAMES) } else { own };
            command.subcommand(own.about(spec.about).long_about(None))
        })
    }

    fn augment_subcommands_for_update(command: Command) -> Command {
        Self::augment_subcommands(command)
    }

    fn has_subcommand(name: &str) -> bool {
        Self::named(name).is_some()
    }
}

impl FromArgMatches for TableCommand {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let (name, matches) = matches.subcommand().ok_or_else(|| clap::Error::new(ErrorKind::MissingSubcommand))?;
        let table = Self::named(name).ok_or_else(|| clap::Error::new(ErrorKind::InvalidSubcommand))?;
        let mut all = false;
        let (subject, args) = match table.spec().needs {
            _ if table.spec().declared.is_some() => {
                let DeclaredArgs { name, entity, table } = DeclaredArgs::from_arg_matches(matches)?;
                (Subject::Declared(name, entity), table)
            }
            Needs::Nothing if table.spec().unfolded.is_some() => {
                let folded = FoldedArgs::from_arg_matches(matches)?;
                all = folded.all;
                (Subject::All, folded.table)
            }
            Needs::Nothing => (Subject::All, TableArgs::from_arg_matches(matches)?),
            Needs::Entity | Needs::OneOf { .. } => {
                let EntityArgs { entity, table } = EntityArgs::from_arg_matches(matches)?;
                (entity.map_or(Subject::All, Subject::Entity), table)
            }
            Needs::TwoDates => {
                let DatesArgs { from, to, table } = DatesArgs::from_arg_matches(matches)?;
                (Subject::Dates(from, to), table)
            }
        };
        Ok(Self { table, subject, args, all })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
