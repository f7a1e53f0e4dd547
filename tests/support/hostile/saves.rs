//! Saves that are killed, that meet a full disk, or an error at any call to the system: afterwards there
//! is the old file or the new one, and nothing else.
//!
//! Faults in the calls are put there by strace, which sees those of `SQLite` too.
//!
//! Invariant: what is held against the file are its bytes, all of them.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use annals::store;

use super::words::check;
use super::world::world;
use crate::support::documents::skipped;
use crate::support::program::{program, said, shell};

/// The forms of an export, each with the file of its name.
const FORMS: [&str; 4] = ["jsonl", "json", "csv", "sqlite"];

/// The signal of a file that grew beyond its limit.
const XFSZ: i32 = 25;

/// Every form of an export on disks that are full at once, soon and late; how many saves they were.
pub fn on_a_full_disk() -> usize {
    let folder = tempfile::tempdir().unwrap();
    let mut saves = 0;
    for format in FORMS {
        let target = folder.path().join(format);
        let file = target.to_str().unwrap();
        let arguments = ["export", "--format", format, file];
        assert!(shell("exec \"$0\" \"$@\"", &arguments).status.success());
        let new = fs::read(&target).unwrap();
        // An export replaces nothing but a file of its own form.
        if format == "sqlite" {
            store::save(&world(10, 1), &target).unwrap();
        } else {
            fs::write(&target, "old\n").unwrap();
        }
        let old = fs::read(&target).unwrap();
        // In blocks of 512 bytes; once with the signal, which kills, and once with the error.
        for blocks in [0, 1, 7, 100, 300] {
            for ending in ["", "trap '' XFSZ; "] {
                let output = shell(&format!("ulimit -f {blocks}; {ending}exec \"$0\" \"$@\""), &arguments);
                let is_error = output.status.code() == Some(2) && said(&output).contains(file);
                assert!(is_error || output.status.signal() == Some(XFSZ), "{:?} {}", output.status, said(&output));
                assert!(fs::read(&target).unwrap() == old, "{format}, {blocks}");
                saves += 1;
            }
        }
        // What was left behind by those that were killed is gone after the next save.
        assert!(shell("exec \"$0\" \"$@\"", &arguments).status.success());
        assert!(fs::read(&target).unwrap() == new && new != old);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "{format}");
        fs::remove_file(&target).unwrap();
    }
    saves
}

/// Kills an export at so many moments, this far apart; how many of them left the new file.
pub fn killed_at_moments(count: u32, apart: Duration) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("a.sqlite");
    store::save(&world(10, 1), &target).unwrap();
    let old = fs::read(&target).unwrap();
    let mut export = program();
    export.args(["export", "--format", "sqlite"]).arg(&target).stdout(Stdio::null()).stderr(Stdio::null());
    let mut new = None;
    let mut replaced = 0;
    for moment in 0..count {
        let mut child = export.spawn().unwrap();
        // The moment is what is tested, not a wait for something.
        thread::sleep(apart * moment);
        let _ = child.kill();
        child.wait().unwrap();
        let now = fs::read(&target).unwrap();
        if now != old {
            let expected = new.get_or_insert_with(|| now.clone());
            assert!(now == *expected, "neither the old file nor the new one");
            fs::write(&target, &old).unwrap();
            replaced += 1;
        }
    }
    assert!(export.status().unwrap().success());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "something was left behind");
    replaced
}

/// What is done to a call, in the words of strace: a kill, an error of the disk, a full disk.
const FAULTS: [&str; 3] = ["signal=KILL", "error=EIO", "error=ENOSPC"];

/// One call to the system that is to go wrong: the so-manieth of its name.
#[derive(Debug, Clone)]
struct Call {
    name: String,
    number: usize,
    /// How many of the faults it may have. Closing a folder, which reports no errors, has none but the kill:
    /// the standard library takes others for a fault of its own and panics.
    faults: usize,
}

/// A way to save, in a folder of its own.
struct Save {
    folder: tempfile::TempDir,
    arguments: Vec<String>,
    target: PathBuf,
    /// What is there before.
    old: Vec<u8>,
    /// What is to be there afterwards.
    new: Vec<u8>,
}

impl Save {
    /// An export in this form.
    fn export(format: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("target");
        let old = if format == "sqlite" {
            store::save(&world(10, 1), &target).unwrap();
            fs::read(&target).unwrap()
        } else {
            b"old\n".to_vec()
        };
        let arguments = ["export", "--format", format, target.to_str().unwrap()].map(str::to_owned).to_vec();
        Self { folder, arguments, target, old, new: Vec::new() }.tried()
    }

    /// The index of a dossier.
    fn index() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let dossier = folder.path().join("dossier");
        store::save(&world(300, 1), &dossier).unwrap();
        let target = store::index_path(&dossier).unwrap();
        let arguments = ["--dossier", dossier.to_str().unwrap(), "index"].map(str::to_owned).to_vec();
        Self { folder, arguments, target, old: b"old\n".to_vec(), new: Vec::new() }.tried()
    }

    /// Saves once without a fault, to know what comes of it.
    fn tried(mut self) -> Self {
        self.restore();
        assert!(program().args(&self.arguments).output().unwrap().status.success());
        self.new = fs::read(&self.target).unwrap();
        assert!(self.new != self.old);
        self
    }

    /// Puts the old file in its place and removes what a killed save left there.
    fn restore(&self) {
        fs::write(&self.target, &self.old).unwrap();
        for entry in fs::read_dir(self.folder.path()).unwrap() {
            let entry = entry.unwrap();
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                fs::remove_file(entry.path()).unwrap();
            }
        }
    }

    fn strace(&self, options: &[&str]) -> Command {
        let mut command = Command::new("strace");
        command.args(["-f", "-qq"]).args(options).arg(env!("CARGO_BIN_EXE_annals")).args(&self.arguments);
        command.env_clear().stdin(Stdio::null());
        command
    }

    /// Every call to the system that has to do with files, from the first that concerns the folder.
    fn calls(&self) -> Vec<Call> {
        self.restore();
        let log = tempfile::NamedTempFile::new().unwrap();
        let traced =
            self.strace(&["-y", "-e", "trace=%file,%desc", "-o", log.path().to_str().unwrap()]).output().unwrap();
        assert!(traced.status.success(), "{}", said(&traced));
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let mut calls = Vec::new();
        let mut is_ours = false;
        let folder = self.folder.path().to_str().unwrap();
        for line in fs::read_to_string(log.path()).unwrap().lines().skip(1) {
            let call = line.split_once(' ').map_or(line, |(_, call)| call.trim_start());
            let Some((name, _)) = call.split_once('(') else { continue };
            if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
                continue;
            }
            is_ours |= line.contains(folder);
            let number = seen.entry(name.to_owned()).or_default();
            *number += 1;
            // Memory of its own has nothing to do with files.
            if is_ours && name != "mmap" {
                let closes_folder = name == "close" && line.contains(&format!("<{folder}>"));
                let faults = if closes_folder { 1 } else { FAULTS.len() };
                calls.push(Call { name: name.to_owned(), number: *number, faults });
            }
        }
        calls
    }

    /// Saves once with a fault; whether the new file is there.
    fn suffers(&self, call: &Call, fault: &str) -> bool {
        self.restore();
        let Call { name, number, faults: _ } = call;
        let (trace, inject) = (format!("trace={name}"), format!("inject={name}:{fault}:when={number}"));
        let output = self.strace(&["-e", &trace, "-e", &inject, "-o", "/dev/null"]).output().unwrap();
        let at = || format!("{:?}, {call:?}, {fault}: {:?}, {}", self.arguments, output.status, said(&output));
        let now = fs::read(&self.target).unwrap();
        assert!(now == self.old || now == self.new, "neither the old file nor the new one: {}", at());
        match (output.status.code(), output.status.signal()) {
            (Some(0), _) => assert!(now == self.new, "it says that it saved: {}", at()),
            (Some(2), _) => check("standard error", &said(&output)),
            (code, signal) => assert!(code.is_none() && signal == Some(9), "{}", at()),
        }
        now == self.new
    }

    /// Saves without a fault where faults were; only its own files are there afterwards.
    fn recovers(&self, others: usize) {
        assert!(program().args(&self.arguments).output().unwrap().status.success());
        assert!(fs::read(&self.target).unwrap() == self.new);
        assert_eq!(fs::read_dir(self.folder.path()).unwrap().count(), 1 + others, "something was left behind");
    }
}

/// What became of saves with a fault.
#[derive(Debug, Default)]
pub struct Faults {
    /// Ways to save.
    pub ways: usize,
    /// Calls that went wrong, each in several ways.
    pub calls: usize,
    pub saves: usize,
    /// How many left the new file.
    pub new: usize,
}

/// Has one of so many calls of each way to save go wrong in every way; none where there is no strace, or
/// where it may not look into other programs.
pub fn at_every_call(one_of: usize) -> Option<Faults> {
    let strace = Command::new("strace").args(["-f", "-qq", "-o", "/dev/null", "true"]).output();
    if !strace.is_ok_and(|output| output.status.success()) {
        skipped("strace is not there, or may not trace");
        return None;
    }
    let ways: Vec<fn() -> Save> = vec![
        || Save::export("jsonl"),
        || Save::export("json"),
        || Save::export("csv"),
        || Save::export("sqlite"),
        Save::index,
    ];
    let mut all = Faults { ways: ways.len(), ..Faults::default() };
    for way in ways {
        let calls: Vec<Call> = way().calls().into_iter().step_by(one_of).collect();
        let (next, new) = (AtomicUsize::new(0), AtomicUsize::new(0));
        thread::scope(|scope| {
            for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
                scope.spawn(|| {
                    let save = way();
                    let others = fs::read_dir(save.folder.path()).unwrap().count() - 1;
                    while let Some(call) = calls.get(next.fetch_add(1, Ordering::Relaxed)) {
                        for fault in &FAULTS[..call.faults] {
                            new.fetch_add(usize::from(save.suffers(call, fault)), Ordering::Relaxed);
                        }
                    }
                    save.recovers(others);
                });
            }
        });
        all.calls += calls.len();
        all.saves += calls.iter().map(|call| call.faults).sum::<usize>();
        all.new += new.into_inner();
    }
    Some(all)
}

/// Every file of a folder with what it holds.
pub fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let regular = fs::read_dir(folder).unwrap().map(Result::unwrap);
    let regular = regular.filter(|entry| entry.file_type().unwrap().is_file());
    regular.map(|entry| (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).unwrap())).collect()
}
