//! The wording of claims: values, marks, remarks, citations.
//!
//! Invariant: a claim reads the same wherever it is shown, and nothing that qualifies it
//! is left out of its statement.

use std::cmp::Ordering;

use crate::graph::Graph;
use crate::model::id::WhenId;
use crate::model::words::{Basis, Modality, Rank};
use crate::model::{Claim, ClaimId, DocumentId, Dossier, EntityId, Place, Review, Unit, Value, Vocabulary, When};
use crate::offices::{Certainty, Holding};
use crate::vocabulary::Dimension;

/// Returns the items in their order, each once.
pub fn distinct<T: PartialEq>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut found: Vec<T> = Vec::new();
    for item in items {
        if !found.contains(&item) {
            found.push(item);
        }
    }
    found
}

/// Compares two dates for sorting rows; a missing date comes last.
pub fn by_date(a: Option<&When>, b: Option<&When>) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => a.chronological(b),
        (a, b) => a.is_none().cmp(&b.is_none()),
    }
}

/// Returns the value of a claim in words.
pub fn value_text(dossier: &Dossier, claim: &Claim) -> String {
    match claim.value {
        Value::Text(text) => dossier.text(text).to_owned(),
        Value::Number { number, unit } => {
            let written = dossier.number_written(claim).unwrap_or_else(|| number.get().to_string());
            quantity_written(dossier.vocabulary(), number.get(), &written, unit)
        }
        Value::Entity(target) => dossier.label(target).to_owned(),
        Value::Date(when) => dossier.when(when).stated(),
        Value::Missing => "not given".to_owned(),
    }
}

/// Returns a number, its digits grouped by thousands where there are five or more.
pub fn grouped(number: f64) -> String {
    grouped_digits(&number.to_string())
}

fn grouped_digits(plain: &str) -> String {
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain), |rest| ("-", rest));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut out = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && whole.len() > 4 && (whole.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// Returns a number with its unit: `34 rooms`, `1 room`, `5%`. The sign of a currency, if it has one, comes first.
pub fn quantity(words: &Vocabulary, number: f64, unit: Unit) -> String {
    quantity_written(words, number, &number.to_string(), unit)
}

/// Returns a number, in these digits, with its unit.
fn quantity_written(words: &Vocabulary, number: f64, digits: &str, unit: Unit) -> String {
    let figure = grouped_digits(digits);
    let name = words.unit_after(number, unit);
    let measure = words.measure(unit.measure());
    match (&measure.dimension, &measure.symbol) {
        (Dimension::Share, _) => format!("{figure}{name}"),
        (Dimension::Money, Some(sign)) if !unit.is_rate() => {
            let multiplier = name.strip_suffix(&*measure.plural).unwrap_or_default().trim_end();
            let figure = format!("{sign}{figure} {multiplier}");
            figure.trim_end().to_owned()
        }
        _ => format!("{figure} {name}"),
    }
}

/// Returns the marks of a claim, such as "planned" or "inferred"; none for one stated plainly.
pub fn marks(claim: &Claim) -> Vec<&'static str> {
    let mut marks = Vec::new();
    match claim.modality() {
        Modality::Actual => {}
        Modality::Planned | Modality::Alleged | Modality::Denied => marks.push(claim.modality().as_str()),
    }
    match claim.basis() {
        Basis::Stated | Basis::Listed => {}
        Basis::Counted | Basis::Inferred => marks.push(claim.basis().as_str()),
    }
    match claim.rank() {
        Rank::Normal => {}
        Rank::Preferred | Rank::Deprecated => marks.push(claim.rank().as_str()),
    }
    marks
}

/// Returns the word for what is not a fact, with who says so: ` (alleged, by the union)`; empty for a fact.
pub fn modality_text(dossier: &Dossier, claim: &Claim) -> String {
    match (claim.modality(), dossier.speaker(claim)) {
        (Modality::Actual, _) => String::new(),
        (modality, None) => format!(" ({modality})"),
        (modality, Some(speaker)) => format!(" ({modality}, by {speaker})"),
    }
}

/// Returns the word for an entity of which nothing is a fact: ` (alleged)`; empty for all others.
pub fn stance_text(dossier: &Dossier, entity: EntityId) -> String {
    match dossier.stance(entity) {
        Modality::Actual => String::new(),
        modality => format!(" ({modality})"),
    }
}

/// Returns the label of an entity, with what tells it from others of the same label, and the word if nothing that is said of
/// it is a fact.
pub fn entity_text(graph: &Graph, entity: EntityId) -> String {
    graph.label(entity).into_owned() + &stance_text(graph.dossier(), entity)
}

/// Returns the value to which some claims lead one after the other, such as the person of a post through a tenure, with
/// the word of the one that is the least certain: `Ada Lovelace (alleged)`.
///
/// The word is left out where it is `said`, that is where the row says it of everything in it.
pub fn reached_text(graph: &Graph, path: &[&Claim], said: Modality) -> String {
    let dossier = graph.dossier();
    let (Some(last), Some(least)) = (path.last(), path.iter().max_by_key(|claim| claim.modality())) else {
        return String::new();
    };
    let word = if least.modality() == said { String::new() } else { modality_text(dossier, least) };
    told_apart(graph, last, value_text(dossier, last)) + &word
}

/// Returns a text that begins with the value of a claim; if that is an entity with namesakes, with what tells it from them.
pub fn told_apart(graph: &Graph, claim: &Claim, text: String) -> String {
    let target = Dossier::target(claim).and_then(|target| Some((graph.dossier().label(target), graph.apart(target)?)));
    match target.and_then(|(label, apart)| Some((label, apart, text.strip_prefix(label)?))) {
        Some((label, apart, rest)) => format!("{label} ({apart}){rest}"),
        None => text,
    }
}

/// Returns the state of a holding: "attested", "inferred, possible", "stated, part of it", "vacant, stated".
pub fn state_words(holding: &Holding) -> String {
    let state = holding.state.words(holding.basis);
    match holding.certainty {
        Certainty::Definite => state,
        Certainty::Part | Certainty::Possible => format!("{state}, {}", holding.certainty),
    }
}

/// Returns what qualifies a claim: "from 2020", "as of 2022", "for phase 1", "according to the owner".
pub fn qualifiers(dossier: &Dossier, claim: &Claim) -> Vec<String> {
    let date = |word: &str, when: Option<WhenId>| when.map(|when| format!("{word} {}", dossier.when(when).stated()));
    let dates = [date("from", claim.start), date("until", claim.end), date("as of", claim.as_of)];
    dates.into_iter().flatten().chain(detail_words(dossier, claim)).collect()
}

/// Returns what few claims have, in words.
fn detail_words(dossier: &Dossier, claim: &Claim) -> Vec<String> {
    let Some(details) = dossier.details(claim) else { return Vec::new() };
    // "alleged by …", "denied by …", but "according to …" of what is so.
    let by = if claim.modality() == Modality::Actual { "according to" } else { "by" };
    let speaker = dossier.speaker(claim).map(|speaker| format!("{by} {speaker}"));
    let occasion = details.said_in.map(|text| format!("said in {}", dossier.text(text)));
    extent_words(dossier, claim).into_iter().chain([speaker, occasion].into_iter().flatten()).collect()
}

/// Returns what a claim speaks of within its subject, in words: "in service", "for phase 1".
pub fn extent_words(dossier: &Dossier, claim: &Claim) -> Vec<String> {
    let Some(details) = dossier.details(claim) else { return Vec::new() };
    let state = details.state.map(|state| state.as_str().replace('-', " "));
    let scope: Vec<&str> = details.scope.iter().map(|&part| dossier.reference(part)).collect();
    let scope = (!scope.is_empty()).then(|| format!("for {}", scope.join(", ")));
    state.into_iter().chain(scope).collect()
}

/// Returns the remarks on a claim as ` (planned, as of 2022) — remark; reason`; empty if there are none.
///
/// A reason that the line `before` gives is not repeated.
pub(crate) fn remarks(dossier: &Dossier, claim: &Claim, before: Option<&Claim>) -> String {
    let mut words: Vec<String> = marks(claim).into_iter().map(str::to_owned).collect();
    words.extend(qualifiers(dossier, claim));
    let mut out = if words.is_empty() { String::new() } else { format!(" ({})", words.join(", ")) };
    let reason = claim.reason.filter(|_| before.and_then(|before| before.reason) != claim.reason);
    let said = [dossier.note(claim), reason.map(|reason| dossier.text(reason))];
    let said: Vec<&str> = said.into_iter().flatten().collect();
    if !said.is_empty() {
        out.push_str(" — ");
        out.push_str(&said.join("; "));
    }
    out
}

/// Returns the value of a claim with everything that qualifies it: marks, dates, our remark, the reason.
pub fn statement_text(dossier: &Dossier, claim: &Claim, before: Option<&Claim>) -> String {
    let mut text = match dossier.date(claim) {
        Some(when) => format!("{} · {}", when.stated(), when.knowledge()),
        None => value_text(dossier, claim),
    };
    text.push_str(&remarks(dossier, claim, before));
    text
}

/// Returns a claim as heading and statement: `Postcode: 721306`.
pub fn claim_text(dossier: &Dossier, claim: &Claim) -> String {
    format!("{}: {}", dossier.vocabulary().label(claim.property), statement_text(dossier, claim, None))
}

/// Returns a place in few characters: `C:49` where the line is known, else `C p1 s4`.
pub fn cite_short(dossier: &Dossier, place: &Place) -> String {
    let key = &dossier.document(place.document).key;
    match place.pin {
        Some(pin) => format!("{key}:{}", pin.line),
        None => format!("{key} {}", place.spot.map(|row| dossier.text(row))),
    }
}

/// Returns a place in full: `history, Founding / p1 s4 (line 49)`.
pub fn cite_long(dossier: &Dossier, place: &Place) -> String {
    let document = dossier.id(dossier.document(place.document).entity);
    let slug = document.split_once('/').map_or(document, |(_, slug)| slug);
    let place_text = format!("{} / {}", dossier.text(place.section), place.spot.map(|row| dossier.text(row)));
    match place.pin {
        Some(pin) => format!("{slug}, {place_text} (line {})", pin.line),
        None => format!("{slug}, {place_text}"),
    }
}

/// Returns all places of a claim in few characters, each document's lines together, and the id that its authors gave it:
/// `A:3 C:49,75 #k7f3`.
pub fn cite_claim(dossier: &Dossier, claim: &Claim) -> String {
    let places: Vec<&Place> = dossier.evidence(claim).collect();
    cite(dossier, &places, [claim])
}

/// Returns all places of some claims that are shown as one, as [`cite_claim`] does; each place once.
pub fn cite_claims(dossier: &Dossier, claims: &[ClaimId]) -> String {
    if let [only] = claims {
        return cite_claim(dossier, dossier.claim(*only));
    }
    let claims = || claims.iter().map(|&id| dossier.claim(id));
    let mut places = distinct(claims().flat_map(|claim| dossier.evidence(claim)));
    places.sort_by_key(|place| (place.document, place.pin.map(|pin| pin.start)));
    cite(dossier, &places, claims())
}

fn cite<'a>(dossier: &Dossier, places: &[&Place], claims: impl IntoIterator<Item = &'a Claim>) -> String {
    let mut out = String::new();
    let mut last: Option<(DocumentId, u32)> = None;
    for place in places {
        match (last, place.pin) {
            (Some((document, line)), Some(pin)) if document == place.document => {
                if line != pin.line {
                    out.push(',');
                    out.push_str(&pin.line.to_string());
                }
            }
            _ => {
                if !out.is_empty() {
                    out.push(' ');
                }
                out.push_str(&cite_short(dossier, place));
            }
        }
        last = place.pin.map(|pin| (place.document, pin.line));
    }
    for id in claims.into_iter().filter_map(|claim| dossier.details(claim)?.id) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push('#');
        out.push_str(dossier.text(id));
    }
    out
}

/// Returns a review in words: `confirmed by Ann, 2025-11-02 — the date as well`.
pub fn review_text(dossier: &Dossier, review: &Review, claim: Option<ClaimId>) -> String {
    let on = review.on.map(|on| format!(", {}", dossier.when(on).stated())).unwrap_or_default();
    let stale = if dossier.is_stale(review, claim) { " (the claim has changed since)" } else { "" };
    let note = review.note.map(|note| format!(" — {}", dossier.text(note))).unwrap_or_default();
    format!("{} by {}{on}{stale}{note}", review.verdict, dossier.text(review.by))
}

/// Returns a claim in one sentence with all its sources, for pasting somewhere else.
pub fn citation(graph: &Graph, claim: &Claim) -> String {
    let dossier = graph.dossier();
    let places: Vec<String> = dossier
        .evidence(claim)
        .map(|place| {
            let document = dossier.document(place.document);
            let title = dossier.label(document.entity);
            let published = document.published.as_ref().map(|when| format!(", {}", when.stated())).unwrap_or_default();
            let spot = place.spot.map(|row| dossier.text(row));
            let line = place.pin.map(|pin| format!(", line {}", pin.line)).unwrap_or_default();
            format!("{title}{published}: {} / {spot}{line}", dossier.text(place.section))
        })
        .collect();
    let label = dossier.vocabulary().label(claim.property);
    let statement = told_apart(graph, claim, statement_text(dossier, claim, None));
    let id = dossier.claim_name(claim);
    format!("{} · {label}: {statement} [{}] #{id}", graph.label(claim.subject), places.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Base;

    #[test]
    fn quantities_read_as_they_are_written() {
        for (number, unit, text) in [
            (951.0, "students", "951 students"),
            (57_650.21, "m²", "57,650.21 m²"),
            (68_981.0, "m²", "68,981 m²"),
            (1397.0, "students", "1397 students"),
            (10.0, "million EUR", "€10 million"),
            (10.0, "million CHF", "10 million CHF"),
            (1.0, "students", "1 student"),
            (1.0, "million students", "1 million students"),
            (7.92, "%", "7.92%"),
            (-12_345.5, "km", "-12,345.5 km"),
        ] {
            let words = Vocabulary::built_in(Base::General);
            assert_eq!(quantity(&words, number, words.find_unit(unit).unwrap()), text);
        }
    }
}
