//! Draws a timeline as SVG for a report, in print or on the web.
//!
//! The conventions are those of the screen: a filled circle is an actual event, a hollow one a
//! planned one, a question mark an alleged, a cross a denied, a dashed circle an inferred one;
//! the days that a date may mean are shaded; `≤` points to the left; a run of empty years is a
//! token with its length. Nothing depends on colour. Invariant: every dated row is drawn within
//! its earliest and latest day, and texts are cleaned and escaped.

use std::fmt::Write as _;

use chrono::{Datelike, NaiveDate};

use super::escape;
use crate::model::when::Shape;
use crate::model::{Basis, Modality, Moment, When};
use crate::present::wording::cite_claims;
use crate::text;
use crate::timeline::World;
use crate::timeline::axis::{Axis, Scale, Segment, Unit};
use crate::timeline::chronology;
use crate::timeline::chronology::{RowIndex, row_label, row_when};
use crate::timeline::status::{TemporalStatus, row_at};

/// The content of a picture of the timeline.
#[derive(Debug, Clone)]
pub struct Picture<'a> {
    /// The heading.
    pub title: &'a str,
    /// The rows from top to bottom.
    pub rows: &'a [RowIndex],
    /// The first and the last day that are drawn; those of the rows where none is given.
    pub window: (Option<NaiveDate>, Option<NaiveDate>),
    /// The number of undated events, which are not drawn because they have no place on the axis.
    pub undated: usize,
    /// The moment as of which it is drawn; later rows are dimmed.
    pub as_of: Option<Moment>,
}

/// Widths in pixels: the dates at the left, the axis, then the words.
const WIDTH: u16 = 1400;
const DATES: u16 = 120;
const PLOT: u16 = 560;
const WORDS: u16 = DATES + PLOT + 24;
const ROW: usize = 20;
const HEAD: usize = 84;
const FOOT: usize = 56;

/// A collapsed gap, whatever its length.
const GAP: u16 = 44;

/// The number of columns of text that fit to the right of the axis.
const WORD_COLUMNS: usize = 84;

/// Draws the picture.
pub fn timeline(world: &World, picture: &Picture<'_>) -> String {
    let Some(axis) = axis(world, picture) else { return empty(picture.title) };
    let height = HEAD + picture.rows.len() * ROW + FOOT;
    let mut out = head(height);
    let title = match picture.as_of {
        Some(moment) => format!("{} · as of {moment}", picture.title),
        None => picture.title.to_owned(),
    };
    text_at(&mut out, 12, 28, "title", &title);
    let bottom = HEAD + picture.rows.len() * ROW + 4;
    draw_axis(&mut out, &axis, bottom);
    if let Some(column) = picture.as_of.and_then(|moment| axis.column(moment.last())) {
        let x = DATES + column;
        let _ = writeln!(out, "<line class=\"now\" x1=\"{x}\" y1=\"{}\" x2=\"{x}\" y2=\"{bottom}\"/>", HEAD - 30);
    }
    for (line, &row) in picture.rows.iter().enumerate() {
        draw_row(&mut out, world, &axis, row, HEAD + line * ROW + ROW / 2, picture.as_of);
    }
    draw_legend(&mut out, bottom + 34, picture.undated);
    out.push_str("</svg>\n");
    out
}

fn axis(world: &World, picture: &Picture<'_>) -> Option<Axis> {
    let chronology = world.chronology();
    let extents: Vec<_> = picture.rows.iter().map(|&row| chronology.extent(row)).collect();
    let first = chronology::day(extents.iter().map(|extent| extent.first).min()?)?;
    let last = chronology::day(extents.iter().map(|extent| extent.last).max()?)?;
    // Whole years, unless a window cuts them off. A row that only reaches into the window is drawn at its edge.
    let first = picture.window.0.unwrap_or_else(|| first.with_ordinal(1).unwrap_or(first));
    let last = picture.window.1.unwrap_or_else(|| NaiveDate::from_ymd_opt(last.year(), 12, 31).unwrap_or(last));
    // A filter of rows makes no silence, so the years are those of the whole chronology.
    let live = chronology.years();
    Some(Axis::with_tokens(first, last, PLOT, Scale::Gaps, |_| GAP, |year| live.binary_search(&year).is_ok()))
}

fn head(height: usize) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" \
         viewBox=\"0 0 {WIDTH} {height}\" font-family=\"DejaVu Sans, Helvetica, Arial, sans-serif\" font-size=\"12\">\n\
         <style>\n\
         svg {{ background: #fff; color: #111 }}\n\
         text {{ fill: currentColor }}\n\
         .title {{ font-size: 18px; font-weight: bold }}\n\
         .date {{ font-family: \"DejaVu Sans Mono\", Menlo, Consolas, monospace; white-space: pre }}\n\
         .faint {{ fill: currentColor; opacity: 0.65; font-size: 11px }}\n\
         .later {{ opacity: 0.45 }}\n\
         .rule {{ stroke: currentColor; stroke-width: 0.5; opacity: 0.35 }}\n\
         .now {{ stroke: currentColor; stroke-width: 1.5; stroke-dasharray: 2 3 }}\n\
         .span {{ fill: currentColor; opacity: 0.16 }}\n\
         .mark {{ stroke: currentColor; stroke-width: 1.4; fill: none }}\n\
         .full {{ fill: currentColor }}\n\
         .dashed {{ stroke-dasharray: 2 2 }}\n\
         @media screen and (prefers-color-scheme: dark) {{ svg {{ background: #14161a; color: #e8e8e8 }} }}\n\
         </style>\n"
    )
}

fn empty(title: &str) -> String {
    let mut out = head(HEAD);
    text_at(&mut out, 12, 28, "title", title);
    text_at(&mut out, 12, 56, "faint", "Nothing dated.");
    out.push_str("</svg>\n");
    out
}

fn text_at(out: &mut String, x: u16, y: usize, class: &str, words: &str) {
    let words = text::clean(words);
    let _ = writeln!(out, "<text x=\"{x}\" y=\"{y}\" class=\"{class}\">{}</text>", escape(words.as_str()));
}

fn draw_axis(out: &mut String, axis: &Axis, bottom: usize) {
    let y = HEAD - 12;
    let mut free_from = 0;
    for stretch in axis.segments() {
        let x = DATES + stretch.start;
        if stretch.gap {
            text_at(out, x + 2, y + 4, "faint", &format!("//{}y//", stretch.years()));
            continue;
        }
        let _ = writeln!(out, "<line class=\"rule\" x1=\"{x}\" y1=\"{y}\" x2=\"{x}\" y2=\"{bottom}\"/>");
        if stretch.start >= free_from {
            text_at(out, x, y - 4, "faint", &label(axis, *stretch));
            free_from = stretch.start + 38;
        }
    }
}

fn label(axis: &Axis, stretch: Segment) -> String {
    match axis.unit() {
        Some(Unit::Year) | None => format!("{:04}", stretch.first.year()),
        Some(Unit::Month) => format!("{:04}-{:02}", stretch.first.year(), stretch.first.month()),
        Some(Unit::Day) => stretch.first.to_string(),
    }
}

fn draw_row(out: &mut String, world: &World, axis: &Axis, row: RowIndex, y: usize, as_of: Option<Moment>) {
    let dossier = world.dossier();
    let dated = world.chronology().row(row);
    let Some(when) = row_when(dossier, dated) else { return };
    let claim = dossier.claim(dated.claim);
    let later = as_of.is_some_and(|moment| row_at(dossier, claim, moment) == TemporalStatus::Later);
    let _ = writeln!(out, "<g{}>", if later { " class=\"later\"" } else { "" });
    text_at(out, 12, y + 4, "date", &when.column());
    draw_date(out, axis, when, (dated.modality, dated.basis), y);
    let words = match dated.modality {
        Modality::Actual => row_label(world, dated),
        Modality::Planned | Modality::Alleged | Modality::Denied => {
            format!("{}: {}", dated.modality.as_str().to_uppercase(), row_label(world, dated))
        }
    };
    let cite = cite_claims(dossier, world.chronology().claims(dated));
    let room = WORD_COLUMNS.saturating_sub(text::width(&cite) + 2);
    let words = text::clean(&words).fit(room);
    text_at(out, WORDS, y + 4, "words", &format!("{}  [{cite}]", words.as_str()));
    out.push_str("</g>\n");
}

/// Draws the mark of a date within its bounds, and shades the days that it may mean.
fn draw_date(out: &mut String, axis: &Axis, when: &When, said: (Modality, Basis), y: usize) {
    let Some((start, end)) = axis.days() else { return };
    let clamped = |day: NaiveDate| axis.column(day.clamp(start, end));
    let (Some(from), Some(to)) = (when.anchor().and_then(clamped), when.latest().or(when.anchor()).and_then(clamped))
    else {
        return;
    };
    let (x, end) = (DATES + from, DATES + to);
    if end > x + 6 {
        let _ = writeln!(out, "<rect class=\"span\" x=\"{x}\" y=\"{}\" width=\"{}\" height=\"10\"/>", y - 5, end - x);
    }
    match when.shape() {
        // An open side is a line that ends in nothing.
        Shape::Before => {
            let _ = writeln!(
                out,
                "<line class=\"mark dashed\" x1=\"{}\" y1=\"{y}\" x2=\"{x}\" y2=\"{y}\"/>",
                x.saturating_sub(18)
            );
        }
        Shape::After => {
            let _ = writeln!(out, "<line class=\"mark dashed\" x1=\"{x}\" y1=\"{y}\" x2=\"{}\" y2=\"{y}\"/>", x + 18);
        }
        Shape::Date | Shape::Interval | Shape::Between | Shape::OneOf | Shape::AllOf => {}
    }
    let _ = match said {
        (Modality::Actual, Basis::Inferred) => {
            writeln!(out, "<circle class=\"mark dashed\" cx=\"{x}\" cy=\"{y}\" r=\"4\"/>")
        }
        (Modality::Actual, _) => writeln!(out, "<circle class=\"mark full\" cx=\"{x}\" cy=\"{y}\" r=\"4\"/>"),
        (Modality::Planned, _) => writeln!(out, "<circle class=\"mark\" cx=\"{x}\" cy=\"{y}\" r=\"4\"/>"),
        (Modality::Alleged, _) => writeln!(out, "<text x=\"{}\" y=\"{}\">?</text>", x.saturating_sub(3), y + 4),
        (Modality::Denied, _) => writeln!(out, "<text x=\"{}\" y=\"{}\">×</text>", x.saturating_sub(3), y + 4),
    };
}

fn draw_legend(out: &mut String, y: usize, undated: usize) {
    let words = "● happened · ○ planned · ? alleged · × denied · dashed: inferred · dotted to one side: on or before, on or after · \
                 shaded: the days that a date may mean · [A:1]: document and line";
    text_at(out, 12, y, "faint", words);
    if undated > 0 {
        let noun = if undated == 1 { "event has" } else { "events have" };
        text_at(out, 12, y + 16, "faint", &format!("{undated} further {noun} no date."));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::author;

    fn embedded() -> World {
        World::new(author::load(&author::embedded()).0)
    }

    fn drawn(world: &World, as_of: Option<Moment>) -> String {
        let rows: Vec<RowIndex> = world.chronology().all().iter().collect();
        timeline(world, &Picture { title: "A <title> & more", rows: &rows, window: (None, None), undated: 0, as_of })
    }

    #[test]
    fn every_row_has_its_date_and_a_mark() {
        let world = embedded();
        let svg = drawn(&world, None);
        let rows = world.chronology().rows().len();
        assert_eq!(svg.matches("class=\"date\"").count(), rows);
        let planned = world.chronology().rows().iter().filter(|row| row.modality == Modality::Planned).count();
        assert_eq!(svg.matches("<circle class=\"mark\" ").count(), planned);
        assert!(svg.contains("//36y//") && svg.contains("A &lt;title&gt; &amp; more"));
        assert!(!svg.contains("class=\"later\""));
    }

    #[test]
    fn what_is_later_is_dimmed_behind_a_line() {
        let world = embedded();
        let moment = Moment::parse("2021-06-15", None).ok();
        let svg = drawn(&world, moment);
        assert!(svg.contains("as of 2021-06-15"));
        let later = |row: &&chronology::Row| {
            let claim = world.dossier().claim(row.claim);
            moment.is_some_and(|moment| row_at(world.dossier(), claim, moment) == TemporalStatus::Later)
        };
        let count = world.chronology().rows().iter().filter(later).count();
        assert_eq!(svg.matches("class=\"later\"").count(), count);
        assert!(count > 10);
    }

    #[test]
    fn every_mark_lies_inside_of_the_plot() {
        let world = embedded();
        let svg = drawn(&world, None);
        for circle in svg.split("cx=\"").skip(1) {
            let x: u16 = circle.split('"').next().and_then(|x| x.parse().ok()).unwrap_or_default();
            assert!((DATES..=DATES + PLOT).contains(&x), "{x}");
        }
    }

    #[test]
    fn no_row_makes_a_picture_that_says_so() {
        let svg =
            timeline(&embedded(), &Picture { title: "None", rows: &[], window: (None, None), undated: 0, as_of: None });
        assert!(svg.contains("Nothing dated.") && svg.ends_with("</svg>\n"));
    }
}
