//! The report of all measurements, in Markdown.
//!
//! Invariant: every figure was measured in this run; what was not measured is named.

use std::fmt::{self, Display, Formatter, Write as _};
use std::time::Duration;

use crate::Measured;
use crate::folder::Folder;
use crate::goals::{Goal, goals, lookup_goals, megabytes, opening_ratio, picked};
use crate::library::{self, CONTENDERS};
use crate::lookups::{Asked, Lookups, SIZE};
use crate::machine;
use crate::programs::{Figures, QUERIES};
use crate::support::times::{Times, figure};

/// Writes the report of a run in Markdown.
pub struct Report<'a> {
    pub measured: &'a Measured,
    pub machine: &'a str,
    pub is_quick: bool,
    pub took: Duration,
}

impl Display for Report<'_> {
    fn fmt(&self, to: &mut Formatter<'_>) -> fmt::Result {
        writeln!(to, "# Speed and memory\n")?;
        writeln!(to, "Written by `cargo bench --bench results` in {:.0} minutes.", self.took.as_secs_f64() / 60.0)?;
        writeln!(to, "Times are medians in milliseconds, with the 10th and 90th percentile in brackets. What is")?;
        writeln!(to, "compared ran alternately. The names are generated: the same on every machine.\n")?;
        if self.is_quick {
            writeln!(to, "**A quick run with small inputs: it tests the bench; its figures mean nothing.**\n")?;
        }
        writeln!(to, "{}", self.machine)?;
        self.versions(to)?;
        self.goals(to)?;
        self.programs(to)?;
        self.openings(to)?;
        self.folder(to)?;
        Lookup(&self.measured.lookups).fmt(to)?;
        self.library(to)
    }
}

impl Report<'_> {
    /// Returns the goals and the section of answers about one thing.
    pub fn of_lookups(&self) -> Result<String, fmt::Error> {
        let mut text = String::new();
        for goal in lookup_goals(&self.measured.lookups) {
            writeln!(text, "| {} |", row_of(goal).join(" | "))?;
        }
        write!(text, "\n{}", Lookup(&self.measured.lookups))?;
        Ok(text)
    }

    fn versions(&self, to: &mut Formatter<'_>) -> fmt::Result {
        let programs = self.measured.programs.iter().map(|program| format!("{} {}", program.name, program.version));
        writeln!(to, "Programs: {}.", programs.collect::<Vec<_>>().join(", "))?;
        if !self.measured.missing.is_empty() {
            writeln!(to, "**Missing: {}; see `tests/benches/peers.sh`.**", self.measured.missing.join(", "))?;
        }
        let libraries = CONTENDERS[1..].iter().map(|name| format!("{name} {}", machine::version(name)));
        writeln!(to, "Libraries: {}.\n", libraries.collect::<Vec<_>>().join(", "))
    }

    fn goals(&self, to: &mut Formatter<'_>) -> fmt::Result {
        writeln!(to, "## Goals\n")?;
        let rows = goals(self.measured).into_iter().map(row_of);
        table(to, &["what", "goal", "figure", ""], rows)
    }

    fn programs(&self, to: &mut Formatter<'_>) -> fmt::Result {
        writeln!(to, "## Pickers in a terminal\n")?;
        writeln!(
            to,
            "Each reads the same file on standard input, in a terminal of 120 by 40 cells. A list is settled when"
        )?;
        writeln!(
            to,
            "the screen is, cell for cell, the one that stays. `cardio` is typed in one go, `kal` letter by letter;"
        )?;
        writeln!(
            to,
            "each query once after a start, since fzf caches answers. fzy shows no row before it has read all,"
        )?;
        writeln!(to, "and shows no counts.\n")?;
        for (lines, all) in &self.measured.picks {
            writeln!(to, "### {lines} lines\n")?;
            let names: Vec<&str> = self.measured.programs.iter().map(|program| program.name).collect();
            let of = |what: &str, tell: &dyn Fn(&Figures) -> String| {
                let cells = all.iter().map(|figures| figures.as_ref().map_or_else(|_| dash(), tell));
                std::iter::once(what.to_owned()).chain(cells).collect::<Vec<_>>()
            };
            let mut rows = vec![of("first rows", &|figures| figures.first_rows.to_string())];
            rows.push(of("all lines ready", &|figures| figures.ready.to_string()));
            for (index, (query, _)) in QUERIES.into_iter().enumerate() {
                rows.push(of(&format!("key to settled, `{query}`"), &|figures| figures.keys[index].to_string()));
            }
            rows.push(of("peak memory, MB", &|figures| figures.memory.map_or_else(dash, |mib| figure(megabytes(mib)))));
            rows.push(of("idle: wake-ups", &|figures| {
                figures.idle.map_or_else(dash, |idle| idle.switches.to_string())
            }));
            rows.push(of("idle: CPU, ms", &|figures| {
                figures.idle.map_or_else(dash, |idle| (idle.ticks * 10).to_string())
            }));
            for (index, (query, _)) in QUERIES.into_iter().enumerate() {
                rows.push(of(&format!("matches of `{query}`"), &|figures| {
                    figures.found[index].map_or_else(dash, |found| found.to_string())
                }));
            }
            table(to, &[&[""], &names[..]].concat(), rows)?;
            for (name, figures) in names.iter().zip(all) {
                if let Err(trouble) = figures {
                    writeln!(to, "{name} was not measured:\n\n```text\n{trouble}\n```\n")?;
                }
            }
        }
        self.growth(to)
    }

    fn growth(&self, to: &mut Formatter<'_>) -> fmt::Result {
        writeln!(to, "### Growth: key to settled, medians\n")?;
        let sizes: Vec<String> = self.measured.picks.iter().map(|(lines, _)| format!("{lines}")).collect();
        let heads: Vec<&str> = ["program", "query"].into_iter().chain(sizes.iter().map(String::as_str)).collect();
        let rows = self.measured.programs.iter().flat_map(|program| {
            QUERIES.iter().enumerate().map(|(index, (query, _))| {
                let of = |&(lines, _): &(usize, _)| median(&picked(self.measured, program.name, lines)?.keys[index]);
                let cells = self.measured.picks.iter().map(|pick| of(pick).unwrap_or_else(dash));
                [program.name.to_owned(), format!("`{query}`")].into_iter().chain(cells).collect()
            })
        });
        table(to, &heads, rows)
    }

    fn openings(&self, to: &mut Formatter<'_>) -> fmt::Result {
        writeln!(to, "## Dossiers from SQLite\n")?;
        writeln!(
            to,
            "Three claims per entity; the file is in the page cache. The explorer runs in a terminal; \"a name"
        )?;
        writeln!(to, "found\" is that of the last person, typed as soon as there is a frame.\n")?;
        let all = &self.measured.openings;
        let sizes: Vec<String> = all.iter().map(|opened| format!("{} entities", opened.entities)).collect();
        let heads: Vec<&str> = std::iter::once("").chain(sizes.iter().map(String::as_str)).collect();
        let row = |what: &str, tell: &dyn Fn(&crate::Opened) -> String| {
            std::iter::once(what.to_owned()).chain(all.iter().map(tell)).collect::<Vec<_>>()
        };
        let child = |tell: fn(&crate::support::opening::Child) -> f64| {
            move |opened: &crate::Opened| opened.child.as_ref().map_or_else(dash, |child| figure(tell(child)))
        };
        let rows = vec![
            row("claims", &|opened| opened.claims.to_string()),
            row("file, MB", &|opened| figure(opened.size)),
            row("explorer: first frame", &|opened| opened.first_frame.to_string()),
            row("explorer: a name found", &|opened| opened.searchable.to_string()),
            row("the names, read from the kept index", &|opened| opened.kept.to_string()),
            row("explorer with a kept index: a name found", &|opened| opened.searchable_kept.to_string()),
            row("explorer: all ready", &|opened| opened.ready.to_string()),
            row("explorer: peak memory, MB", &|opened| opened.memory.map_or_else(dash, |mib| figure(megabytes(mib)))),
            row("bare SELECT of the same columns", &|opened| opened.bare.to_string()),
            row("opening: all names", &|opened| opened.all_names.to_string()),
            row("opening: the whole", &|opened| opened.whole.to_string()),
            row("opening ÷ SELECT", &|opened| opening_ratio(opened).map_or_else(dash, figure)),
            row("once: links", &child(|child| child.links)),
            row("once: chronology", &child(|child| child.chronology)),
            row("once: the whole world", &child(|child| child.world)),
            row("once: first state of the explorer", &child(|child| child.app)),
            row("once: showing what most links lead to", &child(|child| child.hub)),
            row("once: opening its branch of the tree", &child(|child| child.branch)),
            row("library: peak memory when open, MB", &child(|child| megabytes(child.opened))),
            row("library: peak memory with world, MB", &child(|child| megabytes(child.peak))),
        ];
        table(to, &heads, rows)
    }

    fn folder(&self, to: &mut Formatter<'_>) -> fmt::Result {
        let Folder { size, first_frame, ready, parsed } = &self.measured.folder;
        let (persons, terms) = SIZE;
        writeln!(to, "## A dossier from TOML\n")?;
        writeln!(
            to,
            "A folder of {persons} persons and {terms} terms of office, {} MB. Its files are in the page cache.\n",
            figure(*size)
        )?;
        let rows = [
            ("explorer: first frame", first_frame.to_string()),
            ("explorer: all ready", ready.to_string()),
            ("the crate `toml` alone, which parses the files", parsed.to_string()),
            (
                "all ready ÷ `toml`",
                ready.median().zip(parsed.median()).map_or_else(dash, |(own, peer)| figure(own / peer)),
            ),
        ];
        table(to, &["", "ms"], rows.map(|(what, figure)| vec![what.to_owned(), figure]))
    }

    fn library(&self, to: &mut Formatter<'_>) -> fmt::Result {
        writeln!(to, "## The search as a library\n")?;
        writeln!(
            to,
            "The best hundred, ranked, and an exact count, with a thread for each core. The other libraries share the"
        )?;
        writeln!(to, "names among matchers, one a thread, or do so themselves. Each counts by its own rules.\n")?;
        for size in &self.measured.library {
            writeln!(
                to,
                "### {} names of {:.1} characters, {:.1} % beyond ASCII; folded by annals in {} ms\n",
                size.names, size.characters, size.beyond_ascii, size.ready
            )?;
            let heads: Vec<&str> = std::iter::once("query").chain(CONTENDERS).chain(["ratios", "matches"]).collect();
            let rows = size.rows.iter().map(|row| {
                let ratios = (1..CONTENDERS.len()).map(|at| library::ratio(row, at).map_or_else(dash, figure));
                let mut cells = vec![format!("`{}`", row.query)];
                cells.extend(row.times.iter().map(ToString::to_string));
                cells.push(ratios.collect::<Vec<_>>().join(" · "));
                cells.push(row.totals.map(|total| total.to_string()).join(" · "));
                cells
            });
            table(to, &heads, rows)?;
        }
        writeln!(to, "### Growth: annals, medians\n")?;
        let sizes: Vec<String> = self.measured.library.iter().map(|size| size.names.to_string()).collect();
        let heads: Vec<&str> = std::iter::once("query").chain(sizes.iter().map(String::as_str)).collect();
        let rows = library::QUERIES.iter().enumerate().map(|(index, query)| {
            let cells =
                self.measured.library.iter().map(|size| median(&size.rows[index].times[0]).unwrap_or_else(dash));
            std::iter::once(format!("`{query}`")).chain(cells).collect()
        });
        table(to, &heads, rows)
    }
}

fn table(to: &mut Formatter<'_>, heads: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> fmt::Result {
    writeln!(to, "| {} |", heads.join(" | "))?;
    let mut rule = String::from("|---|");
    heads.iter().skip(1).for_each(|_| rule.push_str("--:|"));
    writeln!(to, "{rule}")?;
    for row in rows {
        writeln!(to, "| {} |", row.join(" | "))?;
    }
    to.write_char('\n')
}

/// The section of answers about one thing.
struct Lookup<'a>(&'a Lookups);

impl Display for Lookup<'_> {
    fn fmt(&self, to: &mut Formatter<'_>) -> fmt::Result {
        let Lookups { size, asked, whole } = self.0;
        writeln!(to, "## Answers about one thing\n")?;
        let (persons, terms) = SIZE;
        writeln!(
            to,
            "A dossier of {persons} persons and {terms} terms of office, {} MB, with its index. Each answer is a process,",
            figure(*size)
        )?;
        writeln!(
            to,
            "from its start to its end. `sqlite3` is asked by its indexes for the rows of the same answer, in"
        )?;
        writeln!(to, "turns; for `find`, which has no such query, for the claims of one person. This section alone:")?;
        writeln!(to, "`cargo bench --bench results -- --lookups`.\n")?;
        let row = |asked: &Asked| {
            let ratio = asked.ratio().map_or_else(dash, figure);
            vec![asked.name.to_owned(), asked.own.to_string(), asked.peer.to_string(), ratio]
        };
        let list = vec!["list, which reads the whole".to_owned(), whole.to_string(), dash(), dash()];
        let rows: Vec<_> = asked.iter().map(row).chain([list]).collect();
        table(to, &["", "annals, ms", "sqlite3, ms", "÷ sqlite3"], rows)
    }
}

fn row_of(goal: Goal) -> Vec<String> {
    let verdict = match (&goal.figure, goal.is_met) {
        (None, _) => "not measured",
        (Some(_), true) => "met",
        (Some(_), false) => "**MISSED**",
    };
    vec![goal.what, goal.limit, goal.figure.unwrap_or_else(dash), verdict.to_owned()]
}

fn median(times: &Times) -> Option<String> {
    times.median().map(figure)
}

fn dash() -> String {
    "–".to_owned()
}
