//! Saves that are killed, or that meet a full disk or an error at any system call.

use std::panic::catch_unwind;
use std::time::Duration;

use super::Length;
use super::hostile::saves::{at_every_call, killed_at_moments, on_a_full_disk};
use super::report::{Row, Verdict, grouped};

const TARGET: &str = "the old file or the new one, whole; the next save works";

pub fn measure(length: Length) -> Vec<Row> {
    vec![at_calls(length), at_moments(length.of(250)), on_full_disks()]
}

/// Tests every file call in a full run, and every fifth in a short one.
fn at_calls(length: Length) -> Row {
    let hazard = "saves: I/O error, full disk or kill at every file call";
    match catch_unwind(|| at_every_call(if length == Length::Full { 1 } else { 5 })) {
        Ok(Some(faults)) => Row {
            hazard,
            target: TARGET,
            figure: format!(
                "{} saves in {} ways (four exports, the index), {} calls, those of SQLite among them, but no error in \
                 closing a folder; {} left the new file",
                grouped(faults.saves),
                faults.ways,
                grouped(faults.calls),
                grouped(faults.new)
            ),
            runs: faults.saves,
            verdict: Verdict::of(faults.new > 0 && faults.new < faults.saves),
        },
        Ok(None) => {
            Row { hazard, target: TARGET, figure: "strace is not there".to_owned(), runs: 0, verdict: Verdict::NotRun }
        }
        Err(_) => {
            let figure = "one left something else, or ended badly: see above".to_owned();
            Row { hazard, target: TARGET, figure, runs: 1, verdict: Verdict::Missed }
        }
    }
}

fn at_moments(count: usize) -> Row {
    let replaced = catch_unwind(|| killed_at_moments(count as u32, Duration::from_micros(200)));
    Row {
        hazard: "saves: killed 0–50 ms after the start",
        target: TARGET,
        figure: replaced.as_ref().map_or("one left something else".to_owned(), |replaced| {
            format!("{count} of {count}; {replaced} left the new file")
        }),
        runs: count,
        // Otherwise every save was killed before its end, or none was.
        verdict: Verdict::of(replaced.is_ok_and(|replaced| (1..count).contains(&replaced))),
    }
}

fn on_full_disks() -> Row {
    let saves = catch_unwind(on_a_full_disk);
    let runs = saves.as_ref().copied().unwrap_or_default();
    Row {
        hazard: "saves: the disk full at 0 to 150 KiB, by the signal and by the error",
        target: TARGET,
        figure: format!("{runs} of {runs}, in four forms"),
        runs,
        verdict: Verdict::of(saves.is_ok()),
    }
}
