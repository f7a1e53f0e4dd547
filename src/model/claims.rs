//! What a dossier knows of one claim: its remark, who speaks, the number as it is written.
//!
//! Invariant: a claim without details has no more than its row says.

use super::details::{Details, Reference};
use super::dossier::{Claim, Dossier, Value};
use super::id::DetailsId;

impl Dossier {
    /// Returns what few claims have; `None` if this one has nothing of it.
    pub fn details(&self, claim: &Claim) -> Option<&Details> {
        claim.details.and_then(|id: DetailsId| self.details.get(id.index()))
    }

    /// Returns the remark of the dossier's authors on a claim.
    pub fn note(&self, claim: &Claim) -> Option<&str> {
        self.details(claim)?.note.map(|note| self.text(note))
    }

    /// Returns a number as the document writes it, if it has more decimal places than the number needs: `12.0`.
    pub fn number_written(&self, claim: &Claim) -> Option<String> {
        let decimals = usize::from(self.details(claim)?.decimals?);
        match claim.value {
            Value::Number { number, .. } => Some(format!("{:.decimals$}", number.get())),
            Value::Text(_) | Value::Entity(_) | Value::Date(_) | Value::Missing => None,
        }
    }

    /// Returns the words for the person or body to whom the document attributes a claim.
    pub fn speaker(&self, claim: &Claim) -> Option<&str> {
        self.details(claim)?.by.map(|by| self.reference(by))
    }

    /// Returns the label of an entity, or the text that stands in place of one.
    pub fn reference(&self, reference: Reference) -> &str {
        match reference {
            Reference::Entity(entity) => self.label(entity),
            Reference::Text(text) => self.text(text),
        }
    }
}
