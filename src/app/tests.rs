//! Tests that the panes are in step after every message.

use std::sync::OnceLock;

use proptest::prelude::*;
use ratatui::layout::Size;

use super::sync::{renew_detail, renew_table, settle};
use super::{App, Msg, update_at_once};
use crate::formats::author;
use crate::keymap::{self, BINDINGS, Chord, Context};
use crate::timeline::World;
use crate::view::render::cells;
use crate::view::theme::Theme;

fn world() -> World {
    static EMBEDDED: OnceLock<World> = OnceLock::new();
    EMBEDDED.get_or_init(|| World::new(author::load(&author::embedded()).0)).clone()
}

fn frame(app: &App) -> String {
    format!("{:?}", cells(app, &Theme::colours()))
}

/// Computes everything anew that one pane takes from another. Cursors are the panes' own.
fn sync_anew(app: &mut App) {
    let scope = app.scope();
    app.timeline.set_scope(&app.world, scope, app.as_of, &mut app.searches);
    renew_table(app);
    renew_detail(app);
    settle(app);
    assert_eq!(app.searches.take().count(), 0, "a small dossier is searched at once");
}

/// An input of the user. A key is chosen among those of the context at that time.
#[derive(Debug, Clone)]
enum Doing {
    Key(prop::sample::Index),
    Words(&'static str),
    Click(u16, u16),
    Drag(u16, u16),
    Wheel(u16, u16, isize),
    Resize(u16, u16),
}

fn doing() -> impl Strategy<Value = Doing> {
    let cell = || (0u16..200, 0u16..60);
    prop_oneof![
        24 => any::<prop::sample::Index>().prop_map(Doing::Key),
        2 => prop::sample::select(vec!["2021", "opd", "kal", "2019-06", "2018 2022", "beds"]).prop_map(Doing::Words),
        3 => cell().prop_map(|(column, row)| Doing::Click(column, row)),
        1 => cell().prop_map(|(column, row)| Doing::Drag(column, row % 4)),
        1 => (cell(), -4isize..5).prop_map(|((column, row), notches)| Doing::Wheel(column, row, notches)),
        1 => prop::sample::select(vec![(200, 60), (120, 40), (80, 24), (60, 20), (20, 5)])
            .prop_map(|(width, height)| Doing::Resize(width, height)),
    ]
}

fn do_it(app: &mut App, doing: &Doing) {
    match *doing {
        Doing::Key(ref index) => {
            let context = app.context();
            let letters = if context == Context::Typing { "aim20 " } else { "" };
            let bound = BINDINGS.iter().filter(|binding| binding.context == context);
            let mut chords: Vec<Chord> = bound.flat_map(|binding| binding.chords).copied().collect();
            chords.extend(letters.chars().filter_map(|letter| Chord::parse(letter.encode_utf8(&mut [0; 4]))));
            if let Some(action) = keymap::resolve(context, index.get(&chords).event()) {
                update_at_once(app, Msg::Act(action));
            }
        }
        Doing::Words(words) => drop(update_at_once(app, Msg::Paste(words))),
        Doing::Click(column, row) => drop(update_at_once(app, Msg::Click(column, row))),
        Doing::Drag(column, row) => drop(update_at_once(app, Msg::Drag(column, row))),
        Doing::Wheel(column, row, notches) => drop(update_at_once(app, Msg::Wheel(column, row, notches))),
        Doing::Resize(width, height) => drop(update_at_once(app, Msg::Resize(Size { width, height }))),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn after_every_message_the_panes_are_in_step(doings in prop::collection::vec(doing(), 1..40)) {
        let mut app = App::new(world(), Size { width: 200, height: 60 });
        for (step, doing) in doings.iter().enumerate() {
            do_it(&mut app, doing);
            let mut anew = app.clone();
            sync_anew(&mut anew);
            let (shown, fresh) = (frame(&app), frame(&anew));
            let differing = shown.lines().zip(fresh.lines()).find(|(line, again)| line != again);
            prop_assert!(shown == fresh, "after step {}, {:?}: {:#?}", step, doing, differing);
        }
    }
}
