//! The conflicts: where claims differ, and how that was judged.
//!
//! Invariant: a row is computed from the claims of its slot, or of its sum, alone.

use super::data::{SortKey, TableCell, TableColumn, TableData, TableRow};
use super::row_card::{RowCard, claim_line};
use super::spec::{Table, TableInput, TableSpec};
use crate::model::{ClaimId, Dossier, Moment, Verdict};
use crate::present::card::{Card, Line, Section};
use crate::present::wording::{cite_claim, cite_short, distinct, marks, value_text};
use crate::present::{check_text, verdict_text};
use crate::timeline::World;
use crate::verdicts;
use crate::verdicts::{CheckOutcome, CheckResult, Side, SlotVerdict};

/// The table.
pub const TABLE: Table = Table(&TableSpec {
    title: "Conflicts",
    command: "conflicts",
    about: "Prints where claims differ, with both sides and the rule",
    build,
    card,
    ..TableSpec::PLAIN
});

/// Builds a table of the slots whose claims differ, the gravest first, then the sums and ratios that documents imply.
fn build(input: &TableInput<'_>) -> TableData {
    let world = input.world;
    let judged: Vec<SlotVerdict> = verdicts::verdicts(world).into_iter().filter(differs).collect();
    let checks = verdicts::checks(world);
    let mut rows: Vec<TableRow> = judged.iter().map(|slot| conflict_row(world, slot)).collect();
    rows.extend(checks.iter().map(|check| check_row(world, check)));
    let counts = Verdict::ALL.iter().filter_map(|&verdict| {
        let count = judged.iter().filter(|slot| slot.verdict == verdict).count();
        (count > 0).then(|| format!("{count} {} {verdict}", verdicts::sign(verdict)))
    });
    let holding = checks.iter().filter(|check| check.outcome == CheckOutcome::Holds).count();
    let sums = format!("{holding} of {} sums hold", checks.len());
    let columns = vec![
        TableColumn::fixed(""),
        TableColumn::fixed("Verdict"),
        TableColumn::words("Of"),
        TableColumn::words("What"),
        TableColumn::words("One side"),
        TableColumn::words("Other side"),
        TableColumn::extra("Rule"),
    ];
    let notes = vec![counts.chain([sums]).collect::<Vec<_>>().join(" · ")];
    TableData::new("Conflicts", columns, rows, notes)
}

/// Returns true if the claims of a slot differ.
fn differs(slot: &SlotVerdict) -> bool {
    match slot.verdict {
        Verdict::Conflicts | Verdict::Slipped | Verdict::Fulfilled | Verdict::Series | Verdict::Refines => true,
        Verdict::Agrees | Verdict::Noted => false,
    }
}

fn conflict_row(world: &World, slot: &SlotVerdict) -> TableRow {
    let dossier = world.dossier();
    let pair = slot.decisive();
    TableRow {
        cells: vec![
            TableCell::text(verdicts::sign(slot.verdict)),
            TableCell::keyed(slot.verdict.as_str(), SortKey::Rank(slot.verdict as usize)),
            TableCell::text(world.short_label(slot.subject)),
            TableCell::text(dossier.vocabulary().label(slot.property)),
            TableCell::text(side_text(dossier, pair.a)),
            TableCell::text(side_text(dossier, pair.b)),
            TableCell::text(pair.rule.id()),
        ],
        entity: Some(slot.subject),
        claims: distinct(pair.claims().chain(slot.claims.iter().copied())),
        words: verdict_text::explain(dossier, slot.property, pair),
    }
}

/// Returns a side of a pair: its value and places.
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
fn check_row(world: &World, result: &CheckResult) -> TableRow {
    let dossier = world.dossier();
    let check = &dossier.checks()[result.check];
    let places = distinct(dossier.check_evidence(check).map(|place| cite_short(dossier, place)));
    let subject = result.claims.first().map(|&claim| dossier.claim(claim).subject);
    TableRow {
        cells: vec![
            TableCell::text(result.outcome.sign()),
            TableCell::keyed(result.outcome.as_str(), SortKey::Rank(Verdict::ALL.len() + result.outcome as usize)),
            TableCell::text(dossier.text(check.label)),
            TableCell::text("Arithmetic"),
            TableCell::text(check_text::arithmetic(dossier, result)),
            TableCell::text(places.join(" ")),
            TableCell::text("arithmetic"),
        ],
        entity: subject,
        claims: result.claims.clone(),
        words: String::new(),
    }
}

/// Builds the card of a row, to be read from the top: the verdict, both sides, and the other claims of the slot; for a
/// sum, its figures.
fn card(world: &World, row: &TableRow, _: Option<Moment>) -> Option<RowCard> {
    let dossier = world.dossier();
    let entity = row.entity?;
    let line = |label: &str, id: ClaimId| Line { label: label.to_owned(), ..claim_line(dossier, id) };
    let words = |text: &str| Line { flush: true, text: text.to_owned(), ..Line::default() };
    let first = dossier.claim(*row.claims.first()?);
    let slot = verdicts::verdict_of(world, first.subject, first.property).filter(|_| !row.words.is_empty());
    let Some(slot) = slot else {
        let lines =
            row.claims.iter().map(|&id| line(dossier.vocabulary().label(dossier.claim(id).property), id)).collect();
        let sum = row.cells.get(4).map(|cell| words(&cell.text));
        let sections = vec![
            Section { title: "Arithmetic".into(), lines: sum.into_iter().collect() },
            Section { title: "Figures".into(), lines },
        ];
        return Some(RowCard { card: Card { entity, names: Vec::new(), sections }, open_at: None });
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
    Some(RowCard { card: Card { entity, names: Vec::new(), sections }, open_at: None })
}
