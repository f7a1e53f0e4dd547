//! Measures keys of time and the building of the chronology at 10,000, 100,000 and 1,000,000 events.
//!
//! `cargo bench --bench time`. The time of a key includes everything it causes: the change of the state and the drawing
//! of the whole screen, 120 by 40. The last two keys show an institution, of which there are up to 500, and their cost
//! depends on its size. Building the chronology is compared with a peer in the same run: the standard library's stable
//! sort of the same dates by their first days. Compare medians, ratios, and how they grow.

#![expect(clippy::print_stdout, reason = "a benchmark prints")]

mod support;

use std::hint::black_box;
use std::time::{Duration, Instant};

use annals::app::{App, Msg, update_at_once as update};
use annals::keymap::action::{Action, Motion, Question, View};
use annals::timeline::World;
use annals::timeline::chronology::{Chronology, row_when};
use annals::view;
use annals::view::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

const SCREEN: Size = Size { width: 120, height: 40 };

/// The number of measured keys of each sort.
const KEYS: usize = 60;

/// The number of measured buildings of the chronology.
const BUILDINGS: usize = 5;

fn main() {
    println!("{:>9}  {:<28} {:>10} {:>10} {:>10}", "events", "what", "median", "p95", "ratio");
    for count in [10_000, 100_000, 1_000_000] {
        let dossier = support::events(count);
        building(count, &dossier);
        let world = World::new(dossier);
        keys(count, &world);
    }
}

fn building(count: usize, dossier: &annals::model::Dossier) {
    let chronology = Chronology::new(dossier);
    let days: Vec<_> = chronology.rows().iter().filter_map(|row| row_when(dossier, row)?.anchor()).collect();
    // The peer starts from the order of the claims, not from the sorted one.
    let unsorted: Vec<_> =
        dossier.claims().filter_map(|(id, claim)| Some((dossier.date(claim)?.anchor()?, id))).collect();
    assert_eq!(days.len(), unsorted.len());
    let mut own = Vec::new();
    let mut peer = Vec::new();
    for _ in 0..BUILDINGS {
        own.push(timed(|| drop(black_box(Chronology::new(dossier)))));
        let mut list = unsorted.clone();
        peer.push(timed(|| list.sort()));
        black_box(&list);
    }
    let ratio = median(&mut own).as_secs_f64() / median(&mut peer).as_secs_f64();
    report(count, "chronology / sort of dates", &mut own, Some(ratio));
}

fn keys(count: usize, world: &World) {
    let theme = Theme::colours();
    let mut buf = Buffer::empty(Rect::new(0, 0, SCREEN.width, SCREEN.height));
    let mut app = App::new(world.clone(), SCREEN);
    let mut press = |app: &mut App, action: Action| {
        timed(|| {
            update(app, Msg::Act(action));
            buf.reset();
            view::draw(app, &theme, &mut buf);
        })
    };
    let mut run = |app: &mut App, what: &str, actions: &[Action]| {
        let mut times: Vec<Duration> = (0..KEYS).map(|key| press(app, actions[key % actions.len()])).collect();
        report(count, what, &mut times, None);
    };
    run(&mut app, "move", &[Action::Move(Motion::Down), Action::Move(Motion::PageDown)]);
    run(&mut app, "next year", &[Action::Year(1)]);
    run(&mut app, "zoom in and out", &[Action::Zoom(1), Action::Zoom(1), Action::Zoom(-1), Action::Zoom(-1)]);
    update(&mut app, Msg::Act(Action::Zoom(1)));
    run(&mut app, "pan, 25 years", &[Action::Pan(-1), Action::Pan(-1), Action::Pan(1), Action::Pan(1)]);
    update(&mut app, Msg::Act(Action::ZoomAll));
    update(&mut app, Msg::Act(Action::Ask(Question::AsOf)));
    update(&mut app, Msg::Paste("1980-06-15"));
    update(&mut app, Msg::Act(Action::Open));
    assert!(app.as_of.is_some());
    let as_of = [Action::AsOf(1), Action::AsOfRow(1), Action::AsOf(-1)];
    run(&mut app, "as-of, step", &as_of);
    run(&mut app, "as-of, step in the lanes", &[Action::Show(View::Tenures), Action::AsOf(1), Action::AsOf(-1)]);
    update(&mut app, Msg::Act(Action::Show(View::Chronicle)));
    // These costs depend on the size of the institution, not of the dossier: its card and its rows.
    update(&mut app, Msg::Act(Action::Focus(-1)));
    run(&mut app, "next institution", &[Action::Move(Motion::Down)]);
    run(&mut app, "as-of, an institution shown", &as_of);
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn report(count: usize, what: &str, times: &mut [Duration], ratio: Option<f64>) {
    let median = median(times);
    let p95 = times[times.len() * 95 / 100];
    let milliseconds = |time: Duration| format!("{:.3} ms", time.as_secs_f64() * 1e3);
    let ratio = ratio.map(|ratio| format!("{ratio:.2}")).unwrap_or_default();
    println!("{count:>9}  {what:<28} {:>10} {:>10} {ratio:>10}", milliseconds(median), milliseconds(p95));
}
