//! Up to 100,000 hostile records on every screen and in every command, form and message.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::Instant;

use annals::store;

use super::Length;
use super::hostile::words::check;
use super::hostile::world::world;
use super::hostile::{commands, pages};
use super::report::{Row, Verdict, grouped};
use super::support::tour;
use super::work;

/// The number of records in each dossier whose screens are drawn.
const RECORDS: usize = 4_000;

/// The number of texts for each prompt.
const TYPED: usize = 400;

/// The number of commands with a hostile argument.
const ARGUMENTS: usize = 60;

const TARGET: &str = "no control byte, at most 8 code points a cell of one text";

pub fn measure(length: Length) -> Vec<Row> {
    let records = length.of(100_000);
    let folder = tempfile::tempdir().unwrap();
    let dossier = |records: usize| {
        let path = folder.path().join(format!("{records}.sqlite"));
        store::save(&world(records, records as u64), &path).unwrap();
        path
    };
    let [whole, part, small] = [records, RECORDS, 1_000].map(dossier);
    vec![on_screens(records), in_commands(records, &whole, &part, &small), on_a_terminal(&small)]
}

fn on_screens(records: usize) -> Row {
    let begun = Instant::now();
    let worlds: Vec<u64> = (0..(records / RECORDS) as u64).collect();
    let drawn = work::each(&worlds, |seed| pages::draw_everything(RECORDS, *seed));
    let typed = catch_unwind(|| pages::type_everywhere(TYPED));
    let frames = drawn.iter().sum::<usize>() + typed.as_ref().map_or(0, |frames| *frames);
    Row {
        hazard: "hostile text, every page of every screen",
        target: TARGET,
        figure: format!(
            "{} of {} records; {} frames looked at, cell by cell, in {} s",
            grouped(drawn.len() * RECORDS),
            grouped(records),
            grouped(frames),
            begun.elapsed().as_secs()
        ),
        runs: frames,
        verdict: Verdict::of(drawn.len() == worlds.len() && typed.is_ok()),
    }
}

fn in_commands(records: usize, whole: &Path, part: &Path, small: &Path) -> Row {
    type Run<'a> = Box<dyn Fn() -> usize + Sync + 'a>;
    let pieces: [Run; 3] = [
        Box::new(|| commands::in_whole_forms(whole, records / 4)),
        Box::new(|| commands::in_every_form(part)),
        Box::new(|| commands::in_every_message(small, ARGUMENTS)),
    ];
    let ran = work::each(&pieces, |piece| piece());
    let runs = ran.iter().sum();
    Row {
        hazard: "hostile text, every command, form and message",
        target: TARGET,
        figure: format!(
            "{} of {} parts; {runs} runs on {}, {} and 1,000 records",
            ran.len(),
            pieces.len(),
            grouped(records),
            grouped(RECORDS)
        ),
        runs,
        verdict: Verdict::of(ran.len() == pieces.len()),
    }
}

fn on_a_terminal(dossier: &Path) -> Row {
    let seen = catch_unwind(AssertUnwindSafe(|| {
        let shown = tour::without_our_own(&tour::all_screens(dossier));
        check("the terminal", &shown.replace('\r', ""));
        shown.len()
    }));
    let bytes = seen.unwrap_or_default();
    Row {
        hazard: "hostile text, a real terminal",
        target: "no byte that acts but the program's own",
        figure: format!("{} bytes of text, 1,000 records", grouped(bytes)),
        runs: 1,
        verdict: Verdict::of(bytes > 2_000),
    }
}
