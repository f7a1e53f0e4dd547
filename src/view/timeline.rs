//! The timeline pane: date, sign, what happened, and where it is said.

use std::fmt::Write as _;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::paint::{Piece, columns, highlighted, line, line_right, piece};
use super::theme::Theme;
use super::{modality_mark, more_below, pane_frame, row_marker, tint_selected, visible};
use crate::app::App;
use crate::app::action::Pane;
use crate::app::layout::inner;
use crate::app::timeline::Item;
use crate::catalogue::chronology::{RowIndex, row_label, row_when};
use crate::catalogue::query::Query;
use crate::catalogue::search::highlights;
use crate::catalogue::words::cite_claim;
use crate::model::vocabulary::Modality;
use crate::text;

/// The date column is this wide, or as wide as the widest date shown.
const DATE_COLUMNS: usize = 11;

/// Below this width of the pane, evidence is left to the detail.
const EVIDENCE_FROM: u16 = 44;

/// Draws the pane.
pub(super) fn draw(app: &App, area: Rect, theme: &Theme, buf: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let inside = inner(area);
    pane_frame(app, Pane::Timeline, area, theme, buf, &title(app), &counts(app));
    let items = app.timeline.items();
    let filter = app.timeline.filter.text();
    let query = Query::parse(filter).ok().filter(|query| !query.is_empty());
    let page: Vec<(usize, u16)> = visible(app.timeline.cursor.offset, items.len(), inside.height).collect();
    let dates = page.iter().map(|&(index, _)| text::width(&date(app, items[index]))).max();
    let date_columns = dates.unwrap_or(0).max(DATE_COLUMNS);
    let focused = app.focus == Pane::Timeline;
    for (index, row) in page {
        match items[index] {
            Item::Silence { first, last } => draw_silence(first, last, inside, row, theme, buf),
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
    more_below(buf, area, app.timeline.cursor.offset, inside.height, items.len(), theme);
    if items.is_empty() {
        let why =
            if query.is_some() { " nothing matches; Esc drops the filter" } else { " nothing dated is said of this" };
        line(buf, inside, 0, &[piece(why, theme.faint)]);
    }
}

fn title(app: &App) -> String {
    let scope = app.scope().entity().map_or("all", |entity| app.catalogue.short_label(entity));
    let mut title = format!("{} · {scope}", Pane::Timeline.title());
    if let Some((first, last)) = app.timeline.zoom.window() {
        let _ = write!(title, " · {first} – {last}");
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
    let undated = app.timeline.undated();
    let dated = if shown == all { format!("{all} dated") } else { format!("{shown} of {all} dated") };
    if undated == 0 { dated } else { format!("{dated} · {undated} undated") }
}

fn date(app: &App, item: Item) -> String {
    match item {
        Item::Row(row) => {
            let row = &app.catalogue.chronology().rows()[row as usize];
            row_when(app.catalogue.dossier(), row).map(crate::model::When::column).unwrap_or_default()
        }
        Item::Undated(_) => " undated".to_owned(),
        Item::Silence { .. } | Item::UndatedHead(_) => String::new(),
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
    let dossier = app.catalogue.dossier();
    let (label, evidence) = match item {
        Item::Row(index) => {
            let dated = &app.catalogue.chronology().rows()[index as usize];
            pieces.push(modality_mark(dated.modality, dated.basis, theme));
            pieces.push(piece(modality_word(dated.modality), theme.planned));
            (row_label(dossier, dated), evidence(app, index))
        }
        Item::Undated(entity) => {
            pieces.push(piece("· ", theme.faint));
            let claim = dossier.claims_of(entity).first();
            (dossier.label(entity).to_owned(), claim.map(|claim| cite_claim(dossier, claim)).unwrap_or_default())
        }
        Item::Silence { .. } | Item::UndatedHead(_) => return,
    };
    let right = if inside.width >= EVIDENCE_FROM { vec![piece(evidence, theme.faint)] } else { Vec::new() };
    let taken = columns(&right);
    let lit = query.map(|query| highlights(&label, query)).unwrap_or_default();
    let mut all = std::mem::take(pieces);
    all.extend(highlighted(&label, &lit, theme.text, theme.matched));
    line(buf, Rect { width: inside.width.saturating_sub(taken + 1), ..inside }, row, &all);
    line_right(buf, inside, row, &right);
}

fn evidence(app: &App, row: RowIndex) -> String {
    let dossier = app.catalogue.dossier();
    cite_claim(dossier, dossier.claim(app.catalogue.chronology().rows()[row as usize].claim))
}

/// The word that stands before a row which did not simply happen.
fn modality_word(modality: Modality) -> &'static str {
    match modality {
        Modality::Actual => " ",
        Modality::Planned => " PLAN ",
        Modality::Alleged => " ALLEGED ",
        Modality::Denied => " DENIED ",
    }
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
