//! Saves that are killed, or that meet a full disk or an error at any system call: afterwards either the old file or
//! the new one is there, and nothing else.
//!
//! The faults are injected by strace, which also sees the calls of `SQLite`.
//!
//! Invariant: files are compared byte for byte.

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

/// The forms of an export; the file of each has the same name.
const FORMS: [&str; 4] = ["jsonl", "json", "csv", "sqlite"];

/// The signal for exceeding the limit of a file's size.
const XFSZ: i32 = 25;

/// Saves every form of an export to disks that are full at once, soon or late. Returns the number of saves.
pub fn on_a_full_disk() -> usize {
    let folder = tempfile::tempdir().unwrap();
    let mut saves = 0;
    for format in FORMS {
        let target = folder.path().join(format);
        let file = target.to_str().unwrap();
        let arguments = ["export", "--format", format, file];
        assert!(shell("exec \"$0\" \"$@\"", &arguments).status.success());
        let new = fs::read(&target).unwrap();
        // An export replaces only a file of its own form.
        if format == "sqlite" {
            store::save(&world(10, 1), &target).unwrap();
        } else {
            fs::write(&target, "old\n").unwrap();
        }
        let old = fs::read(&target).unwrap();
        // Limits in blocks of 512 bytes; once with the signal, which kills, and once with the error.
        for blocks in [0, 1, 7, 100, 300] {
            for ending in ["", "trap '' XFSZ; "] {
                let output = shell(&format!("ulimit -f {blocks}; {ending}exec \"$0\" \"$@\""), &arguments);
                let is_error = output.status.code() == Some(2) && said(&output).contains(file);
                assert!(is_error || output.status.signal() == Some(XFSZ), "{:?} {}", output.status, said(&output));
                assert!(fs::read(&target).unwrap() == old, "{format}, {blocks}");
                saves += 1;
            }
        }
        // The next save removes the files that killed ones left behind.
        assert!(shell("exec \"$0\" \"$@\"", &arguments).status.success());
        assert!(fs::read(&target).unwrap() == new && new != old);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "{format}");
        fs::remove_file(&target).unwrap();
    }
    saves
}

/// Kills an export at `count` moments, `apart` from each other. Returns how many runs left the new file.
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
        // The delay is what the test varies, not a wait for an event.
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
    let now = fs::read(&target).unwrap();
    assert!(now != old && new.is_none_or(|new| now == new), "not the new file");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "something was left behind");
    replaced
}

/// The faults, as arguments of strace: a kill, a disk error, a full disk.
const FAULTS: [&str; 3] = ["signal=KILL", "error=EIO", "error=ENOSPC"];

/// A system call that is to fail: its name, and its number among the calls of that name.
#[derive(Debug, Clone)]
struct Call {
    name: String,
    number: usize,
    /// The number of faults to inject. Closing a folder reports no errors in practice, and the standard library would
    /// panic at one, so such a call only gets the kill.
    faults: usize,
}

/// A save in a folder of its own.
struct Save {
    folder: tempfile::TempDir,
    arguments: Vec<String>,
    target: PathBuf,
    /// The contents of the file before the save.
    old: Vec<u8>,
    /// The contents expected after it.
    new: Vec<u8>,
}

impl Save {
    /// Returns a save by an export in this form.
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

    /// Returns a save of the index of a dossier.
    fn index() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let dossier = folder.path().join("dossier");
        store::save(&world(300, 1), &dossier).unwrap();
        let target = store::index_path(&dossier).unwrap();
        let arguments = ["--dossier", dossier.to_str().unwrap(), "index"].map(str::to_owned).to_vec();
        Self { folder, arguments, target, old: b"old\n".to_vec(), new: Vec::new() }.tried()
    }

    /// Saves once without a fault, to learn the expected contents.
    fn tried(mut self) -> Self {
        self.restore();
        assert!(program().args(&self.arguments).output().unwrap().status.success());
        self.new = fs::read(&self.target).unwrap();
        assert!(self.new != self.old);
        self
    }

    /// Restores the old file and removes what a killed save left.
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

    /// Returns every system call that concerns files, from the first one in the folder on.
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
            // Anonymous memory does not concern files.
            if is_ours && name != "mmap" {
                let closes_folder = name == "close" && line.contains(&format!("<{folder}>"));
                let faults = if closes_folder { 1 } else { FAULTS.len() };
                calls.push(Call { name: name.to_owned(), number: *number, faults });
            }
        }
        calls
    }

    /// Saves once with a fault. Returns true if the new file is there.
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

    /// Saves without a fault after faults. Checks that only the expected files are there afterwards.
    fn recovers(&self, others: usize) {
        assert!(program().args(&self.arguments).output().unwrap().status.success());
        assert!(fs::read(&self.target).unwrap() == self.new);
        assert_eq!(fs::read_dir(self.folder.path()).unwrap().count(), 1 + others, "something was left behind");
    }
}

/// The results of saves with faults.
#[derive(Debug, Default)]
pub struct Faults {
    /// The number of kinds of saves.
    pub ways: usize,
    /// The number of calls that failed, each with several faults.
    pub calls: usize,
    pub saves: usize,
    /// The number of saves that left the new file.
    pub new: usize,
}

/// Injects every fault into every `one_of`-th call of each kind of save. Returns `None` if strace is missing, or may
/// not trace other programs.
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

/// Returns the contents of every regular file in a folder.
pub fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let regular = fs::read_dir(folder).unwrap().map(Result::unwrap);
    let regular = regular.filter(|entry| entry.file_type().unwrap().is_file());
    regular.map(|entry| (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).unwrap())).collect()
}
