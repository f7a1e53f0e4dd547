//! What a dossier knows of one claim: its texts, who speaks, the number as it is written.
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

    /// Returns the texts of a claim: its value, reason, and what few claims have.
    pub fn texts_of(&self, claim: &Claim) -> impl Iterator<Item = &str> {
        let value = match claim.value {
            Value::Text(text) => Some(text),
            Value::Number { .. } | Value::Entity(_) | Value::Date(_) | Value::Missing => None,
        };
        let details = self.details(claim);
        let own = details.map(|details| [details.said_in, details.sentence, details.note]);
        let references = details.into_iter().flat_map(|details| details.by.iter().chain(&details.scope));
        let named = references.filter_map(|reference| match reference {
            Reference::Text(text) => Some(*text),
            Reference::Entity(_) => None,
        });
        let dates = [claim.start, claim.end, claim.as_of, Self::date_id(claim)].into_iter().flatten();
        let labels = dates.filter_map(|id| self.when(id).label());
        let own = own.into_iter().flatten().flatten();
        value.into_iter().chain(claim.reason).chain(own).chain(named).map(|text| self.text(text)).chain(labels)
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
