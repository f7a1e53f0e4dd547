//! The rectangles of everything on a screen of a given size.
//!
//! Invariant: same size and state, same rectangles; no rectangle leaves the screen
//! and none overlaps another, overlays aside.

use ratatui::layout::{Rect, Size};

use crate::keymap;
use crate::keymap::action::{Pane, View};
use crate::model::Moment;
use crate::present::tables::TableData;
use crate::text;

/// The smallest screen that is drawn, in columns and rows.
pub const MIN_SIZE: (u16, u16) = (40, 10);

/// The least width, in columns, for three panes side by side.
const WIDE: u16 = 120;

/// The least height, in rows, for a detail below the other panes.
const TALL: u16 = 16;

/// The least width, in columns, for a detail beside a table instead of below it.
const WIDE_TABLE: u16 = 170;

/// The least height of the panes, in rows, for lanes under the timeline.
const LANES_FROM: u16 = 30;

/// The least width, in columns, for two panes with the detail below.
const MEDIUM: u16 = 80;

/// The arrangement of the panes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Three panes side by side.
    Wide,
    /// Two panes, the detail below.
    Medium,
    /// One pane, the others behind tabs.
    Single,
}

/// The rectangles of a screen. One without area is not drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Areas {
    /// The layout.
    pub shape: Shape,
    /// Title, tabs, hints.
    pub header: Rect,
    /// The axis strip.
    pub strip: Rect,
    panes: [Rect; Pane::ALL.len()],
    /// State and hints.
    pub footer: Rect,
    /// The frame of an overlay.
    pub overlay: Rect,
}

/// Returns the rectangles of a screen; `None` if it is smaller than [`MIN_SIZE`].
pub fn areas(size: Size, view: View, focus: Pane, maximised: bool) -> Option<Areas> {
    if size.width < MIN_SIZE.0 || size.height < MIN_SIZE.1 {
        return None;
    }
    let screen = Rect::new(0, 0, size.width, size.height);
    let shape = match size.width {
        _ if maximised => Shape::Single,
        // A detail below the rest needs some height, too.
        WIDE..
            if matches!(view, View::Chronicle | View::Tenures) || size.width >= WIDE_TABLE || size.height >= TALL =>
        {
            Shape::Wide
        }
        MEDIUM.. if size.height >= TALL => Shape::Medium,
        _ => Shape::Single,
    };
    let strip_rows = match size.height {
        _ if !matches!(view, View::Chronicle | View::Tenures) => 0,
        30.. => 4,
        20.. => 3,
        14.. => 2,
        _ => 0,
    };
    let [header, strip, body, footer] = rows(screen, [Some(1), Some(strip_rows), None, Some(1)]);
    let panes = [Rect::new(body.x, body.y, 0, 0); Pane::ALL.len()];
    let mut areas = Areas { shape, header, strip, panes, footer, overlay: overlay(screen) };
    let below = (body.height * 2 / 5).max(6);
    match (view, shape) {
        (_, Shape::Single) => {
            // Lanes below the timeline are no pane of the chronicle.
            let alone = if view.panes().contains(&focus) { focus } else { view.first_pane() };
            areas.place([alone], [body]);
        }
        (View::Chronicle, Shape::Wide) => {
            let tree = (size.width / 5).clamp(25, 40);
            let detail = (size.width * 7 / 20).clamp(42, 80);
            let [tree, timeline, detail] = columns(body, [Some(tree), None, Some(detail)]);
            // There are lanes under the timeline only if they leave enough room for it.
            let lanes = if body.height >= LANES_FROM { (body.height / 4).min(12) } else { 0 };
            let above = |area: Rect| Rect { height: body.height - lanes, ..area };
            areas.place([Pane::Tree, Pane::Timeline, Pane::Detail], [above(tree), above(timeline), detail]);
            if lanes > 0 {
                let width = tree.width + timeline.width;
                areas.place([Pane::Lanes], [Rect { y: body.bottom() - lanes, width, height: lanes, ..body }]);
            }
        }
        (View::Chronicle, Shape::Medium) => {
            let [above, detail] = rows(body, [None, Some(below)]);
            let [tree, timeline] = columns(above, [Some(24), None]);
            areas.place([Pane::Tree, Pane::Timeline, Pane::Detail], [tree, timeline, detail]);
        }
        // Lanes need width too, but a detail below them would hide most of them.
        (View::Tenures, Shape::Wide) => {
            let detail = (size.width * 3 / 10).clamp(36, 70);
            areas.place([Pane::Lanes, Pane::Detail], columns(body, [None, Some(detail)]));
        }
        // A table needs its width more than the detail needs its height.
        (View::Table(_), Shape::Wide) if size.width >= WIDE_TABLE => {
            let detail = (size.width / 3).clamp(42, 70);
            areas.place([Pane::Table, Pane::Detail], columns(body, [None, Some(detail)]));
        }
        (View::Tenures | View::Table(_), Shape::Wide | Shape::Medium) => {
            areas.place([view.first_pane(), Pane::Detail], rows(body, [None, Some(below)]));
        }
    }
    Some(areas)
}

/// Cuts an area into rows of these heights from above; the one without a height gets the rest. If there is too little
/// room, the first rows take it.
fn rows<const N: usize>(area: Rect, heights: [Option<u16>; N]) -> [Rect; N] {
    spans(area.height, heights).map(|(y, height)| Rect { y: area.y + y, height, ..area })
}

/// Cuts an area into columns of these widths from the left, as [`rows`] does into rows.
fn columns<const N: usize>(area: Rect, widths: [Option<u16>; N]) -> [Rect; N] {
    spans(area.width, widths).map(|(x, width)| Rect { x: area.x + x, width, ..area })
}

/// Returns the start and the size of each piece.
fn spans<const N: usize>(whole: u16, sizes: [Option<u16>; N]) -> [(u16, u16); N] {
    let rest = whole.saturating_sub(sizes.into_iter().flatten().fold(0, u16::saturating_add));
    let mut start = 0;
    sizes.map(|size| {
        let size = size.unwrap_or(rest).min(whole - start);
        start += size;
        (start - size, size)
    })
}

/// Returns the frame of an overlay: nearly all of a small screen, the middle of a large one.
fn overlay(screen: Rect) -> Rect {
    let width = (screen.width.saturating_sub(4)).min(110).max(screen.width.min(MIN_SIZE.0));
    let height = (screen.height.saturating_sub(2)).min(34).max(screen.height.min(MIN_SIZE.1));
    let x = (screen.width - width) / 2;
    let y = (screen.height - height) / 3;
    Rect::new(x, y, width, height).intersection(screen)
}

impl Areas {
    /// Returns the rectangle of a pane.
    pub fn pane(&self, pane: Pane) -> Rect {
        self.panes[pane as usize]
    }

    fn place<const N: usize>(&mut self, panes: [Pane; N], areas: [Rect; N]) {
        for (pane, area) in panes.into_iter().zip(areas) {
            self.panes[pane as usize] = area;
        }
    }

    /// Returns the pane under a point.
    pub fn pane_at(&self, column: u16, row: u16) -> Option<Pane> {
        Pane::ALL.iter().copied().find(|&pane| self.pane(pane).contains((column, row).into()))
    }
}

/// Returns the tabs of a screen with one pane: each pane with the column where its tab starts.
pub fn tabs(view: View) -> impl Iterator<Item = (Pane, u16)> {
    let mut column = 1;
    view.panes().iter().map(move |&pane| {
        let start = column;
        column += pane.as_str().len() as u16 + 3;
        (pane, start)
    })
}

/// Returns the view whose tab is under a column; `tab` gives the title of a view that has one.
pub(crate) fn view_tab_at<'a>(tab: impl Fn(View) -> Option<&'a str>, column: u16) -> Option<View> {
    let mut start = 0;
    keymap::views().filter_map(|(key, view)| Some((key, view, tab(view)?))).find_map(|(key, view, title)| {
        // The key with a space on each side, then the title.
        let end = start + 2 + text::width(&key) as u16 + text::width(title) as u16;
        let hit = (start..end).contains(&column);
        start = end;
        hit.then_some(view)
    })
}

/// Returns the pane whose tab is under a column.
pub(crate) fn tab_at(view: View, column: u16) -> Option<Pane> {
    let hit = |&(pane, start): &(Pane, u16)| (start..start + pane.as_str().len() as u16 + 2).contains(&column);
    tabs(view).find(hit).map(|(pane, _)| pane)
}

/// Returns a rectangle without its frame.
pub fn inner(area: Rect) -> Rect {
    if area.width < 2 || area.height < 2 {
        return Rect::new(area.x, area.y, 0, 0);
    }
    Rect::new(area.x + 1, area.y + 1, area.width - 2, area.height - 2)
}

/// Returns the finder's parts inside of its frame: the prompt, the list, the preview, the hints.
pub fn finder_parts(overlay: Rect) -> (Rect, Rect, Rect, Rect) {
    let inside = inner(overlay);
    let [prompt, _, middle, hints] = rows(inside, [Some(1), Some(1), None, Some(1)]);
    let preview = if inside.width >= 70 { inside.width * 2 / 5 } else { 0 };
    let [list, preview] = columns(middle, [None, Some(preview)]);
    (prompt, list, preview, hints)
}

/// The rectangles of the picker, which has the whole screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PickParts {
    /// The typed text.
    pub prompt: Rect,
    /// The number of matches.
    pub counts: Rect,
    /// The rows.
    pub list: Rect,
    /// The card of the selected row.
    pub preview: Rect,
    /// The keys.
    pub hints: Rect,
}

/// Returns the parts of the picker at any size, the prompt and the list first; entities have a preview.
pub fn pick_parts(size: Size, has_preview: bool) -> PickParts {
    let screen = Rect::new(0, 0, size.width, size.height);
    let (counts, hints) = (u16::from(size.height >= 3), u16::from(size.height >= 6));
    let [prompt, counts, middle, hints] = rows(screen, [Some(1), Some(counts), None, Some(hints)]);
    let preview = if has_preview && size.width >= 90 { size.width * 2 / 5 } else { 0 };
    let [list, preview] = columns(middle, [None, Some(preview)]);
    PickParts { prompt, counts, list, preview, hints }
}

/// Returns the rectangle of the lanes: below the years of their axis, above the state at the as-of.
pub fn lanes_body(area: Rect, as_of: Option<Moment>) -> Rect {
    let inside = inner(area);
    let head = inside.height.min(1);
    Rect { y: inside.y + head, height: inside.height - head - state_rows(area, as_of), ..inside }
}

/// Returns the number of rows for the state at the as-of: one or two if there is room for them, else none.
pub fn state_rows(area: Rect, as_of: Option<Moment>) -> u16 {
    match inner(area).height {
        _ if as_of.is_none() => 0,
        ..4 => 0,
        4..6 => 1,
        _ => 2,
    }
}

/// Returns the number of columns in front of the lanes, which hold their labels.
pub fn lane_label_columns(area: Rect) -> u16 {
    (area.width / 3).clamp(8, 38).min(area.width / 2)
}

/// Returns the rectangle of the rows of a table: between its headings and its notes.
pub fn table_body(area: Rect, data: &TableData) -> Rect {
    let inside = inner(area);
    let head = inside.height.min(1);
    let notes = notes_rows(inside.height, data);
    Rect { y: inside.y + head, height: inside.height - head - notes, ..inside }
}

/// Notes take at most a third of the height, and a rule above them.
pub fn notes_rows(height: u16, data: &TableData) -> u16 {
    match data.notes.len() as u16 {
        0 => 0,
        notes if height >= 8 => (notes + 1).min(height / 3),
        _ => 0,
    }
}

/// Returns the evidence's parts inside of its frame: the place, the words, the claims, the hints.
pub fn evidence_parts(overlay: Rect) -> (Rect, Rect, Rect, Rect) {
    let inside = inner(overlay);
    let words = (inside.height.saturating_sub(2) / 2).max(1);
    let [head, words, list, hints] = rows(inside, [Some(1), Some(words), None, Some(1)]);
    (head, words, list, hints)
}

/// Returns the help's parts inside of its frame: the prompt and the list.
pub fn help_parts(overlay: Rect) -> (Rect, Rect) {
    let inside = inner(overlay);
    let [prompt, _, list] = rows(inside, [Some(1), Some(1), None]);
    (prompt, list)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::tables::figures;
    use proptest::prelude::*;

    #[test]
    fn what_has_no_size_gets_what_is_left_and_too_little_goes_to_the_first() {
        let cut = |whole| spans(whole, [Some(2), None, Some(3), Some(0)]);
        assert_eq!(cut(9), [(0, 2), (2, 4), (6, 3), (9, 0)]);
        assert_eq!(cut(5), [(0, 2), (2, 0), (2, 3), (5, 0)]);
        assert_eq!(cut(3), [(0, 2), (2, 0), (2, 1), (3, 0)]);
        assert_eq!(cut(0), [(0, 0); 4]);
        let area = Rect::new(3, 5, 7, 9);
        assert_eq!(rows(area, [Some(1), None]), [Rect { height: 1, ..area }, Rect { y: 6, height: 8, ..area }]);
        assert_eq!(columns(area, [None, Some(2)]), [Rect { width: 5, ..area }, Rect { x: 8, width: 2, ..area }]);
    }

    #[test]
    fn the_number_of_panes_follows_the_width() {
        let shape = |width, height| {
            areas(Size { width, height }, View::Chronicle, Pane::Timeline, false).map(|areas| areas.shape)
        };
        assert_eq!(shape(39, 24), None);
        assert_eq!(shape(40, 9), None);
        assert_eq!(shape(40, 10), Some(Shape::Single));
        assert_eq!(shape(79, 24), Some(Shape::Single));
        assert_eq!(shape(80, 24), Some(Shape::Medium));
        assert_eq!(shape(120, 40), Some(Shape::Wide));
    }

    proptest! {
        #[test]
        fn panes_never_leave_the_screen_or_overlap(width in 40u16..300, height in 10u16..100, focus in 0usize..3, view in 0usize..3, maximised: bool) {
            let size = Size { width, height };
            let screen = Rect::new(0, 0, width, height);
            let view = [View::Chronicle, View::Table(figures::TABLE), View::Tenures][view];
            let focus = view.panes()[focus % view.panes().len()];
            let Some(areas) = areas(size, view, focus, maximised) else { return Err(TestCaseError::fail("too small")) };
            let all = [areas.header, areas.strip, areas.pane(Pane::Tree), areas.pane(Pane::Timeline), areas.pane(Pane::Lanes), areas.pane(Pane::Table), areas.pane(Pane::Detail), areas.footer];
            for (index, area) in all.iter().enumerate() {
                prop_assert_eq!(area.intersection(screen).area(), area.area());
                for other in &all[index + 1..] {
                    prop_assert_eq!(area.intersection(*other).area(), 0);
                }
            }
            prop_assert!(areas.pane(focus).height >= 4);
        }
    }
}
