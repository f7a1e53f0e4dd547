//! Opening a dossier that takes long to read: the explorer starts at once, responds to keys, and in the end shows
//! everything; an invalid dossier ends it with a message and a restored terminal.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use annals::model::{Builder, Core, CoreKind, Meta, NewClaim, NewValue};
use annals::store;

use crate::support::{Ending, Session, Signal};

const SIZE: (u16, u16) = (120, 40);
const ENTITIES: usize = 40_000;
const AUTHORED: usize = 10_000;

/// Writes a folder of authored files that a debug build cannot read before the first frame is due.
fn authored(more: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut text = String::from("[dossier]\nformat = 2\nkey = 'large'\ntitle = 'Large'\nallow = 'no-evidence'\n");
    for number in 0..AUTHORED {
        let _ = write!(text, "[[person]]\nid = 'person-{number}'\nlabel = 'Person {number}'\nreason = 'Known.'\n");
    }
    text.push_str(more);
    std::fs::write(folder.path().join("large.toml"), text).unwrap();
    folder
}

/// Returns the file of a valid dossier, written once, that a debug build cannot read before the first frame is due.
fn large() -> &'static Path {
    static FILE: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = FILE.get_or_init(|| {
        let mut builder = Builder::default();
        builder.set_meta(Meta { key: "large".into(), title: "Large".into(), ..Meta::default() });
        for number in 0..ENTITIES {
            let slug = format!("person-{number}");
            let entity = builder.entity(CoreKind::Person, &slug, &format!("Person {number}")).unwrap();
            builder.claim(NewClaim::new(entity, Core::Description, NewValue::Text("somebody".into())));
        }
        let institution = builder.entity(CoreKind::Institution, "only", "The Only Institution").unwrap();
        builder.claim(NewClaim::new(institution, Core::Description, NewValue::Text("a house".into())));
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("large.db");
        store::save(&builder.finish(), &path).unwrap();
        (folder, path)
    });
    path
}

fn open(path: &Path) -> Session {
    Session::spawn(SIZE, &["--dossier", path.to_str().unwrap()], &[])
}

fn assert_given_back(session: &mut Session) {
    assert_eq!(session.left_behind(), Vec::<String>::new());
}

#[test]
fn the_first_frame_says_that_it_is_reading_and_the_whole_follows() {
    let mut session = open(large());
    session.sees("reading");
    // Typed before any name can be found, and answered as soon as one can.
    session.keys("f only␣inst").sees("› only inst").sees("The Only Institution");
    session.keys("⏎").sees("a house").does_not_see("reading");
    session.keys("q");
    assert_eq!(session.wait_ended(), Ending::Code(0));
    assert_given_back(&mut session);
}

#[test]
fn a_folder_of_authored_files_is_read_behind_the_first_frame() {
    let folder = authored("[[person]]\nid = 'last'\nlabel = 'The Last Person'\nreason = 'Known.'\n");
    let mut session = open(folder.path());
    session.sees("reading");
    session.keys("f last␣pers").sees("› last pers").sees("The Last Person").does_not_see("reading");
    session.keys("⎋").does_not_see("› last pers").keys("q");
    assert_eq!(session.wait_ended(), Ending::Code(0));
    assert_given_back(&mut session);
    // It ends at once while it reads, too.
    let mut session = open(folder.path());
    session.sees("reading").keys("q");
    assert_eq!(session.wait_ended(), Ending::Code(0));
    assert_given_back(&mut session);
}

#[test]
fn a_defect_of_authored_files_ends_it_with_the_terminal_given_back() {
    let folder = authored("[[person]]\nid = 'last'\nlabel = 7\n");
    let mut session = open(folder.path());
    session.sees("reading");
    assert_eq!(session.wait_ended(), Ending::Code(2));
    assert_given_back(&mut session);
    session.sees("nothing was loaded");
}

#[test]
fn a_key_and_a_signal_end_it_while_it_reads() {
    for key in ["q", "C-c"] {
        let mut session = open(large());
        session.sees("reading").keys(key);
        assert_eq!(session.wait_ended(), Ending::Code(0));
        assert_given_back(&mut session);
    }
    let mut session = open(large());
    session.sees("reading");
    session.kill(Signal::TERM);
    assert_eq!(session.wait_ended(), Ending::Signal(Signal::TERM.as_raw()));
    assert_given_back(&mut session);
}

#[test]
fn what_is_unsound_ends_it_with_the_message_of_every_command() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("unsound.db");
    std::fs::copy(large(), &path).unwrap();
    let file = rusqlite::Connection::open(&path).unwrap();
    file.execute("DELETE FROM dossier WHERE key = 'title'", []).unwrap();
    drop(file);
    let mut session = open(&path);
    session.sees("reading");
    assert_eq!(session.wait_ended(), Ending::Code(2));
    assert_given_back(&mut session);
    session.sees("no such row");
}

#[test]
fn something_is_picked_from_it_as_soon_as_it_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let (taken, path) = (folder.path().join("out"), large());
    let paths = [("OUT", taken.to_str().unwrap()), ("DOSSIER", path.to_str().unwrap())];
    let mut session = Session::spawn_shell(SIZE, "exec \"$ANNALS\" --dossier \"$DOSSIER\" pick > \"$OUT\"", &paths);
    session.sees("reading");
    session.keys("only␣inst").sees("The Only Institution").keys("⏎");
    assert_eq!(session.wait_ended(), Ending::Code(0));
    assert_eq!(std::fs::read_to_string(&taken).unwrap(), "institution/only\tThe Only Institution\n");
    assert_given_back(&mut session);
}
