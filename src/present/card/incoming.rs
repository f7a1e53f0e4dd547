//! The sections of a card for the claims that point at its entity, by kind and property.
//!
//! Under a heading entities go by the date that is shown, else by name; under one of very many they keep the order of ids.
//!
//! Invariant: headings are in the order of kinds, and each counts all of its entities, shown or not.

use super::{Line, Section, is_part, left_out, own_lines};
use crate::graph::containment::has_type;
use crate::graph::links::Link;
use crate::graph::positions::positions;
use crate::graph::slots::remoteness;
use crate::model::{
    Claim, ClaimId, Core, CoreKind, Dossier, EntityId, KindId, Modality, PropertyId, Range, Vocabulary, When,
};
use crate::present::wording::{by_date, reached_text, remarks};
use crate::text::collate::NameKey;
use crate::timeline::World;
use crate::vocabulary::Counts;

/// A type of a kind that some figure counts, and so has a heading of its own.
struct Typed<'a> {
    kind: KindId,
    of_type: &'a str,
    /// The label of the figure.
    label: &'a str,
}

/// Returns the types that figures count among the parts of a whole, in the order of the figures.
fn typed(words: &Vocabulary) -> Vec<Typed<'_>> {
    let figures = words.properties().map(|id| words.property(id));
    let counts = figures.flat_map(|figure| figure.counts.iter().map(|counts| (&*figure.label, counts)));
    let mut found: Vec<Typed<'_>> = Vec::new();
    for (label, counts) in counts {
        if let Counts::Entities { kind, of_type: Some(of_type), through } = counts
            && words.is_whole(*through)
            && found.iter().all(|known| known.kind != *kind || known.of_type != &**of_type)
        {
            found.push(Typed { kind: *kind, of_type, label });
        }
    }
    found
}

/// Returns the heading under which entities of a kind are grouped that point with a property: the property's heading for
/// the other side, or the plural of their kind, with the property unless that says no more than that they belong there.
fn incoming_title(words: &Vocabulary, property: PropertyId, kind: KindId, typed: Option<&Typed<'_>>) -> String {
    let of_kind = words.kind(kind);
    let link = words.property(property);
    if of_kind.core == CoreKind::Tenure {
        let shown = if property == Core::Institution { CoreKind::Person.into() } else { kind };
        return words.kind(shown).plural.to_string();
    }
    match &link.inverse {
        Some(inverse) => inverse.to_string(),
        None if words.is_whole(property) || names_its_kind(words, property) => {
            typed.map_or_else(|| of_kind.plural.to_string(), |typed| typed.label.to_owned())
        }
        None => format!("{}, {}", of_kind.plural, link.label.to_lowercase()),
    }
}

/// Returns true for a link that bears the name of the kind to which it leads.
fn names_its_kind(words: &Vocabulary, property: PropertyId) -> bool {
    let link = words.property(property);
    match &link.range {
        Range::Entity(kinds) => words.find_kind(&link.name).is_some_and(|kind| kinds.has(kind)),
        Range::Text(_) | Range::Number(_) | Range::Date => false,
    }
}

/// What decides the heading of a pointing entity: the property, its kind, and its type if that has a heading of its own.
type Key = (PropertyId, KindId, Option<usize>);

/// The pointing entities under one heading.
struct Incoming {
    kind: KindId,
    title: String,
    /// The claims that point.
    claims: Vec<ClaimId>,
}

/// The most entities under a heading that are sorted. A hub may have a million, and its card has to open at once.
const MOST_SORTED: usize = 10_000;

pub(super) fn incoming_sections(world: &World, entity: EntityId, most: usize) -> Vec<Section> {
    let dossier = world.dossier();
    let words = dossier.vocabulary();
    let typed = typed(words);
    let mut sections: Vec<Incoming> = Vec::new();
    // The section of each key: titles are built once.
    let mut headings: Vec<(Key, usize)> = Vec::new();
    for Link { claim: id, subject, kind, property } in world.links().with_fields(dossier, entity) {
        let of_type = typed.iter().position(|typed| typed.kind == kind && has_type(dossier, subject, typed.of_type));
        let key = (property, kind, of_type);
        let known = headings.iter().find(|(known, _)| *known == key).map(|&(_, at)| at);
        let at = known.unwrap_or_else(|| {
            let title = incoming_title(words, property, kind, of_type.and_then(|at| typed.get(at)));
            let at = sections.iter().position(|section| section.title == title).unwrap_or_else(|| {
                sections.push(Incoming { kind, title, claims: Vec::new() });
                sections.len() - 1
            });
            headings.push((key, at));
            at
        });
        let Some(section) = sections.get_mut(at) else { continue };
        section.claims.push(id);
    }
    sections.sort_by_key(|section| words.kind(section.kind).position);
    let finish = |mut section: Incoming| {
        let count = section.claims.len();
        if count <= MOST_SORTED || most == usize::MAX {
            sort(world, &mut section.claims);
        }
        let shown = section.claims.into_iter().take(most);
        let lines = shown.flat_map(|id| incoming_lines(world, entity, id)).chain(left_out(count, most)).collect();
        Section { title: format!("{} {count}", section.title), lines }
    };
    sections.into_iter().map(finish).collect()
}

/// Sorts claims by the date that is shown with their subjects, then by name.
fn sort(world: &World, claims: &mut Vec<ClaimId>) {
    let dossier = world.dossier();
    let keyed = claims.iter().map(|&id| {
        let subject = dossier.claim(id).subject;
        let dated = dated(world, subject).and_then(|dated| dossier.date(dossier.claim(dated)));
        (dated, NameKey::of(dossier.label(subject)), subject, id)
    });
    let mut keyed: Vec<_> = keyed.collect();
    keyed.sort_by(|a, b| by_date(a.0, b.0).then_with(|| (&a.1, a.2, a.3).cmp(&(&b.1, b.2, b.3))));
    *claims = keyed.into_iter().map(|(.., id)| id).collect();
}

/// Returns the first claim of a date of what is dated beside another entity. The date of something that stands for itself
/// says nothing of its relation to another one.
fn dated(world: &World, subject: EntityId) -> Option<ClaimId> {
    let dossier = world.dossier();
    let is_told = dossier.core_kind(subject) == CoreKind::Event || is_part(dossier, subject);
    if is_told { world.chronology().dates_of(dossier, subject).next() } else { None }
}

/// Returns the line of a pointing entity; a tenure has lines for its dates below.
fn incoming_lines(world: &World, entity: EntityId, id: ClaimId) -> Vec<Line> {
    let dossier = world.dossier();
    let claim = dossier.claim(id);
    let subject = claim.subject;
    let head = |when: String| Line {
        flush: true,
        text: incoming_text(world, entity, claim) + &remarks(dossier, claim, None),
        when,
        target: Some(subject),
        ..Line::of_claim(dossier, id)
    };
    let kind = dossier.core_kind(subject);
    if kind != CoreKind::Tenure {
        let Some(dated) = dated(world, subject).map(|id| dossier.claim(id)) else {
            return vec![head(String::new())];
        };
        let mut line = head(dossier.date(dated).map(When::stated).unwrap_or_default());
        // The row has the word already if the link is of the same sort.
        if dated.modality() != Modality::Actual && dated.modality() != claim.modality() {
            line.text = format!("{} (the date is {})", line.text, dated.modality());
        }
        return vec![line];
    }
    let mut lines = vec![head(String::new())];
    for property in [Core::Start, Core::End, Core::Attested] {
        let mut stated = positions(dossier, subject, property);
        let date = |claim: ClaimId| dossier.date(dossier.claim(claim));
        // The latest first, and what has no date last.
        stated.sort_by(|a, b| match (date(a.claim), date(b.claim)) {
            (Some(a), Some(b)) => b.chronological(a),
            (a, b) => by_date(a, b),
        });
        if stated.is_empty() {
            lines.extend(unknown_line(dossier, property));
        }
        let told = stated.iter().flat_map(|told| own_lines(world, told, &mut None));
        lines.extend(told.map(|line| Line { depth: line.depth + 1, ..line }));
    }
    lines
}

/// Returns the line for a start or end that no document gives; `None` for another property.
fn unknown_line(dossier: &Dossier, property: Core) -> Option<Line> {
    let label = dossier.vocabulary().label(property);
    let line = || Line { depth: 1, label: label.into(), text: "not stated".into(), ..Line::default() };
    matches!(property, Core::Start | Core::End).then(line)
}

/// Returns the label of a tenure: its post on a person's card, its person on a post's card, with the word if that is less
/// certain than the link itself.
fn incoming_text(world: &World, entity: EntityId, link: &Claim) -> String {
    let dossier = world.dossier();
    let subject = link.subject;
    let other = match dossier.core_kind(entity) {
        CoreKind::Person => Core::Post,
        CoreKind::Post => Core::Person,
        _ => return world.label(subject).into_owned(),
    };
    let named = dossier.slot(subject, other).iter().filter(|claim| Dossier::target(claim).is_some());
    match named.min_by_key(|claim| remoteness(claim)) {
        Some(named) => reached_text(world, &[named], link.modality()),
        None => world.label(subject).into_owned(),
    }
}
