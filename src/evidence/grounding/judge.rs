//! Judges how a whole claim stands in its passages: its value, the times of it, and its subject.
//!
//! Invariant: a value that stands around the passage alone holds only if the passage itself speaks of the subject.

use std::ops::Range;

use super::dates::Dates;
use super::names::Said;
use super::passage::Passage;
use super::tokens::{Token, tokens};
use super::{Grounder, Grounding, Hit};
use crate::model::{Basis, Claim, DocumentId, Dossier, EntityId, Value, When};
use crate::text::fold::fold;
use crate::vocabulary::{Core, Unit};

/// The most bytes between two words that bear a value together.
const MAX_GAP: usize = 3;

/// The share of its words by which something is spoken of.
const SPOKEN: f64 = 1.0 / 3.0;

/// The share of its words by which an item of a list or a row speaks of something: its neighbours have the others.
const LISTED: f64 = 0.5;

/// The weight of words that say enough by themselves: one of them stands in few passages of the document.
const TELLING: f64 = 0.3;

/// The share of its words by which a name is there, written otherwise.
const MOST: f64 = 0.6;

/// What a claim states, as it is held against passages.
#[derive(Debug, Clone, PartialEq)]
pub struct Stated<'a> {
    /// The entity that it is about.
    pub subject: EntityId,
    /// The value.
    pub value: StatedValue<'a>,
    /// The times of the value.
    pub times: Vec<&'a When>,
    /// The way it was taken from the document.
    pub basis: Basis,
}

/// A value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum StatedValue<'a> {
    /// A text.
    Text(&'a str),
    /// A number with its unit.
    Number(f64, Unit),
    /// A date.
    Date(&'a When),
    /// Another entity.
    Entity(EntityId),
}

impl<'a> Stated<'a> {
    /// Returns what a claim states; `None` if its value is missing.
    pub fn of(dossier: &'a Dossier, claim: &Claim) -> Option<Self> {
        let value = match claim.value {
            Value::Text(text) => StatedValue::Text(dossier.text(text)),
            Value::Number { number, unit } => StatedValue::Number(number.get(), unit),
            Value::Date(date) => StatedValue::Date(dossier.when(date)),
            Value::Entity(entity) => StatedValue::Entity(entity),
            Value::Missing => return None,
        };
        let times = [claim.start, claim.end, claim.as_of].into_iter().flatten();
        let times = times.map(|when| dossier.when(when)).collect();
        Some(Self { subject: claim.subject, value, times, basis: claim.basis() })
    }
}

/// Where a passage speaks of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Spoken {
    Named,
    Here,
    Around,
    Nowhere,
}

impl<'a> Grounder<'a> {
    /// Returns how something stated stands at some places, units of documents: the closest of all documents.
    pub fn judge(&self, stated: &Stated<'_>, places: &[(DocumentId, Range<usize>)]) -> Option<Grounding> {
        let passages = self.passages(places, false);
        if passages.is_empty() {
            return None;
        }
        let of_each = passages.iter().filter_map(|passage| {
            let state = self.hit(stated, passage).map_or(Grounding::NotInPassage, |hit| hit.state);
            // Without the words of its language, a document may have what is not found.
            (state != Grounding::NotInPassage || passage.language.is_known()).then_some(state)
        });
        let state = of_each.min()?;
        let is_concluded = stated.basis == Basis::Counted && state == Grounding::NotInPassage;
        Some(if stated.basis == Basis::Inferred || is_concluded { Grounding::Inferred } else { state })
    }

    /// Returns the bytes, in a document, of the words of some units that bear a value, without a judgement of the claim.
    pub fn bearing(&self, stated: &Stated<'_>, document: DocumentId, units: Range<usize>) -> Vec<Range<usize>> {
        let Some(passage) = self.passages(&[(document, units)], true).pop() else { return Vec::new() };
        let found = match stated.value {
            StatedValue::Number(number, unit) => self.number(number, unit, &passage).map(|hit| hit.tokens),
            StatedValue::Date(when) => self.date(when, &passage).map(|hit| hit.tokens),
            StatedValue::Entity(target) => {
                let names: Vec<String> = self.names(target).map(fold).collect();
                named(&names, &passage).or_else(|| written_otherwise(&names, &passage))
            }
            StatedValue::Text(text) => {
                let words = words_of(text, &passage);
                passage
                    .find(|said| said.find(&fold(text)))
                    .or_else(|| Some(words.into_iter().flatten().flatten().collect()))
            }
        };
        bearing(&passage, found.unwrap_or_default())
    }

    fn number(&self, number: f64, unit: Unit, passage: &Passage<'_>) -> Option<Hit> {
        let figures = self.figures.get(passage.language.tag())?;
        let days: Vec<Range<usize>> = Dates::read(&passage.tokens, passage.language).days().collect();
        figures.find(number, unit, &passage.tokens, &days)
    }

    /// Finds a whole claim in a passage.
    fn hit(&self, stated: &Stated<'_>, passage: &Passage<'a>) -> Option<Hit> {
        let value = match stated.value {
            StatedValue::Number(number, unit) => self.number(number, unit, passage),
            StatedValue::Date(when) => self.date(when, passage),
            StatedValue::Entity(target) => self.link(stated.subject, target, passage),
            StatedValue::Text(text) => self.text(stated.subject, text, passage),
        }?;
        let times = stated.times.iter().map(|when| self.date(when, passage));
        let times = times.collect::<Option<Vec<Hit>>>()?;
        Some(times.into_iter().fold(value, Hit::and))
    }

    fn date(&self, when: &When, passage: &Passage<'_>) -> Option<Hit> {
        Dates::read(&passage.tokens, passage.language).find(when, || passage.around(self.dossier))
    }

    fn link(&self, subject: EntityId, target: EntityId, passage: &Passage<'_>) -> Option<Hit> {
        let names: Vec<String> = self.names(target).map(fold).collect();
        let spoken = || self.spoken(subject, passage);
        let hit = |state, tokens| Hit { state, tokens };
        let otherwise = || written_otherwise(&names, passage).or_else(|| most_words(&names, passage));
        let here = named(&names, passage)
            .map(|tokens| hit(Grounding::Verbatim, tokens))
            .or_else(|| Some(hit(Grounding::Reformatted, otherwise()?)));
        if let Some(here) = here {
            let is_telling = || names.iter().any(|name| passage.share(name.split(' ')).here >= TELLING);
            return (spoken() != Spoken::Nowhere || is_telling()).then_some(here);
        }
        let heads = names.iter().filter_map(|name| name.rsplit(' ').next().map(str::to_owned));
        let mut nouns = heads.chain(self.types(target).map(str::to_owned));
        if let Some(tokens) = nouns.find_map(|noun| passage.find(|said| said.find_the(&noun))) {
            return Some(hit(Grounding::ByContext, tokens));
        }
        if spoken() > Spoken::Here {
            return None;
        }
        let is_named = |said: &Said| names.iter().any(|name| said.find(name).is_some());
        // A passage that speaks of the subject says what the label of the subject does.
        let is_in_label = || is_named(&Said::new(self.dossier.label(subject), passage.language));
        (passage.is_in_headings(is_named) || passage.is_before(is_named) || is_in_label())
            .then(|| Hit::nowhere(Grounding::ByContext))
    }

    /// Returns where a passage speaks of an entity: by a name, or by the words that tell it from others in the document.
    fn spoken(&self, entity: EntityId, passage: &Passage<'_>) -> Spoken {
        // A term is spoken of by its person and by its post.
        let holders = [Core::Person, Core::Post].into_iter().flat_map(|property| self.dossier.slot(entity, property));
        let others = holders.filter_map(Dossier::target).flat_map(|other| self.names(other));
        let kind = fold(&self.dossier.vocabulary().kind(self.dossier.entity(entity).kind).label);
        if passage.find(|said| said.find_form(&kind)).is_some() {
            return Spoken::Here;
        }
        let of_each = self.names(entity).chain(others).map(fold).map(|name| {
            if passage.find(|said| said.find(&name)).is_some() {
                return Spoken::Named;
            }
            let share = passage.share(name.split(' '));
            let least = if passage.is_listed { LISTED } else { SPOKEN };
            if share.all > 0.0 && share.here >= least * share.all {
                Spoken::Here
            } else if share.here + share.before >= least * share.all {
                Spoken::Around
            } else {
                Spoken::Nowhere
            }
        });
        of_each.min().unwrap_or(Spoken::Nowhere)
    }

    /// Returns the types that an entity is said to have.
    fn types(&self, entity: EntityId) -> impl Iterator<Item = &'a str> {
        let dossier = self.dossier;
        dossier.slot(entity, Core::Type).iter().filter_map(|claim| match claim.value {
            Value::Text(noun) => Some(dossier.text(noun)),
            Value::Number { .. } | Value::Date(_) | Value::Entity(_) | Value::Missing => None,
        })
    }

    /// Returns the label and the other names of an entity.
    fn names(&self, entity: EntityId) -> impl Iterator<Item = &'a str> {
        let dossier = self.dossier;
        let others = dossier.names(entity).iter().map(|name| dossier.text(name.value));
        std::iter::once(dossier.label(entity)).chain(others)
    }

    /// Finds a text: its words may be those of the authors, its figures may not.
    fn text(&self, subject: EntityId, text: &str, passage: &Passage<'_>) -> Option<Hit> {
        let folded = fold(text);
        let spoken = self.spoken(subject, passage);
        if let Some(tokens) = passage.find(|said| said.find(&folded)) {
            let is_telling = || passage.share(folded.split(' ')).here >= TELLING;
            return (spoken != Spoken::Nowhere || is_telling()).then_some(Hit { state: Grounding::Verbatim, tokens });
        }
        let figures = figures_of(text, passage)?;
        let words: Vec<&str> = folded.split(' ').filter(|word| !passage.language.is_small(word)).collect();
        let found = words_of(text, passage);
        let initials = passage.find(|said| said.find_initials(&folded));
        let is_whole = found.iter().all(Option::is_some) || initials.is_some();
        let in_headings = |word: &&str| passage.is_heading(word);
        let is_around = words.iter().zip(&found).all(|(word, found)| found.is_some() || in_headings(word));
        let own = passage.share(words.iter().copied());
        let label = fold(self.dossier.label(subject));
        let both = passage.share(words.iter().copied().chain(label.split(' ').filter(|word| !words.contains(word))));
        let is_told = own.all > 0.0 && own.here >= SPOKEN * own.all || both.all > 0.0 && both.here >= SPOKEN * both.all;
        let is_telling = own.here >= TELLING;
        let is_told = is_told || spoken == Spoken::Named || found.iter().flatten().count() > 0;
        let state = if spoken == Spoken::Nowhere && !is_telling {
            return None;
        } else if is_whole || figures.state < Grounding::ByContext && !figures.tokens.is_empty() {
            Grounding::Reformatted
        } else if is_around && spoken <= Spoken::Here {
            Grounding::ByContext
        } else if is_told || own.all == 0.0 {
            Grounding::Reworded
        } else {
            return None;
        };
        let found = found.into_iter().chain([initials]).flatten().flatten();
        Some(Hit { state: state.max(figures.state), tokens: found.chain(figures.tokens).collect() })
    }
}

/// Finds every figure and every month of a text; a hit without tokens if it has none.
fn figures_of(text: &str, passage: &Passage<'_>) -> Option<Hit> {
    let month = |token: &Token| passage.language.month(&token.text).filter(|_| token.is_capital);
    let is_alike = |found: &Token, wanted: &Token| {
        found.readings.iter().any(|number| wanted.readings.contains(number))
            || month(wanted).is_some() && month(found) == month(wanted)
    };
    let wanted = tokens(text, 0).into_iter().filter(|token| !token.readings.is_empty() || month(token).is_some());
    let mut hit = Hit::nowhere(Grounding::Verbatim);
    for wanted in wanted {
        match passage.tokens.iter().position(|token| is_alike(token, &wanted)) {
            Some(at) => hit.tokens.push(at),
            None if passage.tokens_around().any(|token| is_alike(token, &wanted)) => {
                hit.state = Grounding::ByContext;
            }
            None => return None,
        }
    }
    Some(hit)
}

/// Returns the tokens of one of some folded names.
fn named(names: &[String], passage: &Passage<'_>) -> Option<Vec<usize>> {
    names.iter().find_map(|name| passage.find(|said| said.find(name)))
}

/// Returns the tokens of a name that is written otherwise: in another form, by its initials, or in words that stand apart.
fn written_otherwise(names: &[String], passage: &Passage<'_>) -> Option<Vec<usize>> {
    names.iter().find_map(|name| {
        let find =
            |said: &Said| said.find_form(name).or_else(|| said.find_initials(name)).or_else(|| said.find_spelled(name));
        passage.find(find).or_else(|| passage.find_all(|said| said.find_words(name)))
    })
}

/// Returns the tokens of a name of which most words are there, by their weight.
fn most_words(names: &[String], passage: &Passage<'_>) -> Option<Vec<usize>> {
    names.iter().find_map(|name| {
        let words = || name.split(' ').filter(|word| !passage.language.is_small(word));
        let share = passage.share(words());
        let all = share.all + f64::from(share.unknown);
        let is_there = share.here > 0.0 && share.here >= MOST * all && words().count() > 1;
        let found = || words().filter_map(|word| passage.find(|said| said.find_form(word))).flatten();
        is_there.then(|| found().collect())
    })
}

/// Returns the tokens of each word of a text that is no small one, in any of its forms.
fn words_of(text: &str, passage: &Passage<'_>) -> Vec<Option<Vec<usize>>> {
    let folded = fold(text);
    let words = folded.split(' ').filter(|word| !passage.language.is_small(word));
    words.map(|word| passage.find(|said| said.find_like(word))).collect()
}

/// Returns the bytes of the stretches of a document that have some tokens of a passage.
fn bearing(passage: &Passage<'_>, mut tokens: Vec<usize>) -> Vec<Range<usize>> {
    tokens.sort_unstable();
    tokens.dedup();
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut before: Option<usize> = None;
    for at in tokens {
        let Some(token) = passage.tokens.get(at) else { continue };
        let is_next = before.is_some_and(|before| before.saturating_add(1) == at);
        match found.last_mut() {
            Some(last) if is_next && token.at.start.saturating_sub(last.end) <= MAX_GAP => last.end = token.at.end,
            Some(_) | None => found.push(token.at.clone()),
        }
        before = Some(at);
    }
    found
}
