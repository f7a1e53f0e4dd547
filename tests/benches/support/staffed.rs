//! Generates a dossier of offices: persons, and their terms at the posts of institutions.
//!
//! Invariant: the same numbers give the same dossier on every machine. Each post has about as many terms, one after
//! another; each term has a start, an end and a sighting, and each claim one or two sentences as evidence.

use annals::model::builder::{Builder, DocumentHandle, Handle, NewClaim, NewValue, PlaceHandle};
use annals::model::{Core, CoreKind, Document, Dossier, Meta, NameKind, Pin, PropertyId, Spot, When};
use annals::vocabulary::{Base, Vocabulary};

use super::Spread;
use super::words::{FIRST, HOUSE, LAST, PLACE, PROFESSION, SUBJECT};

/// The number of terms at a post.
const TERMS: usize = 15;

/// The number of posts of an institution.
const POSTS: usize = 10;

/// Returns a dossier of so many persons and terms, with a post for every fifteen terms.
pub fn staffed(persons: usize, terms: usize) -> Dossier {
    let mut making = Making::new(persons, terms);
    let posts = terms.div_ceil(TERMS);
    let houses: Vec<Handle> = (0..posts.div_ceil(POSTS)).filter_map(|number| making.house(number)).collect();
    let posts: Vec<Handle> = (0..posts).filter_map(|number| making.post(number, houses[number / POSTS])).collect();
    let persons: Vec<Handle> = (0..persons).filter_map(|number| making.person(number)).collect();
    for number in 0..terms {
        let person = persons[making.spread.below(persons.len() as u64) as usize];
        making.term(number, person, posts[number / TERMS]);
    }
    making.builder.finish()
}

struct Making {
    spread: Spread,
    builder: Builder,
    documents: Vec<DocumentHandle>,
    sentences: usize,
}

impl Making {
    fn new(persons: usize, terms: usize) -> Self {
        let mut builder = Builder::new(Vocabulary::built_in(Base::General));
        builder.set_meta(Meta {
            key: "staffed".into(),
            title: format!("{persons} persons and {terms} terms"),
            horizon: When::parse("2025").ok(),
            ..Meta::default()
        });
        let documents = ["A", "B", "C", "D"].iter().filter_map(|key| {
            let label = format!("Gazette, volume {key}");
            let entity = builder.entity(CoreKind::Document, &format!("volume-{}", key.to_lowercase()), &label)?;
            Some(builder.document(entity, Document { published: When::parse("2025").ok(), ..Document::new(key) }))
        });
        let documents = documents.collect();
        Self { spread: Spread(0x2545_F491_4F6C_DD1D), builder, documents, sentences: 0 }
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.spread.below(words.len() as u64) as usize]
    }

    fn house(&mut self, number: usize) -> Option<Handle> {
        let label = format!("{} {} and Trust, {} {number}", self.pick(LAST), self.pick(HOUSE), self.pick(PLACE));
        let house = self.builder.entity(CoreKind::Institution, &format!("house-{number}"), &label)?;
        let kind = self.pick(HOUSE).to_owned();
        self.say(house, Core::Type, NewValue::Text(kind));
        let acronym: String = label.chars().filter(char::is_ascii_uppercase).collect();
        let place = self.sentence();
        self.builder.name(house, &format!("{acronym}{number}"), NameKind::Acronym, None, vec![place]);
        Some(house)
    }

    fn post(&mut self, number: usize, house: Handle) -> Option<Handle> {
        let label = format!("Director of {}, {} {number}", self.pick(SUBJECT), self.pick(PLACE));
        let post = self.builder.entity(CoreKind::Post, &format!("post-{number}"), &label)?;
        self.say(post, Core::Institution, NewValue::Entity(house));
        let words = self.prose();
        self.say(post, Core::Description, words);
        Some(post)
    }

    fn person(&mut self, number: usize) -> Option<Handle> {
        let label = format!("{} {} {}, of {}", self.pick(FIRST), self.pick(FIRST), self.pick(LAST), self.pick(PLACE));
        let person =
            self.builder.entity(CoreKind::Person, &format!("person-{number}"), &format!("{label} {number}"))?;
        for _ in 0..2 {
            let words = self.prose();
            self.say(person, Core::Description, words);
        }
        let place = self.sentence();
        let name = label.split(',').next().unwrap_or_default();
        self.builder.name(person, name, NameKind::Alias, None, vec![place]);
        Some(person)
    }

    fn term(&mut self, number: usize, person: Handle, post: Handle) {
        let label = format!("Term {number}");
        let Some(term) = self.builder.entity(CoreKind::Tenure, &format!("term-{number}"), &label) else { return };
        self.say(term, Core::Person, NewValue::Entity(person));
        self.say(term, Core::Post, NewValue::Entity(post));
        let first = 1900 + number % TERMS * 8;
        for (property, year) in [(Core::Start, first), (Core::Attested, first + 3), (Core::End, first + 7)] {
            let (month, day) = (1 + self.spread.below(12), 1 + self.spread.below(28));
            if let Ok(when) = When::parse(&format!("{year}-{month:02}-{day:02}")) {
                self.say(term, property, NewValue::Date(when));
            }
        }
    }

    fn prose(&mut self) -> NewValue {
        let (work, subject, place) = (self.pick(PROFESSION), self.pick(SUBJECT), self.pick(PLACE));
        NewValue::Text(format!("{work}, serves {subject} of {place} since the {} year", self.spread.below(99)))
    }

    fn say(&mut self, subject: Handle, property: impl Into<PropertyId>, value: NewValue) {
        let mut evidence = vec![self.sentence()];
        if self.spread.below(10) == 0 {
            evidence.push(self.sentence());
        }
        self.builder.claim(NewClaim { evidence, ..NewClaim::new(subject, property, value) });
    }

    /// Returns the next sentence of the documents in turn.
    fn sentence(&mut self) -> PlaceHandle {
        let number = self.sentences;
        self.sentences += 1;
        let (document, at) = (self.documents[number % self.documents.len()], number / self.documents.len());
        let section = format!("Chapter {}", 1 + at / 400);
        let (paragraph, sentence) = (1 + (at % 400 / 8) as u16, 1 + (at % 8) as u16);
        let place = self.builder.place(document, &section, Spot::Sentence { paragraph, sentence });
        let mut sha256 = [0; 32];
        sha256[..8].copy_from_slice(&(number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15).to_le_bytes());
        self.builder.pin(place, Pin { line: 1 + at as u32 / 8, start: at as u32 * 120, length: 118, sha256 });
        place
    }
}
