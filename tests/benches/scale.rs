//! Measures opening dossiers of 10,000, 100,000 and 1,000,000 entities from `SQLite`, with three claims per entity.
//!
//! `cargo bench --bench scale` generates them in a temporary folder and measures each, in turns with a bare `SELECT` of
//! the same columns; `cargo bench --bench scale -- --write PATH N` only writes one of N entities, and
//! `-- --measure PATH` only measures a file. Times are medians in milliseconds, with the file in the system's cache.
//! Memory is the peak of a process that opens the file and builds its world.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark may stop at what it did not expect, and prints"
)]

mod support;

use std::path::Path;
use std::time::{Duration, Instant};

use annals::store;
use support::large::large;
use support::opening::{self, Stages};

const SIZES: [usize; 3] = [10_000, 100_000, 1_000_000];

/// The number of measured runs at each size.
const RUNS: usize = 5;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match &arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--child", path] => println!("{}", opening::child(Path::new(path)).unwrap()),
        ["--write", path, entities] => write(Path::new(path), entities.parse().unwrap()),
        ["--measure", path] => measure(Path::new(path)),
        [] => SIZES.into_iter().for_each(report),
        other => println!("unknown arguments {other:?}; expected none, --write PATH N, or --measure PATH"),
    }
}

fn write(path: &Path, entities: usize) {
    let start = Instant::now();
    let dossier = large(entities);
    let made = start.elapsed();
    let start = Instant::now();
    store::save(&dossier, path).unwrap();
    let written = start.elapsed();
    let bytes = std::fs::metadata(path).unwrap().len();
    let (entities, claims) = (dossier.entities().len(), dossier.claims().len());
    println!("{entities} entities, {claims} claims, {:.0} MB", bytes as f64 / 1e6);
    println!("  made in {:.1} s, written in {:.1} s", made.as_secs_f64(), written.as_secs_f64());
}

fn report(entities: usize) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.sqlite");
    write(&path, entities);
    measure(&path);
}

fn measure(path: &Path) {
    let mut bare = Vec::new();
    let mut stages: Vec<Stages> = Vec::new();
    for _ in 0..RUNS {
        bare.push(opening::select(path).unwrap());
        stages.push(opening::stages(path).unwrap());
    }
    let bare = median(bare);
    let whole = median(stages.iter().map(|stages| stages.whole).collect());
    let line = |what: &str, time: Option<Duration>| {
        let time = time.map_or_else(|| "-".to_owned(), |time| format!("{:.1}", time.as_secs_f64() * 1e3));
        println!("  {what:<40} {time:>10} ms");
    };
    line("bare SELECT of the same columns", Some(bare));
    line("open", Some(whole));
    println!("  {:<40} {:>10.2}", "ratio (goal: at most 2)", whole.as_secs_f64() / bare.as_secs_f64());
    line("first names", stages.iter().map(|stages| stages.first_names).collect::<Option<_>>().map(median));
    line("all names", stages.iter().map(|stages| stages.all_names).collect::<Option<_>>().map(median));
    let child = opening::measure(path).unwrap();
    for (what, time) in [
        ("links", child.links),
        ("chronology", child.chronology),
        ("world, names indexed", child.world),
        ("the explorer's first state", child.app),
        ("showing what most links lead to", child.hub),
        ("opening a branch of the tree", child.branch),
    ] {
        println!("  {what:<40} {time:>10.1} ms");
    }
    println!("  {:<40} {:>10.1} MB", "peak memory, dossier open", child.opened);
    println!("  {:<40} {:>10.1} MB", "peak memory, with world", child.peak);
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
