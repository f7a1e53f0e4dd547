//! Takes the terminal for the interface and gives it back, whatever happens.
//!
//! A signal, a panic on any thread and the ordinary end must all be able to give
//! it back, so what they need is process-wide: the device with the settings it
//! had, whether we are inside, and whose turn it is to touch it.
//!
//! Invariant: a byte reaches the terminal only while we are inside and only from
//! the holder of the turn, so nothing ever follows the bytes that leave the screen.

mod canvas;
#[cfg(not(unix))]
#[path = "terminal/other.rs"]
mod device;
#[cfg(unix)]
#[path = "terminal/unix.rs"]
mod device;
mod panics;

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::SeqCst};
use std::sync::{Mutex, MutexGuard, OnceLock, TryLockError};
use std::thread;
use std::time::{Duration, Instant};

use canvas::Canvas;
use crossterm::Command as _;
use crossterm::clipboard::CopyToClipboard;
use device::{Device, Written};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Size};

use crate::text::Clean;

pub use panics::test_panic_requested;

/// The longest that a signal waits for the terminal: once for a turn, once for it to
/// take bytes.
const PATIENCE: Duration = Duration::from_millis(100);

/// Alternate screen, clicks, drags and wheel in SGR coordinates (but no reports of
/// a mouse that merely moves: they would wake an idle program), bracketed paste,
/// no focus reports.
const TAKE: &[u8] = b"\x1b[?1049h\x1b[?1000h\x1b[?1002h\x1b[?1006h\x1b[?2004h\x1b[?1004l\x1b[0m";

/// The undoing of [`TAKE`] and of whatever a frame may have left half done. The
/// alternate screen comes last and once: a second `?1049l` would move the cursor.
const GIVE_BACK: &[u8] = b"\x1b[?2026l\x1b[?1006l\x1b[?1015l\x1b[?1003l\x1b[?1002l\x1b[?1000l\
    \x1b[?2004l\x1b[?1004l\x1b[?25h\x1b[0m\x1b[?1049l";

/// Terminals that know synchronized updates show a frame at once or not at all.
const BEGIN_FRAME: &[u8] = b"\x1b[?2026h";
const END_FRAME: &[u8] = b"\x1b[?2026l";

static DEVICE: OnceLock<Device> = OnceLock::new();
/// Held while settings change and during each write, never while waiting for the terminal.
static TURN: Mutex<()> = Mutex::new(());
/// The settings are ours, or are about to be: set before the first change.
static INSIDE: AtomicBool = AtomicBool::new(false);
/// Bytes were written that [`GIVE_BACK`] must undo.
static MARKED: AtomicBool = AtomicBool::new(false);
/// How often the terminal was taken. A frame begun before a stop is worthless after it.
static VISIT: AtomicU64 = AtomicU64::new(0);
/// We have stepped out and mean to come back.
#[cfg(unix)]
static AWAY: AtomicBool = AtomicBool::new(false);
/// We have left for good: a late resume must not take the terminal again.
static OVER: AtomicBool = AtomicBool::new(false);

/// The terminal, taken; dropping it gives it back.
pub struct Screen {
    canvas: Canvas<Page>,
    page: Page,
    /// The visit whose alternate screen holds what `canvas` believes to be shown.
    shown_in: u64,
    /// Last, so that it is dropped after everything that might still draw.
    _taken: Taken,
}

/// Takes the terminal: raw mode now, the alternate screen with the first frame, so
/// that a failure or a signal in between leaves no trace. A program takes it once.
///
/// # Errors
/// When there is no terminal, when its settings cannot be read or changed, when it was
/// taken before, or when a signal is just ending the program.
pub fn enter() -> io::Result<Screen> {
    if DEVICE.set(Device::open()?).is_err() {
        return Err(io::Error::other("the terminal was taken before"));
    }
    panics::install_hook();
    let taken = Taken;
    take_first()?;
    let page = Page::default();
    let canvas = Canvas::new(page.clone());
    Ok(Screen { canvas, page, shown_in: 0, _taken: taken })
}

/// Gives the terminal back for good: its settings first, then its modes in one write.
/// Safe to call from any thread, any number of times; returns when it is done or, with
/// a terminal that takes no bytes, after 200 ms at the latest.
pub fn restore() {
    OVER.store(true, SeqCst);
    leave();
}

/// Gives the terminal back for the time of a stop, see [`come_back`].
#[cfg(unix)]
pub(super) fn step_out() {
    if leave() {
        AWAY.store(true, SeqCst);
    }
}

/// Takes the terminal again after [`step_out`] and has everything painted anew.
#[cfg(unix)]
pub(super) fn come_back() {
    let _turn = turn_within(PATIENCE);
    let Some(device) = DEVICE.get() else { return };
    if OVER.load(SeqCst) || !AWAY.swap(false, SeqCst) {
        return;
    }
    // The shell may have changed the settings that are to be given back. Where they
    // cannot be read the terminal is gone, which will end us.
    if device.save_settings().is_ok() {
        // Without raw mode keys wait for Enter; there is no better answer to a failure.
        let _ = take(device).and_then(|()| Device::tell_reader());
    }
}

/// Tells the reader of keys, before it reads the first, that the terminal is raw. It opens
/// the terminal anew for that, which is no part of taking it.
///
/// # Errors
/// When it cannot open it.
pub(super) fn tell_reader() -> io::Result<()> {
    let _turn = turn();
    // Stopped meanwhile, it is told when we come back.
    if INSIDE.load(SeqCst) { Device::tell_reader() } else { Ok(()) }
}

/// Whether the terminal is ours to use, or else the shell's or another job's.
#[cfg(unix)]
pub(super) fn is_in_front() -> bool {
    DEVICE.get().is_none_or(Device::is_in_front)
}

/// Gives the terminal back; whether there was anything to give.
fn leave() -> bool {
    let Some(device) = DEVICE.get() else { return false };
    // Without a turn after all that time its holder is stuck in a write, and the
    // caller, who is ending or stopping the program, can wait no longer.
    let _turn = turn_within(PATIENCE);
    if !INSIDE.swap(false, SeqCst) {
        return false;
    }
    device.restore_settings();
    if MARKED.swap(false, SeqCst) {
        device.write_within(GIVE_BACK, PATIENCE);
    }
    true
}

/// The size of the terminal in columns and rows, 0 × 0 where it does not know.
#[cfg(unix)]
pub(super) fn size() -> Option<(u16, u16)> {
    DEVICE.get()?.size()
}

/// Whether the terminal is known to have hung up.
pub(super) fn is_gone() -> bool {
    DEVICE.get().is_some_and(Device::is_gone)
}

/// Blocks, without ever waking up, until the terminal is gone; `false` where the
/// system cannot tell, and when it was never taken.
#[cfg(unix)]
pub(super) fn wait_until_gone() -> bool {
    DEVICE.get().is_some_and(Device::wait_until_gone)
}

fn take_first() -> io::Result<()> {
    let _turn = turn();
    match DEVICE.get() {
        Some(device) if !OVER.load(SeqCst) => take(device),
        Some(_) | None => Err(io::ErrorKind::Interrupted.into()),
    }
}

/// For the holder of the turn.
fn take(device: &Device) -> io::Result<()> {
    INSIDE.store(true, SeqCst);
    VISIT.fetch_add(1, SeqCst);
    device.make_raw()
}

impl Screen {
    /// Draws one frame and sends it in one write, or, where it is drawn in bands, the
    /// first of them while the others are drawn; the frame covers the size the terminal
    /// has now. Once the terminal was given back, it is drawn for nobody.
    /// `render` gives the place of the caret, and is asked for `band` rows at once where
    /// the frame is sent wholly; `sent` is called when the terminal has taken what it
    /// takes at once, however long it makes us wait for the rest.
    ///
    /// # Errors
    /// When the terminal's size cannot be read or the terminal does not take the bytes;
    /// and what `sent` fails with.
    pub fn draw(
        &mut self,
        band: u16,
        render: impl Fn(&mut Buffer) -> Option<Position>,
        sent: impl FnOnce() -> io::Result<()>,
    ) -> io::Result<()> {
        let visit = VISIT.load(SeqCst);
        let anew = visit != self.shown_in;
        self.page.clear();
        self.page.append(if anew { TAKE } else { &[] });
        self.page.append(BEGIN_FRAME);
        if anew {
            self.canvas.forget();
            self.shown_in = visit;
        }
        let size = self.canvas.size()?;
        self.canvas.draw(size, band, &render, || self.page.send_some(visit))?;
        self.page.append(END_FRAME);
        self.page.send(visit, sent)?;
        self.canvas.remember(size, render);
        Ok(())
    }

    /// Has the next frame painted wholly: a terminal that became smaller for a moment has lost
    /// what stood beyond, even if nobody saw it at that size.
    pub fn forget(&mut self) {
        self.canvas.forget();
    }

    /// Hands a text to the terminal's clipboard (OSC 52); not before the first frame.
    ///
    /// # Errors
    /// When the terminal does not take the bytes.
    pub fn copy(&mut self, text: &Clean<'_>) -> io::Result<()> {
        let mut sequence = String::new();
        CopyToClipboard::to_clipboard_from(text.as_str()).write_ansi(&mut sequence).map_err(io::Error::other)?;
        self.page.clear();
        self.page.append(sequence.as_bytes());
        self.page.send(self.shown_in, || Ok(()))
    }

    /// The size a frame drawn now would have, in columns and rows; either may be 0.
    ///
    /// # Errors
    /// When the terminal does not tell.
    pub fn size(&self) -> io::Result<Size> {
        self.canvas.size()
    }
}

/// Stands for the terminal being taken.
struct Taken;

impl Drop for Taken {
    fn drop(&mut self) {
        restore();
    }
}

/// The bytes of a frame, held back until it is whole: the backend flushes several
/// times a frame, and a terminal would show the pieces.
#[derive(Clone, Default)]
struct Page(Rc<RefCell<Vec<u8>>>);

impl Page {
    fn append(&self, bytes: &[u8]) {
        self.0.borrow_mut().extend_from_slice(bytes);
    }

    fn clear(&self) {
        self.0.borrow_mut().clear();
    }

    /// Sends what the terminal takes at once; the rest stays for [`send`](Self::send).
    fn send_some(&self, visit: u64) -> io::Result<()> {
        let Some(device) = DEVICE.get().filter(|device| device.never_waits()) else { return Ok(()) };
        let mut bytes = self.0.borrow_mut();
        if let Some(Written::Bytes(count)) = send_some(device, &bytes, visit)? {
            bytes.drain(..count);
        }
        Ok(())
    }

    fn send(&self, visit: u64, sent: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        send(&self.0.borrow(), visit, sent)
    }
}

impl Write for Page {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.append(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes all of it as fast as the terminal takes it, giving up the turn while
/// waiting, and drops what is left as soon as the visit it is meant for has ended.
/// `sent` is called behind the first write, or before it if that may wait.
fn send(bytes: &[u8], visit: u64, sent: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
    let Some(device) = DEVICE.get() else { return sent() };
    let mut rest = bytes;
    if device.never_waits() {
        match send_some(device, rest, visit)? {
            Some(Written::Bytes(count)) => rest = rest.get(count..).unwrap_or_default(),
            Some(Written::Full) => {}
            None => rest = &[],
        }
    }
    sent()?;
    while !rest.is_empty() {
        match send_some(device, rest, visit)? {
            Some(Written::Bytes(count)) => rest = rest.get(count..).unwrap_or_default(),
            Some(Written::Full) => device.wait_until_writable(None),
            None => return Ok(()),
        }
    }
    Ok(())
}

/// Writes once, unless the visit has ended.
fn send_some(device: &Device, bytes: &[u8], visit: u64) -> io::Result<Option<Written>> {
    let _turn = turn();
    if !INSIDE.load(SeqCst) || VISIT.load(SeqCst) != visit {
        return Ok(None);
    }
    MARKED.store(true, SeqCst);
    device.write(bytes).map(Some)
}

fn turn() -> MutexGuard<'static, ()> {
    TURN.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn turn_within(patience: Duration) -> Option<MutexGuard<'static, ()>> {
    let start = Instant::now();
    loop {
        match TURN.try_lock() {
            Ok(turn) => return Some(turn),
            Err(TryLockError::Poisoned(turn)) => return Some(turn.into_inner()),
            Err(TryLockError::WouldBlock) if start.elapsed() >= patience => return None,
            Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_micros(200)),
        }
    }
}
