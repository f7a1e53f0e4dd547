//! Opening a dossier from `SQLite`: by itself beside a bare `SELECT`, and in the explorer on a terminal.
//!
//! Invariant: the file is in the system's cache for everything that is compared.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use annals::graph::name_cache as kept;
use annals::model::CoreKind;
use annals::store;
use portable_pty::CommandBuilder;

use crate::support::large::large;
use crate::support::opening::{self, Child};
use crate::support::terminal::{Running, Trouble, shows};
use crate::support::times::Times;

/// The longest wait for the explorer.
const PATIENCE: Duration = Duration::from_secs(60);

/// A generated dossier in a file.
pub struct Generated {
    path: PathBuf,
    entities: usize,
    claims: usize,
    /// The label of the last person, which is read late.
    last: String,
}

/// All figures of one dossier.
pub struct Opened {
    pub entities: usize,
    pub claims: usize,
    /// The size of the file, in megabytes.
    pub size: f64,
    pub bare: Times,
    pub whole: Times,
    pub all_names: Times,
    /// The figures of a process that only opens the file and builds the world.
    pub child: Option<Child>,
    /// In the explorer: the first frame, finding a name that was typed at once, the end of reading.
    pub first_frame: Times,
    pub searchable: Times,
    /// With the index of names: reading it, and finding a name that was typed at once.
    pub kept: Times,
    pub searchable_kept: Times,
    pub ready: Times,
    /// The largest peak memory of the explorer, in mebibytes.
    pub memory: Option<f64>,
}

impl Generated {
    /// Writes a dossier of `entities` entities into a folder, in a process of its own. A process that has once been as
    /// large as the dossier would start other programs more slowly.
    pub fn write(folder: &Path, entities: usize) -> Result<Self, Trouble> {
        let path = folder.join(format!("large-{entities}.sqlite"));
        let written = Command::new(std::env::current_exe()?)
            .arg("--write")
            .arg(&path)
            .arg(entities.to_string())
            .stderr(Stdio::inherit())
            .output()?;
        let told = String::from_utf8(written.stdout)?;
        let mut told = told.lines().filter(|_| written.status.success());
        let (Some(claims), Some(last)) = (told.next(), told.next()) else {
            return Err("the dossier was not written".into());
        };
        Ok(Self { path, entities, claims: claims.parse()?, last: last.to_owned() })
    }
}

/// Makes a dossier of `entities` entities and writes it. Returns two lines: the number of claims and the label of the
/// last person.
pub fn write(path: &Path, entities: usize) -> Result<String, Trouble> {
    let dossier = large(entities);
    store::save(&dossier, path)?;
    let mut persons = dossier.entities().filter(|&entity| dossier.core_kind(entity) == CoreKind::Person);
    let last = persons.next_back().ok_or("a dossier without persons")?;
    Ok(format!("{}\n{}", dossier.claims().len(), dossier.label(last)))
}

/// Measures one dossier.
pub fn measure(annals: &Path, dossier: &Generated, runs: usize) -> Result<Opened, Trouble> {
    let path = &dossier.path;
    let (mut bare, mut whole, mut all_names) = (Times::default(), Times::default(), Times::default());
    let (mut first_frame, mut searchable, mut ready) = (Times::default(), Times::default(), Times::default());
    let mut memory: Option<f64> = None;
    opening::select(path)?;
    for _ in 0..runs {
        let (frame, end, peak) = look(annals, path)?;
        first_frame.add(frame);
        ready.add(end);
        memory = memory.into_iter().chain(peak).reduce(f64::max);
        searchable.add(find(annals, dossier)?);
    }
    let (mut kept, mut searchable_kept) = (Times::default(), Times::default());
    let indexed = Command::new(annals).arg("--dossier").arg(path).arg("index").stdout(Stdio::null()).status()?;
    if !indexed.success() {
        return Err("the index was not written".into());
    }
    for _ in 0..runs {
        let start = Instant::now();
        let state = store::state(path)?.ok_or("a dossier that is being changed")?;
        let file = store::open_index(path).ok_or("no index")?;
        let names = kept::read(file, &state).map_err(|misfit| misfit.to_string())?;
        kept.add(start.elapsed());
        drop(names);
        searchable_kept.add(find(annals, dossier)?);
    }
    // This comes last, because it makes this process larger.
    for _ in 0..runs {
        bare.add(opening::select(path)?);
        let stages = opening::stages(path)?;
        whole.add(stages.whole);
        all_names.add(stages.all_names.unwrap_or(stages.whole));
    }
    Ok(Opened {
        entities: dossier.entities,
        claims: dossier.claims,
        size: std::fs::metadata(path)?.len() as f64 / 1e6,
        bare,
        whole,
        all_names,
        child: opening::measure(path),
        first_frame,
        searchable,
        kept,
        searchable_kept,
        ready,
        memory,
    })
}

/// Opens a dossier without any key. Returns the times of the first frame and of the end of reading, and the peak memory
/// in mebibytes.
pub fn look(annals: &Path, path: &Path) -> Result<(Duration, Duration, Option<f64>), Trouble> {
    let home = tempfile::tempdir()?;
    let mut explorer = Running::start(command(annals, path, home.path()))?;
    let started = explorer.started;
    let frame = explorer.wait_until("a frame", PATIENCE, is_drawn)?;
    let is_whole = |screen: &vt100::Screen| is_drawn(screen) && !shows(screen, "reading");
    let mut ready = frame;
    if !is_whole(explorer.screen()) {
        ready = explorer.settle("the end of reading", Duration::from_millis(200), PATIENCE, is_whole)?;
    }
    Ok((frame - started, ready - started, explorer.peak_memory()))
}

/// Opens a dossier and types a name after the first frame. Returns the time until the name is found.
fn find(annals: &Path, dossier: &Generated) -> Result<Duration, Trouble> {
    let home = tempfile::tempdir()?;
    let mut explorer = Running::start(command(annals, &dossier.path, home.path()))?;
    let started = explorer.started;
    explorer.wait_until("a frame", PATIENCE, is_drawn)?;
    // Typed in lower case, so that only a row of the list shows the name as it is written.
    explorer.send(format!("f{}", dossier.last.to_lowercase()).as_bytes())?;
    let found = explorer.wait_until(&dossier.last, PATIENCE, |screen| shows(screen, &dossier.last))?;
    Ok(found - started)
}

fn is_drawn(screen: &vt100::Screen) -> bool {
    screen.contents().chars().any(|letter| !letter.is_whitespace())
}

fn command(annals: &Path, dossier: &Path, home: &Path) -> CommandBuilder {
    let mut command = CommandBuilder::new(annals);
    command.arg("--dossier");
    command.arg(dossier);
    command.env_clear();
    command.env("TERM", "xterm-256color");
    command.env("HOME", home);
    command
}
