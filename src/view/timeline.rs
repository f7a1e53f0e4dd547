//! Draws the timeline pane: date, sign, event and source of each row.
//!
//! Invariant: a row shows no digit of a date that was not stated.

use std::fmt::Write as _;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::paint::{Piece, columns, highlighted, line, line_right, piece};
use super::theme::Theme;
use super::{modality_mark, more_below, pane_frame, reasons, row_marker, tint_selected, visible};
use crate::app::App;
use crate::app::state::layout::inner;
use crate::app::state::timeline::{Item, Lens};
use crate::keymap::action::Pane;
use crate::model::words::{Basis, Modality};
use crate::present::wording::{cite_claim, cite_claims};
use crate::query::Query;
use crate::search::highlights;
use crate::text;
use crate::timeline::chronology::{RowIndex, number, row_label, row_when};
use crate::timeline::status::{TemporalStatus, reported_by, row_at};

/// The date column is this wide, or as wide as the widest date shown.
const DATE_COLUMNS: usize = 11;

/// Below this width of the pane, evidence is left to the detail.
const EVIDENCE_FROM: u16 = 44;

pub(super) fn draw(app: &App, area: Rect, theme: &Theme, buf: &mut Buffer) {
    let inside = inner(area);
    pane_frame(app, Pane::Timeline, area, theme, buf, &title(app), &counts(app));
    let lines = &app.timeline.lines;
    let filter = app.timeline.filter.text();
    let query = Query::parse(filter, app.world.dossier().vocabulary()).ok().filter(|query| !query.is_empty());
    let page: Vec<(usize, u16)> = visible(app.timeline.cursor.offset, lines.len(), inside.height).collect();
    let page: Vec<(usize, u16, Item)> =
        page.into_iter().filter_map(|(index, row)| Some((index, row, lines.get(index)?))).collect();
    let dates = page.iter().map(|&(_, _, item)| text::width(&date(app, item))).max();
    let date_columns = dates.unwrap_or(0).max(DATE_COLUMNS);
    let focused = app.focus == Pane::Timeline;
    for (index, row, item) in page {
        match item {
            Item::Silence { first, last } => draw_silence(first, last, inside, row, theme, buf),
            Item::Now => draw_now(app, inside, row, theme, buf),
            Item::UndatedHead(count) => draw_rule(&format!("{count} without a date"), inside, row, theme, buf),
            item @ (Item::Row(_) | Item::Undated(_)) => {
                let selected = index == app.timeline.cursor.selected;
                let mut pieces = vec![
                    row_marker(selected, theme),
                    piece(text::pad(&date(app, item), date_columns), theme.date),
                    piece(" ", theme.text),
                ];
                draw_item(app, item, query.as_ref(), &mut pieces, inside, row, theme, buf);
                if selected {
                    tint_selected(buf, inside, row, focused, theme);
                }
            }
        }
    }
    more_below(buf, area, app.timeline.cursor.offset, inside.height, lines.len(), theme);
    if lines.row_count() + lines.undated_count() == 0 {
        let why = match app.timeline.lens {
            _ if app.progress.is_some() => " what happened is still being read",
            _ if app.timeline.is_searching() => " searching…",
            _ if query.is_some() => " nothing matches; Esc drops the filter",
            Lens::All if app.timeline.zoom.window().is_some() => " silence: nothing is dated in this time",
            Lens::All => " nothing dated is said of this",
            Lens::Planned | Lens::Alleged | Lens::Inferred => " nothing of the kind; p shows the next, Esc all",
        };
        line(buf, inside, 0, &[piece(why, theme.faint)]);
        reasons(buf, inside, 1, &app.timeline.reasons, theme);
    }
}

fn title(app: &App) -> String {
    let scope = app.scope().entity().map_or("all", |entity| app.world.short_label(entity));
    let mut title = format!("{} · {scope}", Pane::Timeline.as_str());
    if let Some((first, last)) = app.timeline.zoom.window() {
        let _ = write!(title, " · {first} – {last}");
    }
    if app.timeline.lens != Lens::All {
        let _ = write!(title, " · {}", app.timeline.lens.as_str());
    }
    let filter = app.timeline.filter.text();
    if !filter.is_empty() {
        title.push_str(" /");
        title.push_str(filter);
    }
    title
}

fn counts(app: &App) -> String {
    let (shown, all) = app.timeline.counts();
    let undated = app.timeline.lines.undated_count();
    if let Some(moment) = app.as_of {
        let by_then = app.timeline.scope.by(number(moment.last()));
        return format!("{by_then} of {all} by then");
    }
    let dated = if shown == all { format!("{all} dated") } else { format!("{shown} of {all} dated") };
    if undated == 0 { dated } else { format!("{dated} · {undated} undated") }
}

fn date(app: &App, item: Item) -> String {
    match item {
        Item::Row(row) => {
            let row = app.world.chronology().row(row);
            row_when(app.world.dossier(), row).map(crate::model::When::column).unwrap_or_default()
        }
        Item::Undated(_) => " undated".to_owned(),
        Item::Silence { .. } | Item::Now | Item::UndatedHead(_) => String::new(),
    }
}

#[expect(clippy::too_many_arguments, reason = "a row is drawn from all of these and nothing groups them")]
fn draw_item(
    app: &App,
    item: Item,
    query: Option<&Query>,
    pieces: &mut Vec<Piece<'_>>,
    inside: Rect,
    row: u16,
    theme: &Theme,
    buf: &mut Buffer,
) {
    let dossier = app.world.dossier();
    let mut is_later = false;
    let (label, evidence) = match item {
        Item::Row(index) => {
            let dated = app.world.chronology().row(index);
            let standing = app.as_of.map(|moment| row_at(dossier, dossier.claim(dated.claim), moment));
            is_later = standing == Some(TemporalStatus::Later);
            let mark = modality_mark(dated.modality, dated.basis, theme);
            pieces.push(if is_later { Piece { style: theme.faint, ..mark } } else { mark });
            pieces.push(piece(modality_word(dated.modality), if is_later { theme.faint } else { theme.planned }));
            if standing == Some(TemporalStatus::Possible) {
                pieces.push(piece("POSSIBLE ", theme.alleged));
            }
            (row_label(&app.world, dated), evidence(app, index))
        }
        Item::Undated(entity) => {
            match dossier.stance(entity) {
                Modality::Actual => pieces.push(piece("· ", theme.faint)),
                modality => {
                    pieces.push(modality_mark(modality, Basis::Stated, theme));
                    pieces.push(piece(modality_word(modality), theme.planned));
                }
            }
            let claim = dossier.claims_of(entity).first();
            let by = reported_by(dossier, entity).map(|when| format!(" (by {}, when it was reported)", when.stated()));
            (
                app.world.label(entity).into_owned() + &by.unwrap_or_default(),
                claim.map(|claim| cite_claim(dossier, claim)).unwrap_or_default(),
            )
        }
        Item::Silence { .. } | Item::Now | Item::UndatedHead(_) => return,
    };
    let right = if inside.width >= EVIDENCE_FROM { vec![piece(evidence, theme.faint)] } else { Vec::new() };
    let taken = columns(&right);
    let lit = query.map(|query| highlights(&label, query.pattern())).unwrap_or_default();
    let mut all = std::mem::take(pieces);
    let text = if is_later { theme.faint } else { theme.text };
    all.extend(highlighted(&label, &lit, text, theme.matched));
    line(buf, Rect { width: inside.width.saturating_sub(taken + 1), ..inside }, row, &all);
    line_right(buf, inside, row, &right);
}

fn evidence(app: &App, row: RowIndex) -> String {
    let chronology = app.world.chronology();
    cite_claims(app.world.dossier(), chronology.claims(chronology.row(row)))
}

/// Returns the word before a row; a blank if the row is actual.
fn modality_word(modality: Modality) -> &'static str {
    match modality {
        Modality::Actual => " ",
        Modality::Planned => " PLAN ",
        Modality::Alleged => " ALLEGED ",
        Modality::Denied => " DENIED ",
    }
}

/// Draws the rule between the rows up to the as-of and the later ones.
fn draw_now(app: &App, inside: Rect, row: u16, theme: &Theme, buf: &mut Buffer) {
    let Some(moment) = app.as_of else { return };
    let words = format!(" as of {moment} · below: later ");
    let room = usize::from(inside.width).saturating_sub(text::width(&words));
    let rule = format!("{}{words}{}", "═".repeat(room / 2), "═".repeat(room - room / 2));
    line(buf, inside, row, &[piece(rule, theme.now)]);
}

fn draw_silence(first: i32, last: i32, inside: Rect, row: u16, theme: &Theme, buf: &mut Buffer) {
    let years = last - first + 1;
    draw_rule(&format!("{years} years without a dated event ({first}–{last})"), inside, row, theme, buf);
}

fn draw_rule(words: &str, inside: Rect, row: u16, theme: &Theme, buf: &mut Buffer) {
    let long = format!("    ┈┈┈ {words} ┈┈┈");
    let text = if text::width(&long) <= usize::from(inside.width) { long } else { format!("  ┈ {words}") };
    line(buf, inside, row, &[piece(text, theme.faint)]);
}
