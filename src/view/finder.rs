//! Draws the finder: the query, the results, and a preview of the selected one.
//!
//! Invariant: the selected result is among those drawn.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::footer::{draw_prompt, fields};
use super::paint::{Piece, blank, columns, frame, highlighted, in_view, line, line_right, piece};
use super::theme::Theme;
use super::{reasons, row_marker, tint_selected, visible};
use crate::app::state::finder::{Finder, MAX_HITS};
use crate::app::state::layout::finder_parts;
use crate::app::{App, Progress};
use crate::graph::names::{Hit, Matched, Results};
use crate::model::KindId;
use crate::present::wording::{claim_text, entity_text, modality_text, stance_text};
use crate::search::{highlights, line_highlights};
use crate::text;
use crate::timeline::World;

/// Shown for an entity of which only the name has been read.
pub(super) const STILL_READ: &str = "what is said of it is still being read";

/// Columns of the kind in front of a hit.
const KIND_COLUMNS: usize = 12;

/// What is said is shown behind a hit if there are as many columns for it.
const LEAST_HINT: usize = 12;

/// Draws the overlay, and returns the position of the caret.
pub(super) fn draw(app: &App, finder: &Finder, area: Rect, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    blank(buf, area);
    let results = &finder.results;
    let kind = finder.kind.map_or_else(|| "anything".to_owned(), |kind| plural(&app.world, kind));
    let mut counts = format!(" {}", counts(results));
    if finder.is_searching() {
        counts.push_str(" · searching…");
    }
    counts.push(' ');
    let title = piece(format!(" Find {kind} "), theme.heading);
    frame(buf, area, theme.frame_focused, &[title], &[piece(counts, theme.faint)]);
    let (prompt, list, preview, hints) = finder_parts(area);
    let caret = draw_prompt("› ", &finder.prompt, prompt, theme, buf);
    line(buf, Rect { y: prompt.y + 1, ..prompt }, 0, &[piece("─".repeat(usize::from(prompt.width)), theme.faint)]);
    for (index, row) in visible(finder.cursor.offset, results.rows.len(), list.height) {
        draw_hit(&app.world, finder, &results.rows[index], list, row, theme, buf);
        if index == finder.cursor.selected {
            line(buf, list, row, &[row_marker(true, theme)]);
            tint_selected(buf, list, row, true, theme);
        }
    }
    draw_nothing(finder, app.progress, list, theme, buf);
    draw_preview(&app.world, finder, app.progress, preview, theme, buf);
    let more = if results.total() > MAX_HITS { format!("first {MAX_HITS} shown  ") } else { String::new() };
    let words = format!(" Enter open   Tab kind   ↑ ↓ choose   Esc close   {more}");
    let room = usize::from(hints.width).saturating_sub(text::width(&words) + 1);
    line(buf, hints, 0, &[piece(words, theme.faint)]);
    line_right(buf, hints, 0, &[piece(fields(app.world.dossier().vocabulary(), room), theme.faint)]);
    caret
}

/// Returns what several entities of a kind are called, as in the middle of a sentence.
pub(super) fn plural(world: &World, kind: KindId) -> String {
    world.dossier().vocabulary().kind(kind).plural.to_lowercase()
}

/// Returns the numbers of hits by name, by likeness and in prose.
pub(super) fn counts(results: &Results) -> String {
    format!("{} by name · {} alike · {} in what is said", results.close, results.fuzzy, results.prose)
}

/// Draws the reason why there is no hit; draws nothing if there are hits.
pub(super) fn draw_nothing(finder: &Finder, reading: Option<Progress>, list: Rect, theme: &Theme, buf: &mut Buffer) {
    if !finder.results.rows.is_empty() {
        return;
    }
    let why = match &finder.problem {
        Some(problem) => piece(format!(" {problem}"), theme.problem),
        None if finder.is_searching() => piece(" searching…", theme.faint),
        None if reading.is_some_and(|progress| !progress.has_names) => {
            piece(" the names are still being read", theme.faint)
        }
        None if finder.prompt.is_empty() => piece(" type some letters of a name", theme.faint),
        None => piece(" nothing found; fewer letters, or another kind", theme.faint),
    };
    line(buf, list, 0, &[why]);
    reasons(buf, list, 1, &finder.reasons, theme);
}

/// Draws one hit on its row.
pub(super) fn draw_hit(
    world: &World,
    finder: &Finder,
    hit: &Hit,
    list: Rect,
    row: u16,
    theme: &Theme,
    buf: &mut Buffer,
) {
    let dossier = world.dossier();
    let label = dossier.label(hit.entity);
    let lit = finder.query.as_ref().map(|query| highlights(label, query.pattern())).unwrap_or_default();
    // A sign distinguishes a hit by likeness from a hit by name.
    let sign = if hit.is_close() { " " } else { "~" };
    let mut pieces = vec![
        piece(" ", theme.text),
        piece(text::pad(&dossier.kind(hit.entity).name, KIND_COLUMNS), theme.faint),
        piece(sign, theme.faint),
    ];
    let room = usize::from(list.width).saturating_sub(usize::from(columns(&pieces)) + 1);
    let (label, lit) = in_view(label, &lit, room);
    pieces.extend(highlighted(&label, &lit, theme.text, theme.matched));
    let apart = world.apart(hit.entity).map(|apart| format!(" ({apart})")).unwrap_or_default();
    pieces.push(piece(apart + &stance_text(dossier, hit.entity), theme.faint));
    let room = usize::from(list.width).saturating_sub(usize::from(columns(&pieces)) + 3);
    let hint = hint(world, hit);
    let mut right = vec![piece(hint.as_str(), theme.faint)];
    let shown;
    if hit.matched.claim().is_some() && room >= LEAST_HINT {
        let lit = finder.query.as_ref().map(|query| line_highlights(&hint, query.pattern())).unwrap_or_default();
        shown = in_view(&hint, &lit, room);
        let cut = text::head(&shown.0, room);
        right = highlighted(cut, &shown.1, theme.faint, theme.matched);
    }
    let taken = if usize::from(columns(&pieces) + columns(&right)) < usize::from(list.width) {
        line_right(buf, Rect { width: list.width.saturating_sub(1), ..list }, row, &right) + 2
    } else {
        0
    };
    line(buf, Rect { width: list.width.saturating_sub(taken), ..list }, row, &pieces);
}

/// Returns the text at the right of a hit: the passage or other name that matched, else the institution, which
/// distinguishes namesakes.
fn hint(world: &World, hit: &Hit) -> String {
    let dossier = world.dossier();
    let words = hit.text(dossier);
    match hit.matched {
        Matched::Name(_) if words != dossier.label(hit.entity) => words.to_owned(),
        Matched::Prose(claim, _) => format!("… {words}{}", modality_text(dossier, dossier.claim(claim))),
        Matched::Stated(claim) => claim_text(dossier, dossier.claim(claim)),
        Matched::Name(_) => world.home(hit.entity).map(|home| world.short_label(home).to_owned()).unwrap_or_default(),
    }
}

/// Draws the card of the selected hit beside the list.
pub(super) fn draw_preview(
    world: &World,
    finder: &Finder,
    reading: Option<Progress>,
    area: Rect,
    theme: &Theme,
    buf: &mut Buffer,
) {
    let Some(card) = finder.preview.as_ref().filter(|_| area.width > 4) else { return };
    for row in 0..area.height {
        line(buf, area, row, &[piece("│", theme.faint)]);
    }
    let inside = Rect { x: area.x + 2, width: area.width - 2, ..area };
    let mut lines: Vec<Vec<Piece<'_>>> = Vec::new();
    for part in text::clean(&entity_text(world, card.entity)).wrap(usize::from(inside.width)) {
        lines.push(vec![piece(part, theme.heading)]);
    }
    if !card.names.is_empty() {
        lines.push(vec![piece(format!("also {}", card.names.join(" · ")), theme.faint)]);
    }
    for section in &card.sections {
        lines.push(Vec::new());
        lines.push(vec![piece(section.title.as_str(), theme.heading)]);
        for entry in section.lines.iter().take(usize::from(area.height)) {
            let lead = if entry.when.is_empty() { entry.label.as_str() } else { entry.when.as_str() };
            let gap = if lead.is_empty() { "" } else { "  " };
            lines.push(vec![
                piece(lead, theme.faint),
                piece(gap, theme.faint),
                piece(entry.text.as_str(), theme.text),
                piece("  ", theme.faint),
                piece(entry.cite.as_str(), theme.faint),
            ]);
        }
        if lines.len() >= usize::from(area.height) {
            break;
        }
    }
    if reading.is_some() {
        lines.push(vec![piece(STILL_READ, theme.faint)]);
    }
    for (row, pieces) in (0..area.height).zip(&lines) {
        line(buf, inside, row, pieces);
    }
}
