//! Leaves the digests of documents and places out of objects.
//!
//! Invariant: every object that holds a place or a document has an answer here; lines, offsets and lengths stay.

use super::whole::{CompleteObject, Judged, ReviewObject, UnclaimedObject};
use super::{ClaimObject, EntityObject, EvidenceObject};

/// An object that may hold digests.
pub(in super::super) trait Digested {
    /// Removes the digests of documents and places.
    fn leave_out_digests(&mut self);
}

impl<T: Digested> Digested for Vec<T> {
    fn leave_out_digests(&mut self) {
        self.iter_mut().for_each(Digested::leave_out_digests);
    }
}

impl Digested for EvidenceObject<'_> {
    fn leave_out_digests(&mut self) {
        self.sha256 = None;
    }
}

impl Digested for EntityObject<'_> {
    fn leave_out_digests(&mut self) {
        if let Some(document) = &mut self.document {
            document.sha256 = None;
        }
        self.names.iter_mut().for_each(|name| name.evidence.leave_out_digests());
        self.claims.leave_out_digests();
    }
}

impl Digested for ClaimObject<'_> {
    fn leave_out_digests(&mut self) {
        self.evidence.leave_out_digests();
    }
}

impl Digested for UnclaimedObject<'_> {
    fn leave_out_digests(&mut self) {
        self.place.leave_out_digests();
    }
}

impl Digested for CompleteObject<'_> {
    fn leave_out_digests(&mut self) {
        self.evidence.leave_out_digests();
    }
}

impl Digested for Judged<'_> {
    fn leave_out_digests(&mut self) {}
}

impl Digested for ReviewObject<'_> {
    fn leave_out_digests(&mut self) {}
}
