//! `annals path`: the shortest connections of two entities, with the evidence of each step.
//!
//! Invariant: every step cites the claims that it rests on, and says of what is not a fact what it is.

use std::io;

use serde::Serialize;

use crate::cli::args::PathArgs;
use crate::cli::commands::show::ShownClaim;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::{Output, Tone};
use crate::cli::resolve::resolve;
use crate::formats::csv::evidence_cell;
use crate::formats::jsonl::Linked;
use crate::graph::paths::{MAX_STEPS, Path, Step, Way, connections};
use crate::model::{Basis, EntityId, Modality};
use crate::present::path_text::{chain_text, step_text};
use crate::present::wording::{cite_long, distinct, entity_text};
use crate::timeline::World;

#[derive(Serialize)]
struct PathObject<'a> {
    /// The number of the connection, the best first.
    rank: usize,
    length: usize,
    /// Of the step that is the furthest from actual.
    modality: Modality,
    words: String,
    steps: Vec<StepObject<'a>>,
}

#[derive(Serialize)]
struct StepObject<'a> {
    from: Linked<'a>,
    to: Linked<'a>,
    /// One claim, or several by way of a tenure.
    by: Way,
    modality: Modality,
    basis: Basis,
    words: String,
    claims: Vec<ShownClaim<'a>>,
}

pub fn run(world: &World, args: &PathArgs, out: &mut Output<'_>) -> Result<Outcome, Failure> {
    let (a, b) = (resolve(world, &args.a)?, resolve(world, &args.b)?);
    if a == b {
        let finding = format!("\"{}\" and \"{}\" are both {}", args.a, args.b, world.dossier().id(a));
        return Err(Failure::input(format!("{finding}; expected two entities")));
    }
    let paths = connections(world, a, b);
    let header = "path,step,from,from_label,to,to_label,words,modality,basis,evidence".split(',');
    let ranked = || paths.iter().zip(1..);
    let steps = ranked().flat_map(|(path, rank)| path.steps.iter().zip(1..).map(move |(step, at)| (rank, at, step)));
    let cells = steps.map(|(rank, at, step)| cells(world, rank, at, step));
    let objects = ranked().map(|(path, rank)| object(world, path, rank));
    out.rows(args.format, |out| print(world, [a, b], &paths, out), objects, header, cells)?;
    Ok(Outcome::of(!paths.is_empty()))
}

fn object<'a>(world: &'a World, path: &Path, rank: usize) -> PathObject<'a> {
    let dossier = world.dossier();
    let step = |step: &Step| StepObject {
        from: Linked::new(dossier, step.from),
        to: Linked::new(dossier, step.to),
        by: step.way,
        modality: step.modality(world),
        basis: step.basis(world),
        words: step_text(world, step),
        claims: step.claims().map(|claim| ShownClaim::new(dossier, claim)).collect(),
    };
    PathObject {
        rank,
        length: path.steps.len(),
        modality: path.modality(world),
        words: chain_text(world, path),
        steps: path.steps.iter().map(step).collect(),
    }
}

fn cells(world: &World, rank: usize, at: usize, step: &Step) -> [String; 10] {
    let dossier = world.dossier();
    let places = step.claims().map(|claim| evidence_cell(dossier, dossier.claim(claim)));
    [
        rank.to_string(),
        at.to_string(),
        dossier.id(step.from).to_owned(),
        dossier.label(step.from).to_owned(),
        dossier.id(step.to).to_owned(),
        dossier.label(step.to).to_owned(),
        step_text(world, step),
        step.modality(world).to_string(),
        step.basis(world).to_string(),
        distinct(places.filter(|place| !place.is_empty())).join("; "),
    ]
}

fn print(world: &World, ends: [EntityId; 2], paths: &[Path], out: &mut Output<'_>) -> io::Result<()> {
    let dossier = world.dossier();
    if paths.is_empty() {
        let [a, b] = ends.map(|end| entity_text(world, end));
        let none = format!("No connection of at most {MAX_STEPS} steps, places and documents left aside: {a}, {b}");
        return out.wrapped(Tone::Plain, 0, &none);
    }
    for (path, rank) in paths.iter().zip(1..) {
        if rank > 1 {
            out.end_line()?;
        }
        let steps = match path.steps.len() {
            1 => "1 step".to_owned(),
            count => format!("{count} steps"),
        };
        let lead = if paths.len() > 1 { format!("{rank} · {steps}: ") } else { format!("{steps}: ") };
        out.wrapped(Tone::Strong, 0, &(lead + &chain_text(world, path)))?;
        for (step, at) in path.steps.iter().zip(1..) {
            out.hanging(Tone::Plain, 2, &format!("{at}  "), &step_text(world, step))?;
            let places = step.claims().flat_map(|claim| dossier.evidence(dossier.claim(claim)));
            let places = distinct(places.map(|place| cite_long(dossier, place)));
            if !places.is_empty() {
                out.wrapped(Tone::Faint, EVIDENCE, &places.join("; "))?;
            }
        }
    }
    Ok(())
}

/// Indent of the evidence, in columns.
const EVIDENCE: usize = 7;
