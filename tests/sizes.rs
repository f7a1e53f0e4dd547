//! Every screen at every small size and at thousands of others, and whatever may happen to the
//! program in any order: nothing panics, and every cursor stays where there is something.
//!
//! Half of it runs on the embedded dossier, half on one in which everything is hostile.
//! `cargo bench --bench reliability` does the same at every size there is, and with a million events.

mod hostile;

use std::thread;

use hostile::events::live_through;
use hostile::screens::{SCREENS, catalogues, draw_at_each, draw_at_random};

/// Sizes drawn from the whole range, for each dossier.
const RANDOM_SIZES: usize = 5_000;

/// Messages sent to each dossier.
const MESSAGES: usize = 25_000;

#[test]
fn every_screen_at_every_size_up_to_60_by_20() {
    thread::scope(|scope| {
        for world in catalogues() {
            scope.spawn(move || {
                for keys in SCREENS {
                    draw_at_each(&world, keys, (0..=20).flat_map(|height| (0..=60).map(move |width| (width, height))));
                }
            });
        }
    });
}

#[test]
fn every_screen_at_ten_thousand_sizes() {
    thread::scope(|scope| {
        for (world, seed) in catalogues().into_iter().zip(0..) {
            scope.spawn(move || draw_at_random(&world, seed, RANDOM_SIZES));
        }
    });
}

#[test]
fn whatever_happens_in_whatever_order() {
    thread::scope(|scope| {
        for (world, seed) in catalogues().into_iter().zip(100..) {
            scope.spawn(move || live_through(&world, seed, MESSAGES));
        }
    });
}
