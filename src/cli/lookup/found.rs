//! `annals find` in a large dossier: a search of the name index beside it, and the part of the dossier that is found.
//!
//! Invariant: a query is only answered here if it consists of words and kinds, no word is that of a property, and the index fits the dossier before and
//! after it is read.

use super::kinds;
use crate::cli::args::{Cli, Command, FindArgs};
use crate::cli::commands::find::tell;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::Output;
use crate::graph::kept::{Kept, KeptHit};
use crate::graph::name_cache;
use crate::graph::names::Results;
use crate::query::Query;
use crate::search;
use crate::store::lookup::{Reach, Subject, part};
use crate::store::{open_index, state};
use crate::timeline::World;

/// Answers `annals find`; `None` if the whole dossier has to be read.
pub fn find(cli: &Cli, out: &mut Output<'_>) -> Option<Result<Outcome, Failure>> {
    let Some(Command::Find(args)) = &cli.command else { return None };
    let Found { kept, query, world, results } = Found::new(cli, args)?;
    let count = |query: &Query| search(&kept, query, 1).total();
    Some(tell(&world, &query, &results, count, args.format, out))
}

/// What a query finds.
struct Found {
    kept: Kept,
    query: Query,
    /// The part of the dossier that is found.
    world: World,
    results: Results,
}

impl Found {
    /// Searches the index; `None` if it does not fit, or cannot answer the query.
    fn new(cli: &Cli, args: &FindArgs) -> Option<Self> {
        // What is left out at a moment depends on what is said of every entity.
        let path = cli.global.dossier.as_deref().filter(|path| cli.global.as_of.is_none() && !path.is_dir())?;
        let index = open_index(path)?;
        let before = state(path).ok()??;
        let kept = name_cache::read_all(index, &before).ok()?;
        let words = kept.names().dossier().vocabulary();
        let typed = Query::parse(&args.query.join(" "), words).ok()?;
        let is_of_claims =
            || typed.asked().is_of_claims(kept.names().dossier()) || typed.without_letters_behind().is_some();
        if typed.is_empty() || !typed.conditions().is_empty() || !typed.order().is_empty() || is_of_claims() {
            return None;
        }
        let query = match &args.kind {
            None => typed,
            Some(kind) => typed.of_kinds(&kinds(words, kind)?),
        };
        let found = search(&kept, &query, args.limit as usize);
        let ids = found.rows.iter().map(|&hit| kept.id(hit).to_owned()).collect();
        let part = part(path, |_| Ok(Subject { ids, reach: Reach::Own })).ok()?;
        if state(path).ok()?? != before {
            return None;
        }
        let search::Results { rows, close, fuzzy, prose } = found;
        let rows = rows.into_iter().map(|hit| kept.hit_in(&part, hit)).collect::<Option<_>>()?;
        Some(Self { kept, query, world: World::new(part), results: Results { rows, close, fuzzy, prose } })
    }
}

fn search(kept: &Kept, query: &Query, limit: usize) -> search::Results<KeptHit> {
    let dossier = kept.names().dossier();
    kept.search(query.pattern(), limit, |entity| query.allows(dossier.entity(entity).kind))
}

#[cfg(test)]
mod tests;
