//! Drives the real program in a terminal of its own and reads its screen.
//!
//! Invariant: nothing here sleeps and hopes; every wait has a condition and a deadline,
//! and a wait that fails shows the screen.

#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a failure here is the test's failure")]

pub mod manners;
mod terminal;
pub mod visit;

use std::fs::File;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, SlavePty, native_pty_system};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::OFlags;
use rustix::process::{Pid, WaitId, WaitIdOptions, WaitIdStatus, kill_process, waitid};
use rustix::termios::{LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr};

use terminal::{Keyboard, MARK, Shown, State, whole};

pub use rustix::process::Signal;
pub use terminal::rows;

/// How long any wait may take, generous for a busy machine whose disk is slow.
pub const DEADLINE: Duration = Duration::from_secs(40);

/// The program, running in a terminal.
pub struct Session {
    child: Box<dyn Child + Send + Sync>,
    /// These are gone once the terminal hung up.
    keyboard: Option<Keyboard>,
    master: Option<Box<dyn MasterPty + Send>>,
    reader: Option<JoinHandle<()>>,
    /// The program's side of the terminal: its settings outlive the program here.
    line: File,
    /// How often the mark was written.
    marks: usize,
    before: Termios,
    shown: Arc<Shown>,
    _slave: Box<dyn SlavePty + Send>,
    _home: tempfile::TempDir,
}

/// How the program ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Ending {
    /// By itself, with an exit code.
    Code(i32),
    /// By the signal of this number.
    Signal(i32),
}

impl Ending {
    fn of(status: WaitIdStatus) -> Self {
        match (status.exit_status(), status.terminating_signal()) {
            (Some(code), _) => Self::Code(code),
            (None, Some(signal)) => Self::Signal(signal),
            (None, None) => panic!("neither exited nor killed: {status:?}"),
        }
    }
}

impl Session {
    /// Starts the program in a terminal of so many columns and rows, with an empty
    /// home and no environment but `TERM` and `variables`.
    pub fn spawn(size: (u16, u16), arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_annals"));
        command.args(arguments);
        Self::spawn_command(size, command, variables)
    }

    /// Starts another build of the program in the same way.
    pub fn spawn_build(program: &Path, size: (u16, u16), variables: &[(&str, &str)]) -> Self {
        Self::spawn_command(size, CommandBuilder::new(program), variables)
    }

    /// Starts a shell in such a terminal, which finds the program in `$ANNALS`.
    pub fn spawn_shell(size: (u16, u16), script: &str, variables: &[(&str, &str)]) -> Self {
        let mut command = CommandBuilder::new("/bin/sh");
        command.args(["-c", script]);
        let program = [("ANNALS", env!("CARGO_BIN_EXE_annals")), ("PATH", "/usr/bin:/bin")];
        Self::spawn_command(size, command, &[&program, variables].concat())
    }

    fn spawn_command(size: (u16, u16), mut command: CommandBuilder, variables: &[(&str, &str)]) -> Self {
        let pair = native_pty_system().openpty(pty_size(size)).unwrap();
        let name = pair.master.tty_name().unwrap();
        let line = File::options()
            .read(true)
            .write(true)
            .custom_flags(OFlags::NOCTTY.bits().cast_signed())
            .open(name)
            .unwrap();
        let before = make_peculiar(&line);
        let home = tempfile::tempdir().unwrap();

        command.cwd(env!("CARGO_MANIFEST_DIR"));
        command.env_clear();
        command.env("TERM", "xterm-256color");
        command.env("HOME", home.path());
        for (name, value) in variables {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();

        let shown = Arc::new(Shown::new(size));
        let output = pair.master.try_clone_reader().unwrap();
        let reader = thread::spawn({
            let shown = Arc::clone(&shown);
            move || shown.follow(output)
        });
        Self {
            child,
            keyboard: Some(Keyboard::new(pair.master.take_writer().unwrap())),
            master: Some(pair.master),
            reader: Some(reader),
            line,
            marks: 0,
            before,
            shown,
            _slave: pair.slave,
            _home: home,
        }
    }

    /// Types, and returns when the terminal has taken all of it.
    pub fn send(&mut self, keys: impl AsRef<[u8]>) {
        let typed = self.keyboard.as_ref().unwrap().send(keys.as_ref());
        assert!(typed, "the program reads no keys:\n{}", rows(&self.terminal()).join("\n"));
    }

    /// Changes the size of the terminal.
    pub fn resize(&mut self, (columns, rows): (u16, u16)) {
        self.shown.state.lock().unwrap().parser.screen_mut().set_size(whole(rows), whole(columns));
        self.master.as_ref().unwrap().resize(pty_size((columns, rows))).unwrap();
    }

    /// Waits until the text stands in one row of the screen; gives the moment at which that frame had ended.
    pub fn wait_for(&self, text: &str) -> Instant {
        self.wait_until(text, |screen| rows(screen).iter().any(|row| row.contains(text)))
    }

    /// Waits until a whole frame is as wanted; `what` names it in the failure. Gives the moment at which
    /// the last byte of that frame, or of one behind it, was read.
    pub fn wait_until(&self, what: &str, is_so: impl Fn(&vt100::Screen) -> bool) -> Instant {
        self.shown.wait_until(what, |state| state.is_whole() && is_so(state.parser.screen()))
    }

    /// The rows of the screen as they are now or, in the midst of a frame, after it;
    /// without trailing blanks.
    pub fn screen(&self) -> Vec<String> {
        self.shown.wait_until("a whole frame", State::is_whole);
        rows(&self.terminal())
    }

    /// The terminal's state as it is now, which may be in the midst of a frame.
    pub fn terminal(&self) -> vt100::Screen {
        self.shown.state.lock().unwrap().parser.screen().clone()
    }

    /// All that the program has written, as far as it was read.
    pub fn transcript(&self) -> String {
        let transcript = self.shown.state.lock().unwrap().transcript.clone();
        String::from_utf8_lossy(&transcript).replace(MARK, "")
    }

    /// How many frames were shown, and when the last one ended.
    pub fn frames(&self) -> (usize, Instant) {
        let state = self.shown.state.lock().unwrap();
        (state.frames, state.frame_at)
    }

    /// Waits for a frame after so many; gives the moment at which it ended.
    pub fn wait_frame_after(&self, count: usize) -> Instant {
        self.shown.wait_until("a frame", |state| state.frames > count);
        self.frames().1
    }

    /// Waits for a frame after so many or for the end of the program, whichever comes first.
    pub fn wait_frame_or_end(&self, count: usize) -> Option<Ending> {
        let deadline = Instant::now() + DEADLINE;
        while self.frames().0 <= count {
            if let Some(ending) = self.ended() {
                return Some(ending);
            }
            assert!(Instant::now() < deadline, "neither a frame nor an end:\n{}", rows(&self.terminal()).join("\n"));
            thread::sleep(Duration::from_micros(100));
        }
        None
    }

    /// Waits until everything that was written has been read.
    pub fn catch_up(&mut self) {
        self.marks += 1;
        self.line.write_all(MARK.as_bytes()).unwrap();
        let marks = self.marks;
        self.shown.wait_until("the mark", |state| state.marks >= marks);
    }

    /// The terminal's settings now, every field of them.
    pub fn termios(&self) -> String {
        format!("{:?}", tcgetattr(&self.line).unwrap())
    }

    /// The terminal's settings before the program started.
    pub fn termios_before(&self) -> String {
        format!("{:?}", self.before)
    }

    /// Gives the terminal the settings it had before, as a shell does.
    pub fn reset_settings(&self) {
        tcsetattr(&self.line, OptionalActions::Now, &self.before).unwrap();
    }

    /// Waits until the terminal's settings, which announce no change, are as wanted.
    pub fn wait_for_settings(&self, what: &str, is_so: impl Fn(&Self) -> bool) {
        let deadline = Instant::now() + DEADLINE;
        while !is_so(self) {
            assert!(Instant::now() < deadline, "settings never {what}");
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// Sends a signal to the program alone.
    pub fn kill(&self, signal: Signal) {
        kill_process(self.pid(), signal).unwrap();
    }

    /// Waits until the program is stopped.
    pub fn wait_stopped(&self) {
        self.poll_status("stopped", WaitIdOptions::STOPPED, DEADLINE);
    }

    /// Waits until the program has ended.
    pub fn wait_ended(&self) -> Ending {
        self.wait_ended_within(DEADLINE)
    }

    /// Waits no longer than that until the program has ended.
    pub fn wait_ended_within(&self, patience: Duration) -> Ending {
        Ending::of(self.poll_status("ended", WaitIdOptions::EXITED, patience))
    }

    /// How it ended, if it has.
    pub fn ended(&self) -> Option<Ending> {
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT | WaitIdOptions::NOHANG;
        waitid(WaitId::Pid(self.pid()), options).unwrap().map(Ending::of)
    }

    /// Stops reading the program's output, as a terminal does that hangs, and has it paint until the
    /// terminal takes no more; whether it came to that.
    pub fn stall(&mut self) -> bool {
        self.shown.state.lock().unwrap().paused = true;
        for step in 0..10_000 {
            if !self.takes_bytes() {
                return true;
            }
            self.resize((200 + step % 2, 60));
            thread::sleep(Duration::from_millis(1));
        }
        false
    }

    /// Whether the terminal still takes bytes.
    fn takes_bytes(&self) -> bool {
        let mut fds = [PollFd::new(&self.line, PollFlags::OUT)];
        poll(&mut fds, Some(&Timespec { tv_sec: 0, tv_nsec: 0 })).unwrap() > 0
    }

    /// Closes the terminal's window; gives the moment.
    pub fn hang_up(&mut self) -> Instant {
        // Otherwise closing the keyboard types a Ctrl-D.
        let mut settings = tcgetattr(&self.line).unwrap();
        settings.special_codes[SpecialCodeIndex::VEOF] = 0;
        tcsetattr(&self.line, OptionalActions::Now, &settings).unwrap();
        // The reader holds the terminal open too; the mark brings it to its senses.
        self.shown.state.lock().unwrap().closing = true;
        self.line.write_all(MARK.as_bytes()).unwrap();
        self.reader.take().unwrap().join().unwrap();
        self.keyboard.take().unwrap().close();
        let moment = Instant::now();
        self.master = None;
        moment
    }

    /// The program's number.
    pub fn pid(&self) -> Pid {
        Pid::from_raw(self.child.process_id().unwrap().cast_signed()).unwrap()
    }

    fn poll_status(&self, what: &str, kind: WaitIdOptions, patience: Duration) -> WaitIdStatus {
        let deadline = Instant::now() + patience;
        let options = kind | WaitIdOptions::NOWAIT | WaitIdOptions::NOHANG;
        loop {
            if let Some(status) = waitid(WaitId::Pid(self.pid()), options).unwrap() {
                return status;
            }
            let screen = || rows(&self.terminal()).join("\n");
            assert!(Instant::now() < deadline, "not {what} after {patience:?}:\n{}", screen());
            thread::sleep(Duration::from_millis(1));
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // It fails when the program has ended, which is the usual case.
        let _ = kill_process(self.pid(), Signal::KILL);
        let _ = self.child.wait();
        if let Ok(mut state) = self.shown.state.lock() {
            state.closing = true;
            self.shown.changed.notify_all();
        }
    }
}

/// Gives the terminal settings that no program would choose, so that restoring the
/// usual ones does not pass for restoring these; returns them.
fn make_peculiar(line: &File) -> Termios {
    let mut settings = tcgetattr(line).unwrap();
    settings.special_codes[SpecialCodeIndex::VQUIT] = 0x1d;
    settings.special_codes[SpecialCodeIndex::VMIN] = 3;
    settings.local_modes ^= LocalModes::ECHOCTL | LocalModes::ECHOK;
    tcsetattr(line, OptionalActions::Now, &settings).unwrap();
    tcgetattr(line).unwrap()
}

fn pty_size((cols, rows): (u16, u16)) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}
