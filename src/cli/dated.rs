//! Resolves what a user typed for a point in time: a date, a claim, or something that has a date.
//!
//! Invariant: where several dates may be meant none is chosen; they are listed with what to type for each.

use super::failure::Failure;
use super::resolve::{is_known, resolve};
use super::values::parse_date;
use crate::graph::dated::{Choice, DatePart, Dated, choose, dates_of, dates_of_claim};
use crate::model::{ClaimId, CoreKind, Dossier, EntityId, PropertyId, Vocabulary, When};
use crate::present::interval_text::dated_label;
use crate::text::fold::fold;
use crate::text::{pad, width};
use crate::timeline::World;

/// A point in time, as a user means it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// The date.
    pub when: When,
    /// Where the date comes from.
    pub of: Of,
}

/// Where a date comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Of {
    /// It was typed.
    Typed,
    /// The publication of a document.
    Document(EntityId),
    /// A claim.
    Claim {
        /// The date of the claim.
        date: Dated,
        /// Other claims with which it agrees.
        agreeing: Vec<ClaimId>,
        /// Dates of the same property that are further from actual.
        others: Vec<Dated>,
    },
}

/// The most dates that are listed.
const MAX_LISTED: usize = 20;

/// Returns the point in time that a text means. It is, in this order: the id of an entity; a date; the id of a claim; a
/// name; one of these followed by a property or a part of a claim, such as `NAME opened` or `#k7f3.start`.
pub fn resolve_end(world: &World, text: &str) -> Result<End, Failure> {
    let dossier = world.dossier();
    if let Some(entity) = dossier.find(text) {
        return of_entity(world, text, entity, None);
    }
    if let Ok(when) = parse_date(text) {
        return Ok(End { when, of: Of::Typed });
    }
    let claims = claims_called(dossier, text);
    if !claims.is_empty() {
        return of_claims(world, text, &claims, None);
    }
    if is_known(world, text) {
        return of_entity(world, text, resolve(world, text)?, None);
    }
    let splits = || {
        text.rmatch_indices(['.', ' '])
            .filter_map(|(at, sign)| Some((text.get(..at)?, text.get(at..)?.strip_prefix(sign)?)))
    };
    let mut unknown = None;
    for (head, tail) in splits() {
        let (head, tail) = (head.trim(), tail.trim());
        if let Some(part) = part(tail) {
            let claims = claims_called(dossier, head);
            if !claims.is_empty() {
                return of_claims(world, text, &claims, Some(part));
            }
        }
        let Some(property) = property(dossier.vocabulary(), tail) else { continue };
        if is_known(world, head) {
            return of_entity(world, head, resolve(world, head)?, Some(property));
        }
        unknown.get_or_insert(head);
    }
    match parse_date(text) {
        Err(error) if text.starts_with(|first: char| first.is_ascii_digit() || first == '[') => {
            Err(Failure::input(format!("\"{text}\": {error}")))
        }
        // Nothing has this name; the error says what is like it.
        Ok(_) | Err(_) => {
            let named = unknown.unwrap_or(text);
            of_entity(world, named, resolve(world, named)?, None)
        }
    }
}

fn claims_called(dossier: &Dossier, id: &str) -> Vec<ClaimId> {
    dossier.claims_named(id.strip_prefix('#').unwrap_or(id))
}

fn part(word: &str) -> Option<DatePart> {
    DatePart::parse(&word.to_lowercase().replace('_', "-"))
}

/// Returns the property with this name, second name or label.
fn property(words: &Vocabulary, text: &str) -> Option<PropertyId> {
    let folded = fold(text);
    let by_label = || words.properties().find(|&property| fold(words.label(property)) == folded);
    let name = text.to_lowercase().replace(' ', "-");
    words.find_field(&name).or_else(by_label).filter(|_| !folded.is_empty())
}

fn of_claims(world: &World, text: &str, claims: &[ClaimId], part: Option<DatePart>) -> Result<End, Failure> {
    let dossier = world.dossier();
    let dates = claims.iter().flat_map(|&claim| dates_of_claim(dossier, claim));
    let dates: Vec<Dated> = dates.filter(|date| part.is_none_or(|part| date.part == part)).collect();
    chosen(world, text, None, dates, || format!("the claim \"{text}\" has no such date; expected one that has"))
}

fn of_entity(world: &World, text: &str, entity: EntityId, property: Option<PropertyId>) -> Result<End, Failure> {
    let dossier = world.dossier();
    let dates = dates_of(dossier, entity, property);
    if dates.is_empty() && property.is_none() && dossier.core_kind(entity) == CoreKind::Document {
        let published = dossier.documents().find(|(_, document)| document.entity == entity);
        if let Some(when) = published.and_then(|(_, document)| document.published.clone()) {
            return Ok(End { when, of: Of::Document(entity) });
        }
    }
    if let Some(property) = property.filter(|_| dates.is_empty()) {
        let label = dossier.vocabulary().label(property);
        let finding = format!("{} has no date under \"{label}\"", dossier.id(entity));
        return Err(match dates_of(dossier, entity, None) {
            all if all.is_empty() => Failure::input(format!("{finding}, nor any other")),
            all => listed(world, &format!("{finding}; it has:"), Some(text), all),
        });
    }
    chosen(world, text, Some(text).filter(|_| property.is_none()), dates, || {
        format!("{} has no date of its own; expected a date, or something that has one", dossier.id(entity))
    })
}

/// Returns the date that is meant, or an error that lists those that may be. `whole` is what was typed, if a property can
/// stand behind it.
fn chosen(
    world: &World,
    text: &str,
    whole: Option<&str>,
    dates: Vec<Dated>,
    nothing: impl FnOnce() -> String,
) -> Result<End, Failure> {
    let dossier = world.dossier();
    match choose(dossier, dates) {
        Choice::Nothing => Err(Failure::input(nothing())),
        Choice::One { date, agreeing, others } => {
            Ok(End { when: dossier.when(date.when).clone(), of: Of::Claim { date, agreeing, others } })
        }
        Choice::Several(dates) => Err(listed(world, &format!("\"{text}\" may mean any of these dates:"), whole, dates)),
    }
}

/// Returns an error that lists dates in their order, each after what to type for it: a property of `text`, if that has only
/// one such date, else the id of the claim.
fn listed(world: &World, finding: &str, text: Option<&str>, dates: Vec<Dated>) -> Failure {
    let dossier = world.dossier();
    let mut rows: Vec<(String, Dated)> = Vec::new();
    let mut groups: Vec<Vec<Dated>> = Vec::new();
    let key = |date: &Dated| (dossier.claim(date.claim).property, date.part);
    for date in dates {
        match groups.iter_mut().find(|group| group.first().map(key) == Some(key(&date))) {
            Some(group) => group.push(date),
            None => groups.push(vec![date]),
        }
    }
    for group in groups {
        match choose(dossier, group) {
            Choice::Nothing => {}
            Choice::One { date, .. } if date.part == DatePart::Value => {
                let property = |text| format!("\"{text} {}\"", property_name(dossier, &date));
                rows.push((text.map_or_else(|| id_of(dossier, &date), property), date));
            }
            Choice::One { date, .. } => rows.push((id_of(dossier, &date), date)),
            Choice::Several(dates) => rows.extend(dates.into_iter().map(|date| (id_of(dossier, &date), date))),
        }
    }
    rows.sort_by(|(_, a), (_, b)| dossier.when(a.when).chronological(dossier.when(b.when)));
    let count = rows.len();
    rows.truncate(MAX_LISTED);
    let widest = |of: &dyn Fn(&(String, Dated)) -> usize| rows.iter().map(of).max().unwrap_or_default();
    let (typed, when) = (widest(&|row| width(&row.0)), widest(&|row| width(&dossier.when(row.1.when).stated())));
    let mut lines = vec![finding.to_owned()];
    for (to_type, date) in &rows {
        let stated = dossier.when(date.when).stated();
        lines.push(format!("  {}  {}  {}", pad(to_type, typed), pad(&stated, when), dated_label(world, date)));
    }
    if count > MAX_LISTED {
        lines.push(format!("  and {} more", count.saturating_sub(MAX_LISTED)));
    }
    Failure::Input(lines)
}

fn property_name<'a>(dossier: &'a Dossier, date: &Dated) -> &'a str {
    dossier.vocabulary().name(dossier.claim(date.claim).property)
}

/// Returns the id of a claim as it is typed, with the part of the claim where it has several dates.
fn id_of(dossier: &Dossier, date: &Dated) -> String {
    let id = dossier.claim_name(dossier.claim(date.claim));
    let dates = dates_of_claim(dossier, date.claim);
    if dates.len() > 1 { format!("\"#{id} {}\"", date.part) } else { format!("\"#{id}\"") }
}
