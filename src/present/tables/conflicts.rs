//! The conflicts: where claims differ, and how that was judged.
//!
//! Contradictions come first, then sums that fail and those that cannot be computed, plans that slipped, plans that came
//! about, and what differs by time. What agrees is folded into one row for each verdict, with its number; the card of that
//! row and `--all` unfold it.
//!
//! Invariant: a row is computed from the claims of its slot, or of its sum, alone.

use super::data::{SortKey, TableCell, TableColumn, TableData, TableRow};
use super::row_card::{RowCard, claim_line};
use super::spec::{Table, TableInput, TableSpec};
use crate::model::{ClaimId, Core, CoreKind, Dossier, Moment, Verdict};
use crate::present::card::{Card, Line, Section};
use crate::present::wording::{cite_claim, cite_short, distinct, marks, value_text};
use crate::present::{check_text, verdict_text};
use crate::timeline::World;
use crate::verdicts;
use crate::verdicts::{CheckOutcome, CheckResult, Pair, Side, SlotVerdict};

/// The table.
pub const TABLE: Table = Table(&TableSpec {
    title: "Conflicts",
    command: "conflicts",
    about: "Prints where claims differ, with both sides and the rule",
    build,
    unfolded: Some(unfolded),
    card,
    pairs,
    ..TableSpec::PLAIN
});

/// The number of the column with the verdict, the label of a check, and the rule.
const VERDICT: usize = 1;
const OF: usize = 2;
const RULE: usize = 7;

/// What stands in place of a rule in the row of a check.
const ARITHMETIC: &str = "arithmetic";

/// The most lines of a section of a card.
const MOST: usize = 200;

/// The most words that a row which stands for several lists.
const MAX_NAMED: usize = 3;

/// Builds the table with one row for all slots of a verdict that is no disagreement.
fn build(input: &TableInput<'_>) -> TableData {
    table(input.world, false)
}

/// Builds the table with a row for each slot.
fn unfolded(input: &TableInput<'_>) -> TableData {
    table(input.world, true)
}

fn table(world: &World, all: bool) -> TableData {
    let judged = verdicts::verdicts(world);
    let checks = verdicts::checks(world);
    let of = |verdict: Verdict| judged.iter().filter(move |slot| slot.verdict == verdict);
    let with = |outcome: CheckOutcome| checks.iter().filter(move |check| check.outcome == outcome);
    let mut rows: Vec<TableRow> = of(Verdict::Conflicts).map(|slot| slot_row(world, slot)).collect();
    rows.extend(
        [CheckOutcome::Fails, CheckOutcome::Unknown].into_iter().flat_map(with).map(|check| check_row(world, check)),
    );
    let open = [Verdict::Slipped, Verdict::Fulfilled, Verdict::Series];
    rows.extend(open.into_iter().flat_map(of).map(|slot| slot_row(world, slot)));
    for verdict in [Verdict::Refines, Verdict::Agrees, Verdict::Noted] {
        let slots: Vec<&SlotVerdict> = of(verdict).collect();
        if all {
            rows.extend(slots.into_iter().map(|slot| slot_row(world, slot)));
        } else {
            rows.extend(folded_slots(world, verdict, &slots));
        }
    }
    let holding: Vec<&CheckResult> = with(CheckOutcome::Holds).collect();
    if all {
        rows.extend(holding.iter().map(|check| check_row(world, check)));
    } else {
        rows.extend(folded_checks(&holding));
    }
    let counts = Verdict::ALL.iter().filter_map(|&verdict| {
        let count = of(verdict).count();
        (count > 0).then(|| format!("{count} {} {verdict}", verdicts::sign(verdict)))
    });
    let sums = format!("{} of {} sums hold", holding.len(), checks.len());
    let columns = vec![
        TableColumn::fixed(""),
        TableColumn::fixed("Verdict"),
        TableColumn::words("Of"),
        TableColumn::words("What"),
        TableColumn::words("One side"),
        TableColumn::words("Other side"),
        TableColumn::extra("Pairs"),
        TableColumn::extra("Rule"),
        TableColumn::extra("Why"),
    ];
    let notes = vec![counts.chain([sums]).collect::<Vec<_>>().join(" · ")];
    TableData::new("Conflicts", columns, rows, notes)
}

fn slot_row(world: &World, slot: &SlotVerdict) -> TableRow {
    let dossier = world.dossier();
    let pair = slot.decisive();
    let why = verdict_text::explain(dossier, slot.property, pair);
    TableRow {
        cells: vec![
            TableCell::text(verdicts::sign(slot.verdict)),
            TableCell::keyed(slot.verdict.as_str(), SortKey::Rank(slot.verdict as usize)),
            TableCell::text(world.short_label(slot.subject)),
            TableCell::text(dossier.vocabulary().label(slot.property)),
            TableCell::text(side_text(dossier, slot, pair.a)),
            TableCell::text(side_text(dossier, slot, pair.b)),
            TableCell::text(all_signs(slot)),
            TableCell::text(pair.rule.id()),
            TableCell::text(why),
        ],
        entity: Some(slot.subject),
        claims: distinct(pair.claims().chain(slot.claims.iter().copied())),
        words: String::new(),
    }
}

/// Returns the signs of all verdicts of a slot that are no agreement, each with its number, if there are several:
/// `≠ 1 · ↳ 1`.
fn all_signs(slot: &SlotVerdict) -> String {
    let is_open = |verdict: Verdict| match verdict {
        Verdict::Conflicts | Verdict::Slipped | Verdict::Fulfilled | Verdict::Series => true,
        Verdict::Refines | Verdict::Agrees | Verdict::Noted => false,
    };
    let open: Vec<(Verdict, usize)> = slot.counts().filter(|(verdict, _)| is_open(*verdict)).collect();
    if open.iter().map(|(_, count)| count).sum::<usize>() < 2 {
        return String::new();
    }
    let parts: Vec<String> =
        open.iter().map(|&(verdict, count)| format!("{} {count}", verdicts::sign(verdict))).collect();
    parts.join(" · ")
}

/// Returns a side of a pair: its value and places, or what is listed.
fn side_text(dossier: &Dossier, slot: &SlotVerdict, side: Side) -> String {
    match side {
        Side::Claim(claim) => {
            let claim = dossier.claim(claim);
            let planned = marks(claim).join(", ");
            let marks = if planned.is_empty() { planned } else { format!(" ({planned})") };
            format!("{}{marks} {}", value_text(dossier, claim), cite_claim(dossier, claim))
        }
        Side::List(count) => {
            let list = verdict_text::list_words(dossier, slot.subject, slot.property).unwrap_or_default();
            format!("{count} {list} in the dossier")
        }
    }
}

#[expect(clippy::indexing_slicing, reason = "a result is that of a check of this dossier")]
fn check_row(world: &World, result: &CheckResult) -> TableRow {
    let dossier = world.dossier();
    let check = &dossier.checks()[result.check];
    let places = distinct(dossier.check_evidence(check).map(|place| cite_short(dossier, place)));
    let subject = result.claims.first().map(|&claim| dossier.claim(claim).subject);
    let why = [check_text::named(dossier, result)].into_iter().chain(check_text::remarks(dossier, result));
    TableRow {
        cells: vec![
            TableCell::text(result.outcome.sign()),
            TableCell::keyed(result.outcome.as_str(), SortKey::Rank(Verdict::ALL.len() + result.outcome as usize)),
            TableCell::text(dossier.text(check.label)),
            TableCell::text("Arithmetic"),
            TableCell::text(check_text::arithmetic(dossier, result)),
            TableCell::text(places.join(" ")),
            TableCell::text(""),
            TableCell::text(ARITHMETIC),
            TableCell::text(why.collect::<Vec<_>>().join("; ")),
        ],
        entity: subject,
        claims: result.claims.clone(),
        words: String::new(),
    }
}

/// Returns the row for all slots of a verdict; `None` if there are none.
fn folded_slots(world: &World, verdict: Verdict, slots: &[&SlotVerdict]) -> Option<TableRow> {
    let dossier = world.dossier();
    let what = distinct(slots.iter().map(|slot| dossier.vocabulary().label(slot.property)));
    let claims = slots.iter().filter_map(|slot| slot.claims.first().copied()).collect();
    let key = SortKey::Rank(verdict as usize);
    folded([verdicts::sign(verdict), verdict.as_str()], key, slots.len(), &what, claims)
}

/// Returns the row for all checks that hold; `None` if there are none.
fn folded_checks(checks: &[&CheckResult]) -> Option<TableRow> {
    let claims = distinct(checks.iter().filter_map(|result| result.claims.first().copied()));
    let holds = CheckOutcome::Holds;
    let key = SortKey::Rank(Verdict::ALL.len() + holds as usize);
    folded([holds.sign(), holds.as_str()], key, checks.len(), &["Arithmetic"], claims)
}

fn folded(words: [&str; 2], key: SortKey, count: usize, what: &[&str], claims: Vec<ClaimId>) -> Option<TableRow> {
    let [sign, word] = words;
    let number = format!("{count} {}", if count == 1 { "row" } else { "rows" });
    let cells = vec![
        TableCell::text(sign),
        TableCell::keyed(word, key),
        TableCell::text(number),
        TableCell::text(several(what)),
        TableCell::text(""),
        TableCell::text(""),
        TableCell::text(""),
        TableCell::text(""),
        TableCell::text(""),
    ];
    (count > 0).then(|| TableRow { cells, entity: None, claims, words: String::new() })
}

/// Lists the first of several words: "Site, Type, Title and 4 more".
fn several(words: &[&str]) -> String {
    let (first, rest) = words.split_at(words.len().min(MAX_NAMED));
    let more = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
    first.join(", ") + &more
}

/// Returns the verdicts of a row; `None` for that of a check, and for one that stands for several.
fn slot_of(world: &World, row: &TableRow) -> Option<SlotVerdict> {
    let (entity, dossier) = (row.entity?, world.dossier());
    if row.cells.get(RULE).is_none_or(|rule| rule.text == ARITHMETIC) {
        return None;
    }
    let first = dossier.claim(*row.claims.first()?);
    // The claims of those who hold a post are claims of their tenures.
    if first.subject != entity && dossier.core_kind(entity) == CoreKind::Post {
        return verdicts::verdict_of(world, entity, Core::Person.into());
    }
    verdicts::verdict_of(world, first.subject, first.property)
}

fn pairs(world: &World, row: &TableRow) -> Vec<Pair> {
    slot_of(world, row).map(|slot| slot.pairs).unwrap_or_default()
}

/// Builds the card of a row, to be read from the top: each verdict with its rule, the claims, and what else is said; for a
/// sum, its terms by name and its figures; for a row that stands for several, each of them.
fn card(world: &World, row: &TableRow, _: Option<Moment>) -> Option<RowCard> {
    let dossier = world.dossier();
    let entity = row.entity.or_else(|| Some(dossier.claim(*row.claims.first()?).subject))?;
    let mut sections = match (slot_of(world, row), row.entity) {
        (Some(slot), _) => slot_sections(dossier, &slot),
        (None, Some(_)) => check_sections(world, row),
        (None, None) => folded_sections(world, row),
    };
    sections.retain(|section| !section.lines.is_empty());
    Some(RowCard { card: Card { entity, names: Vec::new(), sections }, open_at: None })
}

fn words(text: impl Into<String>) -> Line {
    Line { flush: true, text: text.into(), ..Line::default() }
}

fn labelled(dossier: &Dossier, label: &str, id: ClaimId) -> Line {
    Line { label: label.to_owned(), ..claim_line(dossier, id) }
}

fn slot_sections(dossier: &Dossier, slot: &SlotVerdict) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for (verdict, count) in slot.counts() {
        let pairs = || slot.pairs.iter().filter(|pair| pair.verdict() == verdict);
        let mut lines: Vec<Line> =
            pairs().take(MOST).map(|pair| words(verdict_text::explain(dossier, slot.property, pair))).collect();
        let rules = distinct(pairs().map(|pair| pair.rule));
        lines.extend(rules.iter().map(|rule| words(format!("Rule {}: {}", rule.id(), rule.sentence()))));
        let number = if count == 1 { String::new() } else { format!(" {count}") };
        sections.push(Section { title: format!("{} {verdict}{number}", verdicts::sign(verdict)), lines });
    }
    let both: Vec<ClaimId> = slot.decisive().claims().collect();
    let others = slot.claims.iter().chain(&slot.left_out).copied().filter(|claim| !both.contains(claim));
    let sides = Section {
        title: "Both sides".into(),
        lines: both.iter().zip(["One", "Other"]).map(|(&id, label)| labelled(dossier, label, id)).collect(),
    };
    let else_said = others.take(MOST).map(|id| labelled(dossier, "", id)).collect();
    // The gravest verdict, its two sides, the other verdicts, and the other claims.
    sections.insert(sections.len().min(1), sides);
    sections.push(Section { title: "Else said of it".into(), lines: else_said });
    sections
}

fn check_sections(world: &World, row: &TableRow) -> Vec<Section> {
    let dossier = world.dossier();
    let label = row.cells.get(OF).map(|cell| cell.text.as_str()).unwrap_or_default();
    let results = verdicts::checks(world);
    let result = results.iter().find(|result| {
        let check = dossier.checks().get(result.check);
        result.claims == row.claims && check.is_some_and(|check| dossier.text(check.label) == label)
    });
    let text = result.map(|result| {
        let remarks = check_text::remarks(dossier, result);
        [check_text::named(dossier, result)].into_iter().chain(remarks).map(words).collect()
    });
    let figures =
        row.claims.iter().map(|&id| labelled(dossier, dossier.vocabulary().label(dossier.claim(id).property), id));
    vec![
        Section { title: label.to_owned(), lines: text.unwrap_or_default() },
        Section { title: "Figures".into(), lines: figures.collect() },
    ]
}

fn folded_sections(world: &World, row: &TableRow) -> Vec<Section> {
    let dossier = world.dossier();
    let word = row.cells.get(VERDICT).map(|cell| cell.text.as_str()).unwrap_or_default();
    let lines = if word == CheckOutcome::Holds.as_str() {
        let holding = verdicts::checks(world).into_iter().filter(|result| result.outcome == CheckOutcome::Holds);
        let text = |result: &CheckResult| {
            let label = dossier.checks().get(result.check).map(|check| dossier.text(check.label));
            format!("{}: {}", label.unwrap_or_default(), check_text::named(dossier, result))
        };
        holding.take(MOST).map(|result| words(text(&result))).collect()
    } else {
        let slots = row.claims.iter().take(MOST).filter_map(|&id| {
            let claim = dossier.claim(id);
            verdicts::verdict_of(world, claim.subject, claim.property)
        });
        let text = |slot: &SlotVerdict| {
            let what = dossier.vocabulary().label(slot.property).to_lowercase();
            let why = verdict_text::explain(dossier, slot.property, slot.decisive());
            format!("{} · {what}: {why}", world.short_label(slot.subject))
        };
        slots.map(|slot| Line { target: Some(slot.subject), ..words(text(&slot)) }).collect()
    };
    vec![Section { title: word.to_owned(), lines }]
}

#[cfg(test)]
mod tests;
