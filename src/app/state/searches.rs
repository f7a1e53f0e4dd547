//! The searches that the state has asked for and that are to be performed elsewhere.
//!
//! Invariant: every request has a generation of its own, greater than those before it, so that a pane can tell the
//! answer to its latest request from older ones.

use crate::app::message::Effect;
use crate::app::request::{Among, Asker, Request};
use crate::query::Query;

/// Requests not yet handed out as effects, and the generation of the latest one.
#[derive(Debug, Clone, Default)]
pub struct Searches {
    generation: u64,
    asked: Vec<Request>,
}

impl Searches {
    /// Adds a request and returns its generation. It replaces an earlier request of the same asker that was not
    /// handed out yet.
    pub fn ask(&mut self, asker: Asker, query: Query, among: Among) -> u64 {
        self.generation += 1;
        self.asked.retain(|request| request.asker != asker);
        self.asked.push(Request { asker, generation: self.generation, query, among });
        self.generation
    }

    /// Takes the requests out, as effects.
    pub fn effects(&mut self) -> impl Iterator<Item = Effect> {
        std::mem::take(&mut self.asked).into_iter().map(Box::new).map(Effect::Search)
    }
}
