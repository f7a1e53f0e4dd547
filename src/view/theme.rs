//! Styles by meaning, in the sixteen ANSI colours on any background.
//!
//! Invariant: no style carries a meaning alone; every state that has a colour has a sign or a
//! word as well, so the plain theme loses nothing.

use ratatui::style::{Color, Modifier, Style};

use super::glyphs::Glyphs;

/// The styles of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// Ordinary text.
    pub text: Style,
    /// Less important text: counts, rules, evidence.
    pub faint: Style,
    /// Headings.
    pub heading: Style,
    /// The frame of a pane.
    pub frame: Style,
    /// The frame of the pane that has the keys.
    pub frame_focused: Style,
    /// The selected row of the pane that has the keys.
    pub selected: Style,
    /// The selected row of another pane.
    pub selected_elsewhere: Style,
    /// Dates.
    pub date: Style,
    /// Actual claims and events.
    pub actual: Style,
    /// Planned claims and events.
    pub planned: Style,
    /// Alleged claims and events.
    pub alleged: Style,
    /// Denied claims and events.
    pub denied: Style,
    /// A way to somewhere else.
    pub link: Style,
    /// Letters that a query matched.
    pub matched: Style,
    /// Words of a document that bear a value; they have signs around them.
    pub bearing: Style,
    /// Keys in hints and help.
    pub key: Style,
    /// Error messages.
    pub problem: Style,
    /// The as-of and the selection on the axis.
    pub now: Style,
    /// The signs that the terminal can show.
    pub glyphs: Glyphs,
}

impl Theme {
    /// Returns the theme with colours.
    pub const fn colours() -> Self {
        let base = Style::new();
        Self {
            text: base,
            faint: base.add_modifier(Modifier::DIM),
            heading: base.fg(Color::Cyan).add_modifier(Modifier::BOLD),
            frame: base.add_modifier(Modifier::DIM),
            frame_focused: base.fg(Color::Cyan),
            selected: base.fg(Color::Reset).remove_modifier(Modifier::DIM).add_modifier(Modifier::REVERSED),
            selected_elsewhere: base.add_modifier(Modifier::BOLD),
            date: base.fg(Color::Cyan),
            actual: base.fg(Color::Green),
            planned: base.fg(Color::Blue),
            alleged: base.fg(Color::Magenta),
            denied: base.fg(Color::Red),
            link: base.fg(Color::Cyan),
            matched: base.fg(Color::Magenta).add_modifier(Modifier::BOLD),
            bearing: base.fg(Color::Green).add_modifier(Modifier::BOLD),
            key: base.add_modifier(Modifier::BOLD),
            problem: base.fg(Color::Red).add_modifier(Modifier::BOLD),
            now: base.fg(Color::Red).add_modifier(Modifier::BOLD),
            glyphs: Glyphs::Unicode,
        }
    }

    /// Returns the theme with other signs.
    #[must_use]
    pub const fn with_glyphs(self, glyphs: Glyphs) -> Self {
        Self { glyphs, ..self }
    }

    /// Returns the theme without colours, for `NO_COLOR`.
    pub const fn plain() -> Self {
        let base = Style::new();
        let bold = base.add_modifier(Modifier::BOLD);
        Self {
            heading: bold,
            frame_focused: bold,
            date: base,
            actual: base,
            planned: base,
            alleged: base,
            denied: base,
            link: base,
            matched: bold,
            bearing: bold.add_modifier(Modifier::UNDERLINED),
            problem: bold,
            now: bold,
            ..Self::colours()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plain_theme_has_no_colour() {
        let theme = Theme::plain();
        let styles = [
            theme.text,
            theme.faint,
            theme.heading,
            theme.frame,
            theme.frame_focused,
            theme.selected,
            theme.selected_elsewhere,
            theme.date,
            theme.actual,
            theme.planned,
            theme.alleged,
            theme.denied,
            theme.link,
            theme.matched,
            theme.bearing,
            theme.key,
            theme.problem,
            theme.now,
        ];
        let plain = |style: &Style| style.fg.is_none_or(|colour| colour == Color::Reset) && style.bg.is_none();
        assert!(styles.iter().all(plain));
    }
}
