//! `annals list`: the entities of a kind, grouped by institution, with counts.
//!
//! Invariant: an entity is listed under every institution that it belongs to, and the total counts it once. What is
//! planned, alleged or denied has the word in its row or beside it.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io;

use serde::Serialize;

use crate::cli::args::ListArgs;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::kinds::ListKind;
use crate::cli::members::{explain_empty, institutions, is_of, parse_query};
use crate::cli::output::{Output, Tone};
use crate::cli::resolve::resolve;
use crate::cli::text_table::{Excess, TextColumn, TextTable};
use crate::formats::csv::{evidence_cell, when_cells};
use crate::formats::jsonl::{Contract, EntityObject, Linked};
use crate::graph::slots::remoteness;
use crate::model::{Claim, Core, CoreKind, Dossier, EntityId, Modality, PropertyId, When};
use crate::present::wording::{by_date, distinct, marks, modality_text, reached_text};
use crate::query::Query;
use crate::query::matching::{Matching, sort};
use crate::text::collate::NameKey;
use crate::timeline::World;
use crate::vocabulary::Cell;

/// An entity of the JSON contract, with the institutions that it is listed under.
#[derive(Serialize)]
struct Listed<'a> {
    #[serde(flatten)]
    entity: EntityObject<'a>,
    institutions: Vec<Linked<'a>>,
    /// That of its date, or of the entity if it has none; absent if it is actual.
    #[serde(skip_serializing_if = "Option::is_none")]
    modality: Option<Modality>,
}

pub fn run(world: &World, args: &ListArgs, out: &mut Output<'_>) -> Result<Outcome, Failure> {
    let kind = ListKind::called(world, &args.kind)?;
    let query = args.query.as_deref().map(|text| parse_query(world, text, Some(&kind))).transpose()?;
    let entities = select(world, args, &kind, query.as_ref())?;
    let header = "institutions,id,kind,label,names,when,when_label,earliest,latest,detail,evidence,modality".split(',');
    let cells = entities.iter().map(|&entity| cells(world, entity));
    out.rows(args.format, |out| print(world, &kind, &entities, out), objects(world, &entities), header, cells)?;
    if let Some(query) = query.filter(|_| entities.is_empty()) {
        crate::cli::report(&explain_empty(&query, |query| Ok(select(world, args, &kind, Some(query))?.len()))?);
    }
    Ok(Outcome::of(!entities.is_empty()))
}

/// Selects the entities, in the order of the query, else by date if they have dates, else by label.
fn select(world: &World, args: &ListArgs, kind: &ListKind, query: Option<&Query>) -> Result<Vec<EntityId>, Failure> {
    let whole = args.of.as_deref().map(|of| resolve(world, of)).transpose()?;
    let matching = query.map(|query| Matching::new(world, query));
    let dossier = world.dossier();
    let mut entities: Vec<EntityId> = dossier
        .entities()
        .filter(|&entity| kind.has(world, entity))
        .filter(|&entity| whole.is_none_or(|whole| is_of(world, entity, whole)))
        .filter(|&entity| matching.as_ref().is_none_or(|matching| matching.entity(world, entity).passes()))
        .collect();
    sort_by_date_and_name(world, &mut entities);
    if let Some(query) = query {
        sort(world, query, &mut entities);
    }
    Ok(entities)
}

fn sort_by_date_and_name(world: &World, entities: &mut Vec<EntityId>) {
    let key = |&entity: &EntityId| (date(world, entity), NameKey::of(world.dossier().label(entity)), entity);
    let mut keyed: Vec<(Option<&When>, NameKey, EntityId)> = entities.iter().map(key).collect();
    keyed.sort_by(|a, b| by_date(a.0, b.0).then_with(|| (&a.1, a.2).cmp(&(&b.1, b.2))));
    *entities = keyed.into_iter().map(|(.., entity)| entity).collect();
}

/// Returns the first date of a happening; `None` for other kinds.
fn date(world: &World, entity: EntityId) -> Option<&When> {
    dated(world, entity).and_then(|claim| world.dossier().date(claim))
}

/// Returns the first claim of a date that is shown, in the order of the dossier.
fn dated(world: &World, entity: EntityId) -> Option<&Claim> {
    let dossier = world.dossier();
    let happens = matches!(dossier.core_kind(entity), CoreKind::Event | CoreKind::Agreement);
    let first = world.chronology().dates_of(dossier, entity).next().filter(|_| happens);
    first.map(|id| dossier.claim(id))
}

fn objects<'a>(world: &'a World, entities: &'a [EntityId]) -> impl Iterator<Item = Listed<'a>> {
    let dossier = world.dossier();
    let contract = Contract::new(dossier);
    entities.iter().map(move |&entity| Listed {
        entity: contract.entity(entity),
        institutions: institutions(world, entity).into_iter().map(|id| Linked::new(dossier, id)).collect(),
        modality: Some(modality(world, entity)).filter(|&modality| modality != Modality::Actual),
    })
}

fn cells(world: &World, entity: EntityId) -> [String; 12] {
    let dossier = world.dossier();
    let labels = |found: Vec<EntityId>| found.iter().map(|&id| world.label(id)).collect::<Vec<_>>().join("; ");
    let names: Vec<&str> = dossier.names(entity).iter().map(|name| dossier.text(name.value)).collect();
    let [when, when_label, earliest, latest] = when_cells(date(world, entity));
    let evidence = dated(world, entity).or(dossier.claims_of(entity).first());
    [
        labels(institutions(world, entity)),
        dossier.id(entity).to_owned(),
        dossier.kind(entity).name.to_string(),
        dossier.label(entity).to_owned(),
        names.join("; "),
        when,
        when_label,
        earliest,
        latest,
        detail(world, entity),
        evidence.map(|claim| evidence_cell(dossier, claim)).unwrap_or_default(),
        modality(world, entity).to_string(),
    ]
}

fn print(world: &World, kind: &ListKind, entities: &[EntityId], out: &mut Output<'_>) -> io::Result<()> {
    let dossier = world.dossier();
    let mut table = TextTable::new(
        2,
        [
            TextColumn { tone: Tone::Plain, excess: Excess::Cut, shrink: &[(8, 11)] },
            TextColumn { tone: Tone::Plain, excess: Excess::Wrap, shrink: &[(2, 20), (6, 12)] },
            TextColumn { tone: Tone::Plain, excess: Excess::Cut, shrink: &[(0, 8)] },
            TextColumn { tone: Tone::Plain, excess: Excess::Wrap, shrink: &[(1, 18), (3, 14), (5, 0)] },
            TextColumn { tone: Tone::Faint, excess: Excess::Cut, shrink: &[(4, 24), (7, 0)] },
        ],
    );
    let groups = groups(world, kind, entities);
    let places = groups.iter().filter(|(heading, _)| heading.is_some()).count();
    for (heading, members) in &groups {
        table.blank();
        let heading = heading.map_or("Without an institution".into(), |institution| world.label(institution));
        if is_grouped(kind.core(dossier)) {
            table.across(Tone::Strong, format!("{heading}: {}", counted(members.len(), kind)));
        }
        for &entity in members {
            table.row([
                date(world, entity).map(When::column).unwrap_or_default(),
                world.label(entity).into_owned(),
                standing(world, entity),
                // The heading already says the type.
                if kind.of_type.is_some() { String::new() } else { detail(world, entity) },
                dossier.id(entity).to_owned(),
            ]);
        }
    }
    table.blank();
    let at = match places {
        0 => String::new(),
        1 => " at 1 institution".into(),
        places => format!(" at {places} institutions"),
    };
    table.across(Tone::Strong, format!("Total: {}{at}", counted(entities.len(), kind)));
    table.print(out)
}

fn counted(count: usize, kind: &ListKind) -> String {
    if count == 1 { format!("1 {}", kind.noun) } else { format!("{count} {}", kind.plural) }
}

/// Returns true if lists of this kind are grouped by institution.
fn is_grouped(kind: CoreKind) -> bool {
    !matches!(kind, CoreKind::Institution | CoreKind::Place | CoreKind::Document)
}

/// Groups the entities by institution, largest group first, those without an institution last.
fn groups(world: &World, kind: &ListKind, entities: &[EntityId]) -> Vec<(Option<EntityId>, Vec<EntityId>)> {
    if !is_grouped(kind.core(world.dossier())) {
        return vec![(None, entities.to_vec())];
    }
    let mut groups: BTreeMap<Option<EntityId>, Vec<EntityId>> = BTreeMap::new();
    for &entity in entities {
        let found = institutions(world, entity);
        if found.is_empty() {
            groups.entry(None).or_default().push(entity);
        }
        for institution in found {
            groups.entry(Some(institution)).or_default().push(entity);
        }
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    let label = |heading: Option<EntityId>| heading.map(|institution| NameKey::of(world.dossier().label(institution)));
    groups.sort_by_cached_key(|(heading, members)| {
        (heading.is_none(), Reverse(members.len()), label(*heading), *heading)
    });
    groups
}

/// Returns the modality that a row says of everything in it: that of its date, or without one that of the entity.
fn modality(world: &World, entity: EntityId) -> Modality {
    dated(world, entity).map_or_else(|| world.dossier().stance(entity), Claim::modality)
}

/// Returns "planned", "alleged" and the like for an entity, or its date, that is not plain fact.
fn standing(world: &World, entity: EntityId) -> String {
    let dossier = world.dossier();
    let stance = Some(dossier.stance(entity)).filter(|&stance| stance != Modality::Actual).map(Modality::as_str);
    let mut words: Vec<&str> = dated(world, entity).map(marks).unwrap_or_default();
    words.extend(stance.filter(|word| !words.contains(word)));
    words.join(", ")
}

/// Returns the detail that distinguishes entities of a kind besides their label.
fn detail(world: &World, entity: EntityId) -> String {
    let dossier = world.dossier();
    let said = modality(world, entity);
    let slot = |property: PropertyId| dossier.slot(entity, property).iter();
    let texts = |property: PropertyId| -> Vec<String> {
        distinct(slot(property).map(|claim| reached_text(world, &[claim], said)))
    };
    let linked = |property: PropertyId| -> Vec<String> {
        let links = slot(property).filter(|claim| Dossier::target(claim).is_some());
        distinct(links.map(|claim| reached_text(world, &[claim], said)))
    };
    // The other side of each tenure that names the entity: the posts of a person, the persons of a post.
    let across = |from: Core, to: Core| -> Vec<String> {
        let ends =
            |link: &'_ Claim| dossier.slot(link.subject, to).iter().filter(|claim| Dossier::target(claim).is_some());
        let links = tenure_links(world, entity, from).into_iter();
        distinct(links.flat_map(|link| ends(link).map(move |end| reached_text(world, &[link, end], said))))
    };
    match dossier.core_kind(entity) {
        CoreKind::Institution => linked(Core::Parent.into()).join(", "),
        CoreKind::Unit | CoreKind::Place | CoreKind::Event => texts(Core::Type.into()).join(", "),
        CoreKind::Item => match place_in_matrix(dossier, entity) {
            Some((row, column)) => texts(column).into_iter().chain(linked(row)).collect::<Vec<_>>().join(", "),
            None => texts(Core::Type.into()).join(", "),
        },
        CoreKind::Agreement => linked(Core::Party.into()).join(", "),
        CoreKind::Tenure => span(world, entity),
        CoreKind::Person => across(Core::Person, Core::Post).join("; "),
        CoreKind::Post => across(Core::Post, Core::Person).join("; "),
        CoreKind::Document => {
            let document = dossier.documents().map(|(_, document)| document).find(|document| document.entity == entity);
            let published = document.and_then(|document| document.published.as_ref()).map(When::stated);
            let kind = document.and_then(|document| document.kind.clone());
            kind.into_iter().chain(published).collect::<Vec<_>>().join(", ")
        }
    }
}

/// Returns the properties of the row and the column in which an entity stands, if it is a cell of a matrix.
fn place_in_matrix(dossier: &Dossier, entity: EntityId) -> Option<(PropertyId, PropertyId)> {
    let kind = dossier.entity(entity).kind;
    dossier.vocabulary().matrices().iter().find_map(|matrix| match matrix.cell {
        Cell::Entities { kind: of, row, column } if of == kind => Some((row, column)),
        Cell::Entities { .. } | Cell::Links(_) => None,
    })
}

/// Returns the links by which tenures name an entity, of several of one tenure the nearest to actual.
fn tenure_links(world: &World, entity: EntityId, property: Core) -> Vec<&Claim> {
    let dossier = world.dossier();
    let links = world.links().to(entity).iter().map(|&id| dossier.claim(id));
    let mut found: Vec<&Claim> = links
        .filter(|claim| claim.property == property && dossier.core_kind(claim.subject) == CoreKind::Tenure)
        .collect();
    found.sort_by_key(|claim| (claim.subject, remoteness(claim)));
    found.dedup_by_key(|claim| claim.subject);
    found
}

/// Formats start, end and last sighting of a tenure, with unknown ones marked.
fn span(world: &World, tenure: EntityId) -> String {
    let dossier = world.dossier();
    let said = modality(world, tenure);
    let dates = |property: Core| {
        let shown = world.chronology().dates_of(dossier, tenure).map(|id| dossier.claim(id));
        shown.filter(move |claim| claim.property == property).filter_map(|claim| Some((dossier.date(claim)?, claim)))
    };
    let text = |(when, claim): (&When, &Claim)| {
        let word = if claim.modality() == said { String::new() } else { modality_text(dossier, claim) };
        when.stated() + &word
    };
    let stated = |property| {
        // All dates are shown if documents differ.
        let said: Vec<String> = dates(property).map(text).collect();
        if said.is_empty() { "?".to_owned() } else { said.join(" or ") }
    };
    let (start, end) = (stated(Core::Start), stated(Core::End));
    match dates(Core::Attested).max_by(|(a, _), (b, _)| a.chronological(b)) {
        Some(attested) => format!("{start} – {end}, last attested {}", text(attested)),
        None => format!("{start} – {end}"),
    }
}
