//! `annals tenures`: the lanes of the explorer as text.
//!
//! Invariant: every spell, mark and arrow of the lanes is a line, with the places that prove it. Dates are printed as the
//! claims state them, with the basis of each claim.

use std::borrow::Cow;
use std::io;

use serde::Serialize;

use crate::cli::args::TenuresArgs;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::{Output, Tone};
use crate::cli::resolve::resolve;
use crate::cli::text_table::{Excess, TextColumn, TextTable};
use crate::formats::csv::evidence_cell;
use crate::formats::jsonl::{EvidenceObject, Linked, WhenObject};
use crate::model::{Basis, Claim, ClaimId, Dossier, Moment, When};
use crate::present::lanes::{Arrow, ArrowKind, Lane, LaneGroup, Mark, MarkKind, Spell, due, lanes, spells};
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
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<WhenObject<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<WhenObject<'a>>,
    state: &'static str,
    certainty: &'static str,
    basis: Basis,
    label: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    entity: Option<Linked<'a>>,
    claims: Vec<ProofObject<'a>>,
    evidence: Vec<EvidenceObject<'a>>,
}

/// A claim that proves something, by its id in the export.
#[derive(Serialize)]
struct ProofObject<'a> {
    id: Cow<'a, str>,
    basis: Basis,
}

#[derive(Serialize)]
struct MarkObject<'a> {
    kind: MarkKind,
    when: WhenObject<'a>,
    basis: Basis,
    label: &'a str,
    claims: Vec<ProofObject<'a>>,
    evidence: Vec<EvidenceObject<'a>>,
}

#[derive(Serialize)]
struct ArrowObject<'a> {
    kind: ArrowKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<WhenObject<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<WhenObject<'a>>,
    words: &'a str,
    claims: Vec<ProofObject<'a>>,
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
    let told: Vec<Told<'_>> = lanes.iter().map(|lane| Told { lane, spells: spells(world, lane) }).collect();
    let header = "group,lane,id,property,from,until,state,certainty,basis,label,evidence".split(',');
    let cells = told.iter().flat_map(|told| lines(world, told).into_iter().map(|line| cells(world, told.lane, &line)));
    let objects = told.iter().map(|told| object(world, told));
    out.rows(args.format, |out| print(world, &told, out), objects, header, cells)?;
    Ok(Outcome::of(!lanes.is_empty()))
}

/// A lane with its bars as they are printed.
struct Told<'a> {
    lane: &'a Lane,
    spells: Vec<Spell<'a>>,
}

fn object<'a>(world: &'a World, told: &'a Told<'a>) -> LaneObject<'a> {
    let (dossier, lane) = (world.dossier(), told.lane);
    let evidence = |claims: &[ClaimId]| EvidenceObject::of(dossier, claims.iter().map(|&claim| dossier.claim(claim)));
    let proof = |claims: &[ClaimId]| {
        let claims = claims.iter().map(|&id| dossier.claim(id));
        claims.map(|claim| ProofObject { id: dossier.claim_name(claim), basis: claim.basis() }).collect()
    };
    let bars = told.spells.iter().map(|spell| BarObject {
        from: spell.from.as_ref().map(WhenObject::new),
        until: spell.until.as_ref().map(WhenObject::new),
        state: spell.bar.state.word(spell.basis),
        certainty: spell.certainty.as_str(),
        basis: spell.basis,
        label: &spell.bar.label,
        entity: spell.bar.entity.map(|entity| Linked::new(dossier, entity)),
        claims: proof(&spell.claims),
        evidence: evidence(&spell.claims),
    });
    let date = |id: ClaimId| due(dossier, dossier.claim(id)).map(WhenObject::new);
    let marks = lane.marks.iter().map(|mark| MarkObject {
        kind: mark.kind,
        when: WhenObject::new(dossier.when(mark.when)),
        basis: dossier.claim(mark.claim).basis(),
        label: &mark.label,
        claims: proof(&[mark.claim]),
        evidence: evidence(&[mark.claim]),
    });
    let arrows = lane.arrows.iter().map(|arrow| ArrowObject {
        kind: arrow.kind,
        from: date(arrow.claims[0]),
        to: date(arrow.claims[1]),
        words: &arrow.words,
        claims: proof(&arrow.claims),
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
    from: Option<&'a When>,
    until: Option<&'a When>,
    period: String,
    /// The state as a cell has it.
    state: &'static str,
    /// The state with everything that qualifies it.
    words: String,
    certainty: &'static str,
    basis: &'static str,
    label: &'a str,
    claims: &'a [ClaimId],
}

impl<'a> Line<'a> {
    fn of_spell(spell: &'a Spell<'a>) -> Self {
        Self {
            from: spell.from.as_ref(),
            until: spell.until.as_ref(),
            period: spell.period(),
            state: spell.bar.state.word(spell.basis),
            words: spell.state(),
            certainty: spell.certainty.as_str(),
            basis: spell.basis.as_str(),
            label: &spell.bar.label,
            claims: &spell.claims,
        }
    }

    /// Returns the line of a claim with its date, and the word for what it is.
    fn of_date(row: &'a Claim, when: Option<&'a When>, word: &'static str) -> Self {
        Self {
            from: when,
            until: when,
            period: when.map(When::stated).unwrap_or_default(),
            state: word,
            words: qualified(word, row),
            certainty: "",
            basis: row.basis().as_str(),
            label: "",
            claims: &[],
        }
    }

    fn of_mark(dossier: &'a Dossier, mark: &'a Mark) -> Self {
        let (row, when) = (dossier.claim(mark.claim), dossier.when(mark.when));
        let claims = std::slice::from_ref(&mark.claim);
        Self { label: &mark.label, claims, ..Self::of_date(row, Some(when), mark.kind.as_str()) }
    }

    /// Returns the line of an arrow, under the date it leads to.
    fn of_arrow(dossier: &'a Dossier, arrow: &'a Arrow) -> Self {
        let row = dossier.claim(arrow.claims[1]);
        let line = Self::of_date(row, due(dossier, row), arrow.kind.as_str());
        Self { label: &arrow.words, claims: &arrow.claims, ..line }
    }
}

/// Returns a word for a claim, with that of its basis if it was inferred.
fn qualified(word: &str, claim: &Claim) -> String {
    match claim.basis() {
        Basis::Inferred => format!("{word}, {}", Basis::Inferred),
        Basis::Stated | Basis::Listed | Basis::Counted => word.to_owned(),
    }
}

/// Returns bars, marks and arrows.
fn lines<'a>(world: &'a World, told: &'a Told<'a>) -> Vec<Line<'a>> {
    let dossier = world.dossier();
    let bars = told.spells.iter().map(Line::of_spell);
    let marks = told.lane.marks.iter().map(|mark| Line::of_mark(dossier, mark));
    bars.chain(marks).chain(told.lane.arrows.iter().map(|arrow| Line::of_arrow(dossier, arrow))).collect()
}

/// Formats the places of all claims briefly, each once.
fn cited(dossier: &Dossier, claims: &[ClaimId]) -> String {
    let places = claims.iter().map(|&claim| cite_claim(dossier, dossier.claim(claim)));
    distinct(places.filter(|places| !places.is_empty())).join(" ")
}

fn print(world: &World, lanes: &[Told<'_>], out: &mut Output<'_>) -> io::Result<()> {
    let columns = [
        TextColumn { tone: Tone::Strong, excess: Excess::Wrap, shrink: &[] },
        TextColumn { tone: Tone::Plain, excess: Excess::Wrap, shrink: &[(1, 8)] },
        TextColumn { tone: Tone::Plain, excess: Excess::Wrap, shrink: &[(2, 12)] },
        TextColumn { tone: Tone::Faint, excess: Excess::Wrap, shrink: &[(0, 8), (3, 0)] },
    ];
    // One table for all, so that its columns line up.
    let mut table = TextTable::new(2, columns);
    for &group in LaneGroup::ALL {
        let mut members = lanes.iter().filter(|told| told.lane.group == group).peekable();
        if members.peek().is_some() {
            table.blank();
            table.across(Tone::Strong, group.as_str());
        }
        for told in members {
            let lane = told.lane;
            let undated = if lane.is_empty() { ": no dates" } else { "" };
            table.across(Tone::Plain, format!(" {}{undated}", lane.label));
            for line in lines(world, told) {
                // Avoids "vacant: vacant".
                let label = if line.label == line.state { "" } else { line.label };
                table.row([line.period, line.words, label.to_owned(), cited(world.dossier(), line.claims)]);
            }
        }
    }
    table.print(out)
}

fn cells(world: &World, lane: &Lane, line: &Line<'_>) -> [String; 11] {
    let dossier = world.dossier();
    let date = |when: Option<&When>| when.map(|when| when.edtf().to_owned()).unwrap_or_default();
    let mut places: Vec<String> =
        line.claims.iter().map(|&claim| evidence_cell(dossier, dossier.claim(claim))).collect();
    places.retain(|place| !place.is_empty());
    places.dedup();
    [
        lane.group.to_string(),
        lane.label.clone(),
        dossier.id(lane.entity).to_owned(),
        lane.property.map(|property| dossier.vocabulary().name(property).to_owned()).unwrap_or_default(),
        date(line.from),
        date(line.until),
        line.state.to_owned(),
        line.certainty.to_owned(),
        line.basis.to_owned(),
        line.label.to_owned(),
        places.join("; "),
    ]
}
