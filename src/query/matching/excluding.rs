//! Explains an empty result: the terms of the query without which there would be results.
//!
//! Invariant: every term is removed once, at most [`MAX_TRIED`] of them; a term is listed exactly if the query
//! without it has results.

use std::convert::Infallible;

use crate::query::Query;

/// The most terms of one query that are tried.
pub const MAX_TRIED: usize = 12;

/// The longest text of a query or term that a line repeats, in characters.
const SHOWN: usize = 60;

/// A term that excludes all results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExcludingTerm {
    /// The term as it can be typed.
    pub term: String,
    /// The number of results without it, at least 1.
    pub left: usize,
}

/// The terms of a query that exclude all results.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ExcludingTerms {
    /// The whole query as it can be typed.
    pub query: String,
    /// The excluding terms, in the order in which they were tried: fields before words.
    pub terms: Vec<ExcludingTerm>,
    /// The number of terms of the query.
    pub total: usize,
    /// The number of terms that were tried.
    pub tried: usize,
}

/// Evaluates a query without each of its terms; `count` returns the number of results of a query.
///
/// # Errors
///
/// Returns the first error of `count`.
pub fn excluding_terms<E>(
    query: &Query,
    mut count: impl FnMut(&Query) -> Result<usize, E>,
) -> Result<ExcludingTerms, E> {
    let mut found = ExcludingTerms { query: query.to_string(), ..ExcludingTerms::default() };
    let terms = query.terms();
    found.total = terms.len();
    for (term, rest) in terms.take(MAX_TRIED) {
        let left = count(&rest)?;
        found.tried = found.tried.saturating_add(1);
        if left > 0 {
            found.terms.push(ExcludingTerm { term, left });
        }
    }
    Ok(found)
}

/// Like [`excluding_terms`], as lines to show under an empty list; none for a query with a single term, which
/// needs no explanation.
pub fn explain_empty(query: &Query, mut count: impl FnMut(&Query) -> usize) -> Vec<String> {
    if query.terms().len() < 2 {
        return Vec::new();
    }
    let found: Result<ExcludingTerms, Infallible> = excluding_terms(query, |rest| Ok(count(rest)));
    let Ok(found) = found;
    found.lines_beside_query()
}

impl ExcludingTerms {
    /// Returns the explanation as lines such as "role:dean year:2021 → 0; without year:2021 → 2".
    pub fn lines(&self) -> Vec<String> {
        let query = shown(&self.query);
        let mut lines: Vec<String> = Vec::new();
        for ExcludingTerm { term, left } in &self.terms {
            // A single term is the whole query, which is already in the line.
            let term = if self.total == 1 { "it".to_owned() } else { shown(term) };
            lines.push(format!("{query} → 0; without {term} → {left}"));
        }
        if lines.is_empty() && self.total > 1 {
            lines.push(format!("{query} → 0; {}", self.none_alone()));
        }
        lines.extend(self.untried());
        lines
    }

    /// Returns the explanation without the query.
    fn lines_beside_query(&self) -> Vec<String> {
        let excluding =
            self.terms.iter().map(|ExcludingTerm { term, left }| format!("without {} → {left}", shown(term)));
        let none_alone = self.terms.is_empty().then(|| self.none_alone());
        excluding.chain(none_alone).chain(self.untried()).collect()
    }

    fn none_alone(&self) -> String {
        format!("without any one of {} terms → 0 as well", self.tried)
    }

    fn untried(&self) -> Option<String> {
        let untried = self.total.saturating_sub(self.tried);
        (untried > 0).then(|| format!("only the first {} terms were tried, {untried} were not", self.tried))
    }
}

/// Truncates a long text and marks the cut.
fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.split_at(end).0),
        None => text.to_owned(),
    }
}
