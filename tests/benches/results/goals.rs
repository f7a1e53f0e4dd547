//! The goals, and whether they are reached.
//!
//! Invariant: a goal without a figure was not measured, and never counts as met.

use crate::Measured;
use crate::explorer::Opened;
use crate::lookups::{Asked, FIND, Lookups};
use crate::programs::{Figures, QUERIES};
use crate::support::times::{Times, figure};

const MILLION: usize = 1_000_000;

/// A promised limit.
pub struct Goal {
    pub what: String,
    pub limit: String,
    /// The measured value with its unit; `None` if it was not measured.
    pub figure: Option<String>,
    pub is_met: bool,
}

impl Goal {
    fn at_most(what: impl Into<String>, limit: f64, unit: &str, measured: Option<f64>) -> Self {
        Self {
            what: what.into(),
            limit: format!("≤ {limit} {unit}").trim_end().to_owned(),
            figure: measured.map(|measured| format!("{} {unit}", figure(measured)).trim_end().to_owned()),
            is_met: measured.is_some_and(|measured| measured <= limit),
        }
    }
}

/// Returns all goals, in the order of the design.
pub fn goals(measured: &Measured) -> Vec<Goal> {
    let mut goals = Vec::new();
    for (lines, limit) in [(10_000, 1.5), (100_000, 2.5), (MILLION, 12.0)] {
        let what = format!("key to settled list, {lines} lines, slowest median of {}", queries());
        goals.push(Goal::at_most(what, limit, "ms", picked(measured, "annals", lines).and_then(slowest)));
    }
    for (index, (query, _)) in QUERIES.into_iter().enumerate() {
        let ahead = ahead(measured, index);
        goals.push(Goal {
            what: format!("key to settled list, {MILLION} lines, `{query}`: the better of fzf and fzy ÷ annals"),
            limit: "≥ 5".into(),
            figure: ahead.map(figure),
            is_met: ahead.is_some_and(|ahead| ahead >= 5.0),
        });
    }
    for lines in [300, 10_000] {
        let own = picked(measured, "annals", lines).and_then(|figures| figures.first_rows.median());
        goals.push(Goal {
            what: format!("first rows, {lines} lines"),
            limit: "≤ 5 ms".into(),
            figure: own.map(|own| format!("{} ms", figure(own))),
            is_met: own.is_some_and(|own| own <= 5.0),
        });
    }
    let million = picked(measured, "annals", MILLION);
    let of = |times: fn(&Figures) -> &Times| million.and_then(|figures| times(figures).median());
    let rows = of(|figures| &figures.first_rows);
    goals.push(Goal::at_most("first rows, a million lines", 10.0, "ms", rows));
    let ready = of(|figures| &figures.ready);
    goals.push(Goal::at_most("a million lines ready, from a plain file", 130.0, "ms", ready));
    let memory = million.and_then(|figures| figures.memory);
    goals.push(Goal::at_most("peak memory, a million names", 150.0, "MB", memory.map(megabytes)));
    let opened = measured.openings.iter().find(|opened| opened.entities == MILLION);
    let frame = opened.and_then(|opened| opened.first_frame.median());
    goals.push(Goal::at_most("first frame of a dossier of a million entities", 10.0, "ms", frame));
    let kept = opened.and_then(|opened| opened.kept.median());
    goals.push(Goal::at_most("a million names ready, from the kept index", 130.0, "ms", kept));
    let memory = opened.and_then(|opened| opened.memory).map(megabytes);
    goals.push(Goal::at_most("peak memory of the explorer, a million entities with their claims", 600.0, "MB", memory));
    let ratio = opened.and_then(opening_ratio);
    goals.push(Goal::at_most("opening a dossier of a million entities ÷ a bare SELECT", 2.0, "", ratio));
    let frame = measured.folder.first_frame.median();
    goals.push(Goal::at_most("first frame of a folder of TOML", 50.0, "ms", frame));
    goals.extend(lookup_goals(&measured.lookups));
    for &(lines, _) in &measured.picks {
        let wakes = picked(measured, "annals", lines).and_then(|figures| figures.idle).map(|idle| idle.switches as f64);
        goals.push(Goal::at_most(format!("wake-ups while idle, {lines} lines"), 0.0, "", wakes));
    }
    goals
}

/// Returns the goals of answers about one thing.
pub fn lookup_goals(lookups: &Lookups) -> Vec<Goal> {
    let goal = |asked: &Asked| {
        let limit = if asked.name == FIND { 10.0 } else { 5.0 };
        Goal::at_most(format!("an answer about one thing, `{}` ÷ sqlite3", asked.name), limit, "", asked.ratio())
    };
    lookups.asked.iter().map(goal).collect()
}

/// Returns the time of opening a dossier divided by that of stepping through the same columns.
pub fn opening_ratio(opened: &Opened) -> Option<f64> {
    Some(opened.whole.median()? / opened.bare.median()?)
}

/// Returns the figures of a program for a number of lines.
pub fn picked<'a>(measured: &'a Measured, name: &str, lines: usize) -> Option<&'a Figures> {
    let (_, figures) = measured.picks.iter().find(|(count, _)| *count == lines)?;
    let place = measured.programs.iter().position(|program| program.name == name)?;
    figures.get(place)?.as_ref().ok()
}

/// Returns the median of the slowest query.
pub fn slowest(figures: &Figures) -> Option<f64> {
    figures.keys.iter().filter_map(Times::median).reduce(f64::max)
}

/// Returns how many times faster annals is than the better of fzf and fzy at a million lines, or `None` unless both
/// were measured.
fn ahead(measured: &Measured, query: usize) -> Option<f64> {
    let of = |name| picked(measured, name, MILLION)?.keys[query].median();
    Some(of("fzf")?.min(of("fzy")?) / of("annals")?)
}

fn queries() -> String {
    QUERIES.map(|(query, _)| format!("`{query}`")).join(", ")
}

/// Converts mebibytes, which the kernel counts in, to megabytes, which the goals are stated in.
pub fn megabytes(mebibytes: f64) -> f64 {
    mebibytes * 1.048_576
}
