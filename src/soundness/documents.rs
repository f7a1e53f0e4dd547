//! Findings that need the documents: places, pins, passages that nothing cites, quotes, and values that the cited
//! passages do not have.
//!
//! Invariant: a message names places and counts words, and never has words of a document that the dossier has not.

use super::{About, Code, Finding};
use crate::evidence::anchor::{Anchor, Anchors};
use crate::evidence::coverage::Nowhere;
use crate::evidence::grounding::Tallies;
use crate::evidence::library::Library;
use crate::evidence::quotes::{MAX_QUOTED, Quotes};
use crate::evidence::usage::{Account, UnitUse, Usage};
use crate::formats::author::{Origins, locator, slug};
use crate::model::texts::{RowText, TextRow};
use crate::model::{Claim, Dossier, Place, Quantity, Spot, Value};
use crate::passages::document::SourceText;

/// The most places that one message lists.
const MAX_LISTED: usize = 5;

/// The property whose texts are quotes by their nature.
const MOTTO: &str = "motto";

/// Returns what is found in a dossier with its documents at hand: places and pins document by document, then quotes, then
/// values that are not in their passages, without a reason. `usage` and `tallies` have to be of this dossier and these
/// documents.
pub fn findings(dossier: &Dossier, library: &Library, usage: &Usage, tallies: &Tallies) -> Vec<Finding> {
    let mut found = Vec::new();
    of_places(dossier, library, usage, &mut found);
    of_quotes(dossier, &Quotes::new(dossier, library), &mut found);
    for &id in &tallies.missing {
        let claim = dossier.claim(id);
        if claim.reason.is_some() {
            continue;
        }
        let places: Vec<String> = dossier.evidence(claim).map(|place| locator(dossier, place)).collect();
        let said = format!("{} is not in the passage {}", value(dossier, claim), places.join(", "));
        let expected = "expected what the passage says of the subject, another place, or a reason";
        found.push(Finding::new(Code::NotInPassage, About::Claim(id), said, expected));
    }
    found
}

fn of_places(dossier: &Dossier, library: &Library, usage: &Usage, found: &mut Vec<Finding>) {
    for ((id, document), places) in dossier.documents().zip(dossier.places_by_document()) {
        let Some(text) = library.document(id) else { continue };
        let anchors = Anchors::new(text);
        let places = places.into_iter();
        let of_places: Vec<Finding> =
            places.filter_map(|(at, place)| of_place(dossier, text, &anchors, at, place)).collect();
        let holds = of_places.is_empty();
        found.extend(of_places);
        let digests = document.fingerprint.zip(text.fingerprint());
        if holds && digests.is_some_and(|(pinned, current)| pinned != current) {
            let said = format!("{} is another text than was pinned", slug(dossier, document));
            let expected = "every place holds; read it again, then run annals pin";
            found.push(Finding::new(Code::StalePin, About::Pins(id), said, expected));
        }
        let units = text.units().iter().zip(usage.units(id).iter().map(UnitUse::account));
        let open: Vec<String> =
            units.filter(|(_, account)| *account == Account::Open).map(|(unit, _)| unit.to_string()).collect();
        if !open.is_empty() {
            let noun = if open.len() == 1 { "passage is" } else { "passages are" };
            let said = format!("{} {noun} neither cited nor said to hold no fact: {}", open.len(), listed(&open, ", "));
            let expected = "expected claims from them, or [[unclaimed]] with a reason";
            found.push(Finding::new(Code::UnclaimedPassages, About::Document(id), said, expected));
        }
    }
}

/// Holds one place against its document.
fn of_place(dossier: &Dossier, text: &SourceText, anchors: &Anchors<'_>, at: usize, place: &Place) -> Option<Finding> {
    let written = locator(dossier, place);
    let finding = |code, said: String, expected: &str| Some(Finding::new(code, About::Place(at), said, expected));
    match anchors.find(dossier, place) {
        // What is pinned with a key may stand elsewhere; a missing key is reported once, not here.
        Anchor::Exact(_) | Anchor::Unpinned(Some(_)) | Anchor::Unverified(_) => None,
        // Only its offset has changed.
        Anchor::Moved(units) if text.units_at(dossier, place).as_ref() == Some(&units) => None,
        Anchor::Moved(units) => {
            let now = named(text, place, units.start);
            let said = format!("the words of {written} moved to {now}");
            finding(Code::Moved, said, "expected the new place; then run annals pin")
        }
        Anchor::Ambiguous(all) => {
            let now: Vec<String> = all.iter().map(|units| named(text, place, units.start)).collect();
            let said = format!("the words of {written} are now at {}", listed(&now, " and at "));
            finding(Code::Ambiguous, said, "expected the place that is meant; then run annals pin")
        }
        Anchor::Missing => {
            let said = format!("the words of {written} are nowhere in the document");
            finding(Code::MissingWords, said, "read whether it still says so; then run annals pin")
        }
        Anchor::Unpinned(None) => {
            let nowhere = Nowhere::new(dossier, place, text, &Origins::default());
            finding(Code::PlaceNowhere, nowhere.found(), &nowhere.remedy())
        }
    }
}

/// Returns the place of a unit, or of its paragraph if the place that is looked for is one.
fn named(text: &SourceText, place: &Place, unit: usize) -> String {
    let Some(unit) = text.units().get(unit) else { return String::new() };
    match (&unit.place, place.spot) {
        (Spot::Sentence { paragraph, .. }, Spot::Paragraph(_)) => format!("{} / p{paragraph}", unit.section),
        _ => unit.to_string(),
    }
}

/// Returns the first texts, and how many more there are.
fn listed(texts: &[String], between: &str) -> String {
    let first = texts.get(..MAX_LISTED).unwrap_or(texts).join(between);
    match texts.len().checked_sub(MAX_LISTED) {
        None | Some(0) => first,
        Some(more) => format!("{first} and {more} more"),
    }
}

/// Holds every text that the authors of a dossier wrote against its documents.
fn of_quotes(dossier: &Dossier, quotes: &Quotes, found: &mut Vec<Finding>) {
    let mut read = |about, what: &str, text: &str| {
        if let Some(quote) = quotes.find(text) {
            let document = slug(dossier, dossier.document(quote.document));
            let said = format!("{what} has {} words in a row as {document} has them", quote.words);
            let expected = format!("expected at most {MAX_QUOTED}; say it in other words");
            found.push(Finding::new(Code::LongQuote, about, said, expected));
        }
    };
    for (row, RowText { key, text }) in dossier.row_texts() {
        let property = match row {
            TextRow::Claim(id) => &*dossier.property(dossier.claim(id).property).name,
            TextRow::Judgement(_)
            | TextRow::Check(_)
            | TextRow::Unclaimed(_)
            | TextRow::Complete(_)
            | TextRow::Review(_) => "",
        };
        match key {
            None if property == MOTTO => {}
            None => read(row.into(), &format!("\"{property}\""), text),
            Some(key @ ("reason" | "note" | "label" | "sentence")) => read(row.into(), &format!("the {key}"), text),
            Some(key) => read(row.into(), &format!("\"{key}\""), text),
        }
    }
    if let Some(origin) = &dossier.meta().origin {
        read(About::Dossier, "\"origin\"", origin);
    }
}

/// Returns the value of a claim as the dossier has it.
fn value(dossier: &Dossier, claim: &Claim) -> String {
    match claim.value {
        Value::Text(text) => format!("\"{}\"", dossier.text(text)),
        Value::Number { number, unit } => {
            Quantity { number: number.get(), unit: Some(unit) }.in_words(dossier.vocabulary())
        }
        Value::Entity(entity) => format!("\"{}\"", dossier.label(entity)),
        Value::Date(date) => dossier.when(date).edtf().to_owned(),
        Value::Missing => "a blank".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::fixture::{dossier, library};

    #[test]
    fn no_text_of_the_authors_has_more_than_five_words_of_a_document() {
        const QUOTE: &str = "The old ferry sank slowly in the dark river";
        let tables = |claim: &str, more: &str| {
            format!(
                "document = \"log\"\n[[source]]\nid = \"log\"\nkey = \"L\"\ntitle = \"Log\"\nfile = \"thistle.txt\"\n[[institution]]\nid = \"it\"\nlabel = \"It\"\nat = \"lead / p1 s1\"\ntype = {{ value = \"boat\", id = \"k7f3\"{claim} }}\n{more}"
            )
        };
        let found = |text: &str| {
            let dossier = dossier(text);
            let library = library(&dossier, &format!("{QUOTE}.\n"));
            let usage = Usage::new(&dossier, &library);
            let tallies = Tallies::new(&dossier, &library, &usage);
            let found = findings(&dossier, &library, &usage, &tallies).into_iter();
            let found = found.filter(|finding| finding.code == Code::LongQuote);
            found.map(|finding| finding.found.split(" has ").next().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let complete = "[[complete]]\nof = \"institution/it\"\nlist = \"url\"\nreason = ";
        let review = "[[review]]\nclaim = \"k7f3\"\nverdict = \"question\"\nby = \"Ida\"\nnote = ";
        let other = "[[unclaimed]]\nat = \"lead / p9\"\nreason = ";
        for (claim, more, what) in [
            (", sentence = ", "", "the sentence"),
            (", said-in = ", "", "\"said-in\""),
            (", by = ", "", "\"by\""),
            (", scope = ", "", "\"scope\""),
            (", note = ", "", "the note"),
            (", basis = \"inferred\", reason = ", "", "the reason"),
            ("", complete, "the reason"),
            ("", review, "the note"),
            ("", other, "the reason"),
            ("", "motto = ", ""),
            ("", "description = ", "\"description\""),
        ] {
            let of = |quote: &str| {
                let end = |key: &str| if key.is_empty() { String::new() } else { format!("{key}\"{quote}\"") };
                found(&tables(&end(claim), &end(more)))
            };
            let expected: &[&str] = if what.is_empty() { &[] } else { &[what] };
            assert_eq!(of(QUOTE), expected, "{claim}{more}");
            assert!(of("The old ferry sank slowly").is_empty(), "{claim}{more}");
        }
    }
}
