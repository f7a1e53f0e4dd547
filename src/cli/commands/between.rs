//! `annals between`: the time from one date to another, with the evidence of both.
//!
//! Invariant: no number is finer than the two dates, and a date that was chosen among several claims cites them all.

use std::io;

use serde::Serialize;

use crate::cli::args::{BetweenArgs, Format};
use crate::cli::dated::{End, Of, resolve_end};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::{Output, Tone};
use crate::formats::csv::evidence_cell;
use crate::formats::jsonl::{ClaimObject, Linked, WhenObject};
use crate::graph::dated::{DatePart, Dated};
use crate::model::{Claim, ClaimId, Direction, Dossier, EntityId, Interval, IntervalBound};
use crate::present::interval_text::{dated_label, dated_text, interval_text, with_knowledge};
use crate::present::wording::{cite_long, cite_short, distinct, marks};
use crate::text::width;
use crate::timeline::World;

#[derive(Serialize)]
struct Answer<'a> {
    a: EndObject<'a>,
    b: EndObject<'a>,
    /// On which side of A B lies.
    direction: Direction,
    /// True if a date is uncertain or approximate.
    about: bool,
    /// The fewest and the most days from A to B, negative before A; null where a date is open.
    days: Bounds<i64>,
    /// The same interval in years, months and days, without a sign.
    calendar: Bounds<SpanObject>,
    words: String,
}

#[derive(Serialize)]
struct Bounds<T> {
    least: Option<T>,
    most: Option<T>,
}

#[derive(Serialize)]
struct SpanObject {
    years: u32,
    months: u32,
    days: u32,
}

#[derive(Serialize)]
struct EndObject<'a> {
    typed: &'a str,
    when: WhenObject<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<Linked<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    property: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<DatePart>,
    /// The claims that give the date, the finest first; empty if it was typed.
    claims: Vec<ClaimObject<'a>>,
    /// Claims of the same property that are further from actual.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    others: Vec<ClaimObject<'a>>,
}

pub fn run(world: &World, args: &BetweenArgs, out: &mut Output<'_>) -> Result<Outcome, Failure> {
    let (a, b) = (resolve_end(world, &args.a)?, resolve_end(world, &args.b)?);
    if !claims(&a).is_empty() && a.of == b.of {
        return Err(Failure::input(format!(
            "\"{}\" and \"{}\" are one and the same date; expected two",
            args.a, args.b
        )));
    }
    let interval = Interval::between(&a.when, &b.when);
    let dossier = world.dossier();
    let [named_a, named_b] = [("A", &a), ("B", &b)].map(|(name, end)| named(dossier, name, end));
    let words = interval_text(&interval, &named_a, &named_b);
    let answer = || {
        let bounds =
            |of: fn(IntervalBound) -> i64| Bounds { least: interval.least.map(of), most: interval.most.map(of) };
        let span = |bound: IntervalBound| {
            let span = bound.span;
            SpanObject { years: span.years, months: span.months, days: span.days }
        };
        Answer {
            a: object(dossier, &args.a, &a),
            b: object(dossier, &args.b, &b),
            direction: interval.direction(),
            about: interval.is_about,
            days: bounds(|bound| bound.days),
            calendar: Bounds { least: interval.least.map(span), most: interval.most.map(span) },
            words: words.clone(),
        }
    };
    if args.format == Format::Json {
        out.json(&answer())?;
        return Ok(Outcome::Found);
    }
    let header =
        "end,typed,when,id,label,property,modality,basis,evidence,direction,least_days,most_days,words".split(',');
    let ends = [("A", &args.a, &a), ("B", &args.b, &b)];
    let cells = ends.iter().map(|&(name, typed, end)| {
        let number = |bound: Option<IntervalBound>| bound.map(|bound| bound.days.to_string()).unwrap_or_default();
        let whole = [interval.direction().to_string(), number(interval.least), number(interval.most), words.clone()];
        cells(dossier, name, typed, end).into_iter().chain(whole)
    });
    out.rows(args.format, |out| print(world, &words, [&a, &b], out), std::iter::once_with(answer), header, cells)?;
    Ok(Outcome::Found)
}

/// Returns the claims on which a date rests, the finest first.
fn claims(end: &End) -> Vec<ClaimId> {
    match &end.of {
        Of::Typed | Of::Document(_) => Vec::new(),
        Of::Claim { date, agreeing, .. } => [date.claim].into_iter().chain(agreeing.iter().copied()).collect(),
    }
}

/// Returns the name of an end, with what its date is if not simply stated: "B (planned)".
fn named(dossier: &Dossier, name: &str, end: &End) -> String {
    let marks = claims(end).first().map(|&claim| marks(dossier.claim(claim))).unwrap_or_default();
    if marks.is_empty() { name.to_owned() } else { format!("{name} ({})", marks.join(", ")) }
}

fn others(end: &End) -> &[Dated] {
    match &end.of {
        Of::Typed | Of::Document(_) => &[],
        Of::Claim { others, .. } => others,
    }
}

fn subject(dossier: &Dossier, end: &End) -> Option<EntityId> {
    match &end.of {
        Of::Typed => None,
        Of::Document(document) => Some(*document),
        Of::Claim { date, .. } => Some(dossier.claim(date.claim).subject),
    }
}

fn property<'a>(dossier: &'a Dossier, end: &End) -> Option<&'a str> {
    match &end.of {
        Of::Typed => None,
        Of::Document(_) => Some("published"),
        Of::Claim { date, .. } => Some(dossier.vocabulary().name(dossier.claim(date.claim).property)),
    }
}

fn object<'a>(dossier: &'a Dossier, typed: &'a str, end: &'a End) -> EndObject<'a> {
    let object = |claim: ClaimId| ClaimObject::new(dossier, dossier.claim(claim));
    let part = match &end.of {
        Of::Typed | Of::Document(_) => None,
        Of::Claim { date, .. } => Some(date.part).filter(|part| *part != DatePart::Value),
    };
    EndObject {
        typed,
        when: WhenObject::new(&end.when),
        of: subject(dossier, end).map(|entity| Linked::new(dossier, entity)),
        property: property(dossier, end),
        part,
        claims: claims(end).into_iter().map(object).collect(),
        others: others(end).iter().map(|date| object(date.claim)).collect(),
    }
}

fn cells(dossier: &Dossier, name: &str, typed: &str, end: &End) -> [String; 9] {
    let subject = subject(dossier, end);
    let claims = claims(end);
    let first = claims.first().map(|&claim| dossier.claim(claim));
    let places = claims.iter().map(|&claim| evidence_cell(dossier, dossier.claim(claim)));
    [
        name.to_owned(),
        typed.to_owned(),
        end.when.edtf().to_owned(),
        subject.map(|entity| dossier.id(entity).to_owned()).unwrap_or_default(),
        subject.map(|entity| dossier.label(entity).to_owned()).unwrap_or_default(),
        property(dossier, end).unwrap_or_default().to_owned(),
        first.map(|claim| claim.modality().to_string()).unwrap_or_default(),
        first.map(|claim| claim.basis().to_string()).unwrap_or_default(),
        distinct(places.filter(|place| !place.is_empty())).join("; "),
    ]
}

fn print(world: &World, words: &str, ends: [&End; 2], out: &mut Output<'_>) -> io::Result<()> {
    let dossier = world.dossier();
    out.wrapped(Tone::Strong, 0, words)?;
    out.end_line()?;
    let dates = ends.map(|end| end.when.stated());
    let widest = dates.iter().map(|date| width(date)).max().unwrap_or_default();
    for ((name, end), date) in ["A", "B"].into_iter().zip(ends).zip(dates) {
        let (said, places) = match &end.of {
            Of::Typed => (with_knowledge("as typed".to_owned(), &end.when), Vec::new()),
            Of::Document(document) => {
                (with_knowledge(format!("{} · Published", dossier.label(*document)), &end.when), Vec::new())
            }
            Of::Claim { date, .. } => {
                let claims = claims(end);
                let places = claims.iter().flat_map(|&claim| dossier.evidence(dossier.claim(claim)));
                (dated_text(world, date), distinct(places.map(|place| cite_long(dossier, place))))
            }
        };
        let pad = " ".repeat(widest.saturating_sub(width(&date)));
        out.hanging(Tone::Plain, 0, &format!("{name}  {date}{pad}  "), &said)?;
        if !places.is_empty() {
            out.wrapped(Tone::Faint, EVIDENCE, &places.join("; "))?;
        }
        for other in others(end) {
            let claim = dossier.claim(other.claim);
            let date = dossier.when(other.when).stated();
            let (said, id) = (dated_label(world, other), dossier.claim_name(claim));
            let said = format!("not meant: {date}, {said} [{}] \"#{id}\"", cited(dossier, claim));
            out.wrapped(Tone::Faint, EVIDENCE, &said)?;
        }
    }
    Ok(())
}

/// Returns the places of a claim in few characters.
fn cited(dossier: &Dossier, claim: &Claim) -> String {
    dossier.evidence(claim).map(|place| cite_short(dossier, place)).collect::<Vec<_>>().join(" ")
}

/// Indent of the evidence, in columns.
const EVIDENCE: usize = 6;
