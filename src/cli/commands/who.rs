//! `annals who`: the holders of an office on a day, with the evidence.
//!
//! Invariant: only holders that the claims support are named, and every answer cites them.

use std::io;

use chrono::NaiveDate;
use serde::Serialize;

use crate::cli::args::WhoArgs;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::{Output, Tone};
use crate::formats::jsonl::{ClaimObject, Linked};
use crate::graph::Graph;
use crate::model::{Basis, EntityId, Moment, When};
use crate::offices::{Holding, Knowledge, holders_when};
use crate::present::wording::{citation, cite_long, distinct, state_words};
use crate::query::office_search::{OfficeMatch, find_offices};
use crate::timeline::World;

#[derive(Serialize)]
struct Answer<'a> {
    post: Linked<'a>,
    on: &'a str,
    state: &'static str,
    certainty: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    basis: Option<Basis>,
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<Linked<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tenure: Option<Linked<'a>>,
    why: &'a str,
    claims: Vec<ClaimObject<'a>>,
}

pub(crate) fn run(
    world: &World,
    as_of: Option<Moment>,
    args: &WhoArgs,
    out: &mut Output<'_>,
) -> Result<Outcome, Failure> {
    let posts = posts(world, &args.office.join(" "))?;
    let when = day(world, args.on.as_ref(), as_of)?;
    let holdings: Vec<Holding> = posts.iter().flat_map(|&post| holders_when(world, post, &when)).collect();
    let answers = holdings.iter().map(|holding| answer(world, holding, when.edtf()));
    let cells = holdings.iter().map(|holding| {
        let person = holding.person.map(|person| world.label(person)).unwrap_or_default();
        [world.label(holding.post), person, holding.state.word(holding.basis).into(), holding.why.as_str().into()]
    });
    let header = ["post", "person", "state", "why"];
    out.rows(args.format, |out| print(world, &holdings, args.cite, out), answers, header, cells)?;
    Ok(Outcome::of(holdings.iter().any(|holding| holding.state != Knowledge::Unknown)))
}

fn posts(world: &World, words: &str) -> Result<Vec<EntityId>, Failure> {
    let found = find_offices(world, words).map_err(|error| Failure::input(error.to_string()))?;
    match found {
        OfficeMatch::Post(office) => Ok(vec![office.post]),
        OfficeMatch::Institution(_, offices) => Ok(offices.into_iter().map(|office| office.post).collect()),
        OfficeMatch::Nothing => Err(Failure::input(format!(
            "no office \"{words}\"; expected a post or an institution, see: annals list post"
        ))),
        OfficeMatch::Several(entities) => {
            let dossier = world.dossier();
            let mut lines = vec![format!("\"{words}\" may mean several; say one of:")];
            lines.extend(entities.iter().map(|&entity| format!("  {}  {}", dossier.id(entity), dossier.label(entity))));
            Err(Failure::Input(lines))
        }
    }
}

/// Returns the day asked for, else the as-of moment, else the last day of the dossier's horizon.
fn day(world: &World, asked: Option<&When>, as_of: Option<Moment>) -> Result<When, Failure> {
    if let Some(when) = asked {
        return Ok(when.clone());
    }
    if let Some(when) = as_of.and_then(|moment| When::parse(&moment.to_string()).ok()) {
        return Ok(when);
    }
    let horizon = world.dossier().meta().horizon.as_ref().and_then(When::latest);
    let day: Option<When> = horizon.and_then(|day: NaiveDate| When::parse(&day.to_string()).ok());
    day.ok_or_else(|| Failure::input("the dossier has no horizon; expected --on DATE"))
}

fn answer<'a>(world: &'a World, holding: &'a Holding, on: &'a str) -> Answer<'a> {
    let dossier = world.dossier();
    Answer {
        post: Linked::new(dossier, holding.post),
        on,
        state: holding.state.word(holding.basis),
        certainty: holding.certainty.as_str(),
        basis: (holding.state != Knowledge::Unknown).then_some(holding.basis),
        person: holding.person.map(|person| Linked::new(dossier, person)),
        tenure: holding.tenure.map(|tenure| Linked::new(dossier, tenure)),
        why: &holding.why,
        claims: holding.proof.iter().map(|&claim| ClaimObject::new(dossier, dossier.claim(claim))).collect(),
    }
}

fn print(world: &World, holdings: &[Holding], cite: bool, out: &mut Output<'_>) -> io::Result<()> {
    for holding in holdings {
        let state = state_words(holding);
        let who = holding.person.map_or_else(|| state.clone(), |person| format!("{} ({state})", world.label(person)));
        out.line(Tone::Strong, &format!("{}: {who}", world.label(holding.post)))?;
        out.wrapped(Tone::Plain, 2, &holding.why)?;
        for line in proof(world, holding, cite) {
            out.wrapped(Tone::Faint, 2, &line)?;
        }
    }
    Ok(())
}

/// Returns the full claims, or only their places, each once.
fn proof(graph: &Graph, holding: &Holding, cite: bool) -> Vec<String> {
    let dossier = graph.dossier();
    let claims = holding.proof.iter().map(|&claim| dossier.claim(claim));
    if cite {
        return distinct(claims.map(|claim| citation(graph, claim)));
    }
    let places = claims.flat_map(|claim| dossier.evidence(claim));
    distinct(places.map(|place| format!("[{}]", cite_long(dossier, place))))
}
