//! A card: everything said of one entity, arranged for reading.
//!
//! The detail view draws a card and `annals show` prints one.
//!
//! Claims that say one thing, some less exactly, have one line with the sources of all, and each of the others a line below
//! it. Under a heading lines go by date where they have dates, else entities by name.
//!
//! Invariant: a whole card has a line for every claim of the entity and every claim that points at it. On a
//! card for the screen a long section is cut, and its last line says how many lines are left out.

mod incoming;
mod state;

use super::lanes::{Arrow, fates};
use crate::graph::positions::{Position, positions_of};
use crate::model::dossier::Judgement;
use crate::model::{Claim, ClaimId, Core, CoreKind, Dossier, EntityId, Moment, PropertyId, Range, Sameness, When};
use crate::present::wording::{
    by_date, cite_claim, cite_claims, entity_text, grouped, modality_text, review_text, statement_text, told_apart,
};
use crate::text::collate::NameKey;
use crate::text::word::words;
use crate::timeline::World;
use crate::timeline::chronology::{row_label, row_when};
use crate::timeline::status::{TemporalStatus, claim_at, is_included};
use incoming::incoming_sections;
use state::state_lines;

/// One line of a card.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Line {
    /// The indentation: 0 for a statement, 1 for a line that belongs to the one above.
    pub depth: u8,
    /// The property; empty if the line before or the heading says it.
    pub label: String,
    /// True if the text starts at the left edge, without a column for a label.
    pub flush: bool,
    /// The value.
    pub text: String,
    /// The date, short enough for a column; empty if there is none.
    pub when: String,
    /// The claim behind the line.
    pub claim: Option<ClaimId>,
    /// The places of the claim's evidence in short form, such as `C:49`.
    pub cite: String,
    /// The entity that Enter shows.
    pub target: Option<EntityId>,
    /// The status of the claim at the card's moment; `None` on a card without one.
    pub standing: Option<TemporalStatus>,
}

impl Line {
    /// Returns a line without text for a claim, with the places of its evidence.
    pub(super) fn of_claim(dossier: &Dossier, id: ClaimId) -> Self {
        Self { claim: Some(id), cite: cite_claim(dossier, dossier.claim(id)), ..Self::default() }
    }
}

/// Lines under a heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// The heading.
    pub title: String,
    /// The lines.
    pub lines: Vec<Line>,
}

/// Everything said of one entity.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// The entity.
    pub entity: EntityId,
    /// The other names, each with its kind unless that is a plain alias.
    pub names: Vec<String>,
    /// The sections; none is empty.
    pub sections: Vec<Section>,
}

/// The most lines under one heading on a card for the screen. Hundreds of thousands of claims may point at an
/// entity, and a card has to open at once.
const MOST: usize = 500;

impl Card {
    /// Returns the card of an entity for the screen, each section cut to 500 lines.
    pub fn new(world: &World, entity: EntityId) -> Self {
        Self::with_fates(world, entity, MOST, |_| true)
    }

    /// Returns the whole card of an entity.
    pub fn whole(world: &World, entity: EntityId) -> Self {
        Self::with_fates(world, entity, usize::MAX, |_| true)
    }

    /// Returns the card with at most `most` lines under a heading. The line of a plan gives its fate if `may_tell`
    /// allows that.
    fn with_fates(world: &World, entity: EntityId, most: usize, may_tell: impl Fn(&Arrow) -> bool) -> Self {
        let dossier = world.dossier();
        let names = dossier
            .names(entity)
            .iter()
            .filter(|name| name.value != dossier.entity(entity).label)
            .map(|name| match name.kind {
                crate::model::NameKind::Alias => dossier.text(name.value).to_owned(),
                kind => format!("{} ({kind})", dossier.text(name.value)),
            })
            .collect();
        let mut sections = own_sections(world, entity);
        let at = place_of_incoming(world, entity, sections.len());
        for fate in fates(world, entity).into_iter().filter(may_tell) {
            let mut lines = sections.iter_mut().flat_map(|section| &mut section.lines);
            if let Some(line) = lines.find(|line| line.claim == Some(fate.claims[0])) {
                line.text = format!("{} → {}: {}", line.text, fate.kind.as_str(), fate.words);
            }
        }
        sections.splice(at..at, incoming_sections(world, entity, most));
        add_reviews(dossier, &mut sections);
        if dossier.core_kind(entity) == CoreKind::Institution {
            sections.push(chronology_section(world, entity, most));
        }
        // One entity may be read without the judgements of the dossier; the screen has them all.
        if most != usize::MAX {
            sections.push(judged_section(world, entity));
        }
        sections.extend(document_section(world, entity));
        sections.retain(|section| !section.lines.is_empty());
        Self { entity, names, sections }
    }

    /// Returns the card of an entity as of a moment: first the state at that moment, then all sections, with the status
    /// of every line.
    pub fn at(world: &World, entity: EntityId, moment: Moment) -> Self {
        let dossier = world.dossier();
        let told = |claim: &ClaimId| is_included(dossier, dossier.claim(*claim), moment);
        let mut card = Self::with_fates(world, entity, MOST, |fate| fate.claims.iter().all(told));
        for line in card.sections.iter_mut().flat_map(|section| &mut section.lines) {
            line.standing = line.claim.map(|claim| match claim_at(dossier, dossier.claim(claim), moment) {
                standing if standing.counts() && !told(&claim) => TemporalStatus::Later,
                standing => standing,
            });
            if let Some(word @ (TemporalStatus::Possible | TemporalStatus::Over | TemporalStatus::Later)) =
                line.standing
            {
                line.text = format!("{} — {word}", line.text);
            }
        }
        let lines = state_lines(world, entity, moment);
        if !lines.is_empty() {
            let preposition = if moment.first() == moment.last() { "On" } else { "In" };
            card.sections.insert(0, Section { title: format!("{preposition} {moment}"), lines });
        }
        card
    }

    /// Returns all lines, each with the index of its section.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &Line)> {
        self.sections
            .iter()
            .enumerate()
            .flat_map(|(index, section)| section.lines.iter().map(move |line| (index, line)))
    }
}

words! {
    /// The kind of a section, by the range of its properties.
    SectionKind {
        /// Texts.
        About = "About",
        /// Dates.
        Dates = "Dates",
        /// Entities.
        Relations = "Relations",
        /// Numbers.
        Figures = "Figures",
    }
}

impl SectionKind {
    fn of(range: &Range) -> Self {
        match range {
            Range::Text(_) => Self::About,
            Range::Date => Self::Dates,
            Range::Entity(_) => Self::Relations,
            Range::Number(_) => Self::Figures,
        }
    }
}

/// Returns the index of the first section of claims that point at the entity: before its own sections for people and
/// posts, after them, however many, for all others.
fn place_of_incoming(world: &World, entity: EntityId, own: usize) -> usize {
    match world.dossier().core_kind(entity) {
        CoreKind::Person | CoreKind::Post => 0,
        _ => own,
    }
}

fn own_sections(world: &World, entity: EntityId) -> Vec<Section> {
    let dossier = world.dossier();
    let mut order = [SectionKind::About, SectionKind::Dates, SectionKind::Relations, SectionKind::Figures];
    // An entity that happens opens with its dates; one that belongs to another, with its dates and relations.
    if dossier.core_kind(entity) == CoreKind::Event {
        order = [SectionKind::Dates, SectionKind::About, SectionKind::Relations, SectionKind::Figures];
    } else if is_part(dossier, entity) {
        order = [SectionKind::Dates, SectionKind::Relations, SectionKind::About, SectionKind::Figures];
    }
    let groups = figure_groups(dossier, entity);
    let section = |id| SectionKind::of(&dossier.property(dossier.claim(id).property).range);
    let group = |id| dossier.property(dossier.claim(id).property).group.as_deref().filter(|name| groups.contains(name));
    let positions = own_positions(dossier, entity);
    let lines = |kind: SectionKind, heading: Option<&str>| {
        let wanted = positions.iter().filter(|told| section(told.claim) == kind && group(told.claim) == heading);
        let mut previous = None;
        wanted.flat_map(|told| own_lines(world, told, &mut previous)).collect()
    };
    let kinds = order.into_iter().map(|kind| Section { title: kind.to_string(), lines: lines(kind, None) });
    let grouped = groups
        .iter()
        .map(|&group| Section { title: group.to_owned(), lines: lines(SectionKind::Figures, Some(group)) });
    kinds.chain(grouped).collect()
}

/// Returns the positions of all slots of an entity, those of one slot in the order in which they are shown.
fn own_positions(dossier: &Dossier, entity: EntityId) -> Vec<Position> {
    let ids: Vec<ClaimId> = dossier.claim_ids_of(entity).collect();
    let slots = ids.chunk_by(|&a, &b| dossier.claim(a).property == dossier.claim(b).property);
    let in_order = |slot: &[ClaimId]| {
        let mut found = positions_of(dossier, slot);
        sort_positions(dossier, &mut found);
        found
    };
    slots.flat_map(in_order).collect()
}

/// Sorts the positions of a slot by date, then entities by name; all others keep the order of the documents.
fn sort_positions(dossier: &Dossier, positions: &mut [Position]) {
    let name = |claim: &Claim| Dossier::target(claim).map(|target| NameKey::of(dossier.label(target)));
    positions.sort_by(|a, b| {
        let (a, b) = (dossier.claim(a.claim), dossier.claim(b.claim));
        by_date(time_of(dossier, a), time_of(dossier, b)).then_with(|| name(a).cmp(&name(b)))
    });
}

/// Returns the date of a claim, else the time of its value.
fn time_of<'a>(dossier: &'a Dossier, claim: &Claim) -> Option<&'a When> {
    dossier.date(claim).or_else(|| claim.start.or(claim.as_of).or(claim.end).map(|when| dossier.when(when)))
}

/// Returns the headings under which figures of an entity stand, in order: those that it has of several properties.
fn figure_groups(dossier: &Dossier, entity: EntityId) -> Vec<&str> {
    let words = dossier.vocabulary();
    let mut properties: Vec<PropertyId> = dossier.claims_of(entity).iter().map(|claim| claim.property).collect();
    properties.dedup();
    let group = |id: PropertyId| words.property(id).group.as_deref();
    let mut groups: Vec<(u16, &str)> =
        properties.iter().filter_map(|&id| Some((words.group_position(id), group(id)?))).collect();
    groups.sort_unstable();
    let several = groups.chunk_by(|a, b| a == b).filter(|same| same.len() > 1);
    several.filter_map(|same| same.first().map(|&(_, group)| group)).collect()
}

/// Returns true for an agreement, a tenure, and an item that is said to belong to something.
fn is_part(dossier: &Dossier, entity: EntityId) -> bool {
    let belongs = |claim: &Claim| dossier.vocabulary().is_whole(claim.property);
    match dossier.core_kind(entity) {
        CoreKind::Agreement | CoreKind::Tenure => true,
        CoreKind::Item => dossier.claims_of(entity).iter().any(belongs),
        CoreKind::Institution
        | CoreKind::Unit
        | CoreKind::Person
        | CoreKind::Post
        | CoreKind::Event
        | CoreKind::Place
        | CoreKind::Document => false,
    }
}

/// Returns the line of a position with the sources of all its claims, and below it one for each less exact claim.
fn own_lines(world: &World, told: &Position, previous: &mut Option<ClaimId>) -> Vec<Line> {
    let dossier = world.dossier();
    let head = Line { cite: cite_claims(dossier, &told.supports), ..own_line(world, told.claim, previous) };
    let depth = head.depth + 1;
    let shown = dossier.claim(told.claim);
    let others = told.supports.iter().filter(|&&id| id != told.claim).map(|&id| Line {
        depth,
        flush: true,
        text: format!("also {}", statement(world, dossier.claim(id), Some(shown))),
        ..Line::of_claim(dossier, id)
    });
    std::iter::once(head).chain(others).collect()
}

/// Returns a line for a claim of the entity itself; the label is not repeated for the same property.
fn own_line(world: &World, id: ClaimId, previous: &mut Option<ClaimId>) -> Line {
    let dossier = world.dossier();
    let claim = dossier.claim(id);
    let before = previous.replace(id).map(|id| dossier.claim(id));
    let is_last = claim.property == Core::Attested && is_last(dossier, claim);
    let label = if is_last { "Last attested" } else { dossier.vocabulary().label(claim.property) };
    let repeated = before.is_some_and(|before| before.property == claim.property);
    Line {
        label: if repeated { String::new() } else { label.to_owned() },
        text: statement(world, claim, before),
        target: Dossier::target(claim),
        ..Line::of_claim(dossier, id)
    }
}

fn statement(world: &World, claim: &Claim, before: Option<&Claim>) -> String {
    told_apart(world, claim, statement_text(world.dossier(), claim, before))
}

/// Returns true if no claim of the slot has a later date.
fn is_last(dossier: &Dossier, claim: &Claim) -> bool {
    let later = |other: &Claim| match (dossier.date(other), dossier.date(claim)) {
        (Some(other), Some(this)) => other.chronological(this).is_gt(),
        (_, None) | (None, Some(_)) => false,
    };
    !dossier.slot(claim.subject, claim.property).iter().any(later)
}

/// Adds a line for each review below its claim.
fn add_reviews(dossier: &Dossier, sections: &mut [Section]) {
    let claims = sections.iter().flat_map(|section| &section.lines).filter_map(|line| line.claim);
    let reviews = dossier.reviews_of(claims);
    if reviews.is_empty() {
        return;
    }
    for section in sections {
        let lines = std::mem::take(&mut section.lines);
        for line in lines {
            let of_line = line.claim.and_then(|claim| Some((claim, reviews.get(&claim)?)));
            section.lines.push(line);
            for (claim, review) in of_line.into_iter().flat_map(|(claim, all)| all.iter().map(move |one| (claim, one)))
            {
                let text = review_text(dossier, review, Some(claim));
                section.lines.push(Line { depth: 1, flush: true, text, ..Line::default() });
            }
        }
    }
}

/// Returns a line with the number of lines left out; `None` if there are none.
fn left_out(count: usize, most: usize) -> Option<Line> {
    let text = || format!("… and {} more", grouped(count.saturating_sub(most) as f64));
    (count > most).then(|| Line { flush: true, text: text(), ..Line::default() })
}

fn chronology_section(world: &World, entity: EntityId, most: usize) -> Section {
    let dossier = world.dossier();
    let chronology = world.chronology();
    let rows = chronology.touching(entity);
    let lines = rows
        .iter()
        .take(most)
        .map(|&index| {
            let row = chronology.row(index);
            Line {
                flush: true,
                text: row_label(world, row) + &modality_text(dossier, dossier.claim(row.claim)),
                when: row_when(dossier, row).map(When::stated).unwrap_or_default(),
                target: Some(row.subject),
                claim: Some(row.claim),
                cite: cite_claims(dossier, chronology.claims(row)),
                ..Line::default()
            }
        })
        .chain(left_out(rows.len(), most))
        .collect();
    Section { title: format!("Chronology {}", rows.len()), lines }
}

/// Returns the section of what the dossier's authors judged of the entity and those that resemble it, with their reasons.
fn judged_section(world: &World, entity: EntityId) -> Section {
    let dossier = world.dossier();
    let line = |row: &Judgement| {
        let other = match (row.a == entity, row.b == entity) {
            (true, _) => row.b,
            (false, true) => row.a,
            (false, false) => return None,
        };
        let verdict = match row.verdict {
            Sameness::Same => "Same as",
            Sameness::NotSame => "Not the same as",
            Sameness::Unsure => "Perhaps the same as",
        };
        let text = format!("{verdict} {} — {}", entity_text(world, other), dossier.text(row.reason));
        Some(Line { flush: true, text, target: Some(other), ..Line::default() })
    };
    Section { title: "Judged".into(), lines: dossier.judgements().iter().filter_map(line).collect() }
}

/// Returns the section of a document about its file, publisher and date.
fn document_section(world: &World, entity: EntityId) -> Option<Section> {
    let dossier = world.dossier();
    let (id, document) = dossier.documents().find(|(_, document)| document.entity == entity)?;
    let published = document.published.as_ref().map(When::stated);
    let rows = [
        ("Key", Some(document.key.clone())),
        ("Kind", document.kind.clone()),
        ("Publisher", document.publisher.clone()),
        ("Published", published),
        ("File", document.file.clone()),
        ("Claims", Some(world.claims_from(id).to_string())),
    ];
    let line =
        |(label, text): (&str, Option<String>)| text.map(|text| Line { label: label.into(), text, ..Line::default() });
    Some(Section { title: "Source".into(), lines: rows.into_iter().filter_map(line).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::author;
    use crate::model::{Builder, NewClaim, NewValue};

    #[test]
    fn nothing_that_is_said_of_an_entity_is_missing_from_its_card() {
        let (dossier, _) = author::load(&author::embedded());
        let world = World::new(dossier);
        let dossier = world.dossier();
        for entity in dossier.entities() {
            let card = Card::whole(&world, entity);
            let shown: Vec<ClaimId> = card.lines().filter_map(|(_, line)| line.claim).collect();
            let said = dossier.claim_ids_of(entity).chain(world.links().to(entity).iter().copied());
            for claim in said {
                let name = dossier.vocabulary().name(dossier.claim(claim).property);
                assert!(shown.contains(&claim), "{}: {name}", dossier.id(entity));
            }
        }
    }

    #[test]
    fn claims_that_say_one_thing_have_one_line_with_all_sources_and_each_other_one_below() {
        let text = "[dossier]\nformat = 2\nkey = 't'\ntitle = 'T'\n[[claim]]\nof = 'facility/pool'\nat = 'lead / p2'\nopened = '1901'\n";
        let more = "at = 'lead / p3'\nopened = '1901-05'\n[[claim]]\nof = 'facility/pool'\nat = 'lead / p4'\nopened = '1899'\n";
        let text = format!("{text}[[facility]]\nid = 'pool'\nlabel = 'Pool'\n{more}");
        let world = crate::timeline::authored::authored(&text);
        let card = Card::new(&world, world.dossier().find("facility/pool").unwrap());
        let line = |line: &Line| (line.depth, line.label.clone(), line.text.clone(), line.cite.clone());
        let lines: Vec<_> = card.sections.iter().flat_map(|section| &section.lines).map(line).collect();
        let expected = [
            (0, "Opened", "1899 · only the year is known", "D p4"),
            (0, "", "1901-05 · only the month is known", "D p2 D p3"),
            (1, "", "also 1901 · only the year is known", "D p2"),
        ];
        let expected = expected.map(|(depth, label, text, cite)| (depth, label.into(), text.into(), cite.into()));
        assert_eq!(lines, expected);
    }

    #[test]
    fn a_long_section_tells_how_much_is_left_out() {
        let mut builder = Builder::default();
        let hub = builder.entity(CoreKind::Institution, "hub", "Hub").unwrap();
        for number in 0..MOST + 1500 {
            let event = builder.entity(CoreKind::Event, &format!("{number}"), "It").unwrap();
            builder.claim(NewClaim::new(event, Core::Institution, NewValue::Entity(hub)));
            builder.claim(NewClaim::new(event, Core::When, NewValue::Date(When::parse("1957").unwrap())));
        }
        let world = World::new(builder.finish());
        let hub = world.dossier().find("institution/hub").unwrap();
        let card = Card::new(&world, hub);
        for (section, title) in card.sections.iter().zip(["Events 2000", "Chronology 2000"]) {
            assert_eq!((section.title.as_str(), section.lines.len()), (title, MOST + 1));
            assert_eq!(section.lines[MOST].text, "… and 1500 more");
        }
        let whole = Card::whole(&world, hub);
        assert!(whole.sections.iter().all(|section| section.lines.len() == MOST + 1500));
    }

    #[test]
    fn a_person_has_every_tenure_with_start_end_and_last_attestation() {
        let (dossier, _) = author::load(&author::embedded());
        let world = World::new(dossier);
        let person = world.dossier().find("person/ramji-singh");
        let card = person.map(|person| Card::new(&world, person));
        let tenures = card.iter().flat_map(|card| &card.sections).find(|section| section.title == "Tenures 1");
        let lines: Vec<(&str, &str, &str)> = tenures
            .into_iter()
            .flat_map(|section| &section.lines)
            .map(|line| (line.label.as_str(), line.text.split(" · ").next().unwrap_or_default(), line.cite.as_str()))
            .collect();
        assert_eq!(
            lines,
            [
                ("", "Executive Director, AIIMS Kalyani", "C:49"),
                ("Start", "2020-03", "C:49"),
                ("End", "not stated", ""),
                ("Last attested", "2023-07-01", "A:1,3"),
                ("Attested", "2021-03-08", "C:216"),
            ]
        );
    }
}
