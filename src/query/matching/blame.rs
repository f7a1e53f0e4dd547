//! Why a query leaves nothing: which of its terms, and what is left without it.
//!
//! Invariant: every term is tried once and no more than [`MAX_BLAMED`] of them, whatever the
//! query; a term is blamed exactly if anything is left without it.

use std::convert::Infallible;

use crate::query::Query;

/// No more terms of one query than so many are tried.
pub const MAX_BLAMED: usize = 12;

/// The longest text of a query or term that a line repeats, in characters.
const SHOWN: usize = 60;

/// A term without which something is left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blamed {
    /// As it can be typed.
    pub term: String,
    /// How much is left without it; never nothing.
    pub left: usize,
}

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Blame {
    /// The whole query as it can be typed.
    pub query: String,
    /// The terms to blame, in the order in which they were tried: fields before words.
    pub terms: Vec<Blamed>,
    /// How many terms the query has.
    pub of: usize,
    /// How many of them were tried.
    pub tried: usize,
}

/// Tries a query without each of its terms; `count` tells how much a query leaves.
///
/// # Errors
///
/// Those of `count`.
pub fn blame<E>(query: &Query, mut count: impl FnMut(&Query) -> Result<usize, E>) -> Result<Blame, E> {
    let mut blame = Blame { query: query.to_string(), ..Blame::default() };
    let terms = query.terms();
    blame.of = terms.len();
    for (term, rest) in terms.take(MAX_BLAMED) {
        let left = count(&rest)?;
        blame.tried = blame.tried.saturating_add(1);
        if left > 0 {
            blame.terms.push(Blamed { term, left });
        }
    }
    Ok(blame)
}

/// The same where a list is empty, and of a query of several terms: one term that finds nothing needs no
/// explanation beside the list.
pub fn reasons(query: &Query, mut count: impl FnMut(&Query) -> usize) -> Vec<String> {
    if query.terms().len() < 2 {
        return Vec::new();
    }
    let found: Result<Blame, Infallible> = blame(query, |rest| Ok(count(rest)));
    let Ok(blame) = found;
    blame.lines_beside_query()
}

impl Blame {
    /// What to say, a line each: "role:dean year:2021 → 0; without year:2021 → 2".
    pub fn lines(&self) -> Vec<String> {
        let query = shown(&self.query);
        let mut lines: Vec<String> = Vec::new();
        for Blamed { term, left } in &self.terms {
            // A term that is all of the query need not be said twice.
            let term = if self.of == 1 { "it".to_owned() } else { shown(term) };
            lines.push(format!("{query} → 0; without {term} → {left}"));
        }
        if lines.is_empty() && self.of > 1 {
            lines.push(format!("{query} → 0; {}", self.nobody()));
        }
        lines.extend(self.untried());
        lines
    }

    /// The same where the query stands beside it.
    fn lines_beside_query(&self) -> Vec<String> {
        let blamed = self.terms.iter().map(|Blamed { term, left }| format!("without {} → {left}", shown(term)));
        let nobody = self.terms.is_empty().then(|| self.nobody());
        blamed.chain(nobody).chain(self.untried()).collect()
    }

    fn nobody(&self) -> String {
        format!("without any one of {} terms → 0 as well", self.tried)
    }

    fn untried(&self) -> Option<String> {
        let untried = self.of.saturating_sub(self.tried);
        (untried > 0).then(|| format!("only the first {} terms were tried, {untried} were not", self.tried))
    }
}

/// A text, or the start of a long one.
fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.split_at(end).0),
        None => text.to_owned(),
    }
}
