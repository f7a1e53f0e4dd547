//! Where everything stands on a screen of a given size.
//!
//! Invariant: same size and state, same rectangles; no rectangle leaves the screen
//! and none overlaps another, overlays aside.

use ratatui::layout::{Constraint, Layout, Rect, Size};

use super::action::Pane;

/// The smallest screen that is drawn, in columns and rows.
pub const MIN_SIZE: (u16, u16) = (40, 10);

/// From this width on there are three panes side by side.
const WIDE: u16 = 120;

/// From this width on there are two panes, with the detail below.
const MEDIUM: u16 = 80;

/// How the main view is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Three panes side by side.
    Wide,
    /// Two panes, the detail below.
    Medium,
    /// One pane, the others behind tabs.
    Single,
}

/// See the module. A rectangle without area is not drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Areas {
    /// The layout.
    pub shape: Shape,
    /// Title, tabs, hints.
    pub header: Rect,
    /// The axis strip.
    pub strip: Rect,
    /// The institutions.
    pub tree: Rect,
    /// The timeline.
    pub timeline: Rect,
    /// The detail.
    pub detail: Rect,
    /// State and hints.
    pub footer: Rect,
    /// The frame of an overlay.
    pub overlay: Rect,
}

/// Where things stand; none if the screen is too small.
pub fn areas(size: Size, focus: Pane, maximised: bool) -> Option<Areas> {
    if size.width < MIN_SIZE.0 || size.height < MIN_SIZE.1 {
        return None;
    }
    let screen = Rect::new(0, 0, size.width, size.height);
    let shape = match size.width {
        _ if maximised => Shape::Single,
        WIDE.. => Shape::Wide,
        // Two panes and a detail below need some height, too.
        MEDIUM.. if size.height >= 16 => Shape::Medium,
        _ => Shape::Single,
    };
    let strip_rows = match size.height {
        30.. => 4,
        20.. => 3,
        14.. => 2,
        _ => 0,
    };
    let [header, strip, body, footer] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(strip_rows),
        Constraint::Min(0),
        Constraint::Length(1),
    ])
    .areas(screen);
    let nowhere = Rect::new(body.x, body.y, 0, 0);
    let (tree, timeline, detail) = match shape {
        Shape::Wide => {
            let tree = (size.width / 5).clamp(25, 40);
            let detail = (size.width * 7 / 20).clamp(42, 80);
            let columns = [Constraint::Length(tree), Constraint::Min(0), Constraint::Length(detail)];
            let [tree, timeline, detail] = Layout::horizontal(columns).areas(body);
            (tree, timeline, detail)
        }
        Shape::Medium => {
            let below = (body.height * 2 / 5).max(6);
            let [above, detail] = Layout::vertical([Constraint::Min(0), Constraint::Length(below)]).areas(body);
            let [tree, timeline] = Layout::horizontal([Constraint::Length(24), Constraint::Min(0)]).areas(above);
            (tree, timeline, detail)
        }
        Shape::Single => match focus {
            Pane::Tree => (body, nowhere, nowhere),
            Pane::Timeline => (nowhere, body, nowhere),
            Pane::Detail => (nowhere, nowhere, body),
        },
    };
    Some(Areas { shape, header, strip, tree, timeline, detail, footer, overlay: overlay(screen) })
}

/// The frame of an overlay: nearly all of a small screen, the middle of a large one.
fn overlay(screen: Rect) -> Rect {
    let width = (screen.width.saturating_sub(4)).min(110).max(screen.width.min(MIN_SIZE.0));
    let height = (screen.height.saturating_sub(2)).min(34).max(screen.height.min(MIN_SIZE.1));
    let x = (screen.width - width) / 2;
    let y = (screen.height - height) / 3;
    Rect::new(x, y, width, height).intersection(screen)
}

impl Areas {
    /// The rectangle of a pane.
    pub fn pane(&self, pane: Pane) -> Rect {
        match pane {
            Pane::Tree => self.tree,
            Pane::Timeline => self.timeline,
            Pane::Detail => self.detail,
        }
    }

    /// What a pane has inside of its frame.
    pub fn inside(&self, pane: Pane) -> Rect {
        inner(self.pane(pane))
    }

    /// The pane under a point.
    pub fn pane_at(&self, column: u16, row: u16) -> Option<Pane> {
        Pane::ALL.into_iter().find(|&pane| self.pane(pane).contains((column, row).into()))
    }
}

/// A rectangle without its frame.
pub fn inner(area: Rect) -> Rect {
    if area.width < 2 || area.height < 2 {
        return Rect::new(area.x, area.y, 0, 0);
    }
    Rect::new(area.x + 1, area.y + 1, area.width - 2, area.height - 2)
}

/// The finder's parts inside of its frame: the prompt, the list, the preview, the hints.
pub fn finder_parts(overlay: Rect) -> (Rect, Rect, Rect, Rect) {
    let inside = inner(overlay);
    let [prompt, rule, middle, hints] =
        Layout::vertical([Constraint::Length(1), Constraint::Length(1), Constraint::Min(0), Constraint::Length(1)])
            .areas(inside);
    let _ = rule;
    let preview = if inside.width >= 70 { inside.width * 2 / 5 } else { 0 };
    let [list, preview] = Layout::horizontal([Constraint::Min(0), Constraint::Length(preview)]).areas(middle);
    (prompt, list, preview, hints)
}

/// The help's parts inside of its frame: the prompt and the list.
pub fn help_parts(overlay: Rect) -> (Rect, Rect) {
    let inside = inner(overlay);
    let [prompt, _, list] =
        Layout::vertical([Constraint::Length(1), Constraint::Length(1), Constraint::Min(0)]).areas(inside);
    (prompt, list)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_number_of_panes_follows_the_width() {
        let shape = |width, height| areas(Size { width, height }, Pane::Timeline, false).map(|areas| areas.shape);
        assert_eq!(shape(39, 24), None);
        assert_eq!(shape(40, 9), None);
        assert_eq!(shape(40, 10), Some(Shape::Single));
        assert_eq!(shape(79, 24), Some(Shape::Single));
        assert_eq!(shape(80, 24), Some(Shape::Medium));
        assert_eq!(shape(120, 40), Some(Shape::Wide));
    }

    proptest! {
        #[test]
        fn panes_never_leave_the_screen_or_overlap(width in 40u16..300, height in 10u16..100, focus in 0usize..3, maximised: bool) {
            let size = Size { width, height };
            let screen = Rect::new(0, 0, width, height);
            let Some(areas) = areas(size, Pane::ALL[focus], maximised) else { return Err(TestCaseError::fail("too small")) };
            let all = [areas.header, areas.strip, areas.tree, areas.timeline, areas.detail, areas.footer];
            for (index, area) in all.iter().enumerate() {
                prop_assert_eq!(area.intersection(screen).area(), area.area());
                for other in &all[index + 1..] {
                    prop_assert_eq!(area.intersection(*other).area(), 0);
                }
            }
            prop_assert!(areas.pane(Pane::ALL[focus]).height >= 4);
        }
    }
}
