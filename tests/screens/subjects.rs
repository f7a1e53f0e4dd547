//! Dossiers on a choir and on a river: no screen that a key leads to has a word of the first dossier's subject.

use annals::app::Msg;
use annals::formats::author;
use annals::keymap::BINDINGS;
use annals::keymap::action::{Action, View};
use annals::timeline::World;

use crate::support::scenario::Screen;
use crate::support::subject::{OTHERS, SUBJECT, folder_of, found_in};

fn world(other: &str) -> World {
    let (files, unread) = author::read_folder(&folder_of(other)).unwrap();
    let (dossier, defects) = author::load_after(unread, &files);
    assert_eq!(defects, []);
    World::new(dossier)
}

#[test]
fn no_screen_has_a_word_of_another_subject() {
    let views: Vec<Action> =
        BINDINGS.iter().map(|binding| binding.action).filter(|action| matches!(action, Action::Show(_))).collect();
    assert!(views.len() > 7);
    for other in OTHERS {
        let world = world(other);
        for &view in &views {
            for binding in BINDINGS {
                let mut screen = Screen::with(world.clone(), 120, 40);
                screen.happens(Msg::Act(view)).happens(Msg::Act(binding.action));
                let mut shown = screen.text();
                if view == Action::Show(View::Chronicle) {
                    // What is typed has its hints, and Enter its messages.
                    shown += &screen.happens(Msg::Act(Action::Type('k'))).happens(Msg::Act(Action::Type(':'))).text();
                    shown += &screen.keys("z ⏎").text();
                }
                let told: Vec<&str> = shown.lines().filter(|line| !found_in(line, SUBJECT).is_empty()).collect();
                assert!(told.is_empty(), "{other}: {:?} in {view:?}\n{}", binding.action, told.join("\n"));
            }
        }
    }
}
