//! The texts that the authors of a dossier wrote in its rows, apart from labels and names.
//!
//! Invariant: every text of a row is there: a row is taken apart whole, so that a new field has to be placed here, too.

use super::check::Check;
use super::complete::Complete;
use super::details::{Details, Reference};
use super::dossier::{Claim, Dossier, Judgement, Value};
use super::id::{ClaimId, Sym, WhenId};
use super::review::Review;

/// A text of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowText<'a> {
    /// The key in the table of the row; `None` for the value of a claim.
    pub key: Option<&'static str>,
    /// The text.
    pub text: &'a str,
}

/// A row that has texts. Numbers are those of rows in the tables of the dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextRow {
    /// A claim.
    Claim(ClaimId),
    /// A row of `judgements`.
    Judgement(usize),
    /// A row of `checks`.
    Check(usize),
    /// A row of `unclaimed`.
    Unclaimed(usize),
    /// A row of `completes`.
    Complete(usize),
    /// A row of `reviews`.
    Review(usize),
}

impl Dossier {
    /// Returns the texts of all rows.
    pub fn row_texts(&self) -> impl Iterator<Item = (TextRow, RowText<'_>)> {
        let claims = self.claims().flat_map(|(id, row)| with(TextRow::Claim(id), self.texts_of(row)));
        let judgements = self.judgements().iter().enumerate();
        let judgements =
            judgements.flat_map(|(at, row)| with(TextRow::Judgement(at), self.texts_of_judgement(row).into_iter()));
        let checks = self.checks().iter().enumerate();
        let checks = checks.flat_map(|(at, row)| with(TextRow::Check(at), self.texts_of_check(row)));
        let unclaimed = self.unclaimed().enumerate();
        let unclaimed =
            unclaimed.map(|(at, (_, text))| (TextRow::Unclaimed(at), RowText { key: Some("reason"), text }));
        let completes = self.completes().iter().enumerate();
        let completes = completes.flat_map(|(at, row)| with(TextRow::Complete(at), self.texts_of_complete(row)));
        let reviews = self.reviews().iter().enumerate();
        let reviews = reviews.flat_map(|(at, row)| with(TextRow::Review(at), self.texts_of_review(row)));
        claims.chain(judgements).chain(checks).chain(unclaimed).chain(completes).chain(reviews)
    }

    /// Returns the texts of a claim: its value, reason, what few claims have, and the labels of its dates.
    pub fn texts_of(&self, claim: &Claim) -> impl Iterator<Item = RowText<'_>> {
        let &Claim { subject: _, property: _, value, start, end, as_of, stance: _, reason, details: _, evidence: _ } =
            claim;
        let (value, date) = match value {
            Value::Text(text) => (Some(text), None),
            Value::Date(date) => (None, Some(date)),
            Value::Number { .. } | Value::Entity(_) | Value::Missing => (None, None),
        };
        let value = value.map(|text| RowText { key: None, text: self.text(text) });
        let reason = reason.map(|reason| self.keyed("reason", reason));
        let own = self.details(claim).into_iter().flat_map(|details| self.texts_of_details(details));
        let labels = self.labels([start, end, as_of, date]);
        value.into_iter().chain(reason).chain(own).chain(labels)
    }

    fn texts_of_details<'a>(&'a self, details: &'a Details) -> impl Iterator<Item = RowText<'a>> {
        let Details { id: _, by, said_in, is_private: _, state: _, scope, sentence, decimals: _, note } = details;
        let own = [("said-in", *said_in), ("sentence", *sentence), ("note", *note)];
        let own = own.into_iter().filter_map(|(key, text)| Some(self.keyed(key, text?)));
        let references = by.iter().map(|by| ("by", by)).chain(scope.iter().map(|scope| ("scope", scope)));
        let named = references.filter_map(|(key, reference)| match reference {
            Reference::Text(text) => Some(self.keyed(key, *text)),
            Reference::Entity(_) => None,
        });
        own.chain(named)
    }

    fn texts_of_judgement(&self, judgement: &Judgement) -> [RowText<'_>; 1] {
        let &Judgement { a: _, b: _, verdict: _, reason } = judgement;
        [self.keyed("reason", reason)]
    }

    fn texts_of_check(&self, check: &Check) -> impl Iterator<Item = RowText<'_>> {
        let &Check { label, operation: _, relation: _, note, terms: _, evidence: _ } = check;
        std::iter::once(self.keyed("label", label)).chain(note.map(|note| self.keyed("note", note)))
    }

    fn texts_of_complete(&self, complete: &Complete) -> impl Iterator<Item = RowText<'_>> {
        let &Complete { of: _, list: _, since, until, reason, evidence: _ } = complete;
        let reason = reason.map(|reason| self.keyed("reason", reason));
        reason.into_iter().chain(self.labels([since, until]))
    }

    fn texts_of_review(&self, review: &Review) -> impl Iterator<Item = RowText<'_>> {
        let &Review { claim: _, by, on, verdict: _, note, seen: _ } = review;
        let note = note.map(|note| self.keyed("note", note));
        std::iter::once(self.keyed("by", by)).chain(note).chain(self.labels([on]))
    }

    fn keyed(&self, key: &'static str, text: Sym) -> RowText<'_> {
        RowText { key: Some(key), text: self.text(text) }
    }

    /// Returns the labels of dates.
    fn labels<const N: usize>(&self, dates: [Option<WhenId>; N]) -> impl Iterator<Item = RowText<'_>> {
        let labels = dates.into_iter().flatten().filter_map(|id| self.when(id).label());
        labels.map(|text| RowText { key: Some("label"), text })
    }
}

fn with<'a>(row: TextRow, texts: impl Iterator<Item = RowText<'a>>) -> impl Iterator<Item = (TextRow, RowText<'a>)> {
    texts.map(move |text| (row, text))
}

#[cfg(test)]
mod tests {
    use crate::formats::author::load;
    use crate::syntax::SourceFile;

    #[test]
    fn the_texts_of_every_row_have_their_keys() {
        let text = r#"document = "d"
[dossier]
key = "d"
title = "D"
format = 2
[[source]]
id = "d"
key = "D"
title = "D"
[[place]]
id = "quay"
label = "Quay"
at = "lead / p1"
description = { value = "t1", id = "k7f3", by = "t2", said-in = "t3", scope = "t4", sentence = "t5", note = "t6", basis = "inferred", reason = "t7" }
[[place]]
id = "pier"
label = "Pier"
at = "lead / p1"
description = { missing = true }
[[judgement]]
a = "quay"
b = "pier"
verdict = "unsure"
reason = "t9"
[[unclaimed]]
at = "lead / p2"
reason = "u1"
[[complete]]
of = "place/quay"
list = "url"
reason = "u2"
[[review]]
claim = "k7f3"
by = "u3"
verdict = "question"
note = "u4"
"#;
        let (dossier, defects) = load(&[SourceFile::new("d.toml", text)]);
        assert_eq!(defects, []);
        let mut found: Vec<String> =
            dossier.row_texts().map(|(_, row)| format!("{} {}", row.text, row.key.unwrap_or("-"))).collect();
        found.sort();
        let expected = [
            "t1 -",
            "t2 by",
            "t3 said-in",
            "t4 scope",
            "t5 sentence",
            "t6 note",
            "t7 reason",
            "t9 reason",
            "u1 reason",
            "u2 reason",
            "u3 by",
            "u4 note",
        ];
        assert_eq!(found, expected);
    }
}
