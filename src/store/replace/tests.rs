//! Every step of a save goes wrong in every way.
//!
//! Invariant: afterwards there is the old file or the new one, and the next save works and
//! leaves nothing but its file.

#![expect(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

use super::fault::injected::{Fault, want};
use super::*;
use crate::model::{Builder, Dossier, Kind};
use crate::store;

const STEPS: [Step; 6] = [Step::Create, Step::Lock, Step::Permissions, Step::Sync, Step::Rename, Step::SyncFolder];

fn dossier(label: &str) -> Dossier {
    let mut builder = Builder::default();
    builder.entity(Kind::Person, "someone", label).unwrap();
    builder.finish()
}

fn names(folder: &Path) -> Vec<OsString> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect()
}

#[test]
fn an_error_at_any_step_leaves_the_old_file_and_no_other() {
    for step in STEPS {
        for kind in [ErrorKind::StorageFull, ErrorKind::PermissionDenied, ErrorKind::Interrupted] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("a.sqlite");
            let (old, new) = (dossier("old"), dossier("new"));
            store::save(&old, &path).unwrap();
            want(step, Fault::Error(kind));
            assert!(store::save(&new, &path).is_err(), "{step:?}");
            // Once it is renamed it is there, although the disk may not know it yet.
            let expected = if step == Step::SyncFolder { &new } else { &old };
            assert_eq!(&store::open(&path).unwrap(), expected, "{step:?}");
            assert_eq!(names(folder.path()), ["a.sqlite"], "{step:?}");
        }
    }
}

/// Names the file for [`child`], and the step before which it dies.
const VARIABLE: &str = "ANNALS_TEST_KILL";

#[cfg(unix)]
#[test]
fn a_kill_at_any_step_leaves_the_old_file_or_the_new_one() {
    use std::os::unix::process::ExitStatusExt as _;
    use std::process::{Command, Stdio};
    for (number, step) in STEPS.iter().enumerate() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.sqlite");
        let (old, new) = (dossier("old"), dossier("new"));
        store::save(&old, &path).unwrap();
        let mut program = Command::new(std::env::current_exe().unwrap());
        program.args(["--exact", "store::replace::tests::child", "--ignored", "--nocapture"]);
        program.env(VARIABLE, format!("{number}:{}", path.display())).stdout(Stdio::null()).stderr(Stdio::null());
        assert_eq!(program.status().unwrap().signal(), Some(9), "{step:?}");
        let expected = if *step == Step::SyncFolder { &new } else { &old };
        assert_eq!(&store::open(&path).unwrap(), expected, "{step:?}");
        // Whatever it left behind does no harm, and is gone after the next save.
        store::save(&new, &path).unwrap();
        assert_eq!(store::open(&path).unwrap(), new);
        assert_eq!(names(folder.path()), ["a.sqlite"], "{step:?}");
    }
}

#[cfg(unix)]
#[test]
#[ignore = "it is killed; another test starts it"]
fn child() {
    let wanted = std::env::var(VARIABLE).unwrap();
    let (number, path) = wanted.split_once(':').unwrap();
    want(STEPS[number.parse::<usize>().unwrap()], Fault::Kill);
    store::save(&dossier("new"), Path::new(path)).unwrap();
}

#[test]
fn a_file_that_someone_still_writes_is_not_cleared_away() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("a");
    let first = NewFile::beside(&target).unwrap();
    let second = NewFile::beside(&target).unwrap();
    assert!(first.path().exists() && second.path().exists());
    drop(first);
    assert!(second.path().exists());
    // What only looks like one of ours is none.
    fs::write(folder.path().join(".a.mine.tmp"), "").unwrap();
    drop(NewFile::beside(&target).unwrap());
    assert_eq!(names(folder.path()).len(), 2);
}
