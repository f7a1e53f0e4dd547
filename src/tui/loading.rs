//! Reads a dossier on a thread of its own while the interface is open.
//!
//! Invariant: the reader of the news never waits for the thread unless it says how long;
//! news that were not fetched are replaced by later ones, so they take no room.

use std::cell::RefCell;
use std::io;
use std::mem;
use std::ops::ControlFlow;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::input::Post;
use crate::app::Progress;
use crate::evidence::library::Library;
use crate::model::Dossier;
use crate::store::Stage;
use crate::timeline::World;

/// The least time between two reports of progress.
const BETWEEN_REPORTS: Duration = Duration::from_millis(50);

/// How long a reading that was called off may take to clean up.
const FAREWELL: Duration = Duration::from_millis(50);

/// What listens to the stages, and may call the reading off.
pub type Watch<'a> = &'a mut dyn FnMut(Stage<'_>) -> ControlFlow<()>;

/// What indexes the dossier in the end; names that were indexed before need not be again.
pub type Index<'a> = &'a dyn Fn(Dossier) -> World;

/// A dossier that was read.
#[derive(Debug, Clone)]
pub struct Whole {
    /// The dossier, indexed.
    pub world: World,
    /// Its documents, if they are at hand.
    pub library: Option<Arc<Library>>,
}

/// What happened since the news were fetched last.
#[derive(Debug)]
pub struct News<E> {
    /// How far it has got.
    pub progress: Option<Progress>,
    /// The names.
    pub names: Option<World>,
    /// What to tell the reader.
    pub word: Option<String>,
    /// The end of it.
    pub end: Option<Result<Whole, E>>,
}

impl<E> Default for News<E> {
    fn default() -> Self {
        Self { progress: None, names: None, word: None, end: None }
    }
}

/// What a thread is to do.
type Work = Box<dyn FnOnce() + Send>;

/// See the module.
pub struct Loading<E> {
    board: Arc<Board<E>>,
    /// The reading, until it begins.
    work: RefCell<Option<Work>>,
}

struct Board<E> {
    notes: Mutex<Notes<E>>,
    ended: Condvar,
}

struct Notes<E> {
    news: News<E>,
    post: Option<Post>,
    has_ended: bool,
    is_called_off: bool,
    /// How many entities have been told of.
    known: Option<usize>,
}

impl<E: Send + 'static> Loading<E> {
    /// What is to be read; meanwhile `kept` may know all the names, or why those that were kept are of no use.
    pub fn new(
        kept: impl FnOnce() -> Option<Result<World, String>> + Send + 'static,
        read: impl FnOnce(Watch<'_>, Index<'_>) -> Result<Whole, E> + Send + 'static,
    ) -> Self {
        let notes = Notes { news: News::default(), post: None, has_ended: false, is_called_off: false, known: None };
        let board = Arc::new(Board { notes: Mutex::new(notes), ended: Condvar::new() });
        let own = Arc::clone(&board);
        let work: Work = Box::new(move || {
            let mut reported: Option<Instant> = None;
            let kept = RefCell::new(own.fetch_kept(kept));
            let names = RefCell::new(None);
            let index = |dossier| match join(kept.take()).flatten().or_else(|| join(names.take())) {
                Some(names) => World::after(&names, dossier),
                None => World::new(dossier),
            };
            let mut watch = |stage: Stage<'_>| {
                if let Stage::Names(dossier) = stage {
                    // What came before is told before.
                    join(names.take());
                    if !own.knows_as_many(dossier) {
                        names.replace(own.index_names(dossier.clone()));
                    }
                }
                own.note(stage, &mut reported)
            };
            let end = read(&mut watch, &index);
            let mut notes = own.notes();
            notes.news.end = Some(end);
            notes.has_ended = true;
            own.ended.notify_all();
            notes.wake();
        });
        Self { board, work: RefCell::new(Some(work)) }
    }

    /// Starts to read, unless it was started.
    ///
    /// # Errors
    /// When the thread cannot be started.
    pub fn begin(&self) -> io::Result<()> {
        if let Some(work) = self.work.take() {
            thread::Builder::new().name("loading".into()).spawn(work)?;
        }
        Ok(())
    }

    /// Whether it has been started.
    pub fn has_begun(&self) -> bool {
        self.work.borrow().is_none()
    }

    /// Waits until the end of what was started, but no longer than that; gives the end if it has come.
    pub fn wait(&self, patience: Duration) -> Option<Result<Whole, E>> {
        let notes = self.board.notes();
        let waited = self.board.ended.wait_timeout_while(notes, patience, |notes| !notes.has_ended);
        waited.unwrap_or_else(PoisonError::into_inner).0.news.end.take()
    }

    /// Waits until the end of what was started.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn finish(self) -> Result<Whole, E> {
        loop {
            if let Some(end) = self.wait(Duration::MAX) {
                return end;
            }
        }
    }

    /// Wakes the loop behind `post` for all news from now on.
    pub fn watch(&self, post: Post) {
        self.board.notes().post = Some(post);
    }

    /// What has happened since this was called last.
    pub fn news(&self) -> News<E> {
        mem::take(&mut self.board.notes().news)
    }
}

impl<E> Drop for Loading<E> {
    /// Calls the reading off, and gives it a moment to remove what it made.
    fn drop(&mut self) {
        if self.work.take().is_some() {
            return;
        }
        let mut notes = self.board.notes();
        notes.is_called_off = true;
        notes.post = None;
        drop(self.board.ended.wait_timeout_while(notes, FAREWELL, |notes| !notes.has_ended));
    }
}

impl<E: Send + 'static> Board<E> {
    /// Indexes names on a thread of its own, while reading goes on, and tells of them; without a thread
    /// there are none before the whole.
    fn index_names(self: &Arc<Self>, dossier: Dossier) -> Option<JoinHandle<World>> {
        let own = Arc::clone(self);
        let index = move || {
            let names = World::new(dossier);
            own.tell_names(&names);
            names
        };
        thread::Builder::new().name("names".into()).spawn(index).ok()
    }

    /// Reads the names that were kept on a thread of its own, and tells of them.
    fn fetch_kept(
        self: &Arc<Self>,
        kept: impl FnOnce() -> Option<Result<World, String>> + Send + 'static,
    ) -> Option<JoinHandle<Option<World>>> {
        let own = Arc::clone(self);
        let fetch = move || match kept()? {
            Ok(names) => {
                own.tell_names(&names);
                Some(names)
            }
            Err(word) => {
                let mut notes = own.notes();
                notes.news.word = Some(word);
                notes.wake();
                None
            }
        };
        thread::Builder::new().name("kept names".into()).spawn(fetch).ok()
    }
}

impl<E> Board<E> {
    /// Tells of names, unless more are known.
    fn tell_names(&self, names: &World) {
        let count = names.dossier().entities().len();
        let mut notes = self.notes();
        if notes.known.is_none_or(|known| count > known) {
            notes.known = Some(count);
            notes.news.names = Some(names.clone());
            notes.wake();
        }
    }

    fn knows_as_many(&self, dossier: &Dossier) -> bool {
        self.notes().known.is_some_and(|known| known >= dossier.entities().len())
    }

    fn note(&self, stage: Stage<'_>, reported: &mut Option<Instant>) -> ControlFlow<()> {
        match stage {
            Stage::Progress { read, total } => {
                if reported.is_none_or(|last| last.elapsed() >= BETWEEN_REPORTS) {
                    *reported = Some(Instant::now());
                    let mut notes = self.notes();
                    notes.news.progress = Some(Progress { read, total, has_names: false });
                    notes.wake();
                }
            }
            Stage::Names(_) => {}
        }
        if self.notes().is_called_off { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn notes(&self) -> MutexGuard<'_, Notes<E>> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<E> Notes<E> {
    fn wake(&self) {
        if let Some(post) = &self.post {
            post.wake();
        }
    }
}

/// What a thread has made, unless it failed.
fn join<T>(thread: Option<JoinHandle<T>>) -> Option<T> {
    thread?.join().ok()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failure here is the test's failure")]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;
    use crate::model::Builder;
    use crate::tui::events::inbox;

    fn empty() -> Dossier {
        Builder::default().finish()
    }

    #[test]
    fn stages_are_heard_in_their_order_and_each_wakes_the_loop() {
        let inbox = inbox();
        let (go, gone) = channel();
        let loading: Loading<String> = begun(Loading::new(
            || None,
            move |watch, _| {
                gone.recv().unwrap();
                assert!(watch(Stage::Progress { read: 1, total: 2 }).is_continue());
                gone.recv().unwrap();
                assert!(watch(Stage::Names(&empty())).is_continue());
                gone.recv().unwrap();
                Err("broken".into())
            },
        ));
        loading.watch(inbox.post());
        go.send(()).unwrap();
        inbox.wait();
        assert_eq!(loading.news().progress, Some(Progress { read: 1, total: 2, has_names: false }));
        go.send(()).unwrap();
        inbox.wait();
        assert!(loading.news().names.is_some());
        go.send(()).unwrap();
        inbox.wait();
        assert_eq!(loading.news().end.unwrap().unwrap_err(), "broken");
    }

    fn begun(loading: Loading<String>) -> Loading<String> {
        loading.begin().unwrap();
        loading
    }

    #[test]
    fn nothing_is_read_before_it_begins_and_nothing_twice() {
        let (tell, told) = channel();
        let loading: Loading<String> = Loading::new(
            || None,
            move |_, _| {
                tell.send(()).unwrap();
                Err("read".into())
            },
        );
        assert!(!loading.has_begun());
        assert!(loading.wait(Duration::ZERO).is_none());
        assert!(told.try_recv().is_err());
        loading.begin().unwrap();
        loading.begin().unwrap();
        assert!(loading.has_begun());
        assert_eq!(loading.finish().unwrap_err(), "read");
        assert_eq!(told.iter().count(), 1);
    }

    #[test]
    fn what_is_read_soon_enough_needs_no_news() {
        let whole = || Whole { world: World::new(empty()), library: None };
        let loading: Loading<String> = begun(Loading::new(|| None, move |_, _| Ok(whole())));
        assert!(loading.wait(Duration::from_secs(10)).unwrap().is_ok());
    }

    #[test]
    fn nobody_waits_for_a_reading_that_goes_on() {
        let (go, gone) = channel::<()>();
        let (tell, told) = channel();
        let loading: Loading<String> = begun(Loading::new(
            || None,
            move |watch, _| {
                gone.recv().unwrap();
                tell.send(watch(Stage::Progress { read: 0, total: 0 })).unwrap();
                Err(String::new())
            },
        ));
        assert!(loading.wait(Duration::ZERO).is_none());
        drop(loading);
        go.send(()).unwrap();
        assert!(told.recv().unwrap().is_break(), "it was called off");
    }
}
