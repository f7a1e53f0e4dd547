//! `annals debug keys`: plays a recorded session without a terminal.
//!
//! Invariant: the same recording on the same dossier prints the same bytes.

use std::sync::Arc;

use ratatui::layout::Size;

use super::render::{draw, opened};
use crate::app::{App, Effect, Msg, update_at_once};
use crate::cli::args::DebugKeysArgs;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::forms::RenderFormat;
use crate::cli::output::{Output, Tone};
use crate::evidence::library::Library;
use crate::formats::file::read_regular;
use crate::keymap;
use crate::keymap::recording::{Event, Recording};
use crate::model::Moment;
use crate::timeline::World;
use crate::view::glyphs::Glyphs;

/// The largest recording that is read, in bytes; a session typed by a person is far smaller.
const MOST: u64 = 64 << 20;

/// Plays the recording and prints its last screen, or each of them below a line with its event. What follows the
/// key that ends the session is left out.
pub fn keys(
    world: &World,
    library: Option<Arc<Library>>,
    as_of: Option<Moment>,
    args: &DebugKeysArgs,
    out: &mut Output<'_>,
) -> Result<Outcome, Failure> {
    if args.each && args.format == RenderFormat::Svg {
        return Err(Failure::input("--each prints many screens, svg is one picture; expected --format text or ansi"));
    }
    let Recording { header, events } = read(args)?;
    let glyphs = Glyphs::parse(header.glyphs).unwrap_or_default();
    let (width, height) = header.size;
    let mut app = opened(world, library, as_of, Size { width, height });
    let mut show = |app: &App, number: usize, title: &dyn ToString| {
        out.line(Tone::Strong, &format!("== {number} {}", title.to_string()))?;
        draw(app, glyphs, args.format, out)
    };
    if args.each {
        show(&app, 0, &"start")?;
    }
    for (event, number) in events.iter().zip(1..) {
        if play(&mut app, event).contains(&Effect::Quit) {
            break;
        }
        if args.each {
            show(&app, number, event)?;
        }
    }
    if !args.each {
        draw(&app, glyphs, args.format, out)?;
    }
    Ok(Outcome::Found)
}

fn read(args: &DebugKeysArgs) -> Result<Recording, Failure> {
    let shown = args.file.display();
    let bytes = read_regular(&args.file, MOST).map_err(|error| Failure::input(format!("{shown}: {error}")))?;
    let text = String::from_utf8_lossy(&bytes);
    text.parse().map_err(|error| Failure::input(format!("{shown}:{error}")))
}

/// Answers an event as the event loop does, and every search before the next event.
fn play(app: &mut App, event: &Event) -> Vec<Effect> {
    let msg = match *event {
        Event::Key(chord) => match keymap::resolve(app.context(), chord.event()) {
            Some(action) => Msg::Act(action),
            None => return Vec::new(),
        },
        Event::Paste(ref text) => Msg::Paste(text),
        Event::Resize(width, height) => Msg::Resize(Size { width, height }),
        Event::Click(column, row) => Msg::Click(column, row),
        Event::Drag(column, row) => Msg::Drag(column, row),
        Event::Wheel(column, row, notches) => Msg::Wheel(column, row, notches.try_into().unwrap_or(0)),
    };
    update_at_once(app, msg)
}
