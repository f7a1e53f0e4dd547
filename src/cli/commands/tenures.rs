//! `annals tenures`: the lanes of the explorer as text.
//!
//! Invariant: every bar, mark and arrow of the lanes is a line, with the places that prove it.

use std::io;

use chrono::NaiveDate;
use serde::Serialize;

use crate::cli::args::TenuresArgs;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::{Output, Tone};
use crate::cli::resolve::resolve;
use crate::cli::text_table::{Excess, TextColumn, TextTable};
use crate::formats::csv::evidence_cell;
use crate::formats::jsonl::{EvidenceObject, Linked};
use crate::model::{ClaimId, DayWindow, Dossier, Moment};
use crate::offices::Certainty;
use crate::present::lanes::{ArrowKind, Lane, LaneGroup, MarkKind, lanes};
use crate::present::wording::{cite_claim, distinct};
use crate::timeline::World;

#[derive(Serialize)]
struct LaneObject<'a> {
    group: LaneGroup,
    label: &'a str,
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    property: Option<&'a str>,
    bars: Vec<BarObject<'a>>,
    marks: Vec<MarkObject<'a>>,
    arrows: Vec<ArrowObject<'a>>,
}

#[derive(Serialize)]
struct BarObject<'a> {
    earliest: String,
    latest: String,
    state: &'static str,
    certainty: &'static str,
    label: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    entity: Option<Linked<'a>>,
    evidence: Vec<EvidenceObject<'a>>,
}

#[derive(Serialize)]
struct BoundsObject {
    #[serde(skip_serializing_if = "Option::is_none")]
    earliest: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    latest: Option<String>,
}

#[derive(Serialize)]
struct MarkObject<'a> {
    kind: MarkKind,
    #[serde(flatten)]
    at: BoundsObject,
    label: &'a str,
    evidence: Vec<EvidenceObject<'a>>,
}

#[derive(Serialize)]
struct ArrowObject<'a> {
    kind: ArrowKind,
    from: BoundsObject,
    to: BoundsObject,
    words: &'a str,
    evidence: Vec<EvidenceObject<'a>>,
}

pub(crate) fn run(
    world: &World,
    as_of: Option<Moment>,
    args: &TenuresArgs,
    out: &mut Output<'_>,
) -> Result<Outcome, Failure> {
    let scope = args.of.as_deref().map(|text| resolve(world, text)).transpose()?;
    let mut lanes = lanes(world, scope);
    if let Some(moment) = as_of {
        lanes.retain_mut(|lane| {
            let was_empty = lane.is_empty();
            lane.cut(world, moment);
            was_empty || !lane.is_empty()
        });
    }
    let header = "group,lane,id,property,earliest,latest,state,certainty,label,evidence".split(',');
    let cells = lanes.iter().flat_map(|lane| lines(lane).map(move |line| cells(world, lane, &line)));
    let objects = lanes.iter().map(|lane| object(world, lane));
    out.rows(args.format, |out| print(world, &lanes, out), objects, header, cells)?;
    Ok(Outcome::of(!lanes.is_empty()))
}

pub(super) const fn certainty(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Definite => "definite",
        Certainty::Possible => "possible",
    }
}

fn object<'a>(world: &'a World, lane: &'a Lane) -> LaneObject<'a> {
    let dossier = world.dossier();
    let evidence = |claims: &[ClaimId]| EvidenceObject::of(dossier, claims.iter().map(|&claim| dossier.claim(claim)));
    let bars = lane.bars.iter().map(|bar| BarObject {
        earliest: bar.from.to_string(),
        latest: bar.to.to_string(),
        state: bar.state.as_str(),
        certainty: certainty(bar.certainty),
        label: &bar.label,
        entity: bar.entity.map(|entity| Linked::new(dossier, entity)),
        evidence: evidence(&bar.claims),
    });
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
    let bounds = |at: DayWindow| BoundsObject { earliest: day(at.earliest), latest: day(at.latest) };
    let marks = lane.marks.iter().map(|mark| MarkObject {
        kind: mark.kind,
        at: bounds(mark.at),
        label: &mark.label,
        evidence: evidence(&[mark.claim]),
    });
    let arrows = lane.arrows.iter().map(|arrow| ArrowObject {
        kind: arrow.kind,
        from: bounds(arrow.from),
        to: bounds(arrow.to),
        words: &arrow.words,
        evidence: evidence(&arrow.claims),
    });
    LaneObject {
        group: lane.group,
        label: &lane.label,
        id: dossier.id(lane.entity),
        property: lane.property.map(|property| dossier.vocabulary().name(property)),
        bars: bars.collect(),
        marks: marks.collect(),
        arrows: arrows.collect(),
    }
}

/// The content of a line, independent of the output format.
struct Line<'a> {
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
    state: &'static str,
    certainty: &'static str,
    label: &'a str,
    claims: &'a [ClaimId],
}

/// Returns bars, marks and arrows; each arrow comes under the day it leads to.
fn lines(lane: &Lane) -> impl Iterator<Item = Line<'_>> {
    let bars = lane.bars.iter().map(|bar| Line {
        first: Some(bar.from),
        last: Some(bar.to),
        state: bar.state.as_str(),
        certainty: certainty(bar.certainty),
        label: &bar.label,
        claims: &bar.claims,
    });
    let marks = lane.marks.iter().map(|mark| Line {
        first: mark.at.earliest,
        last: mark.at.latest,
        state: mark.kind.as_str(),
        certainty: "",
        label: &mark.label,
        claims: std::slice::from_ref(&mark.claim),
    });
    let arrows = lane.arrows.iter().map(|arrow| Line {
        first: arrow.to.earliest,
        last: arrow.to.latest,
        state: arrow.kind.as_str(),
        certainty: "",
        label: &arrow.words,
        claims: &arrow.claims,
    });
    bars.chain(marks).chain(arrows)
}

/// Formats the days as "2020-03-01 – 2021-03-07", a single day, "≤ 2018-12-31" or "≥ 2022-01-01".
fn days(line: &Line<'_>) -> String {
    match (line.first, line.last) {
        (Some(first), Some(last)) if first == last => first.to_string(),
        (Some(first), Some(last)) => format!("{first} – {last}"),
        (None, Some(last)) => format!("≤ {last}"),
        (Some(first), None) => format!("≥ {first}"),
        (None, None) => String::new(),
    }
}

/// Formats the places of all claims briefly, each once.
fn cited(dossier: &Dossier, claims: &[ClaimId]) -> String {
    let places = claims.iter().map(|&claim| cite_claim(dossier, dossier.claim(claim)));
    distinct(places.filter(|places| !places.is_empty())).join(" ")
}

fn print(world: &World, lanes: &[Lane], out: &mut Output<'_>) -> io::Result<()> {
    let columns = [
        TextColumn { tone: Tone::Strong, excess: Excess::Wrap, shrink: &[] },
        TextColumn { tone: Tone::Plain, excess: Excess::Wrap, shrink: &[(1, 8)] },
        TextColumn { tone: Tone::Plain, excess: Excess::Wrap, shrink: &[(2, 12)] },
        TextColumn { tone: Tone::Faint, excess: Excess::Wrap, shrink: &[(0, 8), (3, 0)] },
    ];
    // One table for all, so that its columns line up.
    let mut table = TextTable::new(2, columns);
    for &group in LaneGroup::ALL {
        let mut members = lanes.iter().filter(|lane| lane.group == group).peekable();
        if members.peek().is_some() {
            table.blank();
            table.across(Tone::Strong, group.as_str());
        }
        for lane in members {
            let undated = if lane.is_empty() { ": no dates" } else { "" };
            table.across(Tone::Plain, format!(" {}{undated}", lane.label));
            for line in lines(lane) {
                let possible = if line.certainty == "possible" { ", possible" } else { "" };
                let state = format!("{}{possible}", line.state);
                // Avoids "vacant: vacant".
                let label = if line.label == line.state { "" } else { line.label };
                table.row([days(&line), state, label.to_owned(), cited(world.dossier(), line.claims)]);
            }
        }
    }
    table.print(out)
}

fn cells(world: &World, lane: &Lane, line: &Line<'_>) -> [String; 10] {
    let dossier = world.dossier();
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let mut places: Vec<String> =
        line.claims.iter().map(|&claim| evidence_cell(dossier, dossier.claim(claim))).collect();
    places.retain(|place| !place.is_empty());
    places.dedup();
    [
        lane.group.to_string(),
        lane.label.clone(),
        dossier.id(lane.entity).to_owned(),
        lane.property.map(|property| dossier.vocabulary().name(property).to_owned()).unwrap_or_default(),
        day(line.first),
        day(line.last),
        line.state.to_owned(),
        line.certainty.to_owned(),
        line.label.to_owned(),
        places.join("; "),
    ]
}
