//! Drives the real program in a terminal of its own, and reads its screen.
//!
//! ```text
//! terminal(120, 40).keys("f ramji ⏎").sees("Executive Director");
//! ```
//!
//! Invariant: every wait has a condition and a deadline, and a wait that fails prints the screen.

use std::fs::File;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crossterm::event::KeyCode;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, SlavePty, native_pty_system};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::OFlags;
use rustix::process::{Pid, WaitId, WaitIdOptions, WaitIdStatus, kill_process, waitid};
use rustix::termios::{LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr};

use super::contract::READY;
use super::emulator::{Keyboard, MARK, Shown, State, rows, whole};
use super::keys;

pub use rustix::process::Signal;

/// The default deadline of a wait, generous for a busy machine with a slow disk.
pub const DEADLINE: Duration = Duration::from_secs(40);

/// Starts the explorer with the embedded dossier in a terminal of the given size, and waits for its first screen.
pub fn terminal(columns: u16, rows: u16) -> Session {
    let session = Session::spawn((columns, rows), &[], &[]);
    session.wait_for(READY);
    session
}

/// The program, running in a terminal.
pub struct Session {
    child: Box<dyn Child + Send + Sync>,
    /// `None` once the terminal is closed, like `master` and `reader`.
    keyboard: Option<Keyboard>,
    master: Option<Box<dyn MasterPty + Send>>,
    reader: Option<JoinHandle<()>>,
    /// The program's side of the terminal, kept open so that its settings can be read after the program has ended.
    line: File,
    /// The number of marks written.
    marks: AtomicUsize,
    before: Termios,
    shown: Arc<Shown>,
    /// The number of keys that may still be pressed; no limit if `None`.
    budget: Option<usize>,
    _slave: Box<dyn SlavePty + Send>,
    _home: tempfile::TempDir,
}

/// The way the program ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Ending {
    /// It exited with this code.
    Code(i32),
    /// It was killed by this signal.
    Signal(i32),
}

impl Ending {
    fn of(status: &WaitIdStatus) -> Self {
        match (status.exit_status(), status.terminating_signal()) {
            (Some(code), _) => Self::Code(code),
            (None, Some(signal)) => Self::Signal(signal),
            (None, None) => panic!("neither exited nor killed: {status:?}"),
        }
    }
}

impl Session {
    /// Starts the program in a terminal of the given size, with an empty home directory. Its environment has only
    /// `TERM`, `HOME` and `variables`.
    pub fn spawn(size: (u16, u16), arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_annals"));
        command.args(arguments);
        Self::spawn_command(size, command, variables)
    }

    /// Starts another build of the program in such a terminal.
    pub fn spawn_build(program: &Path, size: (u16, u16), variables: &[(&str, &str)]) -> Self {
        Self::spawn_command(size, CommandBuilder::new(program), variables)
    }

    /// Starts a shell script in such a terminal, with the path of the program in `$ANNALS`.
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
        watch_end(pid_of(&*child), Arc::clone(&shown));
        Self {
            child,
            keyboard: Some(Keyboard::new(pair.master.take_writer().unwrap())),
            master: Some(pair.master),
            reader: Some(reader),
            line,
            marks: AtomicUsize::new(0),
            before,
            shown,
            budget: None,
            _slave: pair.slave,
            _home: home,
        }
    }

    /// Allows at most `keys` keys from now on.
    pub fn within(&mut self, keys: usize) -> &mut Self {
        self.budget = Some(keys);
        self
    }

    /// Presses keys, written as in [`keys`].
    ///
    /// # Panics
    /// If keys follow `⎋`: a terminal would read both as one key with Alt. Look at the screen first.
    #[track_caller]
    pub fn keys(&mut self, notation: &str) -> &mut Self {
        let pressed = keys::parse(notation);
        let escape = pressed.iter().position(|key| key.code == KeyCode::Esc);
        assert!(escape.is_none_or(|at| at + 1 == pressed.len()), "keys behind ⎋ in {notation:?}");
        if let Some(budget) = &mut self.budget {
            assert!(pressed.len() <= *budget, "{} keys in {notation:?}, at most {budget}", pressed.len());
            *budget -= pressed.len();
        }
        for key in pressed {
            self.send(keys::bytes(key));
        }
        self
    }

    /// Pastes a text.
    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.send(format!("\x1b[200~{text}\x1b[201~"));
        self
    }

    /// Presses and releases the mouse button on a cell, counted from 0.
    pub fn click(&mut self, column: u16, row: u16) -> &mut Self {
        let (column, row) = (column + 1, row + 1);
        self.send(format!("\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m"));
        self
    }

    /// Waits until one row of the screen contains the text.
    #[track_caller]
    pub fn sees(&mut self, text: &str) -> &mut Self {
        self.wait_for(text);
        self
    }

    /// Waits until each of the texts is in a row of the same screen.
    #[track_caller]
    pub fn sees_all(&mut self, texts: &[&str]) -> &mut Self {
        self.wait_until(&format!("{texts:?}"), |screen| {
            let rows = rows(screen);
            texts.iter().all(|text| rows.iter().any(|row| row.contains(text)))
        });
        self
    }

    /// Waits until no row of the screen contains the text.
    #[track_caller]
    pub fn does_not_see(&mut self, text: &str) -> &mut Self {
        self.wait_until(&format!("a screen without {text:?}"), |screen| {
            rows(screen).iter().all(|row| !row.contains(text))
        });
        self
    }

    /// Types bytes, and returns when the terminal has taken all of them.
    #[track_caller]
    pub fn send(&mut self, keys: impl AsRef<[u8]>) {
        let typed = self.keyboard.as_ref().unwrap().send(keys.as_ref());
        assert!(typed, "the program reads no keys:\n{}", rows(&self.terminal()).join("\n"));
    }

    /// Changes the size of the terminal.
    pub fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.shown.state.lock().unwrap().parser.screen_mut().set_size(whole(rows), whole(columns));
        self.master.as_ref().unwrap().resize(pty_size((columns, rows))).unwrap();
        self
    }

    /// Waits until one row of the screen contains the text. Returns the time at which that frame ended.
    pub fn wait_for(&self, text: &str) -> Instant {
        self.wait_until(text, |screen| rows(screen).iter().any(|row| row.contains(text)))
    }

    /// Waits until a complete frame meets a condition; `what` describes it in the failure. Returns the time at which
    /// the last byte of that frame, or of a later one, was read.
    pub fn wait_until(&self, what: &str, is_so: impl Fn(&vt100::Screen) -> bool) -> Instant {
        self.shown.wait_until(what, |state| state.is_whole() && is_so(state.parser.screen()))
    }

    /// Returns the rows of the current screen without trailing spaces. In the middle of a frame, waits for its end.
    pub fn screen(&self) -> Vec<String> {
        self.shown.wait_until("a whole frame", State::is_whole);
        rows(&self.terminal())
    }

    /// Returns the current state of the terminal, possibly in the middle of a frame.
    pub fn terminal(&self) -> vt100::Screen {
        self.shown.state.lock().unwrap().parser.screen().clone()
    }

    /// Returns the output of the program: all of it if the program has ended, otherwise what was read so far.
    pub fn transcript(&self) -> String {
        let is_read = self.master.is_some() && !self.shown.state.lock().unwrap().paused;
        if is_read && self.shown.state.lock().unwrap().ended.is_some() {
            self.catch_up();
        }
        let transcript = self.shown.state.lock().unwrap().transcript.clone();
        String::from_utf8_lossy(&transcript).replace(MARK, "")
    }

    /// Returns the number of finished frames, and the time at which the last one ended.
    pub fn frames(&self) -> (usize, Instant) {
        let state = self.shown.state.lock().unwrap();
        (state.frames, state.frame_at)
    }

    /// Waits until more than `count` frames have ended. Returns the time at which the last one ended.
    pub fn wait_frame_after(&self, count: usize) -> Instant {
        self.shown.wait_until("a frame", |state| state.frames > count);
        self.frames().1
    }

    /// Waits until more than `count` frames have ended, or the program has. Returns how it ended if there was no such
    /// frame.
    pub fn wait_frame_or_end(&self, count: usize) -> Option<Ending> {
        self.shown.wait_until("a frame or the end", |state| state.frames > count || state.ended.is_some());
        let state = self.shown.state.lock().unwrap();
        if state.frames > count { None } else { state.ended.as_ref().map(Ending::of) }
    }

    /// Waits until everything written to the terminal has been read.
    pub fn catch_up(&self) {
        let marks = self.marks.fetch_add(1, Ordering::Relaxed) + 1;
        (&self.line).write_all(MARK.as_bytes()).unwrap();
        self.shown.wait_until("the mark", |state| state.marks >= marks);
    }

    /// Returns the terminal's current settings, with every field.
    pub fn termios(&self) -> String {
        format!("{:?}", tcgetattr(&self.line).unwrap())
    }

    /// Returns the terminal's settings before the program started.
    pub fn termios_before(&self) -> String {
        format!("{:?}", self.before)
    }

    /// Restores the terminal's original settings, as a shell does.
    pub fn reset_settings(&self) {
        tcsetattr(&self.line, OptionalActions::Now, &self.before).unwrap();
    }

    /// Polls until the terminal's settings meet a condition, because their changes are not announced.
    pub fn wait_for_settings(&self, what: &str, is_so: impl Fn(&Self) -> bool) {
        let deadline = Instant::now() + DEADLINE;
        while !is_so(self) {
            assert!(Instant::now() < deadline, "settings never {what}");
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// Sends a signal to the program only.
    pub fn kill(&self, signal: Signal) {
        kill_process(self.pid(), signal).unwrap();
    }

    /// Waits until the program is stopped.
    pub fn wait_stopped(&self) {
        let (tell, told) = mpsc::channel();
        let pid = self.pid();
        let options = WaitIdOptions::STOPPED | WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
        thread::spawn(move || {
            // The receiver is gone if the wait took too long.
            let _ = tell.send(waitid(WaitId::Pid(pid), options));
        });
        let status = told.recv_timeout(DEADLINE);
        let is_stopped = matches!(&status, Ok(Ok(Some(status))) if status.stopped());
        assert!(is_stopped, "not stopped: {status:?}\n{}", rows(&self.terminal()).join("\n"));
    }

    /// Waits until the program has ended.
    #[track_caller]
    pub fn wait_ended(&self) -> Ending {
        self.wait_ended_within(DEADLINE)
    }

    /// Waits at most `patience` until the program has ended.
    #[track_caller]
    pub fn wait_ended_within(&self, patience: Duration) -> Ending {
        self.shown.wait_within(patience, "the end", |state| state.ended.is_some());
        let state = self.shown.state.lock().unwrap();
        Ending::of(state.ended.as_ref().unwrap())
    }

    /// Stops reading the program's output, like a terminal that hangs, and makes the program paint until the terminal
    /// is full. Returns false if it never became full.
    pub fn stall(&mut self) -> bool {
        self.shown.state.lock().unwrap().paused = true;
        for step in 0..10_000 {
            if !self.takes_bytes() {
                return true;
            }
            self.resize(200 + step % 2, 60);
            // No event shows that the program has painted while its output is not read.
            thread::sleep(Duration::from_millis(1));
        }
        false
    }

    /// Returns true if the terminal still takes bytes.
    fn takes_bytes(&self) -> bool {
        let mut fds = [PollFd::new(&self.line, PollFlags::OUT)];
        poll(&mut fds, Some(&Timespec { tv_sec: 0, tv_nsec: 0 })).unwrap() > 0
    }

    /// Closes the terminal's window, and returns the time.
    pub fn hang_up(&mut self) -> Instant {
        // Otherwise closing the keyboard would type a Ctrl-D.
        let mut settings = tcgetattr(&self.line).unwrap();
        settings.special_codes[SpecialCodeIndex::VEOF] = 0;
        tcsetattr(&self.line, OptionalActions::Now, &settings).unwrap();
        // The reader also holds the terminal open; the mark wakes it.
        self.shown.state.lock().unwrap().closing = true;
        self.line.write_all(MARK.as_bytes()).unwrap();
        self.reader.take().unwrap().join().unwrap();
        self.keyboard.take().unwrap().close();
        let moment = Instant::now();
        self.master = None;
        moment
    }

    /// Returns the process id of the program.
    pub fn pid(&self) -> Pid {
        pid_of(&*self.child)
    }
}

fn pid_of(child: &(dyn Child + Send + Sync)) -> Pid {
    Pid::from_raw(child.process_id().unwrap().cast_signed()).unwrap()
}

/// Waits for the end of the program on a thread of its own, and announces it to the waiting threads.
fn watch_end(pid: Pid, shown: Arc<Shown>) {
    thread::spawn(move || {
        // This fails if the session has already ended and reaped the program.
        if let Ok(Some(status)) = waitid(WaitId::Pid(pid), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT)
            && let Ok(mut state) = shown.state.lock()
        {
            state.ended = Some(status);
            shown.changed.notify_all();
        }
    });
}

impl Drop for Session {
    fn drop(&mut self) {
        // This fails if the program has ended, which is the usual case.
        let _ = kill_process(self.pid(), Signal::KILL);
        let _ = self.child.wait();
        if let Ok(mut state) = self.shown.state.lock() {
            state.closing = true;
            self.shown.changed.notify_all();
        }
    }
}

/// Gives the terminal unusual settings, so that restoring default settings is not mistaken for restoring these. Returns
/// them.
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
