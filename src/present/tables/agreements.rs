//! The table of agreements: their dates, titles and parties, and the holders of the parties' offices on that day.
//!
//! The date is that of signing, else that of another property that does not end it, such as the announcement.
//!
//! Invariant: a party or person is named once in a row, with the word if the link is no fact and the state of the row does
//! not say so, and the offices are those of the day of the agreement, each
//! with the kind of evidence for its holder.

use std::collections::HashMap;

use super::data::{SortKey, TableCell, TableColumn, TableData, TableRow, missing_note};
use super::row_card::RowCard;
use super::spec::{Table, TableInput, TableSpec};
use crate::graph::Graph;
use crate::graph::containment::targets;
use crate::graph::slots::{best_date, remoteness, slot_ids};
use crate::model::{Claim, ClaimId, Core, CoreKind, Dossier, EntityId, Modality, Moment, PropertyId, Range, When};
use crate::offices::{Holding, PostTerms, offices_of};
use crate::present::card::{Card, Line, Section};
use crate::present::wording::{by_date, cite_claim, modality_text, state_words};
use crate::text::collate::NameKey;
use crate::timeline::World;
use crate::vocabulary::Role;

/// The table.
pub const TABLE: Table = Table(&TableSpec {
    title: "Agreements",
    command: "agreements",
    about: "Prints agreements with dates, parties and who was there",
    build,
    card,
    ..TableSpec::PLAIN
});

fn build(input: &TableInput<'_>) -> TableData {
    let world = input.world;
    let order = in_date_order(world.dossier());
    let total = order.len();
    let mut offices = Offices::default();
    let mut rows = Vec::new();
    for (rank, entity) in order.into_iter().take(input.most).enumerate() {
        if input.stop.is_set() {
            break;
        }
        rows.push(row(world, SortKey::Rank(rank), &Agreement::of(world, entity, &mut offices)));
    }
    let columns = vec![
        TableColumn::fixed("Date"),
        TableColumn::words("Agreement"),
        TableColumn::words("Parties"),
        TableColumn::extra("Signed by"),
        TableColumn::extra("Present"),
        TableColumn::extra("In office that day"),
        TableColumn::fixed("Source"),
        TableColumn::state(),
    ];
    let notes = missing_note(world.dossier(), "agreement", rows.len());
    TableData { total, ..TableData::new("Agreements", columns, rows, notes) }
}

/// Returns the row of an agreement; `place` is its place by date.
fn row(world: &World, place: SortKey, agreement: &Agreement) -> TableRow {
    let dossier = world.dossier();
    let state = agreement.state(dossier);
    let told = |label: &str, named: &Named| {
        let word =
            if named.modality == state { String::new() } else { modality_text(dossier, dossier.claim(named.claim)) };
        format!("{label}{word}")
    };
    let people = |named: &[Named]| {
        named.iter().map(|named| told(&world.label(named.entity), named)).collect::<Vec<_>>().join("; ")
    };
    let parties: Vec<String> =
        agreement.parties.iter().map(|named| told(&world.short_name(named.entity), named)).collect();
    let names: Vec<&str> = agreement.parties.iter().map(|named| dossier.label(named.entity)).collect();
    let in_office: Vec<String> = agreement.in_office.iter().map(|holding| office_text(world, holding)).collect();
    let when = agreement.dates.when(dossier);
    let place = if when.and_then(When::anchor).is_some() { place } else { SortKey::Last };
    let date = when.map(When::stated).unwrap_or_default();
    // An announcement must not read as a signature.
    let property = agreement.dates.best.map(|claim| dossier.claim(claim).property);
    let date = match property.filter(|&property| property != Core::Signed) {
        Some(property) => format!("{date} {}", dossier.vocabulary().label(property).to_lowercase()),
        None => date,
    };
    let cited: Vec<String> = agreement.dates.all.iter().map(|&id| cite_claim(dossier, dossier.claim(id))).collect();
    TableRow {
        cells: vec![
            TableCell::keyed(date, place),
            TableCell::text(world.label(agreement.entity)),
            TableCell::text(parties.join(", ")),
            TableCell::text(people(&agreement.signatories)),
            TableCell::text(people(&agreement.witnesses)),
            TableCell::text(in_office.join("; ")),
            TableCell::text(cited.join(" ")),
            TableCell::text(if state == Modality::Actual { "" } else { state.as_str() }),
        ],
        entity: Some(agreement.entity),
        claims: agreement.dates.best.into_iter().chain(contents(dossier, agreement.entity)).collect(),
        words: format!("{} {}", agreement.modality, names.join(" ")),
    }
}

/// Returns the texts and numbers that are said of an agreement, but for its type and description.
fn contents(dossier: &Dossier, agreement: EntityId) -> impl Iterator<Item = ClaimId> {
    dossier.claim_ids_of(agreement).filter(|&id| {
        let property = dossier.claim(id).property;
        match dossier.property(property).range {
            Range::Text(_) => property != Core::Type && property != Core::Description,
            Range::Number(_) => true,
            Range::Entity(_) | Range::Date => false,
        }
    })
}

/// Returns the card of an agreement, with the holders of its parties' offices on the day.
fn card(world: &World, row: &TableRow, _: Option<Moment>) -> Option<RowCard> {
    let dossier = world.dossier();
    let entity = row.entity?;
    let mut card = Card::new(world, entity);
    let in_office = Agreement::of(world, entity, &mut Offices::default()).in_office;
    let lines: Vec<Line> = in_office
        .iter()
        .map(|holding| Line {
            flush: true,
            text: office_text(world, holding),
            target: holding.person,
            ..holding.proof.first().map(|&id| Line::of_claim(dossier, id)).unwrap_or_default()
        })
        .collect();
    if !lines.is_empty() {
        card.sections.insert(1.min(card.sections.len()), Section { title: "In office that day".into(), lines });
    }
    Some(RowCard { card, open_at: row.claims.first().copied() })
}

/// Returns a holding in words: `Ada Lovelace (Chair, The House: attested)`.
fn office_text(graph: &Graph, holding: &Holding) -> String {
    let person = holding.person.map(|person| graph.label(person)).unwrap_or_default();
    format!("{person} ({}: {})", graph.label(holding.post), state_words(holding))
}

/// Returns all agreements by date, those without one at the end.
fn in_date_order(dossier: &Dossier) -> Vec<EntityId> {
    let dated = |agreement| (Dates::of(dossier, agreement).when(dossier), agreement);
    let mut order: Vec<(Option<&When>, EntityId)> = dossier.of_core(CoreKind::Agreement).map(dated).collect();
    let name = |agreement| NameKey::of(dossier.label(agreement));
    order.sort_by(|&(a, entity), &(b, other)| {
        by_date(a, b).then_with(|| name(entity).cmp(&name(other))).then(entity.cmp(&other))
    });
    order.into_iter().map(|(_, agreement)| agreement).collect()
}

/// The date on which an agreement was signed, or announced and so on.
#[derive(Debug, PartialEq)]
struct Dates {
    /// The best claim of signing, else of the first other property that has a date.
    best: Option<ClaimId>,
    /// All claims of signing, then those of the other properties.
    all: Vec<ClaimId>,
}

impl Dates {
    fn of(dossier: &Dossier, agreement: EntityId) -> Self {
        let is_date = |property: PropertyId| {
            let spec = dossier.property(property);
            spec.range == Range::Date && spec.role != Some(Role::Ends)
        };
        let dated = dossier.claim_ids_of(agreement).filter(|&id| is_date(dossier.claim(id).property));
        let (signed, others): (Vec<ClaimId>, Vec<ClaimId>) =
            dated.partition(|&id| dossier.claim(id).property == Core::Signed);
        // The claims of an entity stand property by property.
        let slots = others.chunk_by(|&a, &b| dossier.claim(a).property == dossier.claim(b).property);
        let mut slots = std::iter::once(&*signed).chain(slots);
        let best = slots.find_map(|slot| best_date(dossier, slot.iter().copied()));
        Self { best, all: [signed, others].concat() }
    }

    fn when<'a>(&self, dossier: &'a Dossier) -> Option<&'a When> {
        self.best.and_then(|id| dossier.date(dossier.claim(id)))
    }
}

/// An entity that an agreement names.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Named {
    entity: EntityId,
    /// The claim that names it, or the person of the tenure that is named: the least certain one.
    claim: ClaimId,
    /// The modality of the claim.
    modality: Modality,
}

/// The data of a row about an agreement.
#[derive(Debug, PartialEq)]
struct Agreement {
    entity: EntityId,
    dates: Dates,
    /// The institutions or units that agreed, in the order of the documents.
    parties: Vec<Named>,
    /// The signatories: persons, or other entities where no person is known.
    signatories: Vec<Named>,
    /// The witnesses, in the same form.
    witnesses: Vec<Named>,
    /// The holders of offices of the parties on the day, party by party, those who were present first. Empty without
    /// a date.
    in_office: Vec<Holding>,
    /// The modality nearest to actual among the claims of its dates and its parties.
    modality: Modality,
}

impl Agreement {
    fn of(world: &World, entity: EntityId, offices: &mut Offices) -> Self {
        let dossier = world.dossier();
        let dates = Dates::of(dossier, entity);
        let people = |property| {
            let named = named(dossier, entity, property).into_iter();
            named.map(|named| person_of(world, named).unwrap_or(named)).collect::<Vec<_>>()
        };
        let (signatories, witnesses) = (people(Core::Signatory), people(Core::Witness));
        let holds = |named: &&Named| dossier.situates(dossier.claim(named.claim));
        let present: Vec<EntityId> =
            signatories.iter().chain(&witnesses).filter(holds).map(|named| named.entity).collect();
        let parties = named(dossier, entity, Core::Party);
        let agreed = parties.iter().filter(holds).map(|named| named.entity);
        let in_office = match dates.when(dossier) {
            Some(when) => agreed.flat_map(|party| offices.holders(world, party, when, &present)).collect(),
            None => Vec::new(),
        };
        // Claims of its scope are left out, because the scope of an actual agreement may be planned.
        let own = dates.all.iter().copied().chain(slot_ids(dossier, entity, Core::Party));
        let modality = own.map(|id| dossier.claim(id)).min_by_key(|claim| remoteness(claim));
        let modality = modality.map_or_else(|| dossier.stance(entity), Claim::modality);
        Self { entity, dates, parties, signatories, witnesses, in_office, modality }
    }

    /// Returns the modality of its date; without one, that of the agreement.
    fn state(&self, dossier: &Dossier) -> Modality {
        self.dates.best.map_or(self.modality, |date| dossier.claim(date).modality())
    }
}

/// Returns the person who is a signatory or witness: for a tenure, its holder. `None` for other kinds.
fn person_of(world: &World, of: Named) -> Option<Named> {
    let dossier = world.dossier();
    match dossier.core_kind(of.entity) {
        CoreKind::Person => Some(of),
        CoreKind::Tenure => {
            let person = named(dossier, of.entity, Core::Person).into_iter().next()?;
            let least = if person.modality > of.modality { person } else { of };
            Some(Named { entity: person.entity, ..least })
        }
        _ => None,
    }
}

/// Returns the entities to which a slot points, each once by its claim nearest to actual, in the order of the documents.
fn named(dossier: &Dossier, entity: EntityId, property: Core) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    for claim in slot_ids(dossier, entity, property) {
        let row = dossier.claim(claim);
        let Some(target) = Dossier::target(row) else { continue };
        let new = Named { entity: target, claim, modality: row.modality() };
        match found.iter_mut().find(|known| known.entity == target) {
            Some(known) if remoteness(row) < remoteness(dossier.claim(known.claim)) => *known = new,
            Some(_) => {}
            None => found.push(new),
        }
    }
    found
}

/// The offices of each party seen so far, for many agreements have the same parties.
#[derive(Debug, Default)]
struct Offices {
    of: HashMap<EntityId, Vec<PostTerms>>,
}

impl Offices {
    /// Returns the people known to have held an office of a party on a day, those who were present first.
    fn holders(&mut self, world: &World, party: EntityId, when: &When, present: &[EntityId]) -> Vec<Holding> {
        let offices = self.of.entry(party).or_insert_with(|| tenancies(world, party));
        let all = offices.iter().flat_map(|office| office.holders_when(world, when));
        let mut found: Vec<Holding> = all.filter(|holding| holding.state.names_holder()).collect();
        let is_present = |holding: &Holding| holding.person.is_some_and(|person| present.contains(&person));
        found.sort_by_key(|holding| (!is_present(holding), holding.certainty, holding.state));
        found
    }
}

/// Returns the offices of an institution, or those among the members of a unit, leaving out offices without known
/// holders.
fn tenancies(world: &World, party: EntityId) -> Vec<PostTerms> {
    let dossier = world.dossier();
    let own = offices_of(world, party).into_iter().filter(|office| office.institution == Some(party));
    let members = targets(world, party, Core::Member);
    let posts = own.map(|office| office.post).chain(members.filter(|&of| dossier.core_kind(of) == CoreKind::Post));
    posts.map(|post| PostTerms::of(world, post)).filter(|office| !office.is_empty()).collect()
}

#[cfg(test)]
mod tests;
