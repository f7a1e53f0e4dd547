//! Generates dossiers of any size: all kinds of entities, three claims per entity, evidence in a few documents.
//!
//! Invariant: the same size gives the same dossier on every machine. Names have about forty characters; three in a
//! hundred have diacritics, and one in two hundred is in another script. A tenth of all links to institutions leads to
//! one of them; the other institutions get fewer and fewer.

use annals::model::builder::{Builder, DocumentHandle, Handle, NewClaim, NewDetails, NewValue, PlaceHandle};
use annals::model::{Document, Dossier, Meta, NameKind, Pin, Spot, When};
use annals::vocabulary::{Base, CoreKind, Vocabulary};

use super::Spread;
use super::words::{ACCENTED, DEED, FIRST, HOUSE, LAST, OTHER_SCRIPT, PLACE, PROFESSION, REMARK, SUBJECT};

/// The number of entities of each kind in a thousand.
const SHARES: [(&str, u64); 11] = [
    ("institution", 40),
    ("person", 320),
    ("place", 10),
    ("unit", 110),
    ("post", 20),
    ("tenure", 110),
    ("programme", 50),
    ("agreement", 20),
    ("facility", 50),
    ("event", 260),
    ("scheme", 10),
];

/// The number of entities that share one sentence.
const A_SENTENCE: usize = 4;

/// Returns a dossier of `entities` entities and four documents, with three claims per entity.
pub fn large(entities: usize) -> Dossier {
    let mut making = Making::new(entities);
    let listed = making.add_entities(entities);
    for (index, &(kind, handle)) in listed.iter().enumerate() {
        if index % A_SENTENCE == 0 {
            making.next_sentence(index / A_SENTENCE);
        }
        making.add_names(kind, handle);
        making.add_claims(kind, handle);
    }
    making.builder.finish()
}

struct Making {
    spread: Spread,
    builder: Builder,
    documents: Vec<DocumentHandle>,
    institutions: Vec<Handle>,
    persons: Vec<Handle>,
    places: Vec<Handle>,
    sentences: Vec<PlaceHandle>,
}

impl Making {
    fn new(entities: usize) -> Self {
        let mut builder = Builder::new(Vocabulary::built_in(Base::V1));
        builder.set_meta(Meta {
            key: format!("large-{entities}"),
            title: format!("{entities} entities"),
            horizon: When::parse("2025").ok(),
            ..Meta::default()
        });
        let documents = ["A", "B", "C", "D"].iter().filter_map(|key| {
            let label = format!("Gazetteer of health, volume {key}");
            let entity = builder.entity(CoreKind::Document, &format!("volume-{}", key.to_lowercase()), &label)?;
            let document =
                Document { kind: Some("book".into()), published: When::parse("2025").ok(), ..Document::new(key) };
            Some(builder.document(entity, document))
        });
        let documents = documents.collect();
        Self {
            spread: Spread(0x2545_F491_4F6C_DD1D),
            builder,
            documents,
            institutions: Vec::new(),
            persons: Vec::new(),
            places: Vec::new(),
            sentences: Vec::new(),
        }
    }

    fn add_entities(&mut self, entities: usize) -> Vec<(&'static str, Handle)> {
        (0..entities)
            .filter_map(|index| {
                let kind = kind_of(index as u64);
                let label = self.label(kind);
                let words = label.split(' ').filter(|word| word.is_ascii()).take(3);
                let slug = words.fold(String::new(), |slug, word| slug + &word.to_lowercase() + "-");
                let slug: String = slug.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
                let id = self.builder.vocabulary().find_kind(kind)?;
                let handle = self.builder.entity(id, &format!("{slug}{index}"), &label)?;
                match kind {
                    "institution" => self.institutions.push(handle),
                    "person" => self.persons.push(handle),
                    "place" => self.places.push(handle),
                    _ => {}
                }
                Some((kind, handle))
            })
            .collect()
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.spread.below(words.len() as u64) as usize]
    }

    fn label(&mut self, kind: &str) -> String {
        let chance = self.spread.below(1000);
        let last = if chance < 30 { self.pick(ACCENTED) } else { self.pick(LAST) };
        let (first, place, subject) = (self.pick(FIRST), self.pick(PLACE), self.pick(SUBJECT));
        let number = 1 + self.spread.below(90);
        if chance >= 995 {
            return format!("{} {place} {number}", self.pick(OTHER_SCRIPT));
        }
        match kind {
            "institution" => format!("{last} {} and Trust, {place} No. {number}", self.pick(HOUSE)),
            "person" => format!("{first} {} {last}, of {place} ward {number}", self.pick(FIRST)),
            "place" => format!("{place} block {number}, near {} and {last}gram", self.pick(PLACE)),
            "unit" => format!("Department of {subject}, {last} wing {number}"),
            "post" => format!("Additional Director of {subject}, {place} {number}"),
            "tenure" => format!("{first} {last}, head of {subject} {number}"),
            "programme" => format!("Master's course in {subject}, {place} {number}"),
            "agreement" => format!("Memorandum on {subject} with {last} of {place}"),
            "facility" => format!("{last} Pavilion for {subject}, {place} {number}"),
            "event" => format!("{} {subject} at {place} {number}", self.pick(DEED)),
            _ => format!("State programme for {subject}, {place} {number}"),
        }
    }

    fn next_sentence(&mut self, number: usize) {
        let document = self.documents[number % self.documents.len()];
        let at = number / self.documents.len();
        let section = format!("Chapter {}", 1 + at / 400);
        let (paragraph, sentence) = (1 + (at % 400 / 8) as u16, 1 + (at % 8) as u16);
        let place = self.builder.place(document, &section, Spot::Sentence { paragraph, sentence });
        let mut sha256 = [0; 32];
        sha256[..8].copy_from_slice(&(number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15).to_le_bytes());
        self.builder.pin(place, Pin { line: 1 + at as u32 / 8, start: at as u32 * 120, length: 118, sha256 });
        self.sentences.push(place);
    }

    /// Returns the last sentence, and in one of ten cases an earlier one too.
    fn evidence(&mut self) -> Vec<PlaceHandle> {
        let mut evidence: Vec<PlaceHandle> = self.sentences.last().copied().into_iter().collect();
        if self.spread.below(10) == 0 {
            evidence.push(self.sentences[self.spread.below(self.sentences.len() as u64) as usize]);
        }
        evidence
    }

    fn add_names(&mut self, kind: &str, entity: Handle) {
        if self.spread.below(4) != 0 {
            return;
        }
        let label = self.builder.label(entity).to_owned();
        let (name, sort) = if kind == "institution" {
            (label.chars().filter(char::is_ascii_uppercase).collect(), NameKind::Acronym)
        } else {
            (label.split(',').next().unwrap_or_default().to_owned(), NameKind::Alias)
        };
        let evidence = self.evidence();
        self.builder.name(entity, &name, sort, None, evidence);
    }

    fn institution(&mut self) -> NewValue {
        let count = self.institutions.len() as u64;
        // The smallest of three random numbers: a few institutions have many links, most have few.
        let drawn = [(); 3].map(|()| self.spread.below(count.max(1)));
        let at = if self.spread.below(10) == 0 { 0 } else { drawn.into_iter().min().unwrap_or(0) };
        self.institutions.get(at as usize).map_or(NewValue::Missing, |&handle| NewValue::Entity(handle))
    }

    fn one_of(&mut self, choice: fn(&Self) -> &Vec<Handle>) -> NewValue {
        let at = self.spread.below(choice(self).len().max(1) as u64) as usize;
        choice(self).get(at).map_or(NewValue::Missing, |&handle| NewValue::Entity(handle))
    }

    fn when(&mut self) -> Option<When> {
        let (year, month, day) = (1900 + self.spread.below(126), 1 + self.spread.below(12), 1 + self.spread.below(28));
        let edtf = match self.spread.below(100) {
            0..40 => format!("{year}-{month:02}-{day:02}"),
            40..70 => format!("{year}-{month:02}"),
            70..95 => format!("{year}"),
            _ => format!("[..{year}-{month:02}]"),
        };
        When::parse(&edtf).ok()
    }

    fn date(&mut self) -> NewValue {
        self.when().map_or(NewValue::Missing, NewValue::Date)
    }

    fn number(&mut self, unit: &str) -> NewValue {
        let number = 1.0 + self.spread.below(2000) as f64;
        self.builder.vocabulary().find_unit(unit).map_or(NewValue::Missing, |unit| NewValue::Number(number, unit))
    }

    fn prose(&mut self) -> NewValue {
        let text =
            format!("serves {} of {} since the {} year", self.pick(SUBJECT), self.pick(PLACE), self.spread.below(99));
        NewValue::Text(text)
    }

    fn word(&mut self, words: &[&str]) -> NewValue {
        NewValue::Text(self.pick(words).to_owned())
    }

    fn add_claims(&mut self, kind: &str, entity: Handle) {
        let claims = match kind {
            "institution" => [("type", self.word(HOUSE)), ("established", self.date()), ("city", self.word(PLACE))],
            "person" => {
                [("profession", self.word(PROFESSION)), ("description", self.prose()), ("statement", self.prose())]
            }
            "place" => {
                let within = self.one_of(|making| &making.places);
                [("within", within), ("area", self.number("acre")), ("description", self.prose())]
            }
            "unit" => {
                [("institution", self.institution()), ("established", self.date()), ("members", self.number("people"))]
            }
            "post" => {
                [("institution", self.institution()), ("description", self.prose()), ("description", self.prose())]
            }
            "tenure" => {
                let person = self.one_of(|making| &making.persons);
                let last = if self.spread.below(2) == 0 { ("start", self.date()) } else { ("end", self.date()) };
                [("person", person), ("institution", self.institution()), last]
            }
            "programme" => {
                [("institution", self.institution()), ("seats", self.number("seats")), ("level", self.word(PROFESSION))]
            }
            "agreement" => {
                let person = self.one_of(|making| &making.persons);
                [("party", self.institution()), ("signed", self.date()), ("signatory", person)]
            }
            "facility" => [("institution", self.institution()), ("beds", self.number("beds")), ("opened", self.date())],
            "event" => {
                let person = self.one_of(|making| &making.persons);
                [("when", self.date()), ("institution", self.institution()), ("witness", person)]
            }
            _ => [("type", self.word(SUBJECT)), ("launched", self.date()), ("institutes", self.number("institutes"))],
        };
        let words = self.builder.vocabulary();
        for (property, value) in claims {
            let Some(id) = words.find_property(property) else { continue };
            let as_of = if matches!(value, NewValue::Number(..)) { self.when() } else { None };
            let note = (self.spread.below(10) == 0).then(|| self.pick(REMARK).to_owned());
            let evidence = self.evidence();
            self.builder.claim(NewClaim {
                as_of,
                details: NewDetails::note(note),
                evidence,
                ..NewClaim::new(entity, id, value)
            });
        }
    }
}

/// Returns the kind of an entity; the kinds alternate according to their shares.
fn kind_of(index: u64) -> &'static str {
    // A step without a common divisor with 1000 visits all of a thousand places before it returns to one.
    let mut at = index * 387 % 1000;
    for (kind, share) in SHARES {
        if at < share {
            return kind;
        }
        at -= share;
    }
    "event"
}
