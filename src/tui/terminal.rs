//! Takes the terminal for the interface and gives it back, whatever happens.
//!
//! A signal, a panic on any thread and the ordinary end must all be able to give it back, so
//! the state that this needs is process-wide: the device with the settings it had, whether the
//! terminal is taken, and a lock.
//!
//! Invariant: bytes reach the terminal only while it is taken and only from the holder of the
//! lock, so nothing ever follows the bytes that leave the screen.

#[cfg(not(unix))]
#[path = "terminal/other.rs"]
mod device;
#[cfg(unix)]
#[path = "terminal/unix.rs"]
mod device;
mod frame;
mod panics;

use std::io;
use std::mem;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::SeqCst};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError, TryLockError};
use std::thread;
use std::time::{Duration, Instant};

use crossterm::Command as _;
use crossterm::clipboard::CopyToClipboard;
use device::Device;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

use crate::text::Clean;

pub use panics::test_panic_requested;

/// Maximum time that a signal waits for the terminal: once for the lock, once for the terminal to take bytes.
const PATIENCE: Duration = Duration::from_millis(100);

/// Alternate screen; clicks, drags and wheel in SGR coordinates (but no reports of mere motion, which would wake
/// an idle program); bracketed paste; no focus reports.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?1000h\x1b[?1002h\x1b[?1006h\x1b[?2004h\x1b[?1004l\x1b[0m";

/// Undoes [`ENTER`] and whatever an unfinished frame may have left. The alternate screen comes last and once: a
/// second `?1049l` would move the cursor.
const LEAVE: &[u8] = b"\x1b[?2026l\x1b[?7h\x1b[?1006l\x1b[?1015l\x1b[?1003l\x1b[?1002l\x1b[?1000l\
    \x1b[?2004l\x1b[?1004l\x1b[?25h\x1b[0m\x1b[?1049l";

static DEVICE: OnceLock<Device> = OnceLock::new();
/// Held while settings change and during each write, never while waiting for the terminal.
static LOCK: Mutex<()> = Mutex::new(());
/// The settings are changed, or are about to be: set before the first change.
static TAKEN: AtomicBool = AtomicBool::new(false);
/// Bytes were written that [`LEAVE`] has to undo.
static WRITTEN: AtomicBool = AtomicBool::new(false);
/// Number of times the terminal was taken. A frame that was begun before a stop is not sent after it.
static VISIT: AtomicU64 = AtomicU64::new(0);
/// The terminal was given back for a stop and will be taken again.
#[cfg(unix)]
static STOPPED: AtomicBool = AtomicBool::new(false);
/// The terminal was given back for good: a late continuation must not take it again.
static OVER: AtomicBool = AtomicBool::new(false);

/// The terminal while it is taken; dropping it gives it back.
pub struct Screen {
    /// The cells on the terminal, unless `is_invalid`.
    shown: Buffer,
    next: Buffer,
    is_invalid: bool,
    /// The visit in which the last frame was drawn.
    visit: u64,
    _guard: RestoreGuard,
}

/// Takes the terminal: raw mode at once, the alternate screen with the first frame, so that a failure or a signal
/// in between leaves no trace. A program can take it once.
///
/// # Errors
/// If there is no terminal, if its settings cannot be read or changed, if it was taken before, or if a signal is
/// ending the program.
pub fn enter() -> io::Result<Screen> {
    if DEVICE.set(Device::open()?).is_err() {
        return Err(io::Error::other("the terminal was taken before"));
    }
    panics::install_hook();
    let guard = RestoreGuard;
    take_first()?;
    Ok(Screen { shown: Buffer::default(), next: Buffer::default(), is_invalid: true, visit: 0, _guard: guard })
}

/// Gives the terminal back for good: first its settings, then its modes in one write. Safe to call from any thread
/// any number of times. Returns when it is done, or after 200 ms if the terminal takes no bytes.
pub fn restore() {
    OVER.store(true, SeqCst);
    give_back();
}

/// Gives the terminal back while the program is stopped; see [`return_from_stop`].
#[cfg(unix)]
pub(super) fn leave_for_stop() {
    if give_back() {
        STOPPED.store(true, SeqCst);
    }
}

/// Takes the terminal again after [`leave_for_stop`]; the next frame is drawn completely.
#[cfg(unix)]
pub(super) fn return_from_stop() {
    let _lock = lock_within(PATIENCE);
    let Some(device) = DEVICE.get() else { return };
    if OVER.load(SeqCst) || !STOPPED.swap(false, SeqCst) {
        return;
    }
    // The shell may have changed the settings that are to be restored in the end. If they cannot be read, the
    // terminal is gone, which ends the program.
    if device.save_settings().is_ok() {
        // Without raw mode keys arrive with Enter only; there is no better answer to a failure.
        drop(take(device).and_then(|()| Device::tell_reader()));
    }
}

/// Tells crossterm's reader, before it reads the first key, that the terminal is raw. It opens the terminal anew
/// for that, and otherwise takes Ctrl-J for Enter.
pub(super) fn tell_reader() -> io::Result<()> {
    let _lock = lock();
    // If the program is stopped, `return_from_stop` tells the reader.
    if TAKEN.load(SeqCst) { Device::tell_reader() } else { Ok(()) }
}

/// Returns true if the terminal listens to this job, and not to the shell or another one.
#[cfg(unix)]
pub(super) fn is_in_foreground() -> bool {
    DEVICE.get().is_none_or(Device::is_in_foreground)
}

/// Gives the terminal back; returns true if it was taken.
fn give_back() -> bool {
    let Some(device) = DEVICE.get() else { return false };
    // Without the lock after this time, its holder is blocked in a write, and the caller, who ends or stops the
    // program, cannot wait any longer.
    let _lock = lock_within(PATIENCE);
    if !TAKEN.swap(false, SeqCst) {
        return false;
    }
    device.restore_settings();
    if WRITTEN.swap(false, SeqCst) {
        device.write_within(LEAVE, PATIENCE);
    }
    true
}

/// Returns the size of the terminal in columns and rows; 0 × 0 if it does not know its size.
pub(super) fn size() -> Option<(u16, u16)> {
    DEVICE.get()?.size()
}

/// Returns true if the terminal is known to have hung up.
pub(super) fn is_gone() -> bool {
    DEVICE.get().is_some_and(Device::is_gone)
}

/// Blocks, without waking up, until the terminal is gone; returns false if the system cannot report it or the
/// terminal was never taken.
#[cfg(unix)]
pub(super) fn wait_until_gone() -> bool {
    DEVICE.get().is_some_and(Device::wait_until_gone)
}

fn take_first() -> io::Result<()> {
    let _lock = lock();
    match DEVICE.get() {
        Some(device) if !OVER.load(SeqCst) => take(device),
        Some(_) | None => Err(io::ErrorKind::Interrupted.into()),
    }
}

/// Changes the settings; the caller holds the lock.
fn take(device: &Device) -> io::Result<()> {
    TAKEN.store(true, SeqCst);
    VISIT.fetch_add(1, SeqCst);
    device.make_raw()
}

impl Screen {
    /// Draws a frame of the terminal's current size and sends what changed in one write. `render` gets an empty
    /// buffer and returns the position of the caret, if one is shown. Sends nothing if the terminal was given back
    /// meanwhile.
    ///
    /// # Errors
    /// If the size of the terminal cannot be read, or the terminal does not take the bytes.
    pub fn draw(&mut self, render: impl FnOnce(&mut Buffer) -> Option<Position>) -> io::Result<()> {
        let visit = VISIT.load(SeqCst);
        let area = Rect::from(Self::size()?);
        self.next.resize(area);
        self.next.reset();
        let caret = render(&mut self.next);
        let is_known = visit == self.visit && !self.is_invalid && self.shown.area == area;
        let mut bytes = if visit == self.visit { Vec::new() } else { ENTER.to_vec() };
        frame::write(&mut bytes, is_known.then_some(&self.shown), &self.next, caret)?;
        mem::swap(&mut self.shown, &mut self.next);
        (self.visit, self.is_invalid) = (visit, false);
        send(&bytes, visit)
    }

    /// Makes the next frame a complete one. Needed after each resize: a terminal that was smaller for a moment has
    /// lost the cells beyond, even if no frame was drawn at that size.
    pub fn invalidate(&mut self) {
        self.is_invalid = true;
    }

    /// Sends a text to the terminal's clipboard (OSC 52); not before the first frame.
    pub fn copy(&mut self, text: &Clean<'_>) -> io::Result<()> {
        let mut sequence = String::new();
        CopyToClipboard::to_clipboard_from(text.as_str()).write_ansi(&mut sequence).map_err(io::Error::other)?;
        send(sequence.as_bytes(), self.visit)
    }

    /// Returns the current size in columns and rows; either may be 0.
    pub fn size() -> io::Result<Size> {
        let (width, height) = size().ok_or_else(|| io::Error::other("the terminal does not report its size"))?;
        Ok(Size { width, height })
    }
}

/// Gives the terminal back when it is dropped.
struct RestoreGuard;

impl Drop for RestoreGuard {
    fn drop(&mut self) {
        restore();
    }
}

/// Writes bytes as fast as the terminal takes them, without the lock while it waits, and drops the rest once the
/// visit for which they are meant has ended.
fn send(bytes: &[u8], visit: u64) -> io::Result<()> {
    let Some(device) = DEVICE.get() else { return Ok(()) };
    let mut rest = bytes;
    while !rest.is_empty() {
        match write_once(device, rest, visit)? {
            None => return Ok(()),
            Some(0) => drop(device.is_writable_within(None)),
            Some(count) => rest = rest.get(count..).unwrap_or_default(),
        }
    }
    Ok(())
}

/// Writes once, as [`Device::write`] does; `None` if the visit has ended.
fn write_once(device: &Device, bytes: &[u8], visit: u64) -> io::Result<Option<usize>> {
    let _lock = lock();
    if !TAKEN.load(SeqCst) || VISIT.load(SeqCst) != visit {
        return Ok(None);
    }
    WRITTEN.store(true, SeqCst);
    device.write(bytes).map(Some)
}

fn lock() -> MutexGuard<'static, ()> {
    LOCK.lock().unwrap_or_else(PoisonError::into_inner)
}

fn lock_within(patience: Duration) -> Option<MutexGuard<'static, ()>> {
    let start = Instant::now();
    loop {
        match LOCK.try_lock() {
            Ok(lock) => return Some(lock),
            Err(TryLockError::Poisoned(lock)) => return Some(lock.into_inner()),
            Err(TryLockError::WouldBlock) if start.elapsed() >= patience => return None,
            Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_micros(200)),
        }
    }
}
