//! Everything the event loop waits for, in one bounded inbox.
//!
//! Keys, mouse and pastes come from a thread that reads the terminal, since a
//! half-finished sequence makes that read wait; notices (resizes, resumes, another
//! thread's news) come past the queue, since their senders must not wait for the loop.
//!
//! Invariant: memory is bounded however much is sent, and whoever gave a notice is
//! heard: the loop looks at notices after each wake-up.

use std::io;
use std::mem;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use crossterm::event::{Event, KeyEvent, KeyEventKind, KeyModifiers, MouseEvent, MouseEventKind, read};

use super::terminal;

/// The most events that wait; the reader then pauses and the terminal's own buffer fills.
const QUEUE: usize = 4096;

/// The most bytes of a paste that are kept: no field of ours takes more.
const PASTE: usize = 64 * 1024;

/// What the event loop reacts to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key went down, or repeats while it is held.
    Key(KeyEvent),
    /// A button or a drag; the wheel has its own.
    Mouse(MouseEvent),
    /// The wheel turned: by so many notches down and right in all, at a cell.
    Wheel(Wheel),
    /// Pasted text, at most 64 KiB of it.
    Paste(String),
    /// The terminal now has so many columns and rows; either may be 0.
    Resize(u16, u16),
    /// The program runs again after a stop; the next frame is painted wholly by itself.
    Resumed,
    /// The terminal can no longer be read, with the reason; the program should end.
    Lost(String),
}

/// Turns of the wheel at one place, added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wheel {
    /// Notches down; up is negative.
    pub down: i32,
    /// Notches to the right; left is negative.
    pub right: i32,
    /// The cell under the pointer, from 0.
    pub column: u16,
    /// The cell under the pointer, from 0.
    pub row: u16,
    /// Shift, Alt and Ctrl.
    pub modifiers: KeyModifiers,
}

/// What travels in the queue.
enum Item {
    Event(Input),
    /// There are notices, or news that the loop looks for elsewhere.
    Nudge,
}

type Notices = Arc<Mutex<Vec<Input>>>;

/// Where threads leave what the loop should know.
#[derive(Clone)]
pub struct Post {
    queue: SyncSender<Item>,
    notices: Notices,
}

/// Where the loop waits.
pub struct Inbox {
    queue: Receiver<Item>,
    post: Post,
}

/// An empty inbox.
pub fn inbox() -> Inbox {
    inbox_of(QUEUE)
}

fn inbox_of(capacity: usize) -> Inbox {
    let (sender, queue) = sync_channel(capacity);
    Inbox { queue, post: Post { queue: sender, notices: Notices::default() } }
}

impl Post {
    /// Leaves an event and waits while the queue is full; whether anyone still reads it.
    fn deliver(&self, input: Input) -> bool {
        self.queue.send(Item::Event(input)).is_ok()
    }

    /// Leaves a notice without ever waiting.
    pub fn notice(&self, notice: Input) {
        // In this order: whoever empties the queue afterwards finds the notice.
        push(&mut self.notices(), notice);
        self.wake();
    }

    /// Wakes the loop so that it looks for news of its own, without ever waiting:
    /// when the queue is full the loop is awake and will look after emptying it.
    pub fn wake(&self) {
        let _ = self.queue.try_send(Item::Nudge);
    }

    fn notices(&self) -> MutexGuard<'_, Vec<Input>> {
        self.notices.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inbox {
    /// A way to reach the loop from another thread.
    pub fn post(&self) -> Post {
        self.post.clone()
    }

    /// Blocks until something arrives and takes all of it, at most a queue full:
    /// notices first, then events in their order, with resizes, wheel turns and drags
    /// reduced to what they come to. Empty after a mere [`Post::wake`].
    pub fn wait(&self) -> Vec<Input> {
        let mut events = Vec::new();
        // The inbox holds a sender itself, so this fails never.
        if let Ok(Item::Event(input)) = self.queue.recv() {
            events.push(input);
        }
        for item in self.queue.try_iter().take(QUEUE) {
            match item {
                Item::Event(input) => push(&mut events, input),
                Item::Nudge => {}
            }
        }
        let mut inputs = mem::take(&mut *self.post.notices());
        inputs.append(&mut events);
        inputs
    }
}

/// Reads the terminal on a thread of its own into the inbox.
///
/// # Errors
/// When the thread cannot be started.
pub fn read_terminal(post: Post) -> io::Result<()> {
    thread::Builder::new().name("input".into()).spawn(move || {
        loop {
            match read() {
                Ok(event) => {
                    let heard = translate(event).is_none_or(|input| post.deliver(input));
                    if !heard {
                        return;
                    }
                }
                // Of a terminal that is gone, its own watcher makes an end.
                Err(_) if terminal::is_gone() => return,
                Err(error) => return post.notice(Input::Lost(error.to_string())),
            }
        }
    })?;
    Ok(())
}

/// What an event means to us, if anything.
fn translate(event: Event) -> Option<Input> {
    match event {
        Event::Key(key) => match key.kind {
            KeyEventKind::Press | KeyEventKind::Repeat => Some(Input::Key(key)),
            KeyEventKind::Release => None,
        },
        // Coordinates of 0, which count from 1 on the wire, come out as the maximum.
        Event::Mouse(mouse) if mouse.column == u16::MAX || mouse.row == u16::MAX => None,
        Event::Mouse(mouse) => match mouse.kind {
            MouseEventKind::ScrollDown => Some(turn(mouse, 1, 0)),
            MouseEventKind::ScrollUp => Some(turn(mouse, -1, 0)),
            MouseEventKind::ScrollRight => Some(turn(mouse, 0, 1)),
            MouseEventKind::ScrollLeft => Some(turn(mouse, 0, -1)),
            MouseEventKind::Down(_) | MouseEventKind::Up(_) | MouseEventKind::Drag(_) | MouseEventKind::Moved => {
                Some(Input::Mouse(mouse))
            }
        },
        Event::Paste(mut text) => {
            let end = (0..=PASTE.min(text.len())).rev().find(|&end| text.is_char_boundary(end));
            text.truncate(end.unwrap_or_default());
            text.shrink_to_fit();
            Some(Input::Paste(text))
        }
        // Where there are signals, they tell us of it, and sooner.
        Event::Resize(columns, rows) => cfg!(not(unix)).then_some(Input::Resize(columns, rows)),
        Event::FocusGained | Event::FocusLost => None,
    }
}

fn turn(mouse: MouseEvent, down: i32, right: i32) -> Input {
    let MouseEvent { column, row, modifiers, kind: _ } = mouse;
    Input::Wheel(Wheel { down, right, column, row, modifiers })
}

/// Appends an event, or merges it into those before it when only the sum or the last matters.
fn push(events: &mut Vec<Input>, next: Input) {
    match (events.last_mut(), &next) {
        (Some(Input::Wheel(last)), Input::Wheel(more)) if last.same_place(more) => {
            last.down = last.down.saturating_add(more.down);
            last.right = last.right.saturating_add(more.right);
            return;
        }
        (Some(Input::Mouse(last)), Input::Mouse(more)) if is_motion(*last) && last.kind == more.kind => {
            *last = *more;
            return;
        }
        _ => {}
    }
    match next {
        Input::Resize(..) => events.retain(|event| !matches!(event, Input::Resize(..))),
        Input::Resumed => events.retain(|event| *event != Input::Resumed),
        Input::Key(_) | Input::Mouse(_) | Input::Wheel(_) | Input::Paste(_) | Input::Lost(_) => {}
    }
    events.push(next);
}

fn is_motion(mouse: MouseEvent) -> bool {
    matches!(mouse.kind, MouseEventKind::Drag(_) | MouseEventKind::Moved)
}

impl Wheel {
    fn same_place(&self, other: &Self) -> bool {
        (self.column, self.row, self.modifiers) == (other.column, other.row, other.modifiers)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failure here is the test's failure")]

    use std::sync::mpsc;
    use std::thread;
    use std::time::Duration;

    use crossterm::event::{KeyCode, MouseButton};

    use super::*;

    fn key(character: char) -> Event {
        Event::Key(KeyEvent::new(KeyCode::Char(character), KeyModifiers::NONE))
    }

    fn mouse(kind: MouseEventKind, column: u16, row: u16) -> Event {
        Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE })
    }

    fn heard(events: impl IntoIterator<Item = Event>) -> Vec<Input> {
        let inbox = inbox();
        events.into_iter().filter_map(translate).for_each(|input| assert!(inbox.post.deliver(input)));
        inbox.wait()
    }

    fn wheel(down: i32, right: i32, column: u16, row: u16) -> Input {
        Input::Wheel(Wheel { down, right, column, row, modifiers: KeyModifiers::NONE })
    }

    #[test]
    fn keys_are_never_merged() {
        assert_eq!(heard([key('j'), key('j')]).len(), 2);
    }

    #[test]
    fn a_key_going_up_is_not_heard() {
        let mut up = KeyEvent::new(KeyCode::Char('j'), KeyModifiers::NONE);
        up.kind = KeyEventKind::Release;
        assert_eq!(translate(Event::Key(up)), None);
        up.kind = KeyEventKind::Repeat;
        assert_eq!(translate(Event::Key(up)), Some(Input::Key(up)));
    }

    #[test]
    fn turns_of_the_wheel_at_one_cell_are_summed() {
        use MouseEventKind::{ScrollDown, ScrollLeft, ScrollUp};
        let turns = [ScrollDown, ScrollDown, ScrollUp, ScrollDown, ScrollLeft];
        let elsewhere = mouse(ScrollDown, 4, 5);
        let events = turns.map(|kind| mouse(kind, 3, 5)).into_iter().chain([elsewhere]);
        assert_eq!(heard(events), [wheel(2, -1, 3, 5), wheel(1, 0, 4, 5)]);
    }

    #[test]
    fn of_a_drag_only_the_last_place_counts_and_its_ends_both_do() {
        use MouseEventKind::{Down, Drag, Up};
        let left = MouseButton::Left;
        let events = [Down(left), Drag(left), Drag(left), Up(left)];
        let events = events.into_iter().zip(0..).map(|(kind, column)| mouse(kind, column, 0));
        let columns: Vec<_> =
            heard(events).iter().map(|input| if let Input::Mouse(mouse) = input { mouse.column } else { 99 }).collect();
        assert_eq!(columns, [0, 2, 3]);
    }

    #[test]
    fn a_mouse_outside_every_screen_is_not_heard() {
        assert_eq!(translate(mouse(MouseEventKind::Moved, u16::MAX, 0)), None);
        assert_eq!(translate(mouse(MouseEventKind::ScrollUp, 0, u16::MAX)), None);
    }

    #[test]
    fn a_long_paste_is_cut_between_characters() {
        let Some(Input::Paste(text)) = translate(Event::Paste("झ".repeat(PASTE))) else {
            unreachable!("a paste stays a paste")
        };
        assert_eq!(text.len(), PASTE - PASTE % 3);
        assert_eq!(translate(Event::Paste("झ".into())), Some(Input::Paste("झ".into())));
    }

    #[test]
    fn notices_come_first_and_of_resizes_the_last_remains() {
        let inbox = inbox();
        assert!(inbox.post.deliver(translate(key('a')).unwrap()));
        for notice in [Input::Resize(1, 2), Input::Resumed, Input::Resize(3, 4), Input::Resumed] {
            inbox.post.notice(notice);
        }
        let expected = [Input::Resize(3, 4), Input::Resumed, translate(key('a')).unwrap()];
        assert_eq!(inbox.wait(), expected);
    }

    #[test]
    fn a_mere_wake_up_brings_nothing() {
        let inbox = inbox();
        inbox.post.wake();
        assert_eq!(inbox.wait(), []);
    }

    #[test]
    fn a_notice_is_heard_although_the_queue_is_full() {
        let inbox = inbox_of(1);
        assert!(inbox.post.deliver(translate(key('a')).unwrap()));
        inbox.post.notice(Input::Resize(5, 6));
        assert_eq!(inbox.wait(), [Input::Resize(5, 6), translate(key('a')).unwrap()]);
    }

    #[test]
    fn a_full_queue_makes_the_reader_wait_and_loses_nothing() {
        let inbox = inbox_of(2);
        let post = inbox.post();
        let (done, is_done) = mpsc::channel();
        let reader = thread::spawn(move || {
            for character in 'a'..='z' {
                assert!(post.deliver(translate(key(character)).unwrap()));
            }
            done.send(()).unwrap();
        });
        assert!(is_done.recv_timeout(Duration::from_millis(50)).is_err());
        let mut heard = Vec::new();
        while heard.len() < 26 {
            heard.extend(inbox.wait());
        }
        reader.join().unwrap();
        let expected: Vec<_> = ('a'..='z').map(|character| translate(key(character)).unwrap()).collect();
        assert_eq!(heard, expected);
    }
}
