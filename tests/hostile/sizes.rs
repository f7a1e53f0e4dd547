//! Every screen at small and at random sizes, and random events in any order: nothing panics, and the cursors of the
//! timeline and the tree stay within their rows.
//!
//! Half of the runs use the embedded dossier, half a hostile one. The reliability benchmark does the same at all sizes,
//! and with a million events.

use std::thread;

use crate::support::hostile::events::live_through;
use crate::support::hostile::screens::{SCREENS, catalogues, draw_at_each, draw_at_random};

/// Draws every screen at every `step`-th size up to 60 by 20.
fn at_sizes(step: usize) {
    thread::scope(|scope| {
        for world in catalogues() {
            scope.spawn(move || {
                for (number, keys) in SCREENS.iter().enumerate() {
                    let sizes = (0..=20).flat_map(|height| (0..=60).map(move |width| (width, height)));
                    // Each screen starts at another size, so that together they cover more sizes.
                    draw_at_each(&world, keys, sizes.skip(number % step).step_by(step));
                }
            });
        }
    });
}

/// Draws `count` screens at random sizes, half of them for each dossier.
fn at_random(count: usize) {
    thread::scope(|scope| {
        for (world, seed) in catalogues().into_iter().zip(0..) {
            scope.spawn(move || draw_at_random(&world, seed, count / 2));
        }
    });
}

/// Sends `count` messages, half of them to each dossier.
fn messages(count: usize) {
    thread::scope(|scope| {
        for (world, seed) in catalogues().into_iter().zip(100..) {
            scope.spawn(move || live_through(&world, seed, count / 2));
        }
    });
}

#[test]
fn every_screen_at_some_sizes_up_to_60_by_20() {
    at_sizes(61);
}

#[test]
#[ignore = "long: 56,000 screens"]
fn every_screen_at_every_size_up_to_60_by_20() {
    at_sizes(1);
}

#[test]
fn every_screen_at_some_random_sizes() {
    at_random(200);
}

#[test]
#[ignore = "long: 10,000 large screens"]
fn every_screen_at_ten_thousand_sizes() {
    at_random(10_000);
}

#[test]
fn a_thousand_messages_in_whatever_order() {
    messages(1_000);
}

#[test]
#[ignore = "long: 50,000 messages"]
fn whatever_happens_in_whatever_order() {
    messages(50_000);
}
