//! `annals pick`: lets the user choose on the terminal and prints the choice to standard output.
//!
//! Invariant: standard output receives only the choice, or nothing without one; lines are printed as the bytes
//! that were read.

use std::io::{self, IsTerminal};

use crate::app::state::pick::{Choice, List, Picker, update};
use crate::app::{Msg, Progress, at_once};
use crate::cli::args::{Format, Global, PickArgs};
use crate::cli::commands::find;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::kinds::ListKind;
use crate::cli::members::parse_query;
use crate::cli::output::{Output, Tone, colour_wanted, is_dumb};
use crate::cli::{Names, cannot_start, opening, report, stopped};
use crate::graph::names::{Hit, Results};
use crate::model::{Builder, KindId};
use crate::timeline::World;
use crate::tui;
use crate::tui::stdin_lines::StdinLines;
use crate::tui::{Feed, Opening};
use crate::view::theme::Theme;

pub(crate) fn run(args: &PickArgs, global: &Global, out: &mut Output<'_>) -> Result<Outcome, Failure> {
    if args.lines.is_some() { pick_lines(args, global, out) } else { pick_entities(args, global, out) }
}

fn pick_lines(args: &PickArgs, global: &Global, out: &mut Output<'_>) -> Result<Outcome, Failure> {
    let about_dossiers = [
        ("--kind", args.kind.is_some()),
        ("--format", args.format != Format::Text),
        ("--dossier", global.dossier.is_some()),
        ("--as-of", global.as_of.is_some()),
    ];
    if let Some((name, _)) = about_dossiers.iter().find(|(_, given)| *given) {
        return Err(Failure::input(format!("{name} means nothing here: lines are chosen and printed as they come")));
    }
    if io::stdin().is_terminal() {
        return Err(Failure::input("standard input is a terminal; expected lines from a pipe or a file"));
    }
    let end = if args.read0 { b'\0' } else { b'\n' };
    let lines = StdinLines::start(io::stdin(), end).map_err(cannot_start)?;
    let mut picker = Picker::of_lines(query(args), args.multi);
    if args.select_1 || args.exit_0 {
        let growth = lines.all().map_err(|error| unread(&error))?;
        at_once(&mut picker, update, Msg::Grown(growth));
    }
    let feed = Feed::Lines(lines, unread);
    let picked = choose(picker, &feed, args, global)?;
    let Some(picker) = picked else { return Ok(Outcome::Aborted) };
    let choices = picker.choices();
    if let (List::Lines(list), Feed::Lines(lines, _)) = (&picker.list, &feed) {
        if list.lines.is_empty() {
            report(&["annals: no lines came to choose from".to_owned()]);
        }
        for choice in &choices {
            if let Choice::Line(line) = choice {
                write_line(&lines.bytes(&list.lines, *line), args.print0, out)?;
            }
        }
    }
    Ok(Outcome::of(!choices.is_empty()))
}

/// Writes a line unchanged, but on a terminal without control characters; `ends_0` tells that a NUL ends it.
fn write_line(line: &[u8], ends_0: bool, out: &mut Output<'_>) -> io::Result<()> {
    if out.screen.width.is_some() {
        return out.line(Tone::Plain, &String::from_utf8_lossy(line));
    }
    out.raw().write_all(line)?;
    if ends_0 { out.end_item() } else { out.end_line() }
}

fn pick_entities(args: &PickArgs, global: &Global, out: &mut Output<'_>) -> Result<Outcome, Failure> {
    let about_lines = [("--read0", args.read0), ("--print0", args.print0)];
    if let Some((name, _)) = about_lines.iter().find(|(_, given)| *given) {
        return Err(Failure::input(format!("{name} is about lines of standard input; expected - beside it")));
    }
    // The other formats print data that is only known once everything is read.
    let names = if args.format == Format::Text { Names::Shown } else { Names::Waited };
    let opening = opening(global, global.as_of, names)?;
    // Kinds and fields are known once everything is read.
    let needs_all = args.select_1 || args.exit_0 || args.kind.is_some() || query(args).contains(':');
    let opening = if needs_all { opening.finished() } else { opening.settled() }.map_err(stopped)?;
    let (world, progress, feed) = match opening {
        Opening::Loaded(loaded) => (loaded.world, None, Feed::Nothing),
        Opening::Loading(loading) => {
            let empty = World::new(Builder::default().finish());
            (empty, Some(Progress::default()), Feed::Dossier(loading))
        }
    };
    let kind = wanted_kind(&world, args)?;
    // The query can be edited later, but an invalid one must not open a screen.
    parse_query(&world, query(args), None)?;
    let picker = Picker::of_entities(world, progress, kind, query(args), args.multi);
    let Some(picker) = choose(picker, &feed, args, global)? else { return Ok(Outcome::Aborted) };
    let hit = |choice| if let Choice::Entity(hit) = choice { Some(hit) } else { None };
    let hits: Vec<Hit> = picker.choices().into_iter().filter_map(hit).collect();
    let List::Entities(entities) = &picker.list else { return Ok(Outcome::Nothing) };
    let outcome = Outcome::of(!hits.is_empty());
    let dossier = entities.world.dossier();
    match args.format {
        Format::Text => {
            for hit in &hits {
                out.text(Tone::Plain, dossier.id(hit.entity))?;
                out.raw().write_all(b"\t")?;
                out.line(Tone::Plain, dossier.label(hit.entity))?;
            }
        }
        Format::Json | Format::Jsonl | Format::Csv => {
            let results = Results { rows: hits, ..Results::default() };
            find::write(&entities.world, &results, args.format, out)?;
        }
    }
    Ok(outcome)
}

/// Returns the picker with its choice made, automatically if asked for, else on the terminal; `None` if it was left.
fn choose(
    mut picker: Picker,
    feed: &Feed<Failure>,
    args: &PickArgs,
    global: &Global,
) -> Result<Option<Picker>, Failure> {
    if args.select_1 || args.exit_0 {
        // Any message makes the picker take its pending answers; this one has no other effect.
        let size = picker.size;
        at_once(&mut picker, update, Msg::Resize(size));
        let total = picker.total();
        if args.select_1 && total == 1 || args.exit_0 && total == 0 {
            return Ok(Some(picker));
        }
    }
    if is_dumb() {
        return Err(Failure::input("the terminal can only print (TERM is \"dumb\"); see annals find"));
    }
    let theme = if colour_wanted(global.no_color) { Theme::colours() } else { Theme::plain() };
    tui::pick(picker, feed, &theme.with_glyphs(global.glyphs)).map_err(|error| match error {
        tui::Stopped::Terminal(error) => Failure::input(format!(
            "no terminal to choose on: {error}; expected to run in one, or --query with --select-1"
        )),
        tui::Stopped::Unread(failure) => failure,
    })
}

fn query(args: &PickArgs) -> &str {
    args.query.as_deref().unwrap_or_default()
}

fn wanted_kind(world: &World, args: &PickArgs) -> Result<Option<KindId>, Failure> {
    let Some(word) = &args.kind else { return Ok(None) };
    let kind = ListKind::called(world, word)?;
    match kind.of_type {
        None => Ok(Some(kind.kind)),
        Some(of_type) => {
            let expected = &world.dossier().vocabulary().kind(kind.kind).name;
            Err(Failure::input(format!("--kind {word}: {of_type} is a type and no kind; expected {expected}")))
        }
    }
}

fn unread(error: &io::Error) -> Failure {
    Failure::input(format!("cannot read standard input: {error}"))
}
