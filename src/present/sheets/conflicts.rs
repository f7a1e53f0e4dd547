//! The sheet of conflicts, and the card of one: where claims differ, and how that was judged.
//!
//! Invariant: a row is computed from the claims of its slot alone.

use crate::model::{ClaimId, Dossier, Verdict};
use crate::present::card::{Card, Line, Section};
use crate::present::sheet::{Cell, Column, Key, Row, Sheet};
use crate::present::wording::{cite_claim, cite_short, marks, statement_text, value_text};
use crate::present::{check_text, verdict_text};
use crate::timeline::World;
use crate::verdicts;
use crate::verdicts::{CheckResult, Outcome, Side, SlotVerdict};

/// Where claims differ, the gravest first, then the sums and ratios that the documents imply.
pub fn conflicts(world: &World) -> Sheet {
    let judged: Vec<SlotVerdict> = verdicts::verdicts(world).into_iter().filter(differs).collect();
    let checks = verdicts::checks(world);
    let mut rows: Vec<Row> = judged.iter().map(|slot| conflict_row(world, slot)).collect();
    rows.extend(checks.iter().map(|check| check_row(world, check)));
    let counts = Verdict::ALL.iter().filter_map(|&verdict| {
        let count = judged.iter().filter(|slot| slot.verdict == verdict).count();
        (count > 0).then(|| format!("{count} {} {verdict}", verdicts::sign(verdict)))
    });
    let holding = checks.iter().filter(|check| check.outcome == Outcome::Holds).count();
    let sums = format!("{holding} of {} sums hold", checks.len());
    Sheet {
        title: "Conflicts".into(),
        columns: vec![
            Column::fixed(""),
            Column::fixed("Verdict"),
            Column::words("Of"),
            Column::words("What"),
            Column::words("One side"),
            Column::words("Other side"),
            Column::extra("Rule"),
        ],
        rows,
        notes: vec![counts.chain([sums]).collect::<Vec<_>>().join(" · ")],
    }
}

/// Whether a verdict is about claims that are not the same.
fn differs(slot: &SlotVerdict) -> bool {
    match slot.verdict {
        Verdict::Conflicts | Verdict::Slipped | Verdict::Fulfilled | Verdict::Series | Verdict::Refines => true,
        Verdict::Agrees | Verdict::Noted => false,
    }
}

fn conflict_row(world: &World, slot: &SlotVerdict) -> Row {
    let dossier = world.dossier();
    let pair = slot.decisive();
    Row {
        cells: vec![
            Cell::text(verdicts::sign(slot.verdict)),
            Cell::keyed(slot.verdict.as_str(), Key::Rank(slot.verdict as usize)),
            Cell::text(world.short_label(slot.subject)),
            Cell::text(slot.property.spec().label),
            Cell::text(side_text(dossier, pair.a)),
            Cell::text(side_text(dossier, pair.b)),
            Cell::text(pair.rule.id()),
        ],
        entity: Some(slot.subject),
        claims: pair
            .claims()
            .chain(slot.claims.iter().copied().filter(|&claim| !pair.claims().any(|other| other == claim)))
            .collect(),
        words: verdict_text::explain(dossier, slot.property, pair),
    }
}

/// A side of a pair: what is said, and where.
fn side_text(dossier: &Dossier, side: Side) -> String {
    match side {
        Side::Claim(claim) => {
            let claim = dossier.claim(claim);
            let planned = marks(claim).join(", ");
            let marks = if planned.is_empty() { planned } else { format!(" ({planned})") };
            format!("{}{marks} {}", value_text(dossier, claim), cite_claim(dossier, claim))
        }
        Side::List(count) => format!("{count} listed here"),
    }
}

#[expect(clippy::indexing_slicing, reason = "a result is that of a check of this dossier")]
fn check_row(world: &World, result: &CheckResult) -> Row {
    let dossier = world.dossier();
    let check = &dossier.checks()[result.check];
    let mut places: Vec<String> = Vec::new();
    for place in dossier.check_evidence(check) {
        let cited = cite_short(dossier, place);
        if !places.contains(&cited) {
            places.push(cited);
        }
    }
    let subject = result.claims.first().map(|&claim| dossier.claim(claim).subject);
    Row {
        cells: vec![
            Cell::text(result.outcome.sign()),
            Cell::keyed(result.outcome.as_str(), Key::Rank(Verdict::ALL.len() + result.outcome as usize)),
            Cell::text(dossier.text(check.label)),
            Cell::text("Arithmetic"),
            Cell::text(check_text::arithmetic(dossier, result)),
            Cell::text(places.join(" ")),
            Cell::text("arithmetic"),
        ],
        entity: subject,
        claims: result.claims.clone(),
        words: String::new(),
    }
}

/// The card of a row of the conflicts: the verdict, both sides, and what else the slot holds.
pub fn conflict_card(world: &World, row: &Row) -> Option<Card> {
    let dossier = world.dossier();
    let entity = row.entity?;
    let line = |label: &str, id: ClaimId| {
        let claim = dossier.claim(id);
        Line {
            label: label.to_owned(),
            text: statement_text(dossier, claim, None),
            claim: Some(id),
            cite: cite_claim(dossier, claim),
            target: Some(claim.subject),
            ..Line::default()
        }
    };
    let words = |text: &str| Line { flush: true, text: text.to_owned(), ..Line::default() };
    let first = dossier.claim(*row.claims.first()?);
    let slot = verdicts::verdict_of(world, first.subject, first.property).filter(|_| !row.words.is_empty());
    let Some(slot) = slot else {
        let lines = row.claims.iter().map(|&id| line(dossier.claim(id).property.spec().label, id)).collect();
        let sum = row.cells.get(4).map(|cell| words(&cell.text));
        let sections = vec![
            Section { title: "Arithmetic".into(), lines: sum.into_iter().collect() },
            Section { title: "Figures".into(), lines },
        ];
        return Some(Card { entity, names: Vec::new(), sections });
    };
    let pair = slot.decisive();
    let both: Vec<ClaimId> = pair.claims().collect();
    let others = slot.claims.iter().chain(&slot.left_out).copied().filter(|claim| !both.contains(claim));
    let mut sections = vec![
        Section {
            title: format!("{} {}", verdicts::sign(slot.verdict), slot.verdict),
            lines: vec![
                words(&verdict_text::explain(dossier, slot.property, pair)),
                words(&format!("Rule {}: {}", pair.rule.id(), pair.rule.sentence())),
            ],
        },
        Section {
            title: "Both sides".into(),
            lines: both.iter().zip(["One", "Other"]).map(|(&id, label)| line(label, id)).collect(),
        },
        Section { title: "Else said of it".into(), lines: others.map(|id| line("", id)).collect() },
    ];
    sections.retain(|section| !section.lines.is_empty());
    Some(Card { entity, names: Vec::new(), sections })
}
