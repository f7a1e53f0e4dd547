//! `annals render`: draws a screen of the explorer without a terminal.
//!
//! Invariant: the same arguments give the same bytes.

use std::sync::Arc;

use ratatui::layout::Size;

use crate::app::{App, Msg, update_at_once};
use crate::cli::args::{RenderArgs, RenderFormat};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::Output;
use crate::cli::resolve::resolve;
use crate::evidence::library::Library;
use crate::keymap::action::{Action, Pane, View};
use crate::keymap::{self, Chord};
use crate::model::{EntityId, Moment};
use crate::syntax::suggestion;
use crate::timeline::World;
use crate::view::glyphs::Glyphs;
use crate::view::render::{cells, to_ansi, to_svg, to_text};
use crate::view::theme::Theme;

/// Draws the screen that the arguments describe.
pub fn render(
    world: &World,
    library: Option<Arc<Library>>,
    as_of: Option<Moment>,
    args: &RenderArgs,
    glyphs: Glyphs,
    out: &mut Output<'_>,
) -> Result<Outcome, Failure> {
    // The timeline alone is that pane of the chronicle, zoomed to the whole screen.
    let alone = args.view.eq_ignore_ascii_case(Pane::Timeline.as_str());
    let view = if alone { View::Chronicle } else { view(&args.view)? };
    let selected = args.select.as_deref().map(|text| resolve(world, text)).transpose()?;
    let keys = chords(args.keys.as_deref().unwrap_or_default())?;
    let app = opened(world, library, as_of, Size { width: args.size.width, height: args.size.height });
    let mut screen = screen(app, view, selected, &keys);
    if alone {
        update_at_once(&mut screen, Msg::Act(Action::Maximise));
    }
    draw(&screen, glyphs, args.format, out)?;
    Ok(Outcome::Found)
}

pub(super) fn draw(app: &App, glyphs: Glyphs, format: RenderFormat, out: &mut Output<'_>) -> Result<(), Failure> {
    let buf = cells(app, &Theme::colours().with_glyphs(glyphs));
    let text = match format {
        RenderFormat::Text => to_text(&buf),
        RenderFormat::Ansi => to_ansi(&buf),
        RenderFormat::Svg => to_svg(&buf),
    };
    out.raw().write_all(text.as_bytes())?;
    Ok(())
}

/// Returns the explorer in a view, with a selection, after some keys.
fn screen(mut app: App, view: View, selected: Option<EntityId>, keys: &[Chord]) -> App {
    if view != View::Chronicle {
        update_at_once(&mut app, Msg::Act(Action::Show(view)));
    }
    if let Some(entity) = selected {
        update_at_once(&mut app, Msg::Show(entity));
    }
    for chord in keys {
        if let Some(action) = keymap::resolve(app.context(), chord.event()) {
            update_at_once(&mut app, Msg::Act(action));
        }
    }
    app
}

/// Returns the view with this title, in any case.
pub(crate) fn view(word: &str) -> Result<View, Failure> {
    let folded = word.to_lowercase();
    keymap::views().map(|(_, view)| view).find(|view| view.title().to_lowercase() == folded).ok_or_else(|| {
        let titles: Vec<String> = keymap::views().map(|(_, view)| view.title().to_lowercase()).collect();
        let known = titles.iter().map(String::as_str);
        let remedy = suggestion(&folded, known, || format!("expected one of: {}", titles.join(", ")));
        Failure::input(format!("unknown view \"{word}\"; {remedy}"))
    })
}

/// Returns the explorer as it opens, as of a moment if one is given.
pub(super) fn opened(world: &World, library: Option<Arc<Library>>, as_of: Option<Moment>, size: Size) -> App {
    let mut app = App::new(world.clone(), size);
    app.library = library;
    if as_of.is_some() {
        update_at_once(&mut app, Msg::AsOf(as_of));
    }
    app
}

fn chords(keys: &str) -> Result<Vec<Chord>, Failure> {
    let chord = |word: &str| {
        let expected = "expected keys with spaces between, such as: / a b c <enter>";
        Chord::parse(word).ok_or_else(|| Failure::input(format!("unknown key \"{word}\"; {expected}")))
    };
    keys.split_whitespace().map(chord).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_view_is_found_by_its_title() {
        for (_, known) in keymap::views() {
            assert_eq!(view(known.title()).unwrap(), known);
        }
        let lines = view("chronicel").unwrap_err().lines();
        assert_eq!(lines, ["annals: unknown view \"chronicel\"; did you mean \"chronicle\"?"]);
    }

    #[test]
    fn an_unknown_key_is_named() {
        assert_eq!(chords("/ o <enter> C-d").unwrap().len(), 4);
        assert!(chords("/ <enterr>").unwrap_err().lines()[0].starts_with("annals: unknown key \"<enterr>\"; expected"));
    }
}
