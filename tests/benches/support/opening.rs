//! Measures the time and the memory of opening a dossier, and the time of a bare `SELECT` of the same columns.
//!
//! Invariant: memory is that of a process which does nothing else; for that a bench starts itself again, with the
//! arguments of [`child`].

use std::hint::black_box;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use annals::app::{App, Msg, update};
use annals::graph::links::Links;
use annals::keymap::action::{Action, Motion};
use annals::model::EntityId;
use annals::store::{self, Stage};
use annals::timeline::World;
use annals::timeline::chronology::Chronology;
use ratatui::layout::Size;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};

use super::process::peak_memory;

/// The columns that opening a dossier reads, table by table.
const SELECTS: [&str; 6] = [
    "SELECT id, kind, label FROM entity NOT INDEXED",
    "SELECT id, entity, value, kind, language FROM name NOT INDEXED",
    "SELECT name, place FROM name_evidence NOT INDEXED",
    "SELECT id, document, section, spot, \"row\", paragraph, sentence, item, line, start, length, sha256
     FROM place NOT INDEXED",
    "SELECT id, subject, property, value_text, value_number, unit, value_entity, value_date, value_label, missing,
     start_date, start_label, end_date, end_label, as_of_date, as_of_label, modality, basis, rank, reason, note
     FROM claim NOT INDEXED",
    "SELECT claim, place FROM evidence NOT INDEXED",
];

/// The times from the start of opening to its stages.
#[derive(Debug, Default, Clone, Copy)]
pub struct Stages {
    /// The first names, if any arrived before the whole.
    pub first_names: Option<Duration>,
    /// The last names.
    pub all_names: Option<Duration>,
    /// The whole dossier.
    pub whole: Duration,
}

/// Steps through all rows of a bare `SELECT` and reads every value. Returns the time it took.
pub fn select(path: &Path) -> rusqlite::Result<Duration> {
    let start = Instant::now();
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut sum = 0_u64;
    for sql in SELECTS {
        let mut statement = connection.prepare(sql)?;
        let columns = statement.column_count();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            for column in 0..columns {
                sum = sum.wrapping_add(match row.get_ref(column)? {
                    ValueRef::Null => 0,
                    ValueRef::Integer(number) => number.cast_unsigned(),
                    ValueRef::Real(number) => number.to_bits(),
                    ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
                        bytes.len() as u64 + u64::from(bytes.first().copied().unwrap_or(0))
                    }
                });
            }
        }
    }
    black_box(sum);
    Ok(start.elapsed())
}

/// Opens a dossier and returns the times of its stages.
pub fn stages(path: &Path) -> Result<Stages, store::StoreError> {
    let start = Instant::now();
    let mut stages = Stages::default();
    black_box(store::open_watched(path, &mut |stage| {
        if let Stage::Names(dossier) = stage {
            black_box(dossier.entities().len());
            stages.first_names.get_or_insert_with(|| start.elapsed());
            stages.all_names = Some(start.elapsed());
        }
        ControlFlow::Continue(())
    })?);
    stages.whole = start.elapsed();
    Ok(stages)
}

/// The figures of a child process: times in milliseconds, memory in mebibytes.
#[derive(Debug, Default, Clone, Copy)]
pub struct Child {
    /// Peak memory after opening the dossier.
    pub opened: f64,
    /// The time to build the links.
    pub links: f64,
    /// The time to build the chronology.
    pub chronology: f64,
    /// The time to build the whole world, including the index of names.
    pub world: f64,
    /// Peak memory after building the world.
    pub peak: f64,
    /// The time to make the initial state of the explorer.
    pub app: f64,
    /// The time to show the entity with the most incoming links.
    pub hub: f64,
    /// The time to open a branch of the tree.
    pub branch: f64,
}

/// Opens a dossier, builds its world, and returns the text that [`measure`] parses; run in a process of its own.
pub fn child(path: &Path) -> Result<String, store::StoreError> {
    let dossier = store::open(path)?;
    let opened = peak();
    let [links, chronology] = [
        milliseconds(|| drop(black_box(Links::new(&dossier)))),
        milliseconds(|| drop(black_box(Chronology::new(&dossier)))),
    ];
    let start = Instant::now();
    let world = black_box(World::new(dossier));
    let whole = start.elapsed().as_secs_f64() * 1e3;
    let peak = peak();
    let [app, hub, branch] = interaction(&world);
    Ok(format!("{opened} {links} {chronology} {whole} {peak} {app} {hub} {branch}"))
}

fn interaction(world: &World) -> [f64; 3] {
    let mut app = None;
    let made = milliseconds(|| app = Some(App::new(world.clone(), Size { width: 100, height: 30 })));
    let links = |&entity: &EntityId| world.links().to(entity).len();
    let (Some(mut app), Some(hub)) = (app, world.dossier().entities().max_by_key(links)) else { return [0.0; 3] };
    let mut act = |msg: Msg<'_>| milliseconds(|| drop(update(&mut app, msg)));
    let shown = act(Msg::Show(hub));
    act(Msg::Act(Action::Focus(-1)));
    act(Msg::Act(Action::Move(Motion::Down)));
    [made, shown, act(Msg::Act(Action::Open))]
}

/// Starts this bench again as a [`child`] and returns its figures.
pub fn measure(path: &Path) -> Option<Child> {
    let output = Command::new(std::env::current_exe().ok()?).arg("--child").arg(path).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let found: Vec<f64> = text.split_whitespace().map_while(|word| word.parse().ok()).collect();
    let [opened, links, chronology, world, peak, app, hub, branch] = found.try_into().ok()?;
    Some(Child { opened, links, chronology, world, peak, app, hub, branch })
}

fn milliseconds(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64() * 1e3
}

/// Returns the peak memory of this process in mebibytes, or 0 if the kernel does not report it.
fn peak() -> f64 {
    peak_memory(std::process::id()).unwrap_or(0.0)
}
