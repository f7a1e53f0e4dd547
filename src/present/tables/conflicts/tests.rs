//! The conflicts of the embedded dossier and of a small invented one.
//!
//! Invariant: what is expected is written out by hand.

use super::*;
use crate::formats::author;
use crate::model::EntityId;
use crate::present::lanes::{Lane, lanes};
use crate::present::tables::figures;
use crate::syntax::SourceFile;

const SHIP: &str = r#"
document = "log"
[dossier]
key = "ship"
title = "A ship"
format = 2
[[source]]
id = "log"
key = "L"
title = "The log"
[[property]]
name = "paint"
label = "Paint"
of = ["item"]
value = "text"
many = false
exclusive = true
[[item]]
id = "ship"
label = "The ship"
at = "lead / p1 s1"
opened = [{ value = "[..1930]", modality = "planned", as_of = "1928" }, { value = "[..1931]", modality = "planned", as_of = "1929" }, "1932-05", "1932-05-03"]
[[claim]]
of = "item/ship"
at = "lead / p1 s2"
paint = ["red", { value = "green", note = "as the mate says" }]
passengers = [{ value = 80, state = "capacity", as_of = "1932" }, { value = 60, state = "in-service", as_of = "1932" }, { value = 20, scope = "the upper deck", as_of = "1933" }, { value = 90, modality = "planned", state = "capacity", as_of = "1940" }]
launched = ["1932-04", { value = "1932-06", modality = "denied" }]
[[item]]
id = "boat"
label = "The boat"
passengers = { value = 20, at = "lead / p1 s3", state = "in-service" }
[[item]]
id = "raft"
label = "The raft"
passengers = { value = 10, at = "lead / p1 s3", state = "capacity" }
[[judgement]]
a = "item/boat"
b = "item/raft"
verdict = "not-same"
reason = "One has oars."
[[check]]
label = "Boat and raft take the passengers of the deck"
note = "The dinghy is left out"
at = "lead / p1 s3"
sum = ["item/boat passengers", "item/raft passengers"]
equals = 20
"#;

fn ship() -> World {
    let (dossier, defects) = author::load(&[SourceFile::new("ship.toml", SHIP)]);
    assert_eq!(defects, []);
    World::new(dossier)
}

fn embedded() -> World {
    World::new(author::load(&author::embedded()).0)
}

fn cell(row: &TableRow, at: usize) -> &str {
    &row.cells[at].text
}

fn lines(world: &World, row: &TableRow) -> Vec<String> {
    let card = card(world, row, None).unwrap().card;
    card.sections
        .iter()
        .flat_map(|s| [s.title.clone()].into_iter().chain(s.lines.iter().map(|l| l.text.clone())))
        .collect()
}

#[test]
fn contradictions_come_first_then_failing_sums_then_slips_and_the_rest_is_folded() {
    for (world, first) in [(embedded(), "conflicts"), (ship(), "conflicts")] {
        let data = TABLE.build(&world, None, None);
        let order =
            ["conflicts", "fails", "unknown", "slipped", "fulfilled", "series", "refines", "agrees", "noted", "holds"];
        let at: Vec<usize> =
            data.rows.iter().map(|row| order.iter().position(|word| *word == cell(row, VERDICT)).unwrap()).collect();
        assert!(at.is_sorted(), "{at:?}");
        assert_eq!(cell(&data.rows[0], VERDICT), first);
        let whole = TABLE.build_unfolded(&world, None, None, 0);
        // Each row that stands for several says for how many, and its card has a line for each.
        for row in data.rows.iter().filter(|row| cell(row, RULE).is_empty()) {
            let word = cell(row, VERDICT);
            let own = whole.rows.iter().filter(|row| cell(row, VERDICT) == word).count();
            assert!(cell(row, OF).starts_with(&format!("{own} row")), "{word}: {} {own}", cell(row, OF));
            assert_eq!(lines(&world, row).len(), own + 1, "{word}");
        }
        let single = |data: &TableData| data.rows.iter().filter(|row| !cell(row, RULE).is_empty()).count();
        assert!(single(&whole) > single(&data) && whole.rows.len() == single(&whole));
    }
}

#[test]
fn a_row_has_the_number_of_each_verdict_and_its_card_each_pair() {
    let world = ship();
    let data = TABLE.build(&world, None, None);
    let row = |what: &str| data.rows.iter().find(|row| cell(row, 3) == what).unwrap();
    let opened = row("Opened");
    assert_eq!((cell(opened, 0), cell(opened, VERDICT), cell(opened, 6)), ("↳", "slipped", "↳ 1 · ✓ 1"));
    let text = lines(&world, opened).join("\n");
    for wanted in [
        "the plan moved by 1 year",
        "it came about 489 days after the first target, 124 days after the last",
        "the day lies in the month",
        "Rule put-off:",
    ] {
        assert!(text.contains(wanted), "{wanted} is not in\n{text}");
    }
    let paint = row("Paint");
    assert!(cell(paint, 8).contains("(as the mate says)"), "{}", cell(paint, 8));
    assert_eq!((cell(paint, 0), paint.cells[8].text.contains("neither a time nor a scope")), ("≠", true));
    assert!(lines(&world, paint).join("\n").contains("green — as the mate says"));
    assert_eq!(pairs(&world, paint).len(), 1);
}

#[test]
fn a_sum_is_titled_by_its_check_with_its_note_and_the_states_of_its_numbers() {
    let world = ship();
    let data = TABLE.build(&world, None, None);
    let check = data.rows.iter().find(|row| cell(row, RULE) == ARITHMETIC).unwrap();
    assert_eq!(cell(check, 4), "20 + 10 = 30, not 20");
    let text = lines(&world, check);
    assert_eq!(
        text[..4],
        [
            "Boat and raft take the passengers of the deck",
            "The boat 20 + The raft 10 = 30, not 20",
            "The dinghy is left out",
            "The numbers are not of one state: in service, capacity",
        ]
    );
    assert!(cell(check, 8).contains("The dinghy is left out"));
}

#[test]
fn figures_and_series_tell_capacity_from_what_is_in_service() {
    let world = ship();
    let data = figures::TABLE.build(&world, None, None);
    let states: Vec<(&str, &str)> = data
        .rows
        .iter()
        .filter(|row| cell(row, 0) == "The ship")
        .map(|row| (cell(row, 2), cell(row, data.columns.iter().position(|column| column.name == "State").unwrap())))
        .collect();
    assert_eq!(states, [("60", "in service"), ("80", "capacity"), ("20", "stated"), ("90", "planned")]);
    let found: Vec<Lane> = lanes(&world, None);
    let labels: Vec<&str> =
        found.iter().map(|lane| lane.label.as_str()).filter(|label| label.contains("passengers")).collect();
    for wanted in ["capacity", "in service", "for the upper deck"] {
        assert!(labels.contains(&format!("The ship: passengers, {wanted}").as_str()), "{labels:?}");
    }
}

#[test]
fn a_judgement_stands_on_the_cards_of_both_with_its_reason() {
    let world = ship();
    let find = |id: &str| -> EntityId { world.dossier().find(id).unwrap() };
    for (of, other) in [("item/boat", "The raft"), ("item/raft", "The boat")] {
        let card = Card::new(&world, find(of));
        let section = card.sections.iter().find(|section| section.title == "Judged").unwrap();
        let lines: Vec<&str> = section.lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(lines, [format!("Not the same as {other} — One has oars.")]);
    }
}
