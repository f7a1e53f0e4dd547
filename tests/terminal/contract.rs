//! The terminal contract: however the program ends or stops, the terminal is restored; and neither a flood of input nor
//! half a key delays the response to the next key.

use std::thread;
use std::time::Duration;

use crate::support::contract::{DEADLY, ENTER_SCREEN, LEAVE_SCREEN, READY, reaches_column};
use crate::support::{Ending, Session, Signal, rows, terminal};

const SIZE: (u16, u16) = (80, 24);

fn start() -> Session {
    terminal(SIZE.0, SIZE.1)
}

fn assert_given_back(session: &mut Session) {
    assert_eq!(session.left_behind(), Vec::<String>::new());
}

#[test]
fn a_deadly_signal_ends_it_by_that_signal_and_restores_the_terminal() {
    for signal in DEADLY {
        let mut session = start();
        assert_ne!(session.termios(), session.termios_before(), "raw while it runs");
        session.kill(signal);
        assert_eq!(session.wait_ended(), Ending::Signal(signal.as_raw()));
        assert_given_back(&mut session);
        assert_eq!(session.transcript().matches(LEAVE_SCREEN).count(), 1);
    }
}

#[test]
fn a_few_deadly_signals_while_it_paints_are_the_last_word() {
    signals_while_it_paints(8);
}

#[test]
#[ignore = "long: 40 sessions"]
fn a_deadly_signal_while_it_paints_is_the_last_word() {
    signals_while_it_paints(40);
}

fn signals_while_it_paints(rounds: u16) {
    for (signal, round) in DEADLY.iter().cycle().zip(0..rounds) {
        let mut session = start();
        for step in 0..round % 10 {
            session.resize(100 + step, 40);
        }
        session.kill(*signal);
        assert_eq!(session.wait_ended(), Ending::Signal(signal.as_raw()));
        assert_given_back(&mut session);
        let transcript = session.transcript();
        let (_, after) = transcript.rsplit_once(LEAVE_SCREEN).unwrap();
        assert_eq!(after, "", "painted after leaving");
    }
}

#[test]
fn of_sixteen_signals_early_or_late_none_leaves_a_trace() {
    signals_early_or_late(16);
}

#[test]
#[ignore = "long: 200 sessions"]
fn of_two_hundred_signals_early_or_late_none_leaves_a_trace() {
    signals_early_or_late(200);
}

fn signals_early_or_late(rounds: u16) {
    for round in 0..rounds {
        let signal = DEADLY[usize::from(round) % DEADLY.len()];
        let is_early = round % 8 < 4;
        let mut session = Session::spawn(SIZE, &[], &[]);
        if is_early {
            // A delay from 0 to 12 ms: it is what the test varies, not a wait for an event.
            thread::sleep(Duration::from_micros(12_000 * u64::from(round) / u64::from(rounds)));
        } else {
            session.sees(READY);
        }
        session.kill(signal);
        assert_eq!(session.wait_ended(), Ending::Signal(signal.as_raw()), "round {round}");
        assert_given_back(&mut session);
        let left = session.transcript().matches(LEAVE_SCREEN).count();
        assert!(if is_early { left <= 1 } else { left == 1 }, "round {round}: left {left} times");
    }
}

#[test]
#[cfg_attr(not(debug_assertions), ignore = "only a debug build panics on request")]
fn a_panic_restores_the_terminal_and_is_then_reported() {
    let mut session = Session::spawn(SIZE, &[], &[("ANNALS_TEST_PANIC", "1")]);
    session.sees(READY).keys("j");
    assert_eq!(session.wait_ended(), Ending::Code(101));
    assert_given_back(&mut session);
    assert_eq!(session.transcript().matches(LEAVE_SCREEN).count(), 1);
    session.sees("panicked at");
}

#[test]
fn it_stops_four_times_with_a_clean_terminal_and_continues_with_the_same_screen() {
    stops_and_continues(4);
}

#[test]
#[ignore = "long: 25 stops"]
fn it_stops_with_a_clean_terminal_and_continues_with_the_same_screen() {
    stops_and_continues(25);
}

fn stops_and_continues(rounds: u16) {
    let mut session = start();
    let before = session.screen();
    for round in 0..rounds {
        match round % 2 {
            0 => {
                session.keys("C-z");
            }
            _ => session.kill(Signal::TSTP),
        }
        session.wait_stopped();
        assert_given_back(&mut session);
        session.kill(Signal::CONT);
        session.wait_until("the same screen", |screen| screen.alternate_screen() && rows(screen) == before);
        assert_ne!(session.termios(), session.termios_before(), "raw again");
    }
    session.kill(Signal::TERM);
    assert_eq!(session.wait_ended(), Ending::Signal(Signal::TERM.as_raw()));
    assert_given_back(&mut session);
}

#[test]
fn while_it_is_stopped_a_few_times_nothing_is_painted() {
    nothing_is_painted_while_stopped(10);
}

#[test]
#[ignore = "long: 50 stops"]
fn while_it_is_stopped_nothing_is_painted() {
    nothing_is_painted_while_stopped(50);
}

fn nothing_is_painted_while_stopped(rounds: u16) {
    let mut session = start();
    for round in 0..rounds {
        // Resizes instead of keys, because the terminal itself would echo keys that arrive late.
        for step in 0..round % 10 {
            session.resize(100 + step, 40);
        }
        session.kill(Signal::TSTP);
        session.wait_stopped();
        session.catch_up();
        session.kill(Signal::CONT);
        session.wait_until("the screen again", vt100::Screen::alternate_screen);
    }
    session.kill(Signal::TERM);
    assert_eq!(session.wait_ended(), Ending::Signal(Signal::TERM.as_raw()));
    assert_given_back(&mut session);
    let transcript = session.transcript();
    for (round, visit) in transcript.split(ENTER_SCREEN).enumerate().skip(1) {
        let (_, after) = visit.split_once(LEAVE_SCREEN).unwrap();
        assert_eq!(after, "", "painted after leaving, round {round}");
    }
}

#[test]
fn a_size_that_changed_while_it_was_stopped_is_noticed() {
    let mut session = start();
    session.keys("C-z");
    session.wait_stopped();
    session.resize(100, 30);
    session.kill(Signal::CONT);
    session.wait_until("the wider screen", |screen| reaches_column(screen, SIZE.0));
}

#[test]
fn it_recovers_from_a_stop_that_it_did_not_see_coming() {
    let mut session = start();
    let before = session.screen();
    session.kill(Signal::STOP);
    session.wait_stopped();
    // A shell resets the settings before it shows its prompt.
    session.reset_settings();
    session.kill(Signal::CONT);
    session.wait_until("the same screen", |screen| rows(screen) == before);
    session.wait_for_settings("raw again", |session| session.termios() != session.termios_before());
    session.kill(Signal::TERM);
    assert_eq!(session.wait_ended(), Ending::Signal(Signal::TERM.as_raw()));
    assert_given_back(&mut session);
}

#[test]
fn it_ends_within_a_second_of_its_terminal() {
    let mut session = start();
    session.hang_up();
    let ending = session.wait_ended_within(Duration::from_secs(1));
    assert_eq!(ending, Ending::Signal(Signal::HUP.as_raw()));
}

#[test]
fn a_terminal_that_hangs_does_not_keep_it_from_obeying() {
    let mut session = start();
    assert!(session.stall(), "the terminal never filled up");
    session.kill(Signal::TERM);
    // The aim is 0.3 s; the rest is for a busy machine.
    let ending = session.wait_ended_within(Duration::from_secs(1));
    assert_eq!(ending, Ending::Signal(Signal::TERM.as_raw()));
    assert_eq!(session.termios(), session.termios_before());
}

#[test]
fn half_a_key_does_not_keep_it_from_painting() {
    for half in ["\x1b[", "\x1b[200~pasted", "\u{928}"] {
        let mut session = start();
        let half = half.as_bytes();
        session.send(if half.is_ascii() { half } else { &half[..1] });
        session.resize(100, 30);
        session.wait_until("the wider screen", |screen| reaches_column(screen, SIZE.0));
    }
}

#[test]
fn after_a_hundred_kilobytes_of_mouse_it_still_hears_a_key() {
    hears_a_key_after_mouse(2_200);
}

#[test]
#[ignore = "long: a flood of a megabyte"]
fn after_a_megabyte_of_mouse_it_still_hears_a_key() {
    hears_a_key_after_mouse(22_000);
}

fn hears_a_key_after_mouse(events: usize) {
    let mut session = start();
    session.send("\x1b[<65;10;10M\x1b[<64;10;10M\x1b[<35;9;9M\x1b[<0;0;0M".repeat(events));
    session.keys("C-z").wait_stopped();
}

#[test]
fn after_a_paste_of_four_hundred_kilobytes_it_still_hears_a_key() {
    hears_a_key_after_paste(70_000);
}

#[test]
#[ignore = "long: a flood of four megabytes"]
fn after_a_paste_of_four_megabytes_it_still_hears_a_key() {
    hears_a_key_after_paste(700_000);
}

fn hears_a_key_after_paste(words: usize) {
    let mut session = start();
    session.paste(&"paste ".repeat(words)).keys("C-z").wait_stopped();
}

#[test]
fn recorded_keys_lead_to_the_same_screen_without_a_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("session.keys");
    let file = file.to_str().unwrap();
    let mut session = Session::spawn(SIZE, &["--log-keys", file, "--glyphs", "block"], &[]);
    session.wait_for(READY);
    session.resize(120, 40);
    session.wait_until("a wider screen", |screen| reaches_column(screen, 100));
    for keys in ["fopd\r", "\x1b[C", "/", "\x1b[200~kal\x1b[201~", "\r", "\x1b[<0;60;9M", "\x1b[<65;60;12M", "@2021\r"]
    {
        session.send(keys);
    }
    session.wait_for("@2021");
    session.send("j");
    let recorded = || std::fs::read_to_string(file).unwrap();
    session.wait_until("the last key", |_| recorded().ends_with("<enter>\nj\n"));
    let replayed = std::process::Command::new(env!("CARGO_BIN_EXE_annals"))
        .args(["debug", "keys", file])
        .env_remove("ANNALS_SOURCES")
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(replayed.stderr).unwrap(), "");
    let replayed = String::from_utf8(replayed.stdout).unwrap();
    let is_same = |screen: &vt100::Screen| {
        let rows = screen.rows(0, 120);
        rows.map(|row| row.trim_end().to_owned()).eq(replayed.lines())
    };
    session.wait_until(&format!("the screen that {} leads to:\n{replayed}", recorded()), is_same);
    for part in ["size 80x24\nglyphs block\n", "resize 120x40\n", "paste \"kal\"\n", "mouse click 59 8\n"] {
        assert!(recorded().contains(part), "{}", recorded());
    }
}

#[test]
fn keys_are_not_recorded_through_a_link() {
    let folder = tempfile::tempdir().unwrap();
    let (target, link) = (folder.path().join("precious"), folder.path().join("link"));
    std::fs::write(&target, "precious").unwrap();
    std::os::unix::fs::symlink(&target, &link).unwrap();
    let session = Session::spawn(SIZE, &["--log-keys", link.to_str().unwrap()], &[]);
    assert_eq!(session.wait_ended(), Ending::Code(2));
    assert!(session.transcript().contains("is a symbolic link"), "{}", session.transcript());
    assert_eq!(std::fs::read_to_string(&target).unwrap(), "precious");
}
