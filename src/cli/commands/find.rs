//! `annals find`: searches by name, best match first.
//!
//! Invariant: the rows are those of the finder in the same order, with lines between exact and similar matches.

use std::io;

use serde::Serialize;

use crate::cli::args::{FindArgs, Format};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::kinds::ListKind;
use crate::cli::members::{explain_empty, parse_query};
use crate::cli::output::{Output, Tone};
use crate::cli::text_table::{Excess, TextColumn, TextTable};
use crate::formats::jsonl::Linked;
use crate::graph::names::{Hit, Matched, Results};
use crate::model::{CoreKind, Dossier, Modality};
use crate::present::wording::{claim_text, entity_text, modality_text};
use crate::query::Query;
use crate::query::matching;
use crate::search::Tier;
use crate::timeline::World;

pub fn run(world: &World, args: &FindArgs, out: &mut Output<'_>) -> Result<Outcome, Failure> {
    let (text, limit) = (args.query.join(" "), args.limit as usize);
    let kind = args.kind.as_deref().map(|word| ListKind::called(world, word)).transpose()?;
    if parse_query(world, &text, None)?.is_empty() {
        return Err(Failure::input(format!("query \"{text}\": nothing to look for; expected some letters of a name")));
    }
    let query = parse_query(world, &text, kind.as_ref())?;
    let results = search(world, limit, kind.as_ref(), &query);
    tell(world, &query, &results, |query| search(world, limit, kind.as_ref(), query).total(), args.format, out)
}

/// Writes the results of a query; if there are none, it says why. `count` returns the number of results of a query.
pub fn tell(
    world: &World,
    query: &Query,
    results: &Results,
    count: impl Fn(&Query) -> usize,
    format: Format,
    out: &mut Output<'_>,
) -> Result<Outcome, Failure> {
    write(world, results, format, out)?;
    if results.rows.is_empty() {
        crate::cli::report(&explain_empty(query, |query| Ok(count(query)))?);
    }
    Ok(Outcome::of(!results.rows.is_empty()))
}

pub fn write(world: &World, results: &Results, format: Format, out: &mut Output<'_>) -> io::Result<()> {
    let dossier = world.dossier();
    let cells = results.rows.iter().map(|hit| {
        [
            dossier.id(hit.entity),
            &dossier.kind(hit.entity).name,
            dossier.label(hit.entity),
            tier_word(hit.tier),
            property(dossier, hit).unwrap_or_default(),
            hit.text(dossier),
            modality(dossier, hit).unwrap_or(Modality::Actual).as_str(),
        ]
    });
    let header = ["id", "kind", "label", "tier", "property", "value", "modality"];
    out.rows(format, |out| print(world, results, out), objects(world, results), header, cells)
}

fn search(world: &World, limit: usize, kind: Option<&ListKind>, query: &Query) -> Results {
    // The query language has kinds but no types.
    let Some(kind) = kind.filter(|kind| kind.of_type.is_some()) else {
        return matching::search(world, query, limit);
    };
    let mut found = matching::search(world, query, usize::MAX);
    found.rows.retain(|hit| kind.has(world, hit.entity));
    found.close = found.rows.iter().filter(|hit| hit.is_close()).count();
    found.prose = found.rows.iter().filter(|hit| hit.tier.is_said()).count();
    found.fuzzy = found.rows.len().saturating_sub(found.close).saturating_sub(found.prose);
    found.rows.truncate(limit);
    found
}

/// A hit; `id`, `kind` and `label` as in every JSON output.
#[derive(Serialize)]
struct HitObject<'a> {
    id: &'a str,
    kind: &'a str,
    label: &'a str,
    institutions: Vec<Linked<'a>>,
    #[serde(rename = "match")]
    matched: MatchObject<'a>,
    /// Planned, alleged or denied; absent if anything that is said of the entity is a fact.
    #[serde(skip_serializing_if = "Option::is_none")]
    modality: Option<Modality>,
}

/// The reason why an entity is found.
#[derive(Serialize)]
struct MatchObject<'a> {
    /// The quality of the match; see [`tier_word`].
    tier: &'static str,
    /// The property whose text matched; `None` if a name did.
    #[serde(skip_serializing_if = "Option::is_none")]
    property: Option<&'a str>,
    /// The name or text that matched.
    value: &'a str,
    /// What the text is, if it is no fact: planned, alleged or denied.
    #[serde(skip_serializing_if = "Option::is_none")]
    modality: Option<Modality>,
}

const fn tier_word(tier: Tier) -> &'static str {
    match tier {
        Tier::Exact => "exact",
        Tier::Prefix => "prefix",
        Tier::Word => "word",
        Tier::Known => "property",
        Tier::Prose => "prose",
        Tier::Fuzzy => "fuzzy",
        Tier::Typo => "typo",
        Tier::Inside => "inside",
        Tier::Scattered => "scattered",
    }
}

/// Returns the line above the rows of a tier, if it differs from that of the tier before.
const fn divider(tier: Tier) -> Option<&'static str> {
    match tier {
        Tier::Exact | Tier::Prefix | Tier::Word => None,
        Tier::Known | Tier::Prose => Some("┈ not in a name, but in what is said"),
        Tier::Fuzzy | Tier::Typo => Some("┈ not as typed, but alike"),
        Tier::Inside => Some("┈ inside of words of what is said"),
        Tier::Scattered => Some("┈ only letters here and there"),
    }
}

fn objects<'a>(world: &'a World, results: &'a Results) -> impl Iterator<Item = HitObject<'a>> {
    let dossier = world.dossier();
    results.rows.iter().map(move |hit| HitObject {
        id: dossier.id(hit.entity),
        kind: &dossier.kind(hit.entity).name,
        label: dossier.label(hit.entity),
        institutions: home(world, hit).into_iter().collect(),
        matched: MatchObject {
            tier: tier_word(hit.tier),
            property: property(dossier, hit),
            value: hit.text(dossier),
            modality: said_in(dossier, hit),
        },
        modality: stance(dossier, hit),
    })
}

fn home<'a>(world: &'a World, hit: &Hit) -> Option<Linked<'a>> {
    let dossier = world.dossier();
    let home = world.home(hit.entity).filter(|&home| dossier.core_kind(home) == CoreKind::Institution);
    home.map(|home| Linked::new(dossier, home))
}

/// Returns the property whose text matched, or `None` if a name did.
fn property<'a>(dossier: &'a Dossier, hit: &Hit) -> Option<&'a str> {
    hit.matched.claim().map(|claim| dossier.vocabulary().name(dossier.claim(claim).property))
}

/// Returns the modality of the text that matched, else of the entity, unless it is a fact.
fn modality(dossier: &Dossier, hit: &Hit) -> Option<Modality> {
    said_in(dossier, hit).or_else(|| stance(dossier, hit))
}

/// Returns the modality of the entity, if nothing that is said of it is a fact.
fn stance(dossier: &Dossier, hit: &Hit) -> Option<Modality> {
    Some(dossier.stance(hit.entity)).filter(|&word| word != Modality::Actual)
}

/// Returns the modality of the text that matched, unless it is a fact.
fn said_in(dossier: &Dossier, hit: &Hit) -> Option<Modality> {
    let claim = hit.matched.claim()?;
    Some(dossier.claim(claim).modality()).filter(|&word| word != Modality::Actual)
}

fn print(world: &World, results: &Results, out: &mut Output<'_>) -> io::Result<()> {
    let dossier = world.dossier();
    let mut table = TextTable::new(
        0,
        [
            TextColumn { tone: Tone::Faint, excess: Excess::Cut, shrink: &[] },
            TextColumn { tone: Tone::Plain, excess: Excess::Wrap, shrink: &[(2, 20), (4, 10)] },
            TextColumn { tone: Tone::Plain, excess: Excess::Cut, shrink: &[(0, 0)] },
            TextColumn { tone: Tone::Faint, excess: Excess::Cut, shrink: &[(1, 0)] },
            TextColumn { tone: Tone::Faint, excess: Excess::Cut, shrink: &[(3, 24), (5, 0)] },
        ],
    );
    let mut above = None;
    for hit in &results.rows {
        if divider(hit.tier) != above {
            above = divider(hit.tier);
            table.across(Tone::Faint, above.unwrap_or_default());
        }
        let label = dossier.label(hit.entity);
        let matched = hit.text(dossier);
        let why = match hit.matched {
            Matched::Name(_) if matched == label => String::new(),
            Matched::Name(_) => format!("= {matched}"),
            Matched::Prose(claim, _) => format!("… {matched}{}", modality_text(dossier, dossier.claim(claim))),
            Matched::Stated(claim) => claim_text(dossier, dossier.claim(claim)),
        };
        let home = world.home(hit.entity).map(|home| world.short_label(home).to_owned()).unwrap_or_default();
        let kind = dossier.kind(hit.entity).name.to_string();
        table.row([kind, entity_text(world, hit.entity), home, why, dossier.id(hit.entity).to_owned()]);
    }
    let total = results.total();
    if total > results.rows.len() {
        table.blank();
        table.across(Tone::Faint, format!("{} of {total} shown; see more with --limit", results.rows.len()));
    }
    table.print(out)
}
