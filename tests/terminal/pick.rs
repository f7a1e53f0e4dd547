//! `annals pick` in a real terminal, with its input and output connected to pipes and files.

use std::fs;
use std::path::PathBuf;

use crate::support::contract::{DEADLY, LEAVE_SCREEN};
use crate::support::{Ending, Session, Signal, rows};

const SIZE: (u16, u16) = (80, 24);

/// The program in a terminal, with its output written to a file.
struct Picking {
    session: Session,
    folder: tempfile::TempDir,
}

/// Starts a shell script in which `$OUT` is the file for the choice and `$IN` a file that contains `input`.
fn start(script: &str, input: &[u8]) -> Picking {
    let folder = tempfile::tempdir().unwrap();
    let (given, taken) = (folder.path().join("in"), folder.path().join("out"));
    fs::write(&given, input).unwrap();
    let paths = [("IN", given.to_str().unwrap()), ("OUT", taken.to_str().unwrap())];
    let session = Session::spawn_shell(SIZE, script, &paths);
    Picking { session, folder }
}

impl Picking {
    fn out(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    /// Waits for the end, checks that the terminal is restored, and returns the exit code and the output.
    fn end(mut self) -> (Ending, Vec<u8>) {
        let ending = self.session.wait_ended();
        self.assert_given_back();
        (ending, fs::read(self.out()).unwrap())
    }

    fn assert_given_back(&mut self) {
        assert_eq!(self.session.left_behind(), Vec::<String>::new());
    }
}

#[test]
fn one_of_a_dossier_is_chosen_while_standard_output_is_a_file() {
    let mut picking = start("exec \"$ANNALS\" pick --kind person > \"$OUT\"", b"");
    picking.session.sees("by name").keys("ramji").sees("1 by name").keys("⏎");
    assert_eq!(picking.end(), (Ending::Code(0), b"person/ramji-singh\tRamji Singh\n".to_vec()));
}

#[test]
fn several_lines_are_printed_in_the_order_in_which_they_were_marked() {
    let mut picking = start("exec \"$ANNALS\" pick - --multi < \"$IN\" > \"$OUT\"", b"one\ntwo\nthree\n");
    picking.session.sees("three");
    // Moves down to "three" and marks it, then moves up and marks the row above.
    picking.session.keys("C-j C-n ⇧⇥ ⇧⇥").sees("2 marked").keys("⏎");
    assert_eq!(picking.end(), (Ending::Code(0), b"three\ntwo\n".to_vec()));
}

#[test]
fn leaving_prints_nothing_and_says_so() {
    for key in ["⎋", "C-c", "C-g"] {
        let mut picking = start("exec \"$ANNALS\" pick - < \"$IN\" > \"$OUT\"", b"one\n");
        picking.session.sees("one").keys(key);
        assert_eq!(picking.end(), (Ending::Code(130), Vec::new()), "{key:?}");
    }
}

#[test]
fn what_is_typed_ahead_chooses_what_it_names() {
    let lines: Vec<String> = (0..2_000).map(|number| format!("line {number}")).collect();
    let lines = lines.join("\n");
    for round in 0..10 {
        let mut picking = start("exec \"$ANNALS\" pick - < \"$IN\" > \"$OUT\"", lines.as_bytes());
        picking.session.sees("2000 of 2000");
        picking.session.keys(&format!("line␣17{round}$ ⏎"));
        assert_eq!(picking.end(), (Ending::Code(0), format!("line 17{round}\n").into_bytes()));
    }
}

#[test]
fn the_first_lines_are_shown_while_others_are_still_to_come() {
    let script = "(printf 'first\\n'; read go < \"$IN\"; printf 'second\\n') | \"$ANNALS\" pick - > \"$OUT\"";
    let folder_of = |picking: &Picking| picking.folder.path().join("in");
    // A named pipe keeps the writer waiting until the test has seen the first line.
    let script = format!("rm \"$IN\"; mkfifo \"$IN\"; {script}");
    let mut picking = start(&script, b"");
    picking.session.sees("first");
    picking.session.sees("more is being read");
    fs::write(folder_of(&picking), b"go\n").unwrap();
    picking.session.sees("second");
    picking.session.does_not_see("more is being read").keys("sec ⏎");
    assert_eq!(picking.end(), (Ending::Code(0), b"second\n".to_vec()));
}

#[test]
fn bytes_that_are_no_text_come_out_as_they_came_in() {
    let mut picking = start("exec \"$ANNALS\" pick - < \"$IN\" > \"$OUT\"", b"plain\n\x1b[2Jcaf\xe9\r");
    picking.session.sees("2 of 2").keys("caf ⏎");
    assert_eq!(picking.end(), (Ending::Code(0), b"\x1b[2Jcaf\xe9\r\n".to_vec()));
}

#[test]
fn nothing_to_choose_from_and_nothing_that_matches_are_both_told() {
    let picking = start("exec \"$ANNALS\" pick - < \"$IN\" > \"$OUT\"", b"");
    assert_eq!(picking.end(), (Ending::Code(1), Vec::new()));
    let mut picking = start("exec \"$ANNALS\" pick - < \"$IN\" > \"$OUT\"", b"one\n");
    picking.session.sees("1 of 1").keys("zzz ⏎");
    assert_eq!(picking.end(), (Ending::Code(1), Vec::new()));
}

#[test]
fn a_deadly_signal_restores_the_terminal_though_it_is_not_on_standard_output() {
    for signal in DEADLY {
        let mut picking = start("exec \"$ANNALS\" pick - < \"$IN\" > \"$OUT\"", b"one\n");
        picking.session.sees("one");
        picking.session.kill(signal);
        assert_eq!(picking.session.wait_ended(), Ending::Signal(signal.as_raw()));
        picking.assert_given_back();
        assert_eq!(picking.session.transcript().matches(LEAVE_SCREEN).count(), 1);
    }
}

#[test]
#[cfg_attr(not(debug_assertions), ignore = "only a debug build panics on request")]
fn a_panic_restores_the_terminal_too() {
    let mut picking = start("ANNALS_TEST_PANIC=1 exec \"$ANNALS\" pick - < \"$IN\" > \"$OUT\"", b"one\n");
    picking.session.sees("one").keys("o");
    assert_eq!(picking.end(), (Ending::Code(101), Vec::new()));
}

#[test]
fn it_stops_with_its_pipeline_and_comes_back() {
    let mut picking = start("exec \"$ANNALS\" pick - < \"$IN\" > \"$OUT\"", b"one\ntwo\n");
    picking.session.sees("two");
    let before = picking.session.screen();
    picking.session.kill(Signal::TSTP);
    picking.session.wait_stopped();
    picking.assert_given_back();
    picking.session.kill(Signal::CONT);
    picking.session.wait_until("the same screen", |screen| screen.alternate_screen() && rows(screen) == before);
    picking.session.keys("tw ⏎");
    assert_eq!(picking.end(), (Ending::Code(0), b"two\n".to_vec()));
}

#[test]
fn every_size_has_a_screen_and_a_click_chooses() {
    let mut picking = start("exec \"$ANNALS\" pick - < \"$IN\" > \"$OUT\"", b"one\ntwo\n");
    picking.session.sees("two");
    for (columns, rows) in [(1, 1), (2, 2), (5, 3), (200, 60), SIZE] {
        picking.session.resize(columns, rows);
    }
    picking.session.sees("Enter choose");
    // A double click on the second row of the list.
    picking.session.click(2, 3).click(2, 3);
    assert_eq!(picking.end(), (Ending::Code(0), b"two\n".to_vec()));
}
