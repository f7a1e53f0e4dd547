//! A dossier in which every text is hostile, every kind of claim is made, dates are at both ends of the calendar, and
//! links form circles wherever they can.

use annals::formats::author;
use annals::model::{
    Basis, Builder, Document, Dossier, Meta, Modality, NameKind, NewClaim, NewDetails, NewValue, Range, Rank, Sameness,
    Spot, When,
};
use annals::vocabulary::{Base, CoreKind, Vocabulary};

use super::dice::Dice;
use super::words;

const KINDS: [&str; 11] = [
    "institution",
    "unit",
    "person",
    "post",
    "tenure",
    "programme",
    "agreement",
    "facility",
    "event",
    "scheme",
    "place",
];

const DATES: &[&str] = &[
    "0000",
    "0001-01-01",
    "9999-12-31",
    "9999",
    "-9999",
    "1957",
    "2014-07",
    "2021-01-27",
    "[..2014-06]",
    "[2019..]",
    "1984?",
    "2004-06~",
    "201X",
    "19XX",
    "1964/2008",
    "../1985",
    "1985/..",
    "2001-21",
    "-0044-03-15",
];

const NUMBERS: &[f64] = &[0.0, -1.0, 0.1, 1e-300, 1.0, 865.0, 1e15, 9.0e18, 1e300, f64::MAX, f64::MIN];

const DOCUMENTS: usize = 5;

/// Returns a dossier of `entities` entities, not counting its documents.
pub fn world(entities: usize, seed: u64) -> Dossier {
    let mut dice = Dice::new(seed);
    let title = words::text(&mut dice);
    let meta = Meta { key: "h".into(), title, span: Some(date("1957/2025")), ..Meta::default() };
    let vocabulary = Vocabulary::built_in(Base::V1);
    let mut builder = Builder::new(vocabulary.clone());
    builder.set_meta(meta);
    // A placeholder, which the builder replaces.
    let any = embedded().entities().next().unwrap();
    let documents: Vec<_> = (0..DOCUMENTS)
        .map(|number| {
            let label = words::text(&mut dice);
            let entity = builder.entity(CoreKind::Document, &format!("d{number}"), &label).unwrap();
            let document = Document {
                entity: any,
                key: format!("K{number}"),
                kind: Some(words::text(&mut dice)),
                publisher: Some(words::text(&mut dice)),
                published: Some(dated(&mut dice)),
                file: None,
                fingerprint: None,
                details: Vec::new(),
            };
            builder.document(entity, document)
        })
        .collect();
    let handles: Vec<_> = (0..entities)
        .map(|number| {
            let kind = vocabulary.find_kind(KINDS[number % KINDS.len()]).unwrap();
            let label = words::text(&mut dice);
            let slug =
                if number % 3 == 0 { format!("e{number}{}", words::text(&mut dice)) } else { format!("e{number}") };
            (kind, builder.entity(kind, &slug, &label).unwrap())
        })
        .collect();
    let places: Vec<_> = (0..entities.clamp(1, 500))
        .map(|_| {
            let (document, section, row) = (*dice.of(&documents), words::text(&mut dice), words::text(&mut dice));
            let spot = match dice.below(3) {
                0 => Spot::Heading,
                1 => Spot::Row(&*row),
                _ => Spot::Item(1 + dice.below(9) as u16),
            };
            builder.place(document, &section, spot)
        })
        .collect();
    for (number, &(kind, subject)) in handles.iter().enumerate() {
        builder.name(subject, &words::text(&mut dice), NameKind::Alias, None, vec![*dice.of(&places)]);
        for turn in 0..3 {
            let known: Vec<_> = vocabulary.properties_of(kind).collect();
            let property = *dice.of(&known);
            let value = match &vocabulary.property(property).range {
                Range::Text(_) => NewValue::Text(words::text(&mut dice)),
                Range::Number(numbers) => NewValue::Number(*dice.of(NUMBERS), *dice.of(&numbers.listed)),
                Range::Date => NewValue::Date(dated(&mut dice)),
                Range::Entity(kinds) => {
                    let start = if turn == 0 { number } else { dice.below(handles.len()) };
                    let near = handles.iter().cycle().skip(start).take(24).find(|(kind, _)| kinds.has(*kind));
                    let Some(&(_, target)) = near else { continue };
                    NewValue::Entity(target)
                }
            };
            let mut claim = NewClaim::new(subject, property, value);
            claim.modality = *dice.of(&[Modality::Actual, Modality::Planned, Modality::Alleged, Modality::Denied]);
            claim.basis = *dice.of(&[Basis::Stated, Basis::Listed, Basis::Counted, Basis::Inferred]);
            claim.rank = *dice.of(&[Rank::Normal, Rank::Normal, Rank::Preferred, Rank::Deprecated]);
            claim.reason = Some(words::text(&mut dice));
            claim.details = NewDetails::note(Some(words::text(&mut dice)));
            claim.start = dice.one_in(2).then(|| dated(&mut dice));
            claim.end = dice.one_in(2).then(|| dated(&mut dice));
            claim.as_of = dice.one_in(4).then(|| dated(&mut dice));
            claim.evidence = vec![*dice.of(&places)];
            builder.claim(claim);
        }
    }
    if let [(_, first), (_, second), ..] = handles[..] {
        builder.judgement(first, second, Sameness::Unsure, &words::text(&mut dice));
    }
    builder.finish()
}

/// Returns the dossier that is compiled into the program.
pub fn embedded() -> Dossier {
    author::load(&author::embedded()).0
}

fn dated(dice: &mut Dice) -> When {
    date_or_plain(dice.of::<&str>(DATES)).with_label(&words::text(dice))
}

/// Parses a date. Falls back to 1957 for forms that the parser refuses, which have tests of their own.
fn date_or_plain(text: &str) -> When {
    When::parse(text).unwrap_or_else(|_| date("1957"))
}

fn date(text: &str) -> When {
    When::parse(text).unwrap()
}
