//! `annals tenures`: the lanes of the explorer as text.
//!
//! Invariant: every bar, mark and arrow of the lanes is a line, with the places that prove it.

use chrono::NaiveDate;
use serde::Serialize;

use crate::cli::args::{Format, TenuresArgs};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::{Output, Tone};
use crate::cli::resolve::resolve;
use crate::cli::text_table::{Excess, TextColumn, TextTable};
use crate::formats::csv::{Sheet, evidence_cell};
use crate::formats::jsonl::{self, EvidenceObject, Linked};
use crate::model::{ClaimId, Dossier, Moment};
use crate::offices::Certainty;
use crate::present::lanes::{Arrow, Bar, Bounds, Group, Lane, Mark, lanes};
use crate::present::wording::cite_claim;
use crate::timeline::World;

#[derive(Serialize)]
struct LaneObject<'a> {
    group: &'static str,
    label: &'a str,
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    property: Option<&'static str>,
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
    kind: &'static str,
    #[serde(flatten)]
    at: BoundsObject,
    label: &'a str,
    evidence: Vec<EvidenceObject<'a>>,
}

#[derive(Serialize)]
struct ArrowObject<'a> {
    kind: &'static str,
    from: BoundsObject,
    to: BoundsObject,
    words: &'a str,
    evidence: Vec<EvidenceObject<'a>>,
}

/// Runs the command.
///
/// # Errors
/// Returns an error for an unknown entity, and if the output cannot be written.
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
    let objects = || lanes.iter().map(|lane| object(world, lane));
    match args.format {
        Format::Text => print(world, &lanes, out)?,
        Format::Json => jsonl::write_array(out.raw(), objects())?,
        Format::Jsonl => jsonl::write_lines(out.raw(), objects())?,
        Format::Csv => print_csv(world, &lanes, out)?,
    }
    Ok(Outcome::of(!lanes.is_empty()))
}

const fn certainty(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Definite => "definite",
        Certainty::Possible => "possible",
    }
}

fn object<'a>(world: &'a World, lane: &'a Lane) -> LaneObject<'a> {
    let dossier = world.dossier();
    LaneObject {
        group: lane.group.as_str(),
        label: &lane.label,
        id: dossier.id(lane.entity),
        property: lane.property.map(crate::model::Property::name),
        bars: lane.bars.iter().map(|bar| bar_object(dossier, bar)).collect(),
        marks: lane.marks.iter().map(|mark| mark_object(dossier, mark)).collect(),
        arrows: lane.arrows.iter().map(|arrow| arrow_object(dossier, arrow)).collect(),
    }
}

fn evidence<'a>(dossier: &'a Dossier, claims: &[ClaimId]) -> Vec<EvidenceObject<'a>> {
    EvidenceObject::of(dossier, claims.iter().map(|&claim| dossier.claim(claim)))
}

fn bar_object<'a>(dossier: &'a Dossier, bar: &'a Bar) -> BarObject<'a> {
    BarObject {
        earliest: bar.from.to_string(),
        latest: bar.to.to_string(),
        state: bar.state.as_str(),
        certainty: certainty(bar.certainty),
        label: &bar.label,
        entity: bar.entity.map(|entity| Linked::new(dossier, entity)),
        evidence: evidence(dossier, &bar.claims),
    }
}

fn bounds_object(bounds: Bounds) -> BoundsObject {
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
    BoundsObject { earliest: day(bounds.earliest), latest: day(bounds.latest) }
}

fn mark_object<'a>(dossier: &'a Dossier, mark: &'a Mark) -> MarkObject<'a> {
    MarkObject {
        kind: mark.kind.as_str(),
        at: bounds_object(mark.at),
        label: &mark.label,
        evidence: evidence(dossier, &[mark.claim]),
    }
}

fn arrow_object<'a>(dossier: &'a Dossier, arrow: &'a Arrow) -> ArrowObject<'a> {
    ArrowObject {
        kind: arrow.kind.as_str(),
        from: bounds_object(arrow.from),
        to: bounds_object(arrow.to),
        words: &arrow.words,
        evidence: evidence(dossier, &arrow.claims),
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
    let mut cited: Vec<String> = Vec::new();
    for &claim in claims {
        let places = cite_claim(dossier, dossier.claim(claim));
        if !places.is_empty() && !cited.contains(&places) {
            cited.push(places);
        }
    }
    cited.join(" ")
}

fn print(world: &World, lanes: &[Lane], out: &mut Output<'_>) -> Result<(), Failure> {
    let columns = [
        TextColumn { tone: Tone::Strong, excess: Excess::Wrap, shrink: &[] },
        TextColumn { tone: Tone::Plain, excess: Excess::Wrap, shrink: &[(1, 8)] },
        TextColumn { tone: Tone::Plain, excess: Excess::Wrap, shrink: &[(2, 12)] },
        TextColumn { tone: Tone::Faint, excess: Excess::Wrap, shrink: &[(0, 8), (3, 0)] },
    ];
    // One table for all, so that its columns line up.
    let mut table = TextTable::new(2, columns);
    for &group in Group::ALL {
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
    table.print(out)?;
    Ok(())
}

fn print_csv(world: &World, lanes: &[Lane], out: &mut Output<'_>) -> Result<(), Failure> {
    let dossier = world.dossier();
    let header = ["group", "lane", "id", "property", "earliest", "latest", "state", "certainty", "label", "evidence"];
    let mut sheet = Sheet::new(out.raw(), &header)?;
    for lane in lanes {
        for line in lines(lane) {
            let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
            let mut places: Vec<String> =
                line.claims.iter().map(|&claim| evidence_cell(dossier, dossier.claim(claim))).collect();
            places.retain(|place| !place.is_empty());
            places.dedup();
            sheet.row(&[
                lane.group.as_str().to_owned(),
                lane.label.clone(),
                dossier.id(lane.entity).to_owned(),
                lane.property.map(|property| property.name().to_owned()).unwrap_or_default(),
                day(line.first),
                day(line.last),
                line.state.to_owned(),
                line.certainty.to_owned(),
                line.label.to_owned(),
                places.join("; "),
            ])?;
        }
    }
    sheet.finish()?;
    Ok(())
}
