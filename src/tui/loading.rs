//! Reads a dossier on a thread of its own while the interface is open.
//!
//! Invariant: the loading threads never wait for the event loop; a report that it has not
//! fetched is replaced by the next of its kind.

use std::cell::RefCell;
use std::io;
use std::mem;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, bounded};

use super::event_loop::Stopped;
use super::events::EventSender;
use crate::app::Progress;
use crate::evidence::library::Library;
use crate::model::Dossier;
use crate::store::{Stage, Watch};
use crate::timeline::World;

/// Least time between two reports of progress.
const BETWEEN_REPORTS: Duration = Duration::from_millis(50);

/// Maximum time that a cancelled load may take to remove its temporary files.
const CLEANUP: Duration = Duration::from_millis(50);

/// Indexes the dossier once it is read; reuses names that were indexed before.
pub type Index<'a> = &'a dyn Fn(Dossier) -> World;

/// A dossier that was read.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The dossier, indexed.
    pub world: World,
    /// Its documents, if their folder is known.
    pub library: Option<Arc<Library>>,
}

/// Reports since the last call of [`Loading::news`].
#[derive(Debug)]
pub struct News<E> {
    /// The latest report of each kind.
    pub reports: Reports,
    /// The result, once.
    pub end: Option<Result<Loaded, E>>,
}

/// Reports on the reading of a dossier: the latest of each kind.
#[derive(Debug, Default)]
pub struct Reports {
    /// Number of rows read.
    pub progress: Option<Progress>,
    /// A world of names only; superseded by the result.
    pub names: Option<World>,
    /// A message for the user.
    pub notice: Option<String>,
}

type Work = Box<dyn FnOnce() + Send>;

/// A load that goes on, or has not begun. Dropping it cancels the load.
pub struct Loading<E> {
    /// Disconnected once the thread has ended.
    end: Receiver<Result<Loaded, E>>,
    shared: Arc<Shared>,
    /// `None` once the thread is started.
    work: RefCell<Option<Work>>,
}

/// The state shared by the loading threads and the event loop.
#[derive(Default)]
struct Shared {
    /// Never locked for longer than it takes to move a value.
    reports: Mutex<Reports>,
    /// Number of entities whose names were reported.
    known: Mutex<Option<usize>>,
    events: OnceLock<EventSender>,
    is_cancelled: AtomicBool,
}

impl<E: Send + 'static> Loading<E> {
    /// Prepares a load with `read`. Meanwhile `cached` may return all names, or why the name cache is not used.
    pub fn new(
        cached: impl FnOnce() -> Option<Result<World, String>> + Send + 'static,
        read: impl FnOnce(Watch<'_>, Index<'_>) -> Result<Loaded, E> + Send + 'static,
    ) -> Self {
        let (end_sender, end) = bounded(1);
        let shared = Arc::new(Shared::default());
        let own = Arc::clone(&shared);
        let work: Work = Box::new(move || {
            let result = own.load(cached, read);
            // Fails if the load was cancelled.
            drop(end_sender.send(result));
            own.wake();
        });
        Self { end, shared, work: RefCell::new(Some(work)) }
    }

    /// Starts the load, unless it was started.
    ///
    /// # Errors
    /// If the thread cannot be started.
    pub fn begin(&self) -> io::Result<()> {
        if let Some(work) = self.work.take() {
            thread::Builder::new().name("loading".into()).spawn(work)?;
        }
        Ok(())
    }

    /// Returns true if the load was started.
    pub fn has_begun(&self) -> bool {
        self.work.borrow().is_none()
    }

    /// Waits for the result, at most the given time.
    pub fn wait(&self, timeout: Duration) -> Option<Result<Loaded, E>> {
        self.end.recv_timeout(timeout).ok()
    }

    /// Loads to the end.
    ///
    /// # Errors
    /// If the dossier cannot be read, or a thread cannot be started.
    pub fn finish(self) -> Result<Loaded, Stopped<E>> {
        self.begin()?;
        match self.end.recv() {
            Ok(result) => result.map_err(Stopped::Unread),
            Err(_) => Err(Stopped::Terminal(io::Error::other("the loading thread failed"))),
        }
    }

    /// Wakes the event loop for each report.
    pub fn watch(&self, events: EventSender) {
        // There may have been reports before.
        self.shared.events.get_or_init(|| events).wake();
    }

    /// Returns the reports since the last call.
    pub fn news(&self) -> News<E> {
        // The result first: names that are reported between the two would come after it.
        let end = self.end.try_recv().ok();
        News { reports: mem::take(&mut *lock(&self.shared.reports)), end }
    }
}

impl<E> Drop for Loading<E> {
    fn drop(&mut self) {
        drop(self.work.take());
        self.shared.is_cancelled.store(true, Ordering::Relaxed);
        drop(self.end.recv_timeout(CLEANUP));
    }
}

impl Shared {
    fn wake(&self) {
        if let Some(events) = self.events.get() {
            events.wake();
        }
    }

    /// Makes a report, which replaces one of its kind, and wakes the event loop.
    fn report<T>(&self, replace: impl FnOnce(&mut Reports) -> Option<T>) {
        let _replaced = replace(&mut lock(&self.reports));
        self.wake();
    }

    /// Reads and indexes a dossier, and reports meanwhile.
    fn load<E>(
        self: &Arc<Self>,
        cached: impl FnOnce() -> Option<Result<World, String>> + Send + 'static,
        read: impl FnOnce(Watch<'_>, Index<'_>) -> Result<Loaded, E>,
    ) -> Result<Loaded, E> {
        let cached = RefCell::new(self.read_cached(cached));
        let names: RefCell<Option<JoinHandle<World>>> = RefCell::default();
        let index = |dossier| match join(cached.take()).flatten().or_else(|| join(names.take())) {
            Some(names) => World::after(&names, dossier),
            None => World::new(dossier),
        };
        let mut reported: Option<Instant> = None;
        let mut watch = |stage: Stage<'_>| {
            match stage {
                Stage::Progress { read, total } => {
                    if reported.is_none_or(|last| last.elapsed() >= BETWEEN_REPORTS) {
                        reported = Some(Instant::now());
                        self.report(|reports| reports.progress.replace(Progress { read, total, has_names: false }));
                    }
                }
                Stage::Names(dossier) => {
                    // An earlier part of the names is reported before this one.
                    join(names.take());
                    if !self.knows_as_many(dossier) {
                        names.replace(self.index_names(dossier.clone()));
                    }
                }
            }
            let is_cancelled = self.is_cancelled.load(Ordering::Relaxed);
            if is_cancelled { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        read(&mut watch, &index)
    }

    /// Indexes names on a thread of its own, while reading goes on, and reports them. Without a thread the names
    /// come with the whole dossier.
    fn index_names(self: &Arc<Self>, dossier: Dossier) -> Option<JoinHandle<World>> {
        let own = Arc::clone(self);
        let index = move || {
            let names = World::new(dossier);
            own.report_names(&names);
            names
        };
        thread::Builder::new().name("names".into()).spawn(index).ok()
    }

    /// Reads the name cache on a thread of its own, and reports the names.
    fn read_cached(
        self: &Arc<Self>,
        cached: impl FnOnce() -> Option<Result<World, String>> + Send + 'static,
    ) -> Option<JoinHandle<Option<World>>> {
        let own = Arc::clone(self);
        let read = move || match cached()? {
            Ok(names) => {
                own.report_names(&names);
                Some(names)
            }
            Err(notice) => {
                own.report(|reports| reports.notice.replace(notice));
                None
            }
        };
        thread::Builder::new().name("name cache".into()).spawn(read).ok()
    }

    /// Reports names, unless as many are known.
    fn report_names(&self, names: &World) {
        let count = names.dossier().entities().len();
        let mut known = lock(&self.known);
        if known.is_none_or(|known| count > known) {
            *known = Some(count);
            // While `known` is locked, so that no smaller number replaces it.
            self.report(|reports| reports.names.replace(names.clone()));
        }
    }

    fn knows_as_many(&self, dossier: &Dossier) -> bool {
        lock(&self.known).is_some_and(|known| known >= dossier.entities().len())
    }
}

/// Locks a value; one that a thread left while it panicked is still sound.
fn lock<T>(value: &Mutex<T>) -> MutexGuard<'_, T> {
    value.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Returns the result of a thread, unless there is none or it panicked.
fn join<T>(thread: Option<JoinHandle<T>>) -> Option<T> {
    thread?.join().ok()
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;
    use crate::model::Builder;
    use crate::tui::events;

    fn empty() -> Dossier {
        Builder::default().finish()
    }

    fn begun(loading: Loading<String>) -> Loading<String> {
        loading.begin().unwrap();
        loading
    }

    #[test]
    fn reports_come_in_order_and_each_wakes_the_loop() {
        let events = events::channel();
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
        loading.watch(events.sender());
        events.wait();
        go.send(()).unwrap();
        events.wait();
        assert_eq!(loading.news().reports.progress, Some(Progress { read: 1, total: 2, has_names: false }));
        go.send(()).unwrap();
        events.wait();
        assert!(loading.news().reports.names.is_some());
        go.send(()).unwrap();
        events.wait();
        assert_eq!(loading.news().end.unwrap().unwrap_err(), "broken");
        assert!(loading.news().end.is_none());
    }

    #[test]
    fn a_report_from_before_the_loop_watched_wakes_it() {
        let loading: Loading<String> = begun(Loading::new(|| None, |_, _| Err("broken".into())));
        while loading.end.is_empty() {
            thread::yield_now();
        }
        let events = events::channel();
        loading.watch(events.sender());
        events.wait();
        assert!(loading.news().end.is_some());
    }

    #[test]
    fn the_name_cache_or_why_it_is_not_used_is_reported() {
        let notice = |cached: fn() -> Option<Result<World, String>>| {
            let (go, gone) = channel::<()>();
            let loading: Loading<String> = begun(Loading::new(cached, move |_, index| {
                let _ = gone.recv();
                Ok(Loaded { world: index(empty()), library: None })
            }));
            let events = events::channel();
            loading.watch(events.sender());
            let mut news = loading.news().reports;
            while news.names.is_none() && news.notice.is_none() {
                events.wait();
                news = loading.news().reports;
            }
            drop(go);
            assert!(loading.finish().is_ok());
            news.notice
        };
        assert_eq!(notice(|| Some(Ok(World::new(empty())))), None);
        assert_eq!(notice(|| Some(Err("outdated".into()))), Some("outdated".into()));
    }

    #[test]
    fn a_load_begins_on_request_and_only_once() {
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
        assert!(matches!(loading.finish(), Err(Stopped::Unread(error)) if error == "read"));
        assert_eq!(told.iter().count(), 1);
    }

    #[test]
    fn a_dossier_that_is_read_in_time_is_returned_whole() {
        let loaded = || Loaded { world: World::new(empty()), library: None };
        let loading: Loading<String> = begun(Loading::new(|| None, move |_, _| Ok(loaded())));
        assert!(loading.wait(Duration::from_secs(10)).unwrap().is_ok());
    }

    #[test]
    fn dropping_a_load_cancels_it() {
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
        assert!(told.recv().unwrap().is_break());
    }
}
