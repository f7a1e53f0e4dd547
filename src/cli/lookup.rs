//! Commands about one thing: the part of a `SQLite` dossier that their answer needs.
//!
//! Invariant: a command prints the same from the part as from the whole dossier. What only the whole dossier can tell
//! (as of a moment, by a query, what resembles a name that nothing has) is left to a whole load.

mod found;

use super::args::{Cli, Command, Subject as About, TableCommand};
use crate::graph::containment::PartGroup;
use crate::model::{CoreKind, Vocabulary};
use crate::store::lookup::{Lookup, NeedsWhole, Reach, Subject, part};
use crate::timeline::World;
use crate::vocabulary::KindSet;

pub use found::find;

/// Returns a world that is large enough for the answer of a command; `None` if the whole dossier has to be read.
pub fn world(cli: &Cli) -> Option<World> {
    let asked = Asked::of(cli)?;
    let path = cli.global.dossier.as_deref()?;
    part(path, |lookup| asked.look_up(lookup)).ok().map(World::new)
}

/// A question about one thing, as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Asked<'a> {
    Card(&'a str),
    Names(&'a str),
    Lanes(&'a str),
    Offices(String),
    Parts { kind: &'a str, of: &'a str },
}

impl<'a> Asked<'a> {
    fn of(cli: &'a Cli) -> Option<Self> {
        // What is left out at a moment depends on what is said of every entity.
        let is_whole = cli.global.as_of.is_none();
        match cli.command.as_ref()? {
            Command::Show(args) if is_whole => Some(Self::Card(&args.id)),
            Command::List(args) if is_whole && args.query.is_none() => {
                Some(Self::Parts { kind: &args.kind, of: args.of.as_deref()? })
            }
            Command::Table(TableCommand { table, subject: About::Entity(of), .. })
                if is_whole && table.spec().is_about_names =>
            {
                Some(Self::Names(of))
            }
            Command::Who(args) => Some(Self::Offices(args.office.join(" "))),
            Command::Tenures(args) => args.of.as_deref().map(Self::Lanes),
            _ => None,
        }
    }

    fn look_up(&self, lookup: &Lookup<'_>) -> Result<Subject, NeedsWhole> {
        let about = |of: &str, reach| Ok(Subject { ids: lookup.called(of)?, reach });
        match self {
            // Who shows the id of a claim means the claim, whatever has it as its name.
            Self::Card(of) if !lookup.has(of)? && lookup.may_have_claim(of.strip_prefix('#').unwrap_or(of))? => {
                Err(NeedsWhole)
            }
            Self::Card(of) => about(of, Reach::Card),
            Self::Names(of) => about(of, Reach::Names),
            Self::Lanes(of) => about(of, Reach::Lanes),
            Self::Offices(words) => Ok(Subject { ids: vec![office(lookup, words)?], reach: Reach::Offices }),
            Self::Parts { kind, of } => about(of, Reach::Parts(kinds(lookup.vocabulary(), kind).ok_or(NeedsWhole)?)),
        }
    }
}

/// Returns the id of the post or institution that is named by its id; other words are searched for in all names.
fn office(lookup: &Lookup<'_>, words: &str) -> Result<String, NeedsWhole> {
    let id = words.trim();
    let id = if lookup.has(id)? { id.to_owned() } else { format!("post/{id}") };
    let is_office = matches!(lookup.core(&id), Some(CoreKind::Post | CoreKind::Institution));
    if is_office && lookup.has(&id)? { Ok(id) } else { Err(NeedsWhole) }
}

/// Returns the kinds that a word means; `None` if it may mean a type, which only the whole dossier tells.
fn kinds(words: &Vocabulary, typed: &str) -> Option<KindSet> {
    let typed = typed.to_lowercase();
    let is_typed = |group: &PartGroup| {
        group.of_type().is_some_and(|of_type| of_type == typed || group.label.to_lowercase() == typed)
    };
    if PartGroup::all(words).iter().any(is_typed) {
        return None;
    }
    let person = (typed == "persons").then_some(CoreKind::Person.into());
    let is_called = |id: &_| {
        let kind = words.kind(*id);
        *kind.name == *typed || kind.plural.to_lowercase() == typed || person == Some(*id)
    };
    words.kinds().find(is_called).map(|kind| words.kinds_below(kind))
}

#[cfg(test)]
mod tests;
