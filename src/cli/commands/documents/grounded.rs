//! How the values of claims stand in their passages, as `annals check` tells it.
//!
//! Invariant: every claim that was judged counts once.

use std::io;

use serde::Serialize;

use crate::cli::output::{Output, Tone};
use crate::evidence::grounding::{Grounding, Tallies, Tally};
use crate::evidence::library::Library;
use crate::formats::author::slug;
use crate::model::{ClaimId, Dossier};

/// How the values of claims stand in the passages that they cite.
#[derive(Serialize)]
pub(super) struct Grounded {
    /// The claims in each state.
    claims: Tally,
    /// The number of claims that are not in their passages but have a reason.
    explained: usize,
    /// The claims that cite each document.
    documents: Vec<GroundedDocument>,
}

#[derive(Serialize)]
struct GroundedDocument {
    document: String,
    key: String,
    claims: Tally,
}

impl Grounded {
    pub(super) fn new(dossier: &Dossier, library: &Library, tallies: &Tallies) -> Self {
        let documents = dossier.documents().zip(&tallies.documents);
        let documents = documents.filter(|((id, _), _)| library.document(*id).is_some());
        let documents = documents.map(|((_, document), &claims)| GroundedDocument {
            document: slug(dossier, document).to_owned(),
            key: document.key.clone(),
            claims,
        });
        let has_reason = |&&id: &&ClaimId| dossier.claim(id).reason.is_some();
        let explained = tallies.missing.iter().filter(has_reason).count();
        Self { claims: tallies.all, explained, documents: documents.collect() }
    }

    /// Returns the number of claims that are not in their passages, without a reason.
    pub(super) fn unexplained(&self) -> usize {
        self.claims.count(Grounding::NotInPassage).saturating_sub(self.explained)
    }

    pub(super) fn print(&self, out: &mut Output<'_>) -> io::Result<()> {
        out.line(Tone::Strong, "Values in the passages that they cite")?;
        let shown = self.claims.counts().filter(|&(_, count)| count > 0);
        let shown: Vec<(String, String)> = shown.map(|(state, count)| (count.to_string(), state.to_string())).collect();
        let widest = shown.iter().map(|(count, _)| count.len()).max().unwrap_or_default();
        for (count, state) in shown {
            let is_missing = state == Grounding::NotInPassage.as_str();
            let reasons = match self.explained {
                0 => String::new(),
                explained => format!(", of which {explained} with a reason"),
            };
            out.line(Tone::Plain, &format!("  {count:>widest$}  {state}{}", if is_missing { &*reasons } else { "" }))?;
        }
        Ok(())
    }
}
