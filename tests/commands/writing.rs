//! Commands that write files: links they refuse to write through, and outputs they do write to.

use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Stdio;

use crate::support::program::{Ran, annals, annals_on, finish, folder, program};

/// Returns a dossier with one document, ready to be pinned.
fn pinnable() -> tempfile::TempDir {
    folder(&[
        (
            "dossier.toml",
            "[dossier]\nkey = \"k\"\ntitle = \"T\"\n[[source]]\nid = \"report\"\nkey = \"R\"\ntitle = \"A report\"\n\
             file = \"report.txt\"\n",
        ),
        (
            "claims.toml",
            "document = \"report\"\n[[institution]]\nid = \"house\"\nlabel = \"House\"\nat = \"lead / p1 s1\"\nbeds = 4\n",
        ),
        ("documents/report.txt", "The house has four beds.\n"),
    ])
}

fn pin(folder: &Path) -> Ran {
    let mut command = program();
    command.arg("--dossier").arg(folder).arg("--sources").arg(folder.join("documents")).arg("pin");
    finish(command)
}

fn is_refused(ran: &Ran, link: &Path) {
    let name = link.file_name().unwrap().to_str().unwrap();
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    assert!(ran.stderr.starts_with("annals: "), "{}", ran.stderr);
    assert!(ran.stderr.contains(&format!("/{name}: is a symbolic link; nothing was written")), "{}", ran.stderr);
    assert!(fs::symlink_metadata(link).unwrap().is_symlink());
}

#[test]
fn pins_are_not_written_through_a_link() {
    let folder = pinnable();
    let (victim, pins) = (folder.path().join("victim"), folder.path().join("pins/report.toml"));
    fs::create_dir(folder.path().join("pins")).unwrap();
    fs::write(&victim, "# mine\n").unwrap();
    symlink(&victim, &pins).unwrap();
    is_refused(&pin(folder.path()), &pins);
    assert_eq!(fs::read_to_string(&victim).unwrap(), "# mine\n");
    // A dangling link cannot be read as pins either.
    fs::remove_file(&victim).unwrap();
    assert_eq!(pin(folder.path()).code, Some(2));
    assert!(!victim.exists());
    fs::remove_file(&pins).unwrap();
    let ran = pin(folder.path());
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert!(fs::read_to_string(&pins).unwrap().contains("report"));
}

#[test]
fn pins_are_not_written_into_a_folder_behind_a_link() {
    let (folder, elsewhere) = (pinnable(), tempfile::tempdir().unwrap());
    let pins = folder.path().join("pins");
    symlink(elsewhere.path(), &pins).unwrap();
    let ran = pin(folder.path());
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    assert!(ran.stderr.contains("/pins: error linked-folder: a symbolic link to a folder"), "{}", ran.stderr);
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
}

#[test]
fn the_folder_that_is_pinned_may_itself_be_named_by_a_link() {
    let folder = pinnable();
    let place = tempfile::tempdir().unwrap();
    let link = place.path().join("link");
    symlink(folder.path(), &link).unwrap();
    let ran = pin(&link);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert!(folder.path().join("pins/report.toml").is_file());
}

#[test]
fn no_export_is_written_through_a_link() {
    let folder = tempfile::tempdir().unwrap();
    let (victim, link) = (folder.path().join("victim"), folder.path().join("link"));
    for format in ["jsonl", "json", "csv", "sqlite"] {
        let arguments = ["export", "--format", format];
        assert_eq!(annals(&[&arguments[..], &[victim.to_str().unwrap()]].concat()).code, Some(0));
        let before = fs::read(&victim).unwrap();
        symlink(&victim, &link).unwrap();
        is_refused(&annals(&[&arguments[..], &[link.to_str().unwrap()]].concat()), &link);
        assert!(fs::read(&victim).unwrap() == before, "{format}");
        fs::remove_file(&victim).unwrap();
        is_refused(&annals(&[&arguments[..], &[link.to_str().unwrap()]].concat()), &link);
        assert!(!victim.exists(), "{format}");
        fs::remove_file(&link).unwrap();
    }
}

#[test]
fn an_index_is_not_written_through_a_link() {
    let folder = tempfile::tempdir().unwrap();
    let (path, victim) = (folder.path().join("a.db"), folder.path().join("victim"));
    assert_eq!(annals(&["export", "--format", "sqlite", path.to_str().unwrap()]).code, Some(0));
    fs::write(&victim, "mine").unwrap();
    let index = folder.path().join("a.db.annals-index");
    symlink(&victim, &index).unwrap();
    is_refused(&annals_on(&path, &["index"]), &index);
    assert_eq!(fs::read_to_string(&victim).unwrap(), "mine");
}

#[test]
fn an_export_goes_to_standard_output_under_each_of_its_names() {
    let expected = annals(&["export", "--format", "csv"]).stdout;
    for name in ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"] {
        if name.starts_with("/proc") && !Path::new(name).exists() {
            continue;
        }
        let arguments = ["export", "--format", "csv", name];
        assert!(annals(&arguments).stdout == expected, "{name} to a pipe");
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.csv");
        let mut command = program();
        command.args(arguments).stdout(Stdio::from(File::create(&path).unwrap()));
        assert_eq!(finish(command).code, Some(0));
        assert!(fs::read_to_string(&path).unwrap() == expected, "{name} to a file");
    }
}

#[test]
fn an_export_goes_to_a_named_pipe() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    let mode = rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR;
    rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, mode, 0).unwrap();
    let expected = annals(&["export", "--format", "jsonl"]).stdout;
    let mut command = program();
    command.args(["export", "--format", "jsonl"]).arg(&pipe);
    let mut child = command.spawn().unwrap();
    // Opening a pipe waits until both ends are open.
    let text = fs::read_to_string(&pipe).unwrap();
    assert!(child.wait().unwrap().success());
    assert!(text == expected);
    assert!(std::os::unix::fs::FileTypeExt::is_fifo(&fs::symlink_metadata(&pipe).unwrap().file_type()));
}
