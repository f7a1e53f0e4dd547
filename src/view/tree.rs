//! Draws the pane of institutions.
//!
//! Invariant: an institution is below the one of which it is part, indented one step further.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::paint::{Piece, columns, highlighted, line, line_right, piece};
use super::theme::Theme;
use super::{modality_mark, more_below, pane_frame, reasons, row_marker, tint_selected, visible};
use crate::app::App;
use crate::app::state::layout::inner;
use crate::app::state::tree::{Branch, Node, TreeRow, count_at, standing_of};
use crate::graph::containment::group_label;
use crate::keymap::action::Pane;
use crate::model::{Basis, Modality};
use crate::query::Query;
use crate::search::highlights;
use crate::timeline::status::TemporalStatus;

pub(super) fn draw(app: &App, area: Rect, theme: &Theme, buf: &mut Buffer) {
    let filter = app.tree.filter.text();
    let title = if filter.is_empty() { Pane::Tree.as_str().to_owned() } else { format!("/{filter}") };
    let right = if filter.is_empty() { String::new() } else { format!("{} found", app.tree.rows.len()) };
    pane_frame(app, Pane::Tree, area, theme, buf, &title, &right);
    let inside = inner(area);
    let focused = app.focus == Pane::Tree;
    let query = Query::parse(filter, app.world.dossier().vocabulary()).ok().filter(|query| !query.is_empty());
    for (index, row) in visible(app.tree.cursor.offset, app.tree.rows.len(), inside.height) {
        let item = app.tree.rows[index];
        let selected = index == app.tree.cursor.selected;
        draw_row(app, item, query.as_ref(), inside, row, selected, focused, theme, buf);
    }
    more_below(buf, area, app.tree.cursor.offset, inside.height, app.tree.rows.len(), theme);
    if app.tree.rows.is_empty() {
        line(buf, inside, 0, &[piece(" nothing matches", theme.faint)]);
        reasons(buf, inside, 1, &app.tree.reasons, theme);
    }
}

#[expect(clippy::too_many_arguments, reason = "a row is drawn from all of these and nothing groups them")]
fn draw_row(
    app: &App,
    item: TreeRow,
    query: Option<&Query>,
    inside: Rect,
    row: u16,
    selected: bool,
    focused: bool,
    theme: &Theme,
    buf: &mut Buffer,
) {
    let standing = item.node.part().zip(app.as_of);
    let by_then = count_at(&app.world, &item, app.as_of);
    // An entity with rows by then is not later; only others need their status looked up.
    let is_later = by_then == Some(0)
        && standing.is_some_and(|(entity, moment)| standing_of(&app.world, entity, moment) == TemporalStatus::Later);
    let count = match item.node {
        Node::Part(_) if item.count == 0 => String::new(),
        _ => by_then.map(|count| count.to_string()).unwrap_or_default(),
    };
    let count = if is_later { "later".to_owned() } else { count };
    let right = [piece(count, theme.faint)];
    let taken = columns(&right);
    let branch = match item.branch {
        Branch::Leaf => "  ",
        Branch::Closed => "▸ ",
        Branch::Open => "▾ ",
    };
    let mut pieces: Vec<Piece<'_>> = vec![
        row_marker(selected, theme),
        piece("  ".repeat(usize::from(item.depth)), theme.text),
        piece(branch, theme.faint),
    ];
    let label = label(app, item.node);
    let stance = item.node.part().map_or(Modality::Actual, |entity| app.world.dossier().stance(entity));
    if stance != Modality::Actual {
        pieces.push(modality_mark(stance, Basis::Stated, theme));
        pieces.push(piece(" ", theme.text));
    }
    match query {
        Some(query) => {
            pieces.extend(highlighted(&label, &highlights(&label, query.pattern()), theme.text, theme.matched));
        }
        None => pieces.push(piece(
            label.as_str(),
            if item.count == 0 && item.depth == 0 || is_later { theme.faint } else { theme.text },
        )),
    }
    if stance != Modality::Actual {
        pieces.push(piece(format!(" ({stance})"), theme.faint));
    }
    line(buf, Rect { width: inside.width.saturating_sub(taken + 1), ..inside }, row, &pieces);
    line_right(buf, inside, row, &right);
    if selected {
        tint_selected(buf, inside, row, focused, theme);
    }
}

fn label(app: &App, node: Node) -> String {
    match node {
        Node::All => "All".to_owned(),
        Node::Institution(entity) | Node::Part(entity) => app.world.short_name(entity).into_owned(),
        Node::Group(_, group) => group_label(&app.world, group).to_owned(),
        Node::More(..) => "… and more".to_owned(),
    }
}
