//! Lanes of the embedded dossier as rows of text.

use chrono::{Datelike, Days, Months};

use super::*;
use crate::formats::author;
use crate::present::lanes::{LaneGroup, lanes};
use crate::timeline::World;

fn embedded() -> World {
    World::new(author::load(&author::embedded()).0)
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn lane(world: &World, group: LaneGroup, label: &str) -> Lane {
    lanes(world, None).into_iter().find(|lane| lane.group == group && lane.label == label).unwrap()
}

/// The length of time in one column.
#[derive(Clone, Copy)]
enum Each {
    Month,
    Year,
}

/// Returns a lane as drawn on `width` columns from the beginning of a year.
fn drawn(lane: &Lane, year: i32, each: Each, width: u16, look: Glyphs) -> String {
    painted(lane, year, each, width, look, None).content().iter().map(ratatui::buffer::Cell::symbol).collect()
}

fn painted(lane: &Lane, year: i32, each: Each, width: u16, look: Glyphs, selected: Option<Part>) -> Buffer {
    let column = |day: NaiveDate| match each {
        Each::Month => (day.year() - year) * 12 + day.month0().cast_signed(),
        Each::Year => day.year() - year,
    };
    let inside = |day: NaiveDate| u16::try_from(column(day)).ok().filter(|column| *column < width);
    let months = match each {
        Each::Month => u32::from(width),
        Each::Year => u32::from(width) * 12,
    };
    let first = day(&format!("{year}-01-01"));
    let ruler = Ruler { first, last: first + Months::new(months) - Days::new(1), column: &inside };
    let mut buf = Buffer::empty(Rect::new(0, 0, width, 1));
    draw_lane(&mut buf, Rect::new(0, 0, width, 1), lane, &ruler, look, &Theme::plain(), selected);
    buf
}

#[test]
fn an_office_shows_its_vacancy_its_sightings_and_its_holders() {
    let lane = lane(&embedded(), LaneGroup::Offices, "Executive Director, AIIMS Kalyani");
    // March 2019 to February 2020: an end in a month, then eleven empty ones; March 2020: a start in a month.
    for (look, row) in [
        (Glyphs::Unicode, "  ░· vacant ··░Ramji Sin…═◆═════════"),
        (Glyphs::Block, "  ░· vacant ··░Ramji Sin~▓♦▓▓▓▓▓▓▓▓▓"),
        (Glyphs::Ascii, "  :_ vacant __:Ramji Sin~+*+++++++++"),
    ] {
        assert_eq!(drawn(&lane, 2019, Each::Month, 36, look), row, "{look:?}");
    }
    // From July 2023, where he is seen last, he is the last known until September 2025 and the next one to November.
    let row = drawn(&lane, 2023, Each::Month, 36, Glyphs::Unicode);
    assert_eq!(row, "══════◆┈ Ramji Singh ┈┈┈┈┈┈┈┈┈┈┈━┈┈ ");
}

#[test]
fn on_ten_columns_what_is_short_still_shows() {
    let lane = lane(&embedded(), LaneGroup::Offices, "Executive Director, AIIMS Kalyani");
    for (look, row) in [(Glyphs::Unicode, "  ░░◆═◆┈━ "), (Glyphs::Block, "  ░░♦▓♦▒█ "), (Glyphs::Ascii, "  ::*+*.= ")]
    {
        assert_eq!(drawn(&lane, 2017, Each::Year, 10, look), row, "{look:?}");
    }
}

#[test]
fn a_series_is_as_high_as_its_values() {
    let lane = lane(&embedded(), LaneGroup::Series, "MBBS: seats");
    // 50 of 125 is four steps of eight. In 2020 the value depends on a day that no document gives.
    for (look, row) in [
        (Glyphs::Unicode, "░ 50 seats ▄░ 125 seats ████"),
        (Glyphs::Block, "░ 50 seats ▄░ 125 seats ████"),
        (Glyphs::Ascii, ": 50 seats -: 125 seats ####"),
    ] {
        assert_eq!(drawn(&lane, 2019, Each::Month, 28, look), row, "{look:?}");
    }
}

#[test]
fn plans_lead_to_later_plans_and_to_what_came() {
    let lane = lane(&embedded(), LaneGroup::Plans, "Dr Syama Prasad Mookerjee Super Speciality Hospital: beds");
    // 400 by December 2018, then by December 2019, 750 from 2020 on; 250 some time in 2022.
    for (look, [line, head, planned, happened, shade]) in [
        (Glyphs::Unicode, ["─", "▶", "○", "●", "░"]),
        (Glyphs::Block, ["─", "►", "○", "•", "░"]),
        (Glyphs::Ascii, ["-", ">", "o", "@", ":"]),
    ] {
        let first = format!("{}{planned}{}{head}{planned}", " ".repeat(11), line.repeat(10));
        let second = format!("{planned}{}{head}{happened}{}", line.repeat(27), shade.repeat(6));
        let expected = format!("{first}{second} 150 beds short of the plan   ");
        assert_eq!(drawn(&lane, 2018, Each::Month, 90, look), expected, "{look:?}");
    }
}

#[test]
fn an_agreement_is_a_dot_with_its_word() {
    let lane = lane(&embedded(), LaneGroup::Agreements, "MoU: AIIMS Kalyani and IIT Kharagpur");
    assert_eq!(drawn(&lane, 2023, Each::Month, 16, Glyphs::Unicode), "      ● signed  ");
    assert_eq!(drawn(&lane, 2023, Each::Month, 9, Glyphs::Unicode), "      ●  ");
    assert_eq!(drawn(&lane, 2024, Each::Month, 9, Glyphs::Unicode), " ".repeat(9));
}

#[test]
fn nothing_is_drawn_outside_of_the_days_that_are_bounded() {
    for lane in lanes(&embedded(), None) {
        for &look in Glyphs::ALL {
            for width in [0, 1, 2, 3, 10, 96] {
                // No lane of the dossier knows anything before 1957 or after November 2025.
                assert_eq!(drawn(&lane, 1900, Each::Year, width.min(57), look).trim(), "", "{}", lane.label);
                assert_eq!(drawn(&lane, 2026, Each::Month, width, look).trim(), "", "{}", lane.label);
                let row = drawn(&lane, 2018, Each::Month, width, look);
                assert_eq!(crate::text::width(&row), usize::from(width), "{}", lane.label);
                assert!(look != Glyphs::Ascii || row.is_ascii() || row.contains('–'), "{row}");
            }
        }
    }
}

#[test]
fn the_selected_part_stands_out() {
    let world = embedded();
    let lane = lane(&world, LaneGroup::Offices, "Executive Director, AIIMS Kalyani");
    let vacant = lane.bars.iter().position(|bar| bar.state == Knowledge::Vacant).unwrap();
    let reversed = |part| {
        let buf = painted(&lane, 2019, Each::Month, 36, Glyphs::Unicode, Some(part));
        let lit = |cell: &ratatui::buffer::Cell| cell.modifier.contains(ratatui::style::Modifier::REVERSED);
        (0u16..).zip(buf.content()).filter(|(_, cell)| lit(cell)).map(|(column, _)| column).collect::<Vec<_>>()
    };
    // April 2019 and the two months behind the word.
    assert_eq!(reversed(Part::Bar(vacant)), [3, 12, 13]);
    // Seen in March 2021.
    assert_eq!(reversed(Part::Mark(0)), [26]);
}
