//! Converts a screen to text, to text with ANSI styles, to SVG, and to a map of its styles.
//!
//! Invariant: all forms show the same cells; text and style map together lose nothing.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

use super::theme::Theme;
use super::{draw, escape};
use crate::app::App;
use crate::text;

/// Returns the cells of a screen.
pub fn cells(app: &App, theme: &Theme) -> Buffer {
    let mut buf = Buffer::empty(Rect::new(0, 0, app.size.width, app.size.height));
    draw(app, theme, &mut buf);
    buf
}

/// Returns the text of a screen, a line for each row, without blanks at the end.
pub fn to_text(buf: &Buffer) -> String {
    let mut out = String::new();
    for y in 0..buf.area.height {
        let line: String = row(buf, y).map(|(_, cell)| cell.symbol()).collect();
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// Returns the screen with escape sequences for a terminal.
pub fn to_ansi(buf: &Buffer) -> String {
    let mut out = String::new();
    for y in 0..buf.area.height {
        let mut last = String::new();
        for (_, cell) in row(buf, y) {
            let code = sgr(cell);
            if code != last {
                let _ = write!(out, "\u{1b}[0{code}m");
                last = code;
            }
            out.push_str(cell.symbol());
        }
        out.push_str("\u{1b}[0m\n");
    }
    out
}

const CELL_WIDTH: f64 = 8.4;
const CELL_HEIGHT: f64 = 17.0;
const MARGIN: f64 = 10.0;
const GROUND: &str = "#1b1f27";
const INK: &str = "#d7dae0";

/// Returns the screen as an SVG picture, with every cell in its place.
pub fn to_svg(buf: &Buffer) -> String {
    let width = f64::from(buf.area.width) * CELL_WIDTH + 2.0 * MARGIN;
    let height = f64::from(buf.area.height) * CELL_HEIGHT + 2.0 * MARGIN;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {width:.0} {height:.0}\" font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" font-size=\"14\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"6\" fill=\"{GROUND}\"/>\n"
    );
    for y in 0..buf.area.height {
        for run in runs(buf, y) {
            svg_run(&mut out, &run, y);
        }
    }
    out.push_str("</svg>\n");
    out
}

/// Adjacent cells of a row in one style.
struct Run<'a> {
    start: u16,
    columns: u16,
    text: String,
    cell: &'a Cell,
}

/// Returns the runs of a row. A cell that is wide or not ASCII is a run of its own, so that a font with signs of
/// another width cannot shift the rest of the line.
fn runs(buf: &Buffer, y: u16) -> Vec<Run<'_>> {
    let mut runs: Vec<Run<'_>> = Vec::new();
    for (x, cell) in row(buf, y) {
        let columns = text::width(cell.symbol()).max(1) as u16;
        let plain = cell.symbol().is_ascii();
        match runs.last_mut() {
            Some(run) if plain && run.text.is_ascii() && style_words(run.cell) == style_words(cell) => {
                run.text.push_str(cell.symbol());
                run.columns += columns;
            }
            _ => runs.push(Run { start: x, columns, text: cell.symbol().to_owned(), cell }),
        }
    }
    runs
}

fn svg_run(out: &mut String, run: &Run<'_>, y: u16) {
    let modifiers = run.cell.modifier;
    let mut fore = colour(run.cell.fg).unwrap_or(INK);
    let mut back = colour(run.cell.bg).unwrap_or(GROUND);
    if modifiers.contains(Modifier::REVERSED) {
        std::mem::swap(&mut fore, &mut back);
    }
    let x = f64::from(run.start) * CELL_WIDTH + MARGIN;
    let top = f64::from(y) * CELL_HEIGHT + MARGIN;
    let width = f64::from(run.columns) * CELL_WIDTH;
    if back != GROUND {
        let _ = writeln!(
            out,
            "<rect x=\"{x:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{CELL_HEIGHT}\" fill=\"{back}\"/>"
        );
    }
    if run.text.trim().is_empty() {
        return;
    }
    let mut style = String::new();
    if modifiers.contains(Modifier::BOLD) {
        style.push_str(" font-weight=\"bold\"");
    }
    if modifiers.contains(Modifier::UNDERLINED) {
        style.push_str(" text-decoration=\"underline\"");
    }
    if modifiers.contains(Modifier::DIM) {
        style.push_str(" opacity=\"0.6\"");
    }
    let baseline = top + CELL_HEIGHT * 0.76;
    let _ = writeln!(
        out,
        "<text x=\"{x:.1}\" y=\"{baseline:.1}\" textLength=\"{width:.1}\" lengthAdjust=\"spacingAndGlyphs\" xml:space=\"preserve\" fill=\"{fore}\"{style}>{}</text>",
        escape(&run.text)
    );
}

/// Returns the cells of a row, without those behind a wide letter.
fn row(buf: &Buffer, y: u16) -> impl Iterator<Item = (u16, &Cell)> {
    let mut hidden = 0;
    (0..buf.area.width).filter_map(move |x| {
        let cell = &buf[(x, y)];
        if hidden > 0 {
            hidden -= 1;
            return None;
        }
        hidden = text::width(cell.symbol()).saturating_sub(1);
        Some((x, cell))
    })
}

const COLOURS: [(Color, &str, &str, &str); 8] = [
    (Color::Black, "black", "30", "#3b4048"),
    (Color::Red, "red", "31", "#e06c75"),
    (Color::Green, "green", "32", "#98c379"),
    (Color::Yellow, "yellow", "33", "#e5c07b"),
    (Color::Blue, "blue", "34", "#61afef"),
    (Color::Magenta, "magenta", "35", "#c678dd"),
    (Color::Cyan, "cyan", "36", "#56b6c2"),
    (Color::Gray, "white", "37", "#d7dae0"),
];

const MODIFIERS: [(Modifier, &str, &str); 4] = [
    (Modifier::BOLD, "bold", "1"),
    (Modifier::DIM, "dim", "2"),
    (Modifier::UNDERLINED, "underlined", "4"),
    (Modifier::REVERSED, "reversed", "7"),
];

fn colour(wanted: Color) -> Option<&'static str> {
    COLOURS.iter().find(|(colour, ..)| *colour == wanted).map(|found| found.3)
}

/// Returns the style of a cell in words; empty where it is plain.
pub fn style_words(cell: &Cell) -> String {
    let mut words = Vec::new();
    words.extend(COLOURS.iter().filter(|(colour, ..)| *colour == cell.fg).map(|found| found.1));
    words.extend(MODIFIERS.iter().filter(|(modifier, ..)| cell.modifier.contains(*modifier)).map(|found| found.1));
    words.join(" ")
}

/// Returns the parameters of SGR for a cell, each with a semicolon before it.
fn sgr(cell: &Cell) -> String {
    let mut codes = String::new();
    for (modifier, _, code) in MODIFIERS {
        if cell.modifier.contains(modifier) {
            let _ = write!(codes, ";{code}");
        }
    }
    for (colour, _, code, ..) in COLOURS {
        if cell.fg == colour {
            let _ = write!(codes, ";{code}");
        }
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Style;

    fn sample() -> Buffer {
        let mut buf = Buffer::empty(Rect::new(0, 0, 6, 2));
        buf.set_string(0, 0, "a<漢b", Style::new().fg(Color::Red));
        buf.set_string(0, 1, "xy", Style::new().add_modifier(Modifier::REVERSED));
        buf
    }

    #[test]
    fn text_keeps_the_letters_and_drops_blanks_at_the_end() {
        assert_eq!(to_text(&sample()), "a<漢b\nxy\n");
    }

    #[test]
    fn the_words_of_a_cell_name_its_style() {
        let words = |x, y| style_words(&sample()[(x, y)]);
        assert_eq!([words(0, 0), words(4, 0), words(5, 0), words(0, 1)], ["red", "red", "", "reversed"]);
    }

    #[test]
    fn ansi_changes_style_only_where_it_changes() {
        assert_eq!(to_ansi(&sample()).lines().next(), Some("\u{1b}[0;31ma<漢b\u{1b}[0m \u{1b}[0m"));
    }

    #[test]
    fn svg_escapes_and_reverses() {
        let svg = to_svg(&sample());
        assert!(svg.contains(">a&lt;</text>"), "{svg}");
        assert!(svg.contains("fill=\"#d7dae0\"/>"), "{svg}");
        assert!(svg.ends_with("</svg>\n"));
    }
}
