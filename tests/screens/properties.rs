//! After any keys on any screen, the screen can be drawn, and every cursor is within its rows.

use annals::app::Msg;
use annals::keymap::BINDINGS;
use annals::keymap::action::Action;
use annals::view::render::cells;
use annals::view::theme::Theme;
use proptest::prelude::*;

use crate::support::scenario::{check_cursors, screen};

fn any_action() -> impl Strategy<Value = Action> {
    (0..BINDINGS.len()).prop_map(|index| BINDINGS[index].action)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_keys_on_any_screen_break_it(
        sizes in prop::collection::vec((0u16..300, 0u16..100), 1..4),
        actions in prop::collection::vec(prop_oneof![
            4 => any_action().prop_map(|action| (action, 0, 0)),
            1 => any::<char>().prop_map(|c| (Action::Type(c), 0, 0)),
            1 => (any_action(), 0u16..300, 0u16..100).prop_map(|(action, x, y)| (action, x, y)),
        ], 0..60),
    ) {
        let mut screen = screen(sizes[0].0, sizes[0].1);
        for (index, (action, column, row)) in actions.into_iter().enumerate() {
            screen.happens(Msg::Act(action));
            if column + row > 0 {
                screen.click(column, row).wheel(column, row, isize::try_from(row % 7).unwrap() - 3);
            }
            if index % 10 == 9 {
                let (width, height) = sizes[index / 10 % sizes.len()];
                screen.resize(width, height);
            }
            if index % 5 == 0 {
                cells(&screen.app, &Theme::plain());
            }
        }
        check_cursors(&screen.app);
        screen.cells();
    }

    #[test]
    fn every_size_can_be_drawn(width in 0u16..=300, height in 0u16..=100) {
        for keys in ["", "f k", "?", "!", "] e"] {
            screen(width, height).keys(keys).cells();
        }
    }
}
