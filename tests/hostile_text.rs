//! A hundred thousand hostile records through every screen, every command, every form and every
//! message: nothing that acts on a terminal leaves the program, and no cell is a flood.
//!
//! The screens are drawn in process. The commands are the real program's: those that print every
//! record have all of them, the others four thousand. What comes out is held against
//! [`annals::text::is_unsafe`], the list by which text is cleaned.

#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop at what it did not expect")]

mod hostile;
mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;

use annals::app::action::{Action, View};
use annals::app::cursor::Motion;
use annals::app::{App, Effect, Msg, update};
use annals::catalogue::Catalogue;
use annals::keymap::{self, Chord};
use annals::store;
use annals::text::MAX_CELL_CHARS;
use annals::view::render::cells;
use annals::view::theme::Theme;
use hostile::dice::Dice;
use hostile::words::{argument, check, harm};
use hostile::world::world;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Size;
use support::Session;

/// The screens are drawn for so many dossiers of so many records.
const WORLDS: u64 = 25;
const RECORDS: usize = 4_000;
/// The detail is drawn for one record of so many: every other screen shows all of them.
const DETAIL: usize = 40;

const VIEWS: [View; 8] = [
    View::Chronicle,
    View::Tenures,
    View::Matrix,
    View::Agreements,
    View::Figures,
    View::Sources,
    View::Conflicts,
    View::Names,
];

fn press(app: &mut App, keys: &str) -> Vec<Effect> {
    let chords = keys.split_whitespace().map(|word| Chord::parse(word).unwrap());
    let mut effects = Vec::new();
    for chord in chords {
        if let Some(action) = keymap::resolve(app.context(), chord.event()) {
            effects.extend(update(app, Msg::Act(action)));
        }
    }
    effects
}

fn look(app: &App, what: &str) -> Buffer {
    let buf = cells(app, &Theme::colours());
    for cell in buf.content().iter().map(Cell::symbol).filter(|cell| cell.len() > 1) {
        assert!(cell.chars().count() <= MAX_CELL_CHARS && harm(cell).is_none(), "{what}: {cell:?}");
    }
    buf
}

/// Draws page after page until the screen no longer changes.
fn leaf_through(app: &mut App, what: &str) {
    let mut before = look(app, what);
    loop {
        update(app, Msg::Act(Action::Move(Motion::PageDown)));
        let after = look(app, what);
        if after == before {
            return;
        }
        before = after;
    }
}

fn draw_everything(seed: u64) {
    let catalogue = Catalogue::new(world(RECORDS, seed));
    let size = Size { width: 160, height: 100 };
    let mut app = App::new(catalogue.clone(), size);
    for view in VIEWS {
        update(&mut app, Msg::Act(Action::Show(view)));
        leaf_through(&mut app, view.title());
    }
    press(&mut app, "1 h");
    for _ in 0..40 {
        press(&mut app, "<enter> j");
    }
    leaf_through(&mut app, "tree");
    press(&mut app, "<esc> <esc> <esc> D 1 9 5 7 <space> 2 0 2 5 <enter>");
    leaf_through(&mut app, "difference");
    press(&mut app, "1 @ 2 0 1 0 <enter>");
    leaf_through(&mut app, "as of");
    press(&mut app, "@ <enter> f a");
    leaf_through(&mut app, "finder");
    press(&mut app, "<esc> e");
    look(&app, "evidence");

    let mut narrow = App::new(catalogue, Size { width: 70, height: 40 });
    let entities: Vec<_> = narrow.catalogue.dossier().entities().step_by(DETAIL).collect();
    for (turn, entity) in entities.into_iter().enumerate() {
        update(&mut narrow, Msg::Show(entity));
        look(&narrow, "detail");
        if turn % 20 == 0 {
            press(&mut narrow, "e");
            look(&narrow, "evidence");
            let copied = press(&mut narrow, "y");
            assert!(copied.iter().all(|effect| matches!(effect, Effect::Copy(_))));
            press(&mut narrow, "<esc>");
        }
    }
}

#[test]
fn on_every_screen() {
    thread::scope(|scope| {
        for half in 0..2 {
            scope.spawn(move || (0..WORLDS).filter(|seed| seed % 2 == half).for_each(draw_everything));
        }
    });
}

#[test]
fn what_is_typed_and_pasted_is_clean_wherever_it_is_shown() {
    let mut dice = Dice::new(7);
    let mut app = App::new(Catalogue::new(world(300, 7)), Size { width: 90, height: 30 });
    for _ in 0..400 {
        for opening in ["/", "f", "?", "@", "t", "D"] {
            press(&mut app, opening);
            let pasted = argument(&mut dice).repeat(1 + dice.below(4));
            update(&mut app, Msg::Paste(&pasted));
            look(&app, "prompt");
            press(&mut app, "<enter>");
            look(&app, "answer");
            press(&mut app, "<esc> <esc> <esc>");
        }
    }
}

/// A file with a dossier of so many records, made once.
fn dossier(records: usize) -> PathBuf {
    static FOLDER: OnceLock<tempfile::TempDir> = OnceLock::new();
    /// Two tests want the same file, and a file that is being replaced is not to be replaced.
    static MAKING: Mutex<()> = Mutex::new(());
    let path = FOLDER.get_or_init(|| tempfile::tempdir().unwrap()).path().join(format!("{records}.sqlite"));
    let _one_at_a_time = MAKING.lock().unwrap_or_else(PoisonError::into_inner);
    if !path.exists() {
        store::save(&world(records, records as u64), &path).unwrap();
    }
    path
}

/// Runs a command and holds both of its outputs against the rules.
fn run(dossier: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_annals"));
    command.stdin(Stdio::null()).env_remove("ANNALS_SOURCES").arg("--dossier").arg(dossier).args(arguments);
    let output = command.output().unwrap();
    assert!(matches!(output.status.code(), Some(0..=2)), "{arguments:?}: {:?}", output.status);
    let stdout = String::from_utf8(output.stdout).unwrap();
    check(&format!("{arguments:?}"), &stdout);
    check(&format!("{arguments:?}, standard error"), &String::from_utf8(output.stderr).unwrap());
    stdout
}

#[test]
fn in_every_form_that_holds_all_of_them() {
    let path = dossier(100_000);
    for arguments in [&["export", "--format", "jsonl"][..], &["export", "--format", "csv"], &["timeline"]] {
        assert!(run(&path, arguments).lines().count() > 30_000, "{arguments:?}");
    }
}

#[test]
fn in_every_command_and_every_form() {
    let path = dossier(4_000);
    let kinds = "institution unit person post tenure programme agreement facility event scheme place document";
    let lists: Vec<[&str; 2]> = kinds.split(' ').map(|kind| ["list", kind]).collect();
    let tables = ["tenures", "matrix", "names", "agreements", "figures", "sources", "conflicts", "timeline"];
    let mut commands: Vec<Vec<&str>> = lists.iter().map(|list| list.to_vec()).collect();
    commands.extend(tables.iter().map(|table| vec![*table]));
    commands.extend([
        vec!["find", "department"],
        vec!["find", "e"],
        vec!["show", "institution/e11"],
        vec!["diff", "1957", "2025"],
        vec!["who", "post/e14"],
    ]);
    for (turn, command) in commands.iter().enumerate() {
        run(&path, command);
        // The forms share their writers; one a command, in turn, and tables in all.
        let forms = ["json", "jsonl", "csv"];
        let wanted = if command.len() == 1 { &forms[..] } else { &forms[turn % 3..=turn % 3] };
        for form in wanted {
            run(&path, &[command, &["--format", form][..]].concat());
        }
    }
    run(&path, &["check"]);
    run(&path, &["check", "--format", "json"]);
    run(&path, &["export", "--format", "json"]);
    for view in ["chronicle", "tenures", "matrix", "agreements", "figures", "sources", "conflicts", "names", "timeline"]
    {
        run(&path, &["render", view, "--format", "svg"]);
        run(&path, &["render", view, "--keys", "j j e"]);
    }
}

#[test]
fn in_every_message() {
    let path = dossier(1_000);
    let mut dice = Dice::new(11);
    for turn in 0..60 {
        let word = argument(&mut dice);
        let dashed = format!("--{word}");
        let all = [
            vec!["find", &word],
            vec!["show", &word],
            vec!["list", &word],
            vec!["list", "person", "--query", &word],
            vec!["timeline", "--from", &word],
            vec!["who", &word, "--on", &word],
            vec!["diff", &word, &word],
            vec!["render", &word],
            vec!["render", "chronicle", "--keys", &word],
            vec!["--as-of", &word, "timeline"],
            vec!["export", "--format", &word],
            vec!["export", "--format", "csv", &word, "--nonsense"],
            vec![&word],
            vec![&dashed],
        ];
        run(&path, &all[turn % all.len()]);
    }
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join(argument(&mut dice).replace('/', ""));
    fs::create_dir(&inner).unwrap();
    let quoted =
        |text: &str| text.replace(['"', '\\', '\n', '\r'], "").replace(|c: char| c.is_control() && c != '\t', "");
    let mut broken = String::new();
    for number in 0..2_000 {
        let word = quoted(&argument(&mut dice));
        let _ = writeln!(
            broken,
            "[[event]]\nid = \"e{number}{word}\"\nlabel = \"{word}\"\nwhen = \"{word}\"\n\"{word}\" = 1"
        );
    }
    fs::write(inner.join("entities.toml"), broken).unwrap();
    run(&inner, &["check"]);
    run(&inner, &["check", "--format", "json"]);
    fs::write(inner.join("entities.toml"), "a = \u{1b}]0;x\u{7}\u{202e}\n".repeat(50)).unwrap();
    run(&inner, &["check"]);
    run(&inner.join("no\u{1b}[2Jwhere"), &["check"]);
}

/// What is left of a transcript without the sequences that the program itself may send.
fn without_our_own(transcript: &str) -> String {
    let mut out = String::new();
    let mut rest = transcript;
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        out += before;
        // Positions, styles, modes and erasing; and the clipboard, whose text is in base 64.
        let csi = after.strip_prefix('[').map(|text| text.trim_start_matches(|c: char| "0123456789;?".contains(c)));
        let osc = after
            .strip_prefix("]52;c;")
            .map(|text| text.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || "+/=".contains(c)));
        rest = match (csi, osc) {
            (Some(text), _) if text.starts_with(['H', 'J', 'K', 'm', 'h', 'l', 'X', 'q']) => &text[1..],
            (_, Some(text)) => text.strip_prefix("\u{1b}\\").or_else(|| text.strip_prefix('\u{7}')).unwrap_or("\u{1b}"),
            _ => panic!("a foreign sequence: {:?}", after.chars().take(40).collect::<String>()),
        };
    }
    out + rest
}

#[test]
fn on_a_real_terminal() {
    let path = dossier(1_000);
    let mut session = Session::spawn((100, 30), &["--dossier", path.to_str().unwrap()], &[]);
    session.wait_for("Institutions");
    for (turn, keys) in
        ["j", "j", "e", "\u{1b}", "2", "3", "4", "5", "6", "!", "1", "f", "a", "\r", "y", "h", "\r", "j", "i", "y"]
            .into_iter()
            .enumerate()
    {
        let (frames, _) = session.frames();
        session.send(keys);
        // A key may change nothing; another size is always painted.
        session.resize((101 - turn as u16 % 2, 30));
        session.wait_frame_after(frames);
    }
    session.send("\u{1b}[200~\u{1b}]0;x\u{7}\u{202e}evil\u{1b}[201~");
    session.screen();
    session.kill(support::Signal::TERM);
    session.wait_ended();
    session.catch_up();
    let shown = without_our_own(&session.transcript());
    assert!(shown.len() > 2_000, "only {} bytes were shown", shown.len());
    check("the terminal", &shown.replace('\r', ""));
}
