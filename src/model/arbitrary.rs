//! Random dossiers for property tests: every kind of row, value and date, and hostile texts.
//!
//! Invariant: the dossiers keep the rules of the model (properties in their domain, values in their range, finite
//! numbers, ordinals from 1), but no others.

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::builder::{DocumentHandle, Handle, NewComplete, NewReview, PlaceHandle};
use super::dossier::Fingerprint;
use super::{
    Basis, Builder, CoreKind, Digests, Document, Dossier, EntityId, Hemisphere, KindId, Meta, Modality, NameKind,
    NewCheck, NewClaim, NewDetails, NewFilter, NewNameDetails, NewReference, NewTerm, NewValue, NewWhich, Operation,
    Pin, PropertyId, Quantity, Range, Rank, Relation, ReviewVerdict, Sameness, SourceKey, Spot, State, When,
};
use crate::vocabulary::testing::{seeds, unit};

/// Texts that break careless code.
const HOSTILE: &[&str] = &[
    "",
    " ",
    "\0",
    "a\0b",
    "\u{1b}[31mred\u{1b}[0m",
    "\u{1b}]52;c;aGk=\u{7}",
    "\u{202e}evil\u{2066}",
    "\u{feff}bom",
    "line\nline\r\nline\tTAB",
    "\u{2028}\u{2029}\u{85}",
    "e\u{301}\u{301}\u{301}",
    "\u{10ffff}\u{e0041}\u{fffd}",
    "👩‍👩‍👧‍👦 漢字 عربي",
    "'; DROP TABLE claim; --",
    "\"quoted\" 'quoted' `quoted` [quoted]",
    "=1+1",
    "NaN",
    "1e999",
    "0x10",
    "*[^a-z]?%_",
    "institution/",
];

/// Generates a text: plain, hostile or random.
pub fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[A-Za-z]{1,8}( [a-z]{1,8}){0,3}",
        2 => select(HOSTILE).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

/// Dates of forms that documents seldom have.
const RARE_DATES: &[&str] = &[
    "../..",
    "/..",
    "XXXX",
    "XXXX-12",
    "19XX",
    "199X",
    "1994-XX",
    "199X-12-25",
    "1994-21",
    "1994-33~",
    "1994?-06-~11",
    "1950S2",
    "-0043",
    "-01XX/0014~",
    "Y-200000",
    "Y200000",
    "1994-06-11T10:00:00Z",
    "[1994, 1996..1998]",
    "{1994,..1996-06}",
    "..1994/1996..",
];

/// Generates a date of any shape that a dossier accepts, some with a label.
pub fn when() -> impl Strategy<Value = When> {
    let shape = prop_oneof![
        4 => date().boxed(),
        1 => date().prop_map(|date| format!("[..{date}]")).boxed(),
        1 => date().prop_map(|date| format!("[{date}..]")).boxed(),
        1 => (date(), date()).prop_map(|(a, b)| format!("[{a}..{b}]")).boxed(),
        1 => (date(), date()).prop_map(|(a, b)| format!("{a}/{b}")).boxed(),
        1 => (date(), select(&["{}/..", "../{}", "{}/", "/{}"][..])).prop_map(|(date, form)| form.replace("{}", &date)).boxed(),
        1 => select(RARE_DATES).prop_map(str::to_owned).boxed(),
    ];
    let taken = shape.prop_filter_map("a date that a dossier takes", |text| When::parse(&text).ok());
    (taken, option::weighted(0.2, text())).prop_map(|(when, label)| match label {
        Some(label) => when.with_label(&label),
        None => when,
    })
}

fn date() -> impl Strategy<Value = String> {
    let qualifier = select(&["", "", "", "?", "~", "%"][..]);
    (1890_u16..2030, 0_u8..=12, 0_u8..=28, qualifier).prop_map(|(year, month, day, qualifier)| match (month, day) {
        (0, _) => format!("{year}{qualifier}"),
        (month, 0) => format!("{year}-{month:02}{qualifier}"),
        (month, day) => format!("{year}-{month:02}-{day:02}{qualifier}"),
    })
}

/// Generates a finite number, from the smallest to the largest; without a negative zero, which no
/// document speaks of and `SQLite` does not have.
pub fn number() -> impl Strategy<Value = f64> {
    let number = prop_oneof![
        2 => (0_i32..1000).prop_map(f64::from),
        1 => any::<f64>().prop_filter("finite", |number| number.is_finite()),
        1 => select(&[0.0, 0.1, 1e15 + 0.5, 9_007_199_254_740_993.0, f64::MAX, f64::MIN, f64::MIN_POSITIVE][..]),
    ];
    number.prop_map(|number| number + 0.0)
}

/// Generates a dossier of up to a few dozen rows.
pub fn dossier() -> impl Strategy<Value = Dossier> {
    let documents = vec(document(), 0..4);
    let entities = vec((select(seeds().kinds().collect::<Vec<_>>()), slug(), text()), 0..16);
    let places = vec((any::<Index>(), section(), spot(), option::of(pin())), 0..12);
    let dates = || [(); 2].map(|()| option::weighted(0.2, when()));
    let lang = option::weighted(0.3, text());
    let name_details = (dates(), proptest::bool::weighted(0.1)).prop_map(|([start, end], is_private)| NewNameDetails {
        start,
        end,
        is_private,
    });
    let names = vec((any::<Index>(), text(), select(NameKind::ALL), lang, name_details, indices()), 0..8);
    let claims = vec(claim(), 0..40);
    let judgements = vec((any::<Index>(), any::<Index>(), select(Sameness::ALL), text()), 0..4);
    let unclaimed = vec((any::<Index>(), text()), 0..4);
    let completes = vec((any::<Index>(), any::<Index>(), dates(), option::weighted(0.5, text()), indices()), 0..4);
    let reviews = vec(review(), 0..4);
    let about = (vec(any::<Index>(), 0..3), completes, reviews);
    let rows = (judgements, unclaimed, vec(check(), 0..4), about);
    (meta(), documents, entities, places, names, claims, rows).prop_map(
        |(meta, documents, entities, places, names, claims, (judgements, unclaimed, checks, about))| {
            let mut making = Making::new(meta, documents, entities);
            making.add_places(places);
            for (entity, value, kind, lang, details, evidence) in names {
                let evidence = making.evidence(&evidence);
                if let Some(entity) = pick(&making.entities, entity) {
                    making.builder.detailed_name(entity, &value, kind, lang.as_deref(), &details, &evidence);
                }
            }
            for claim in claims {
                making.add_claim(claim);
            }
            for (a, b, verdict, reason) in judgements {
                if let (Some(a), Some(b)) = (pick(&making.entities, a), pick(&making.entities, b)) {
                    making.builder.judgement(a, b, verdict, &reason);
                }
            }
            for (place, reason) in unclaimed {
                if let Some(place) = pick(&making.places, place) {
                    making.builder.unclaimed(place, &reason);
                }
            }
            for check in checks {
                making.add_check(check);
            }
            making.add_about(about);
            making.builder.finish()
        },
    )
}

fn meta() -> impl Strategy<Value = Meta> {
    let dates = (option::of(when()), option::of(when()));
    let texts = [(); 3].map(|()| option::of(text()));
    let digests = prop_oneof![Just(Digests::Plain), Just(Digests::Keyed)];
    (text(), text(), dates, texts, digests).prop_map(
        |(key, title, (span, horizon), [licence, origin, documents], digests)| Meta {
            key,
            title,
            span,
            horizon,
            licence,
            origin,
            documents,
            hemisphere: Hemisphere::North,
            digests,
        },
    )
}

type DocumentSeed = (String, String, Document);

fn document() -> impl Strategy<Value = DocumentSeed> {
    let fingerprint = (any::<[u8; 32]>(), any::<u32>()).prop_map(|(sha256, length)| Fingerprint { sha256, length });
    let texts = (option::of(text()), option::of(text()), option::of(text()));
    let known = vec((select(SourceKey::ALL), text()), 0..4).prop_map(|mut known: Vec<(SourceKey, String)>| {
        known.retain(|(key, _)| *key != SourceKey::Accessed);
        known.sort_by_key(|(key, _)| *key);
        known
    });
    (slug(), text(), text(), texts, option::of(when()), option::of(fingerprint), known).prop_map(
        |(slug, label, key, (kind, publisher, file), published, fingerprint, details)| {
            let entity = EntityId::from_index(0);
            (slug, label, Document { entity, key, kind, publisher, published, file, fingerprint, details })
        },
    )
}

/// Generates one of a few ids, so that some collide, or any text.
fn slug() -> impl Strategy<Value = String> {
    prop_oneof![4 => "[a-d]{1,3}", 1 => text()]
}

fn section() -> impl Strategy<Value = String> {
    prop_oneof![3 => select(&["lead", "infobox", "Founding"][..]).prop_map(str::to_owned), 1 => text()]
}

fn spot() -> impl Strategy<Value = Spot<String>> {
    let ordinal = || prop_oneof![3 => 1_u16..4, 1 => 1_u16..=u16::MAX];
    prop_oneof![
        Just(Spot::Heading),
        text().prop_map(Spot::Row),
        ordinal().prop_map(Spot::Paragraph),
        (ordinal(), ordinal()).prop_map(|(paragraph, sentence)| Spot::Sentence { paragraph, sentence }),
        ordinal().prop_map(Spot::Item),
    ]
}

fn pin() -> impl Strategy<Value = Pin> {
    let position = || prop_oneof![3 => 0_u32..4, 1 => any::<u32>()];
    (1..=u32::MAX, position(), position(), any::<[u8; 32]>()).prop_map(|(line, start, length, sha256)| Pin {
        line,
        start,
        length,
        sha256,
    })
}

fn indices() -> impl Strategy<Value = Vec<Index>> {
    vec(any::<Index>(), 0..4)
}

/// A claim without its subject.
#[derive(Debug, Clone)]
struct ClaimSeed {
    subject: Index,
    property: Index,
    target: Index,
    text: String,
    number: f64,
    date: When,
    is_missing: bool,
    dates: [Option<When>; 3],
    modality: Modality,
    basis: Basis,
    rank: Rank,
    reason: Option<String>,
    details: DetailsSeed,
    evidence: Vec<Index>,
}

/// What few claims have, before it is known what there is.
#[derive(Debug, Clone, Default)]
struct DetailsSeed {
    id: Option<String>,
    by: Option<(Index, Option<String>)>,
    texts: [Option<String>; 3],
    is_private: bool,
    state: Option<State>,
    scope: Vec<(Index, Option<String>)>,
    decimals: Option<u8>,
}

fn details() -> impl Strategy<Value = DetailsSeed> {
    let reference = || (any::<Index>(), option::of(text()));
    let id = option::weighted(0.3, "[a-z0-9]{4,16}");
    let texts = [(); 3].map(|()| option::weighted(0.3, text()));
    let words = (option::of(select(State::ALL)), option::of(1..=u8::MAX), any::<bool>());
    let some = (id, option::of(reference()), texts, words, vec(reference(), 0..3)).prop_map(
        |(id, by, texts, (state, decimals, is_private), scope)| DetailsSeed {
            id,
            by,
            texts,
            is_private,
            state,
            scope,
            decimals,
        },
    );
    prop_oneof![2 => Just(DetailsSeed::default()), 1 => some]
}

/// A review without its claim, and a choice of one.
type ReviewSeed = (Index, (String, String), Option<When>, ReviewVerdict, [Option<String>; 2]);

fn review() -> impl Strategy<Value = ReviewSeed> {
    let claim = prop_oneof!["[a-z0-9]{4}", "~[a-z2-7]{8}", text()];
    let texts = [(); 2].map(|()| option::of(text()));
    (any::<Index>(), (claim, text()), option::of(when()), select(ReviewVerdict::ALL), texts)
}

type CompleteSeed = (Index, Index, [Option<When>; 2], Option<String>, Vec<Index>);

fn claim() -> impl Strategy<Value = ClaimSeed> {
    let dates = [(); 3].map(|()| option::weighted(0.2, when()));
    let words = (option::weighted(0.3, text()), details());
    let choices = (any::<[Index; 3]>(), proptest::bool::weighted(0.1));
    let stance = (select(Modality::ALL), select(Basis::ALL), select(Rank::ALL));
    (choices, (text(), number(), when()), dates, stance, words, indices()).prop_map(
        |(
            ([subject, property, target], is_missing),
            (text, number, date),
            dates,
            stance,
            (reason, details),
            evidence,
        )| {
            let (modality, basis, rank) = stance;
            ClaimSeed {
                subject,
                property,
                target,
                text,
                number,
                date,
                is_missing,
                dates,
                modality,
                basis,
                rank,
                reason,
                details,
                evidence,
            }
        },
    )
}

/// A check before it is known what there is.
#[derive(Debug, Clone)]
struct CheckSeed {
    label: String,
    operation: Operation,
    relation: Relation,
    terms: Vec<TermSeed>,
    note: Option<String>,
    evidence: Vec<Index>,
}

/// A term before it is known what there is; the first choice says of which sort it is.
#[derive(Debug, Clone)]
struct TermSeed {
    choices: [Index; 4],
    text: String,
    number: Option<f64>,
    unit: Option<Index>,
    modality: Option<Modality>,
    basis: Option<Basis>,
    as_of: Option<When>,
}

fn check() -> impl Strategy<Value = CheckSeed> {
    let words = (select(Operation::ALL), select(Relation::ALL));
    (text(), words, vec(term(), 0..5), option::weighted(0.3, text()), indices()).prop_map(
        |(label, (operation, relation), terms, note, evidence)| CheckSeed {
            label,
            operation,
            relation,
            terms,
            note,
            evidence,
        },
    )
}

fn term() -> impl Strategy<Value = TermSeed> {
    let stance = (option::of(select(Modality::ALL)), option::of(select(Basis::ALL)));
    let numbers = (option::weighted(0.3, number()), option::of(any::<Index>()));
    (any::<[Index; 4]>(), text(), numbers, stance, option::weighted(0.2, when())).prop_map(
        |(choices, text, (number, unit), (modality, basis), as_of)| TermSeed {
            choices,
            text,
            number,
            unit,
            modality,
            basis,
            as_of,
        },
    )
}

fn pick<T: Copy>(from: &[T], index: Index) -> Option<T> {
    if from.is_empty() { None } else { Some(*index.get(from)) }
}

/// A builder with the handles that it has given.
struct Making {
    builder: Builder,
    entities: Vec<Handle>,
    documents: Vec<DocumentHandle>,
    places: Vec<PlaceHandle>,
    claim_ids: BTreeSet<String>,
}

impl Making {
    fn new(meta: Meta, documents: Vec<DocumentSeed>, entities: Vec<(KindId, String, String)>) -> Self {
        let mut builder = Builder::new(Arc::clone(seeds()));
        builder.set_meta(meta);
        let mut keys = Vec::new();
        let mut handles = Vec::new();
        let mut sources = Vec::new();
        for (slug, label, document) in documents {
            // A document has an entity and a key of its own.
            if keys.contains(&document.key) {
                continue;
            }
            if let Some(entity) = builder.entity(CoreKind::Document, &slug, &label) {
                keys.push(document.key.clone());
                handles.push(entity);
                sources.push(builder.document(entity, document));
            }
        }
        for (kind, slug, label) in entities {
            handles.extend(builder.entity(kind, &slug, &label));
        }
        Self { builder, entities: handles, documents: sources, places: Vec::new(), claim_ids: BTreeSet::new() }
    }

    fn add_places(&mut self, places: Vec<(Index, String, Spot<String>, Option<Pin>)>) {
        for (document, section, spot, pin) in places {
            let Some(document) = pick(&self.documents, document) else { return };
            let spot = match &spot {
                Spot::Row(row) => Spot::Row(row.as_str()),
                Spot::Heading => Spot::Heading,
                Spot::Paragraph(paragraph) => Spot::Paragraph(*paragraph),
                Spot::Sentence { paragraph, sentence } => Spot::Sentence { paragraph: *paragraph, sentence: *sentence },
                Spot::Item(item) => Spot::Item(*item),
            };
            let place = self.builder.place(document, &section, spot);
            if let Some(pin) = pin {
                self.builder.pin(place, pin);
            }
            self.places.push(place);
        }
    }

    fn evidence(&self, indices: &[Index]) -> Vec<PlaceHandle> {
        indices.iter().filter_map(|&index| pick(&self.places, index)).collect()
    }

    fn add_claim(&mut self, seed: ClaimSeed) {
        let Some(subject) = pick(&self.entities, seed.subject) else { return };
        let kind = self.builder.kind(subject);
        let known: Vec<PropertyId> = seeds().properties_of(kind).collect();
        let Some(property) = pick(&known, seed.property) else { return };
        let value = match &seeds().property(property).range {
            _ if seed.is_missing => NewValue::Missing,
            Range::Text(_) => NewValue::Text(seed.text),
            Range::Number(numbers) => {
                let unit = pick(&numbers.listed, seed.target).or(seeds().find_unit("crore INR"));
                unit.map_or(NewValue::Missing, |unit| NewValue::Number(seed.number, unit))
            }
            Range::Date => NewValue::Date(seed.date),
            Range::Entity(kinds) => {
                let fits = |handle: &Handle| kinds.has(self.builder.kind(*handle));
                let targets: Vec<Handle> = self.entities.iter().copied().filter(fits).collect();
                pick(&targets, seed.target).map_or(NewValue::Missing, NewValue::Entity)
            }
        };
        let evidence = self.evidence(&seed.evidence);
        let [start, end, as_of] = seed.dates;
        let (reason, details) = (seed.reason, self.details(seed.details, &value));
        let (modality, basis, rank) = (seed.modality, seed.basis, seed.rank);
        let fresh = NewClaim::new(subject, property, value);
        self.builder.claim(NewClaim { start, end, as_of, modality, basis, rank, reason, details, evidence, ..fresh });
    }

    fn details(&mut self, seed: DetailsSeed, value: &NewValue) -> NewDetails {
        let entities = &self.entities;
        let reference = |(entity, text): (Index, Option<String>)| match text {
            Some(text) => Some(NewReference::Text(text)),
            None => pick(entities, entity).map(NewReference::Entity),
        };
        let [said_in, sentence, note] = seed.texts;
        let is_number = matches!(value, NewValue::Number(..));
        NewDetails {
            // No two claims have one id.
            id: seed.id.filter(|id| self.claim_ids.insert(id.clone())),
            by: seed.by.and_then(reference),
            said_in,
            is_private: seed.is_private,
            state: seed.state,
            scope: seed.scope.into_iter().filter_map(reference).collect(),
            sentence,
            decimals: seed.decimals.filter(|_| is_number),
            note,
        }
    }

    fn add_about(&mut self, (private, completes, reviews): (Vec<Index>, Vec<CompleteSeed>, Vec<ReviewSeed>)) {
        for entity in private.into_iter().filter_map(|index| pick(&self.entities, index)) {
            self.builder.set_private(entity);
        }
        for (of, list, [since, until], reason, evidence) in completes {
            let Some(of) = pick(&self.entities, of) else { continue };
            let list = list.get(&["tenures", "members", "beds", "person"]).to_string();
            let evidence = self.evidence(&evidence);
            self.builder.complete(NewComplete { of, list, since, until, reason, evidence });
        }
        let ids: Vec<String> = self.claim_ids.iter().cloned().collect();
        for (chosen, (other, by), on, verdict, [note, seen]) in reviews {
            let claim = if ids.is_empty() { other } else { chosen.get(&ids).clone() };
            self.builder.review(&NewReview { claim, by, on, verdict, note, seen });
        }
    }

    fn add_check(&mut self, seed: CheckSeed) {
        let CheckSeed { label, operation, relation, terms, note, evidence } = seed;
        let evidence = self.evidence(&evidence);
        let terms = terms.into_iter().filter_map(|term| self.term(term)).collect();
        self.builder.check(NewCheck { label, operation, relation, terms, note, evidence });
    }

    fn term(&self, seed: TermSeed) -> Option<NewTerm> {
        let [sort, entity, property, target] = seed.choices;
        let units = ["beds", "%", "acre", "crore INR", "seats/year"].map(unit);
        match sort.index(3) {
            0 => {
                let unit = seed.unit.map(|unit| *unit.get(&units));
                Some(NewTerm::Constant(Quantity { number: seed.number.unwrap_or(4.0), unit }))
            }
            1 => {
                let entity = pick(&self.entities, entity)?;
                let known = Self::known(self.builder.kind(entity), |range| matches!(range, Range::Number(_)));
                let which =
                    NewWhich { modality: seed.modality, basis: seed.basis, as_of: seed.as_of, number: seed.number };
                Some(NewTerm::Slot { entity, property: pick(&known, property)?, which })
            }
            _ => {
                let kind = *entity.get(&seeds().kinds().collect::<Vec<_>>());
                let known = Self::known(kind, |range| matches!(range, Range::Text(_) | Range::Entity(_)));
                let filter = pick(&known, property).and_then(|property| match &seeds().property(property).range {
                    Range::Text(_) => Some((property, NewFilter::Text(seed.text))),
                    Range::Entity(kinds) => {
                        let fits = |handle: &Handle| kinds.has(self.builder.kind(*handle));
                        let targets: Vec<Handle> = self.entities.iter().copied().filter(fits).collect();
                        Some((property, NewFilter::Entity(pick(&targets, target)?)))
                    }
                    Range::Number(_) | Range::Date => None,
                });
                Some(NewTerm::Count(kind, filter.into_iter().collect()))
            }
        }
    }

    fn known(kind: KindId, takes: impl Fn(&Range) -> bool) -> Vec<PropertyId> {
        seeds().properties_of(kind).filter(|&property| takes(&seeds().property(property).range)).collect()
    }
}
