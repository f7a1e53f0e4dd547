//! The rows of a chronology: which claims are one, and in which order they stand.
//!
//! Invariant: what is expected is written out by hand, or found by looking at every claim of a small dossier.

use proptest::prelude::*;

use super::*;
use crate::formats::author::{embedded, load};
use crate::model::Claim;
use crate::syntax::SourceFile;
use crate::timeline::World;
use crate::timeline::authored::{authored, table};

const FORMAT_2: &str = "[dossier]\nkey = 't'\ntitle = 'T'\nformat = 2\n";

/// Returns the rows with these words in their labels: `2014-07 C:23,46 announced (stated)`.
fn told(world: &World, words: &str) -> Vec<String> {
    let (dossier, chronology) = (world.dossier(), world.chronology());
    let rows = chronology.rows().iter().filter(|row| row_label(world, row).contains(words));
    rows.map(|row| {
        let when = row_when(dossier, row).map_or("-", When::edtf);
        let cite = crate::present::wording::cite_claims(dossier, chronology.claims(row));
        format!("{when} {cite} {} ({})", dossier.vocabulary().name(row.property), row.basis)
    })
    .collect()
}

/// Worked out from the files of `seeds/claims`.
#[test]
fn each_fact_of_the_embedded_dossier_is_one_row_with_all_sources() {
    let world = World::new(load(&embedded()).0);
    for (words, expected) in [
        // "2014" in the infobox, July 2014 in the text.
        ("AIIMS Kalyani: announced", "2014-07 C:23,46 announced (stated)"),
        // 2019 in the infobox; September from the first classes.
        ("AIIMS Kalyani: operational", "2019-09 C:23,52 operational (inferred)"),
        // July 2023 in one document; the day is that of the report of another.
        ("MoU: AIIMS Kalyani and IIT Kharagpur: signed", "2023-07-01 A:1,5 C:211 signed (inferred)"),
        ("Arvind Sinha, Executive Director, AIIMS Kalyani: begins", "2025-09-22 C:49,75 start (stated)"),
    ] {
        assert_eq!(told(&world, words), [expected], "{words}");
    }
    // A budget speech is an event of its own, although it is of the same month.
    assert_eq!(told(&world, "Budget speech").len(), 1);
    // Promises that may have been made at different times are different facts.
    assert_eq!(told(&world, "Medical courses, Dr B C Roy Institute: begins").len(), 2);
}

#[test]
fn what_was_merged_leads_to_its_row() {
    let world = World::new(load(&embedded()).0);
    let (dossier, chronology) = (world.dossier(), world.chronology());
    let mut merged = 0;
    for (id, claim) in dossier.claims() {
        let is_told = dossier.property(claim.property).happening.is_some();
        let expected = is_told && dossier.date(claim).is_some_and(|when| when.anchor().is_some());
        let row = chronology.row_of(dossier, id);
        assert_eq!(row.is_some(), expected, "{}", dossier.claim_name(claim));
        if let Some(row) = row.map(|row| chronology.row(row)) {
            assert!(chronology.claims(row).contains(&id));
            merged += usize::from(row.claim != id);
        }
    }
    assert_eq!(merged, 4);
}

#[test]
fn equal_dates_of_two_things_are_two_rows() {
    let world =
        authored(&(table("event", "fair", "when = '1901-05'") + &table("event", "feast", "when = '1901-05-02'")));
    assert_eq!(told(&world, "").len(), 2);
}

#[test]
fn a_beginning_stands_before_its_end_unless_the_end_surely_lies_before_it() {
    let rows = |start: &str, end: &str| -> Vec<String> {
        let text = table("facility", "pool", &format!("opened = {start}\nclosed = {end}"))
            + &table("event", "fair", "when = '1920-06'");
        let told = told(&authored(&(FORMAT_2.to_owned() + &text)), "");
        told.into_iter().map(|row| row.replace(" D p1", "")).collect()
    };
    let (opened, closed, fair) = ("opened (stated)", "closed (stated)", "when (stated)");
    let row = |when: &str, what: &str| format!("{when} {what}");
    // A coarse end behind a finer beginning, and behind all that is of the same date.
    assert_eq!(rows("'1920-06'", "'1920'"), [row("1920-06", fair), row("1920-06", opened), row("1920", closed)]);
    assert_eq!(rows("'1920'", "'1920'"), [row("1920", opened), row("1920", closed), row("1920-06", fair)]);
    // In 1910 it was surely not yet open: the dates are shown as stated.
    assert_eq!(rows("'1920-07'", "'1910'"), [row("1910", closed), row("1920-06", fair), row("1920-07", opened)]);
    // A plan to open says nothing of an end that came about; an end that is planned comes after the opening.
    let planned = "{ value = '1920-07', modality = 'planned' }";
    assert_eq!(rows(planned, "'1920'"), [row("1920", closed), row("1920-06", fair), row("1920-07", opened)]);
    let planned = "{ value = '1920', modality = 'planned' }";
    assert_eq!(rows("'1920-07'", planned), [row("1920-06", fair), row("1920-07", opened), row("1920", closed)]);
}

#[test]
fn an_end_covers_no_day_before_its_beginning() {
    let world = authored(&(FORMAT_2.to_owned() + &table("facility", "pool", "opened = '1920-06'\nclosed = '1920'")));
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).map(number).unwrap();
    let extents: Vec<Extent> = (0..2).map(|row| world.chronology().extent(row)).collect();
    let expected = [(day(1920, 6, 1), day(1920, 6, 30)), (day(1920, 6, 1), day(1920, 12, 31))];
    assert_eq!(extents, expected.map(|(first, last)| Extent { first, last }));
}

#[test]
fn before_by_from_and_unknown_stand_in_one_order() {
    let dates = [
        "1899-12-31",
        "1900",
        "1900-01-01/..",
        "1900-10",
        "1900-10-02",
        "[..1901-05-05]",
        "1901-05-05",
        "[1901-05-05..]",
    ];
    let event = |(at, date): (usize, &&str)| table("event", &format!("e{at}"), &format!("when = '{date}'"));
    let text: String = dates.iter().rev().enumerate().map(event).collect();
    let world = authored(&(text + &table("event", "feast", "when = 'XXXX-12'")));
    let found: Vec<String> =
        told(&world, "").into_iter().map(|row| row.split(' ').next().unwrap_or_default().to_owned()).collect();
    assert_eq!(found, dates);
    // A date without a year is undated, and tells of no year.
    let dossier = world.dossier();
    assert_eq!(world.chronology().undated(), [dossier.find("event/feast").unwrap()]);
    assert_eq!(world.chronology().years().first(), Some(&1899));
}

#[test]
fn rows_of_two_things_of_one_name_are_told_apart() {
    let pool = |id: &str, opened: &str| {
        format!("[[facility]]\nid = '{id}'\nlabel = 'Pool'\nat = 'lead / p1'\nopened = '{opened}'\n")
    };
    let world = authored(&(FORMAT_2.to_owned() + &pool("a", "1901") + &pool("b", "1902")));
    let labels: Vec<String> = world.chronology().rows().iter().map(|row| row_label(&world, row)).collect();
    assert_eq!(labels, ["Pool (from 1901): opened", "Pool (from 1902): opened"]);
}

#[test]
fn undated_events_go_by_name() {
    let event = |id: &str, label: &str| format!("[[event]]\nid = '{id}'\nlabel = '{label}'\nat = 'lead / p1'\n");
    let world =
        authored(&(event("a", "Walk 10") + &event("b", "The Walk 2") + &event("c", "École fair") + &event("d", "Zoo")));
    let labels: Vec<&str> = world.chronology().undated().iter().map(|&event| world.dossier().label(event)).collect();
    assert_eq!(labels, ["École fair", "The Walk 2", "Walk 10", "Zoo"]);
}

/// A claim of a date as it is written: the entity, the property, the date, the modality, and a note that keeps equal
/// claims apart.
type Written = (usize, usize, usize, usize, u8);

const DATES: [&str; 9] =
    ["1900", "1900-05", "1900-05-07", "1900-06", "[..1900-05-07]", "[1900-05-07..]", "1901", "1900-05~", "XXXX-05"];

fn written(claim: &Written) -> String {
    let &(entity, property, date, modality, note) = claim;
    let property = ["opened", "closed", "inaugurated"][property];
    let modality = ["actual", "planned", "denied"][modality];
    format!(
        "[[claim]]\nof = 'facility/f{entity}'\nat = 'd: lead / p1'\n{property} = {{ value = '{}', modality = '{modality}', note = 'n{note}' }}\n",
        DATES[date]
    )
}

/// Loads claims from two files.
fn world_of(claims: &[Written], split: usize) -> World {
    let head =
        "document = 'd'\n[[source]]\nid = 'd'\nkey = 'D'\ntitle = 'D'\npublished = '1899'\n".to_owned() + FORMAT_2;
    let entities: String = (0..3).map(|at| table("facility", &format!("f{at}"), "")).collect();
    let (first, second) = claims.split_at(split.min(claims.len()));
    let text = |claims: &[Written]| claims.iter().map(written).collect::<String>();
    let files = [SourceFile::new("a.toml", head + &text(first) + &entities), SourceFile::new("b.toml", text(second))];
    let (dossier, defects) = load(&files);
    assert_eq!(defects, []);
    World::new(dossier)
}

/// Returns each row as text: subject, property, date, modality, and the dates of all its claims.
fn shown(world: &World) -> Vec<String> {
    let dossier = world.dossier();
    let date = |claim: &Claim| dossier.date(claim).map_or("-", When::edtf).to_owned();
    let row = |row: &Row| {
        let claims = world.chronology().claims(row).iter().map(|&id| dossier.claim(id));
        let mut merged: Vec<String> =
            claims.map(|claim| date(claim) + dossier.note(claim).unwrap_or_default()).collect();
        merged.sort();
        let name = dossier.vocabulary().name(row.property);
        format!("{} {name} {} {} {merged:?}", dossier.id(row.subject), date(dossier.claim(row.claim)), row.modality)
    };
    world.chronology().rows().iter().map(row).collect()
}

fn claims() -> impl Strategy<Value = Vec<Written>> {
    prop::collection::vec((0..3usize, 0..3usize, 0..DATES.len(), 0..3usize, 0..2u8), 1..14)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rows_do_not_depend_on_the_order_of_claims_or_files(
        (claims, shuffled) in claims().prop_flat_map(|claims| (Just(claims.clone()), Just(claims).prop_shuffle())),
        split in 0..14usize,
    ) {
        prop_assert_eq!(shown(&world_of(&claims, 0)), shown(&world_of(&shuffled, split)));
    }

    #[test]
    fn an_equal_claim_more_adds_no_row(claims in claims(), again in any::<prop::sample::Index>()) {
        let (entity, property, date, modality, _) = claims[again.index(claims.len())];
        let mut more = claims.clone();
        more.push((entity, property, date, modality, 9));
        let rows = |claims: &[Written]| world_of(claims, 0).chronology().rows().len();
        prop_assert_eq!(rows(&claims), rows(&more));
    }

    #[test]
    fn a_row_is_no_finer_than_its_finest_claim_and_stands_where_it_belongs(claims in claims()) {
        let world = world_of(&claims, 0);
        let (dossier, chronology) = (world.dossier(), world.chronology());
        let rows = chronology.rows();
        for row in rows {
            // A plan for "by May" is for the end of May.
            let days = |when: &When| match (row.modality, when.window()) {
                (Modality::Planned, days) => crate::model::DayWindow { earliest: days.earliest.or(days.latest), ..days },
                (Modality::Actual | Modality::Alleged | Modality::Denied, days) => days,
            };
            let own = row_when(dossier, row).unwrap();
            for &id in chronology.claims(row) {
                let claim = dossier.claim(id);
                let of_row = (claim.subject, claim.property, claim.modality());
                prop_assert_eq!(of_row, (row.subject, row.property, row.modality));
                let other = dossier.date(claim).unwrap();
                prop_assert!(other.is_qualified() || days(own).is_within(days(other)), "{own} {other}");
            }
        }
        for (at, pair) in rows.windows(2).enumerate() {
            prop_assert!(chronology.extent(at as u32).first <= chronology.extent(at as u32 + 1).first);
            let (a, b) = (row_when(dossier, &pair[0]).unwrap(), row_when(dossier, &pair[1]).unwrap());
            let is_end = |row: &Row| dossier.vocabulary().name(row.property) == "closed";
            // Only an end may stand behind what its date would put behind it.
            prop_assert!(a.chronological(b).is_le() || is_end(&pair[0]) || is_end(&pair[1]), "{a} {b}");
        }
        // Of one thing no end stands before a beginning, unless it surely lies before it.
        for (at, end) in rows.iter().enumerate().filter(|(_, row)| dossier.vocabulary().name(row.property) == "closed") {
            let begins = rows[at..].iter().filter(|row| row.subject == end.subject && row.property != end.property);
            for begin in begins.filter(|row| row.modality == Modality::Actual || row.modality == end.modality) {
                let (begins, ends) = (row_when(dossier, begin).unwrap(), row_when(dossier, end).unwrap());
                let is_begin = dossier.vocabulary().name(begin.property) == "opened";
                prop_assert!(!is_begin || ends.window().surely_before(begins.window()), "{begins} {ends}");
            }
        }
    }
}
