//! `annals show`: the card of one entity, every claim with its full evidence.
//!
//! Invariant: the text contains what the card contains, and every line of a claim is followed by its places.

use std::io;

use serde::Serialize;

use crate::cli::args::{Format, ShowArgs};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::{Output, Tone};
use crate::cli::resolve::resolve;
use crate::formats::csv::{write_claims, write_claims_of};
use crate::formats::jsonl::{self, ClaimObject, Contract, EntityObject, Linked};
use crate::model::{ClaimId, CoreKind, Dossier, EntityId, NameKind};
use crate::present::card::{Card, Line, Section};
use crate::present::wording::{cite_long, entity_text, review_text, statement_text, told_apart};
use crate::text::width;
use crate::timeline::World;

/// An entity of the JSON contract, with the claims that refer to it.
#[derive(Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    entity: EntityObject<'a>,
    /// The claims that have it as value; `entity` is their subject.
    referred_by: Vec<ClaimObject<'a>>,
    /// The full tenures of a person or post.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tenures: Vec<EntityObject<'a>>,
}

pub fn run(world: &World, args: &ShowArgs, out: &mut Output<'_>) -> Result<Outcome, Failure> {
    let claims = claims(world, &args.id);
    if !claims.is_empty() {
        return show_claims(world, &claims, args.format, out);
    }
    let entity = resolve(world, &args.id)?;
    match args.format {
        Format::Text => print(world, entity, out)?,
        Format::Json => out.json(&object(world, entity))?,
        Format::Jsonl => jsonl::write_lines(out.raw(), [object(world, entity)])?,
        Format::Csv => write_claims(world.dossier(), [entity], out.raw())?,
    }
    Ok(Outcome::Found)
}

/// A claim of the JSON contract, with its subject.
#[derive(Serialize)]
pub(super) struct ShownClaim<'a> {
    subject: Linked<'a>,
    #[serde(flatten)]
    claim: ClaimObject<'a>,
}

impl<'a> ShownClaim<'a> {
    pub(super) fn new(dossier: &'a Dossier, claim: ClaimId) -> Self {
        let row = dossier.claim(claim);
        Self { subject: Linked::new(dossier, row.subject), claim: ClaimObject::new(dossier, row) }
    }
}

/// Returns the claims with this id, with or without a # before it; none if an entity has it.
fn claims(world: &World, id: &str) -> Vec<ClaimId> {
    let dossier = world.dossier();
    let is_entity = dossier.find(id).is_some();
    if is_entity { Vec::new() } else { dossier.claims_named(id.strip_prefix('#').unwrap_or(id)) }
}

fn show_claims(world: &World, claims: &[ClaimId], format: Format, out: &mut Output<'_>) -> Result<Outcome, Failure> {
    let dossier = world.dossier();
    let reviews = dossier.reviews_of(claims.iter().copied());
    let objects = claims.iter().map(|&id| {
        let ShownClaim { subject, claim } = ShownClaim::new(dossier, id);
        ShownClaim { subject, claim: claim.with_reviews(dossier, id, reviews.get(&id)) }
    });
    match format {
        Format::Text => claims.iter().try_for_each(|&claim| print_claim(world, claim, out))?,
        Format::Json => out.json(&objects.collect::<Vec<_>>())?,
        Format::Jsonl => jsonl::write_lines(out.raw(), objects)?,
        Format::Csv => write_claims_of(dossier, claims, out.raw())?,
    }
    Ok(Outcome::Found)
}

fn print_claim(world: &World, id: ClaimId, out: &mut Output<'_>) -> io::Result<()> {
    let dossier = world.dossier();
    let claim = dossier.claim(id);
    out.wrapped(Tone::Strong, 0, &entity_text(world, claim.subject))?;
    out.line(Tone::Faint, &format!("{} #{}", dossier.id(claim.subject), dossier.claim_name(claim)))?;
    out.end_line()?;
    let label = dossier.vocabulary().label(claim.property);
    out.wrapped(
        Tone::Plain,
        2,
        &format!("{label}: {}", told_apart(world, claim, statement_text(dossier, claim, None))),
    )?;
    print_evidence(world, id, out)?;
    let reviews = dossier.reviews_of([id]).remove(&id).unwrap_or_default().into_iter();
    reviews.map(|review| review_text(dossier, review, Some(id))).try_for_each(|text| out.wrapped(Tone::Plain, 2, &text))
}

fn object(world: &World, entity: EntityId) -> Shown<'_> {
    let dossier = world.dossier();
    let contract = Contract::new(dossier);
    let links = || world.links().to(entity).iter().map(|&id| dossier.claim(id));
    let mut tenures: Vec<EntityId> = match dossier.core_kind(entity) {
        CoreKind::Person | CoreKind::Post => links().map(|claim| claim.subject).collect(),
        _ => Vec::new(),
    };
    tenures.retain(|&subject| dossier.core_kind(subject) == CoreKind::Tenure);
    tenures.sort_unstable();
    tenures.dedup();
    let incoming = world.links().to(entity);
    let reviews = dossier.reviews_of(incoming.iter().copied());
    let referred_by = incoming
        .iter()
        .map(|&id| ClaimObject::incoming(dossier, dossier.claim(id)).with_reviews(dossier, id, reviews.get(&id)));
    Shown {
        entity: contract.reviewed_entity(entity),
        referred_by: referred_by.collect(),
        tenures: tenures.into_iter().map(|tenure| contract.reviewed_entity(tenure)).collect(),
    }
}

fn print(world: &World, entity: EntityId, out: &mut Output<'_>) -> io::Result<()> {
    let dossier = world.dossier();
    out.wrapped(Tone::Strong, 0, &entity_text(world, entity))?;
    out.line(Tone::Faint, dossier.id(entity))?;
    print_names(world, entity, out)?;
    for section in &Card::whole(world, entity).sections {
        out.end_line()?;
        out.line(Tone::Strong, &section.title)?;
        print_section(world, section, out)?;
    }
    Ok(())
}

fn print_names(world: &World, entity: EntityId, out: &mut Output<'_>) -> io::Result<()> {
    let dossier = world.dossier();
    let names = dossier.names(entity);
    if names.is_empty() {
        return Ok(());
    }
    out.end_line()?;
    out.line(Tone::Strong, &format!("Names {}", names.len()))?;
    for name in names {
        let kind = match name.kind {
            NameKind::Alias => String::new(),
            kind => format!(" ({kind})"),
        };
        let lang = name.lang.map(|lang| format!(" [{}]", dossier.text(lang))).unwrap_or_default();
        out.wrapped(Tone::Plain, 2, &format!("{}{kind}{lang}", dossier.text(name.value)))?;
        let places: Vec<String> = dossier.name_evidence(name).map(|place| cite_long(dossier, place)).collect();
        if !places.is_empty() {
            out.wrapped(Tone::Faint, EVIDENCE, &places.join("; "))?;
        }
    }
    Ok(())
}

/// Indent of the evidence, in columns.
const EVIDENCE: usize = 6;

/// The widest column of labels, in columns.
const MAX_LABEL: usize = 24;

fn print_section(world: &World, section: &Section, out: &mut Output<'_>) -> io::Result<()> {
    let dates = section.lines.iter().map(|line| width(&line.when)).max().unwrap_or_default();
    let labels = section.lines.iter().map(|line| width(&line.label)).max().unwrap_or_default().min(MAX_LABEL);
    for line in &section.lines {
        print_line(world, line, dates, labels, out)?;
        if let Some(claim) = line.claim {
            print_evidence(world, claim, out)?;
        }
    }
    Ok(())
}

fn print_line(world: &World, line: &Line, dates: usize, labels: usize, out: &mut Output<'_>) -> io::Result<()> {
    let column = |text: &str, columns: usize| match columns {
        0 => String::new(),
        _ => format!("{text}{}  ", " ".repeat(columns.saturating_sub(width(text)))),
    };
    let label = if line.flush { String::new() } else { column(&line.label, labels) };
    let lead = format!("{}{label}{}", "  ".repeat(usize::from(line.depth)), column(&line.when, dates));
    let target = line.target.map(|target| format!(" [{}]", world.dossier().id(target))).unwrap_or_default();
    out.hanging(Tone::Plain, 2, &lead, &format!("{}{target}", line.text))
}

fn print_evidence(world: &World, claim: ClaimId, out: &mut Output<'_>) -> io::Result<()> {
    let dossier = world.dossier();
    let places: Vec<String> = dossier.evidence(dossier.claim(claim)).map(|place| cite_long(dossier, place)).collect();
    if places.is_empty() { Ok(()) } else { out.wrapped(Tone::Faint, EVIDENCE, &places.join("; ")) }
}
