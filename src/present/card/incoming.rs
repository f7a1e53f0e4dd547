//! The sections of a card for the claims that point at its entity, by kind and property.
//!
//! Invariant: headings are in the order of kinds, and each counts all of its entities, shown or not.

use super::{Line, Section, left_out, own_line};
use crate::graph::containment::is_department;
use crate::graph::links::Link;
use crate::model::{Claim, ClaimId, Dossier, EntityId, Kind, Property, When};
use crate::present::wording::remarks;
use crate::timeline::World;

/// Returns the heading under which pointing entities are grouped, by their kind and the property.
fn incoming_title(world: &World, claim: &Claim) -> String {
    let kind = world.dossier().entity(claim.subject).kind;
    match (claim.property, kind) {
        (_, Kind::Tenure) => match claim.property {
            Property::AtInstitution => "People".into(),
            _ => "Tenures".into(),
        },
        (
            Property::AtInstitution | Property::Parent | Property::Department | Property::Party | Property::OfPerson,
            Kind::Unit,
        ) if is_department(world, claim.subject) => "Departments".into(),
        (
            Property::AtInstitution
            | Property::Parent
            | Property::Department
            | Property::Party
            | Property::OfPerson
            | Property::OfFacility
            | Property::OfAgreement
            | Property::OfProgramme
            | Property::UnderScheme
            | Property::AtPlace,
            kind,
        ) => kind.plural().into(),
        (property, kind) => format!("{}, {}", kind.plural(), property.spec().label.to_lowercase()),
    }
}

/// The pointing entities under one heading.
struct Incoming {
    kind: Kind,
    title: String,
    lines: Vec<Line>,
    /// The number of entities, shown or not.
    count: usize,
}

pub(super) fn incoming_sections(world: &World, entity: EntityId, most: usize) -> Vec<Section> {
    let dossier = world.dossier();
    let mut sections: Vec<Incoming> = Vec::new();
    // The section of each key: titles are built once.
    let mut headings: Vec<((Property, Kind, bool), usize)> = Vec::new();
    for Link { claim: id, subject, kind, property } in world.links().with_fields(dossier, entity) {
        let key = (property, kind, kind == Kind::Unit && is_department(world, subject));
        let known = headings.iter().find(|(known, _)| *known == key).map(|&(_, at)| at);
        let at = known.unwrap_or_else(|| {
            let title = incoming_title(world, dossier.claim(id));
            let at = sections.iter().position(|section| section.title == title).unwrap_or_else(|| {
                sections.push(Incoming { kind, title, lines: Vec::new(), count: 0 });
                sections.len() - 1
            });
            headings.push((key, at));
            at
        });
        let Some(section) = sections.get_mut(at) else { continue };
        if section.count < most {
            section.lines.extend(incoming_lines(world, entity, id));
        }
        section.count += 1;
    }
    sections.sort_by_key(|section| section.kind);
    let finish = |mut section: Incoming| {
        section.lines.extend(left_out(section.count, most));
        Section { title: format!("{} {}", section.title, section.count), lines: section.lines }
    };
    sections.into_iter().map(finish).collect()
}

/// Returns the line of a pointing entity; a tenure has lines for its dates below.
fn incoming_lines(world: &World, entity: EntityId, id: ClaimId) -> Vec<Line> {
    let dossier = world.dossier();
    let claim = dossier.claim(id);
    let subject = claim.subject;
    let dates = || dossier.claim_ids_of(subject).filter(|&id| dossier.date(dossier.claim(id)).is_some());
    let head = |when: String| Line {
        flush: true,
        text: incoming_text(world, entity, subject) + &remarks(dossier, claim, None),
        when,
        target: Some(subject),
        ..Line::of_claim(dossier, id)
    };
    let kind = dossier.entity(subject).kind;
    if kind != Kind::Tenure {
        // The date of something that lasts says nothing of its relation to another entity.
        let happens = matches!(kind, Kind::Event | Kind::Agreement | Kind::Facility | Kind::Programme);
        let first = dates().next().filter(|_| happens).and_then(|id| dossier.date(dossier.claim(id)));
        return vec![head(first.map(When::stated).unwrap_or_default())];
    }
    let mut lines = vec![head(String::new())];
    for property in [Property::Start, Property::End, Property::Attested] {
        let mut stated: Vec<ClaimId> =
            dossier.claim_ids_of(subject).filter(|&id| dossier.claim(id).property == property).collect();
        stated.sort_by_key(|&id| std::cmp::Reverse(dossier.date(dossier.claim(id)).and_then(When::anchor)));
        if stated.is_empty() {
            lines.extend(unknown_line(property));
        }
        for id in stated {
            lines.push(Line { depth: 1, ..own_line(dossier, id, &mut None) });
        }
    }
    lines
}

/// Returns the line for a start or end that no document gives; `None` for another property.
fn unknown_line(property: Property) -> Option<Line> {
    let label = match property {
        Property::Start | Property::End => property.spec().label,
        _ => return None,
    };
    Some(Line { depth: 1, label: label.into(), text: "not stated".into(), ..Line::default() })
}

/// Returns the label of a tenure: its post on a person's card, its person on a post's card.
fn incoming_text(world: &World, entity: EntityId, subject: EntityId) -> String {
    let dossier = world.dossier();
    let other = match dossier.entity(entity).kind {
        Kind::Person => Property::HoldsPost,
        Kind::Post => Property::OfPerson,
        _ => return dossier.label(subject).to_owned(),
    };
    let target = dossier.slot(subject, other).iter().find_map(Dossier::target);
    dossier.label(target.unwrap_or(subject)).to_owned()
}
