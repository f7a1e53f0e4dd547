//! `annals vocabulary`: the kinds, properties, measures and matrices of a dossier, and how often each is used.
//!
//! Invariant: what it prints as TOML is read as the same vocabulary again, and a file of the dossier is valid under the
//! schema that it prints.

use std::collections::HashMap;
use std::io;

use serde::Serialize;

use crate::cli::args::VocabularyArgs;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::forms::VocabularyFormat;
use crate::cli::output::{Output, Tone};
use crate::cli::text_table::{Excess, TextColumn, TextTable};
use crate::formats::schema::schema;
use crate::model::{Dossier, KindId, PropertyId, Range, Value, Vocabulary};
use crate::text::fold::fold;
use crate::timeline::World;
use crate::vocabulary::MeasureId;

/// One declared word.
#[derive(Debug, Serialize)]
struct Declared<'a> {
    /// `kind`, `property`, `measure` or `matrix`.
    what: &'static str,
    name: &'a str,
    label: &'a str,
    /// The kind above a kind; the kinds that may have a property; the dimension of a measure; the kind of a matrix.
    of: String,
    /// The values of a property, and its units or targets.
    #[serde(skip_serializing_if = "String::is_empty")]
    takes: String,
    /// A second name in queries.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
    /// The set of declarations: core, general or dossier.
    origin: &'static str,
    /// How many entities, claims or numbers use it; `None` for a matrix.
    #[serde(skip_serializing_if = "Option::is_none")]
    used: Option<usize>,
}

pub(crate) fn run(world: &World, args: &VocabularyArgs, out: &mut Output<'_>) -> Result<Outcome, Failure> {
    let dossier = world.dossier();
    let Some(format) = args.format.of_rows() else {
        if args.format == VocabularyFormat::Schema {
            out.json(&schema(dossier.vocabulary(), &dossier.meta().title))?;
        } else {
            out.raw().write_all(toml(dossier.vocabulary()).as_bytes())?;
        }
        return Ok(Outcome::Found);
    };
    let word = args.word.as_deref().map(fold).unwrap_or_default();
    let mut declared = declared(dossier);
    declared.retain(|row| fold(row.name).contains(&word) || fold(row.label).contains(&word));
    let header = ["what", "name", "label", "of", "takes", "field", "origin", "used"];
    let cells = declared.iter().map(cells);
    out.rows(format, |out| print(&declared, out), declared.iter(), header, cells)?;
    Ok(Outcome::of(!declared.is_empty()))
}

/// Returns a file that declares what a dossier declares beside its built-in set.
fn toml(words: &Vocabulary) -> String {
    format!("[vocabulary]\nbase = \"{}\"\n\n{}", words.base(), words.own_toml())
}

fn declared(dossier: &Dossier) -> Vec<Declared<'_>> {
    let words = dossier.vocabulary();
    let used = Used::new(dossier);
    let kinds = words.kinds().map(|id| kind(words, id, &used));
    let properties = words.properties().map(|id| property(words, id, &used));
    let measures = words.measures_by_id().map(|(id, measure)| Declared {
        what: "measure",
        name: &measure.plural,
        label: &measure.name,
        of: measure.dimension.name().to_owned(),
        takes: String::new(),
        field: None,
        origin: measure.origin.as_str(),
        used: Some(used.measures.get(&id).copied().unwrap_or_default()),
    });
    let matrices = words.matrices().iter().map(|matrix| Declared {
        what: "matrix",
        name: &matrix.name,
        label: &matrix.label,
        of: words.kind(matrix.of).name.to_string(),
        takes: String::new(),
        field: None,
        origin: matrix.origin.as_str(),
        used: None,
    });
    kinds.chain(properties).chain(measures).chain(matrices).collect()
}

fn kind<'a>(words: &'a Vocabulary, id: KindId, used: &Used) -> Declared<'a> {
    let kind = words.kind(id);
    Declared {
        what: "kind",
        name: &kind.name,
        label: &kind.label,
        of: kind.parent.map(|parent| words.kind(parent).name.to_string()).unwrap_or_default(),
        takes: String::new(),
        field: None,
        origin: kind.origin.as_str(),
        used: Some(used.kinds.get(&id).copied().unwrap_or_default()),
    }
}

fn property<'a>(words: &'a Vocabulary, id: PropertyId, used: &Used) -> Declared<'a> {
    let property = words.property(id);
    let names: Vec<&str> = property.domain.listed.iter().map(|&kind| &*words.kind(kind).name).collect();
    let takes = match &property.range {
        Range::Text(form) => form.as_str().to_owned(),
        Range::Number(numbers) => {
            let units: Vec<_> = numbers.listed.iter().map(|&unit| words.unit_name(unit)).collect();
            let dimension = numbers.dimension.as_ref().map(|dimension| dimension.name().into());
            format!("number: {}", units.into_iter().chain(dimension).collect::<Vec<_>>().join(", "))
        }
        Range::Entity(kinds) => format!("entity: {}", words.phrase(kinds).replace(" or ", ", ")),
        Range::Date => "date".to_owned(),
    };
    Declared {
        what: "property",
        name: &property.name,
        label: &property.label,
        of: names.join(", "),
        takes,
        field: property.field.as_deref(),
        origin: property.origin.as_str(),
        used: Some(used.properties.get(&id).copied().unwrap_or_default()),
    }
}

fn cells(row: &Declared<'_>) -> [String; 8] {
    let used = row.used.map(|used| used.to_string()).unwrap_or_default();
    let field = row.field.unwrap_or_default();
    [row.what, row.name, row.label, &row.of, &row.takes, field, row.origin, &used].map(str::to_owned)
}

fn print(declared: &[Declared<'_>], out: &mut Output<'_>) -> io::Result<()> {
    let mut table = TextTable::new(
        2,
        [
            TextColumn { tone: Tone::Plain, excess: Excess::Cut, shrink: &[] },
            TextColumn { tone: Tone::Plain, excess: Excess::Wrap, shrink: &[(2, 14)] },
            TextColumn { tone: Tone::Faint, excess: Excess::Wrap, shrink: &[(0, 16)] },
            TextColumn { tone: Tone::Faint, excess: Excess::Wrap, shrink: &[(1, 14)] },
            TextColumn { tone: Tone::Faint, excess: Excess::Cut, shrink: &[(3, 0)] },
            TextColumn { tone: Tone::Faint, excess: Excess::Cut, shrink: &[] },
        ],
    );
    let mut above = "";
    for row in declared {
        if row.what != above {
            if !above.is_empty() {
                table.blank();
            }
            above = row.what;
            table.across(Tone::Strong, heading(row.what).to_owned());
        }
        let used = row.used.filter(|&used| used > 0).map(|used| used.to_string()).unwrap_or_default();
        let name = match row.field {
            Some(field) => format!("{} ({field}:)", row.name),
            None => row.name.to_owned(),
        };
        table.row([name, row.label.to_owned(), row.of.clone(), row.takes.clone(), row.origin.to_owned(), used]);
    }
    table.print(out)
}

fn heading(what: &str) -> &'static str {
    match what {
        "kind" => "Kinds: name, label, below, declared by, entities",
        "property" => "Properties: name, label, of, takes, declared by, claims",
        "measure" => "Measures: plural, singular, dimension, declared by, numbers",
        _ => "Matrices: name, label, of",
    }
}

/// How often the words of a dossier are used.
#[derive(Default)]
struct Used {
    kinds: HashMap<KindId, usize>,
    properties: HashMap<PropertyId, usize>,
    measures: HashMap<MeasureId, usize>,
}

impl Used {
    fn new(dossier: &Dossier) -> Self {
        fn count<K: std::hash::Hash + Eq>(counts: &mut HashMap<K, usize>, key: K) {
            let count = counts.entry(key).or_default();
            *count = count.saturating_add(1);
        }
        let mut used = Self::default();
        for entity in dossier.entities() {
            count(&mut used.kinds, dossier.entity(entity).kind);
        }
        for claim in dossier.all_claims() {
            count(&mut used.properties, claim.property);
            if let Value::Number { unit, .. } = claim.value {
                count(&mut used.measures, unit.measure());
            }
        }
        used
    }
}
