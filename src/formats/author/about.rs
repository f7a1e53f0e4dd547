//! Reads what is said about other rows: lists that are whole, and the reviews of readers.
//!
//! Invariant: a list is named by a word of the format, a property or a kind, and a review names a claim.

use super::loader::{Context, Loader, MAX_SUGGESTIONS, date};
use super::notes::{Mark, NotedList, NotedReview};
use super::place;
use crate::model::builder::{Handle, NewComplete, NewReview, PlaceHandle};
use crate::model::claim_id::DERIVED;
use crate::model::complete::{Listed, Members};
use crate::model::{CoreKind, KindId, ReviewVerdict, When};
use crate::syntax::{Code, Codes, Defect, Fields, Node, Position, allowed, suggestion, tables_of};
use crate::vocabulary::Kinds;

/// A review and the place of its claim's id, which is looked up when all claims have been read.
pub(super) struct Written {
    claim: String,
    at: Position,
}

impl Loader {
    /// Reads the tables `[[complete]]`.
    pub(super) fn read_completes(&mut self, root: &mut Fields<'_>, context: Context) {
        for node in tables_of(root, "complete", &mut self.defects) {
            let Some(mut fields) = node.as_table() else { continue };
            let (of, source) = (fields.get("of"), fields.get("source"));
            let any = self.any.clone();
            let of = match (of, source) {
                (Some(of), None) => self.entity(of, &any),
                (None, Some(source)) => {
                    let document = KindId::from(CoreKind::Document);
                    let documents = Kinds { listed: vec![document], all: self.words.kinds_of(&[CoreKind::Document]) };
                    self.entity(source, &documents)
                }
                (Some(_), Some(_)) | (None, None) => {
                    let remedy = "expected either of = \"KIND/SLUG\" or source = \"SLUG\"";
                    self.defects.push(fields.defect(Code::WrongValue, "a list of no one thing", remedy));
                    None
                }
            };
            let lists = self.read_lists(&mut fields, "list");
            let since = fields.get("since").and_then(|node| date(node, self));
            let until = fields.get("until").and_then(|node| date(node, self));
            let reason = fields.optional_text("reason", &mut self.defects).map(str::to_owned);
            let at = fields.get("at");
            let evidence = at.map(|at| place::read_all(self, at, context)).unwrap_or_default();
            if at.is_none_or(|at| at.items().is_empty()) && reason.is_none() {
                let remedy = "expected at = \"SECTION / PLACE\", or reason = \"…\"";
                self.defects.push(fields.defect(Code::NoReason, "a list that is whole for no reason", remedy));
            }
            if lists.is_empty() && fields.get("list").is_none() {
                self.defects.push(fields.defect(
                    Code::WrongValue,
                    "no \"list\"",
                    "expected list = [\"tenures\"], or another list",
                ));
            }
            let mark = Mark { at: fields.position(), allowed: allowed(&mut fields, &mut self.defects) };
            fields.close(&[], &mut self.defects);
            let Some(of) = of else { continue };
            for list in lists {
                let (since, until, reason) = (since.clone(), until.clone(), reason.clone());
                self.note_list(of, &list, [&since, &until], mark.clone());
                self.builder.complete(NewComplete { of, list, since, until, reason, evidence: evidence.clone() });
            }
        }
    }

    /// Adds the lists of `complete = ["tenures"]` in the table of their subject.
    pub(super) fn complete_lists(&mut self, of: Handle, lists: Vec<String>, evidence: &[PlaceHandle], at: &Position) {
        for list in lists {
            let (since, until, reason) = (None, None, None);
            self.note_list(of, &list, [&since, &until], Mark { at: at.clone(), allowed: Codes::default() });
            self.builder.complete(NewComplete { of, list, since, until, reason, evidence: evidence.to_vec() });
        }
    }

    fn note_list(&mut self, of: Handle, list: &str, days: [&Option<When>; 2], mark: Mark) {
        if let Some(notes) = &mut self.notes {
            let days = days.map(|day| day.as_ref().map(|day| day.edtf().to_owned()));
            notes.completes.push(NotedList { of, list: list.to_owned(), days, mark });
        }
    }

    /// Reads the names of lists under a key.
    pub(super) fn read_lists<'a>(&mut self, fields: &mut Fields<'a>, key: &'a str) -> Vec<String> {
        let items = fields.get(key).map(|node| node.items()).unwrap_or_default();
        items.into_iter().filter_map(|node| self.list_name(node)).collect()
    }

    fn list_name(&mut self, node: Node<'_>) -> Option<String> {
        let Some(name) = node.as_text() else {
            self.defects.push(node.unexpected("the name of a list in quotes"));
            return None;
        };
        let words = &self.words;
        if Members::of_list(name, words).is_some() {
            return Some(name.to_owned());
        }
        let listed = Listed::ALL.iter().map(|list| list.as_str());
        let properties = words.properties().map(|property| words.name(property));
        let known = listed.clone().chain(properties).chain(words.kind_names());
        let remedy = suggestion(name, known, || {
            format!("expected {}, a property or a kind", listed.collect::<Vec<_>>().join(", "))
        });
        self.defects.push(node.defect(Code::UnknownWord, format!("unknown list \"{name}\""), remedy));
        None
    }

    /// Reads the tables `[[review]]`.
    pub(super) fn read_reviews(&mut self, root: &mut Fields<'_>, written: &mut Vec<Written>) {
        for node in tables_of(root, "review", &mut self.defects) {
            let Some(mut fields) = node.as_table() else { continue };
            let claim = fields.text("claim", &mut self.defects).map(str::to_owned);
            let by = fields.text("by", &mut self.defects).map(str::to_owned);
            let on = fields.get("on").and_then(|node| date(node, self));
            let verdict = match fields.text("verdict", &mut self.defects) {
                Some(word) => self.word::<ReviewVerdict>(fields.get("verdict"), word),
                None => None,
            };
            let note = fields.optional_text("note", &mut self.defects).map(str::to_owned);
            let seen = fields.optional_text("seen", &mut self.defects).map(str::to_owned);
            let place = fields.get("claim");
            let allowed = allowed(&mut fields, &mut self.defects);
            fields.close(&[], &mut self.defects);
            let (Some(claim), Some(by), Some(verdict), Some(place)) = (claim, by, verdict, place) else { continue };
            if let Some(notes) = &mut self.notes {
                let mark = Mark { at: place.position(), allowed };
                notes.reviews.push(NotedReview { claim: claim.clone(), by: by.clone(), on: on.clone(), verdict, mark });
            }
            written.push(Written { claim: claim.clone(), at: place.position() });
            self.builder.review(&NewReview { claim, by, on, verdict, note, seen });
        }
    }

    /// Reports the reviews of claims that do not exist. A derived id may be that of a claim that has changed since.
    pub(super) fn check_reviews(&mut self, written: Vec<Written>) {
        let known = &self.claim_ids;
        let gone = written.into_iter().filter(|row| !row.claim.starts_with(DERIVED) && !known.contains_key(&row.claim));
        for Written { claim, at } in gone {
            let few = if self.unresolved.len() < MAX_SUGGESTIONS { usize::MAX } else { 0 };
            let near = known.keys().map(String::as_str).take(few);
            let remedy = suggestion(&claim, near, || "expected the id of a claim".into());
            self.unresolved.push(Defect::new(Code::UnknownId, at, format!("unknown claim \"{claim}\""), remedy));
        }
    }
}
