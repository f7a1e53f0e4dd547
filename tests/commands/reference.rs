//! The reference of the authored format (`seeds/README.md`) against the program, both ways: what it documents is read,
//! and what is read is documented.
//!
//! Invariant: the keys of the program are those that its reader names itself when it meets an unknown one.

#![expect(clippy::panic, reason = "a test may stop at what it did not expect")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use annals::formats::author::load;
use annals::model::complete::Listed;
use annals::model::rows::SourceKey;
use annals::model::{Basis, Digests, Hemisphere, Modality, NameKind, Rank, ReviewVerdict, Sameness, Spot, State, When};
use annals::syntax::{Code, Defect, Severity, SourceFile};
use annals::vocabulary::{
    Base, CoreKind, Dimension, FILE_TABLES, Kinds, Origin, Property, QUERY_FIELDS, Range, Role, Vocabulary,
};

use crate::support::program::found;

/// The reference.
static PAGE: LazyLock<String> =
    LazyLock::new(|| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/README.md")).unwrap());

/// A key that no table has and that is like none.
const UNKNOWN: &str = "qqqqqqqqqqqq";

/// A dossier with one document, one person and no evidence.
const HEAD: &str = "document = \"log\"\n[dossier]\nkey = \"k\"\ntitle = \"T\"\nformat = 2\nallow = \"no-evidence\"\n\
    [[source]]\nid = \"log\"\nkey = \"L\"\ntitle = \"A log\"\n[[person]]\nid = \"ida\"\nlabel = \"Ida\"\n";

/// Returns what stands below a heading, up to the next heading.
fn below(heading: &str) -> &'static str {
    let start = PAGE.find(&format!("\n{heading}\n")).unwrap_or_else(|| panic!("no heading \"{heading}\""));
    let text = &PAGE[start + heading.len() + 2..];
    &text[..text.find("\n#").unwrap_or(text.len())]
}

/// Returns the cells of the table with this first cell below a heading, without the rows of its head.
fn table(heading: &str, first: &str) -> Vec<Vec<String>> {
    let lines = below(heading).lines().skip_while(|line| !line.starts_with(&format!("| {first} |")));
    let rows: Vec<Vec<String>> = lines.take_while(|line| line.starts_with('|')).skip(2).map(cells).collect();
    assert!(!rows.is_empty(), "{heading}: no table of \"{first}\"");
    rows
}

fn cells(line: &str) -> Vec<String> {
    line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect()
}

/// Returns what stands between backticks.
fn spans(text: &str) -> Vec<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Returns the keys that a table below a heading documents.
fn documented(heading: &str) -> BTreeSet<String> {
    let keys: Vec<String> = table(heading, "key").iter().flat_map(|row| spans(&row[0])).collect();
    let set: BTreeSet<String> = keys.iter().cloned().collect();
    assert_eq!(set.len(), keys.len(), "{heading}: a key twice in {keys:?}");
    set
}

/// Returns the defects of a file.
fn defects_of(text: &str) -> Vec<Defect> {
    load(&[SourceFile::new("x.toml", text)]).1
}

/// Returns the keys that the program expects where a file has an unknown one.
fn expected(text: &str) -> BTreeSet<String> {
    let found = format!("unknown key \"{UNKNOWN}\"");
    let defects = defects_of(text);
    let defect = defects.iter().find(|defect| defect.found == found).unwrap_or_else(|| panic!("{text}\n{defects:#?}"));
    let words = defect.remedy.as_deref().unwrap().strip_prefix("expected one of: ").unwrap();
    words.split(", ").map(str::to_owned).collect()
}

fn general() -> Arc<Vocabulary> {
    Vocabulary::built_in(Base::General)
}

/// Returns the union of the keys that tables document.
fn all(headings: &[&str]) -> BTreeSet<String> {
    headings.iter().flat_map(|heading| documented(heading)).collect()
}

const OF_CLAIMS: &str = "### Keys for all claims of a table";
const OF_VALUE: &str = "### Keys of one value";

#[test]
fn every_table_is_documented() {
    let words = general();
    let rows = table("## Tables", "table");
    let mut written: BTreeSet<String> = rows
        .iter()
        .flat_map(|row| spans(&row[0]))
        .map(|name| name.trim_matches(['[', ']']).split('.').next().unwrap().to_owned())
        .collect();
    assert!(written.remove("KIND"), "the tables of entities");
    written.insert("document".into());
    let kinds = words.kinds().filter(|&kind| words.core(kind) != CoreKind::Document);
    written.extend(kinds.map(|kind| words.kind(kind).name.to_string()));
    assert_eq!(written, expected(&format!("{UNKNOWN} = 1\n{HEAD}")));
    for name in FILE_TABLES {
        let head = if matches!(*name, "dossier" | "vocabulary") { format!("[{name}]") } else { format!("[[{name}]]") };
        let head = if *name == "pins" { "[pins.DOCUMENT]".into() } else { head };
        assert!(!documented(&format!("### `{head}`")).is_empty(), "{name}");
    }
}

#[test]
fn every_key_of_a_table_is_documented() {
    for (head, rest) in [
        ("[[source]]", "id = \"q\"\nkey = \"Q\"\ntitle = \"Q\""),
        ("[[check]]", "label = \"x\"\nat = \"lead / p1\"\nsum = 1\nequals = 1"),
        ("[[judgement]]", "a = \"ida\"\nb = \"ida\"\nverdict = \"same\"\nreason = \"r\""),
        ("[[unclaimed]]", "at = \"lead / p1\"\nreason = \"r\""),
        ("[[complete]]", "of = \"person/ida\"\nlist = \"events\"\nreason = \"r\""),
        ("[[review]]", "claim = \"~aaaaaaaa\"\nby = \"x\"\nverdict = \"question\""),
        ("[[kind]]", "name = \"ship\"\nof = \"item\"\nlabel = \"Ship\""),
        ("[[property]]", "name = \"mast\"\nof = \"item\"\nlabel = \"Mast\"\nvalue = \"text\""),
        ("[[measure]]", "name = \"oar\""),
        ("[[matrix]]", "name = \"m\""),
        ("[vocabulary]", "base = \"general\""),
    ] {
        let keys = expected(&format!("{HEAD}{head}\n{rest}\n{UNKNOWN} = 1\n"));
        assert_eq!(documented(&format!("### `{head}`")), keys, "{head}");
    }
    let dossier = HEAD.replace("format = 2\n", &format!("format = 2\n{UNKNOWN} = 1\n"));
    assert_eq!(documented("### `[dossier]`"), expected(&dossier));
    let pins = format!("{HEAD}[pins.log]\nsplitter = 1\nlength = 1\nsha256 = \"\"\nplaces = {{}}\n{UNKNOWN} = 1\n");
    assert_eq!(documented("### `[pins.DOCUMENT]`"), expected(&pins));
    let details: BTreeSet<String> = SourceKey::ALL.iter().map(|key| key.as_str().to_owned()).collect();
    assert!(documented("### `[[source]]`").is_superset(&details));
}

#[test]
fn every_key_of_an_entity_and_of_a_claim_is_documented() {
    let words = general();
    for id in words.kinds().filter(|&id| words.core(id) != CoreKind::Document) {
        let name = &*words.kind(id).name;
        let properties: BTreeSet<String> = words.names_for(id).map(str::to_owned).collect();
        let with = |keys: BTreeSet<String>| keys.union(&properties).cloned().collect::<BTreeSet<_>>();
        let entity = format!("{HEAD}[[{name}]]\nid = \"two\"\nlabel = \"Two\"\n");
        assert_eq!(with(all(&["### `[[KIND]]`", OF_CLAIMS])), expected(&format!("{entity}{UNKNOWN} = 1\n")), "{name}");
        let claim = format!("{entity}[[claim]]\nof = \"{name}/two\"\n{UNKNOWN} = 1\n");
        assert_eq!(with(all(&["### `[[claim]]`", OF_CLAIMS])), expected(&claim), "{name}");
    }
}

#[test]
fn every_key_of_a_value_and_of_a_name_is_documented() {
    let value = format!("{HEAD}description = {{ value = \"x\", {UNKNOWN} = 1 }}\n");
    assert_eq!(all(&[OF_VALUE, OF_CLAIMS]), expected(&value));
    let shared: Vec<String> = documented(OF_VALUE).intersection(&documented(OF_CLAIMS)).cloned().collect();
    assert!(shared.is_empty(), "{shared:?} twice");
    let name = format!("{HEAD}names = {{ value = \"x\", {UNKNOWN} = 1 }}\n");
    assert_eq!(documented("### Names"), expected(&name));
}

/// Returns the keys of an inline table as it is documented: `{ kind, order = ["…"] }`.
fn keys_of_form(form: &str) -> BTreeSet<String> {
    let inner = form.trim_start_matches('{').trim_end_matches('}');
    let mut depth = 0_i32;
    let parts = inner.split(|c| {
        depth += i32::from("[{".contains(c)) - i32::from("]}".contains(c));
        c == ',' && depth == 0
    });
    parts.map(|part| part.split('=').next().unwrap().trim().to_owned()).collect()
}

/// Returns the keys of all inline tables in some cells.
fn keys_of_forms<'a>(cells: impl Iterator<Item = &'a String>) -> BTreeSet<String> {
    cells
        .flat_map(|cell| spans(cell))
        .filter(|span| span.starts_with('{'))
        .flat_map(|form| keys_of_form(&form))
        .collect()
}

#[test]
fn every_key_of_a_part_of_a_declaration_is_documented() {
    let matrix = |rest: &str| {
        expected(
            &format!("{HEAD}[[matrix]]\nname = \"m\"\nof = \"unit\"\n{rest}\n")
                .replace("QQ", &format!("{UNKNOWN} = 1")),
        )
    };
    let counts = |form: &str| {
        expected(&format!(
            "{HEAD}[[property]]\nname = \"x\"\nlabel = \"X\"\nof = \"unit\"\nvalue = \"number\"\nmeasure = \"m\"\ncounts = {{ {form}, {UNKNOWN} = 1 }}\n"
        ))
    };
    let both = |a: BTreeSet<String>, b: BTreeSet<String>| a.union(&b).cloned().collect::<BTreeSet<String>>();
    let rows = table("### `[[matrix]]`", "key");
    let of = |key: &str| keys_of_forms(rows.iter().filter(|row| spans(&row[0]) == [key]).map(|row| &row[1]));
    assert_eq!(of("rows"), matrix("rows = { kind = \"unit\", QQ }"));
    assert_eq!(of("marks"), matrix("marks = { label = \"x\", QQ }"));
    let forms = table("### `[[matrix]]`", "form of `cell`");
    let cell =
        both(matrix("cell = { kind = \"unit\", QQ }"), matrix("cell = { property = \"member\", sign = \"+\", QQ }"));
    assert_eq!(keys_of_forms(forms.iter().map(|row| &row[0])), cell);
    let columns = both(matrix("columns = { kind = \"unit\", QQ }"), matrix("columns = { group = {}, QQ }"));
    assert_eq!(keys_of_forms(forms.iter().map(|row| &row[1])), columns);
    let forms = table("### `[[property]]`", "form");
    let counted = both(counts("kind = \"unit\""), counts("values = \"member\""));
    assert_eq!(keys_of_forms(forms.iter().map(|row| &row[0])), counted);
}

#[test]
fn every_required_key_is_required() {
    for (head, rest) in [
        ("[[source]]", "id = \"q\"\nkey = \"Q\"\ntitle = \"Q\""),
        ("[[judgement]]", "a = \"ida\"\nb = \"ida\"\nverdict = \"same\"\nreason = \"r\""),
        ("[[unclaimed]]", "at = \"lead / p1\"\nreason = \"r\""),
        ("[[review]]", "claim = \"~aaaaaaaa\"\nby = \"x\"\nverdict = \"question\""),
        ("[[property]]", "name = \"mast\"\nof = \"item\"\nlabel = \"Mast\"\nvalue = \"text\""),
        ("[[kind]]", "name = \"ship\"\nof = \"item\"\nlabel = \"Ship\""),
        ("[[measure]]", "name = \"oar\""),
    ] {
        let whole = format!("{HEAD}[[item]]\nid = \"it\"\nlabel = \"It\"\n{head}\n{rest}\n");
        assert_eq!(defects_of(&whole), [], "{head}");
        let rows = table(&format!("### `{head}`"), "key");
        let required: BTreeSet<String> = rows
            .iter()
            .filter(|row| row.last().unwrap() == "required" && row[1] != "links")
            .flat_map(|row| spans(&row[0]))
            .collect();
        let written = rest.lines().map(|line| line.split(' ').next().unwrap().to_owned());
        assert_eq!(required, written.collect(), "{head}");
        for line in rest.lines() {
            assert_ne!(defects_of(&whole.replace(&format!("{line}\n"), "")), [], "{head} without {line}");
        }
    }
}

/// The words of a closed list.
fn words_of<T: std::fmt::Display>(all: &[T]) -> Vec<String> {
    all.iter().map(ToString::to_string).collect()
}

#[test]
fn every_closed_list_has_the_words_of_the_program() {
    let values = ["text", "number", "date", "entity", "identifier", "url"].map(str::to_owned).to_vec();
    for (heading, key, words) in [
        ("### `[dossier]`", "hemisphere", words_of(Hemisphere::ALL)),
        ("### `[dossier]`", "digests", words_of(Digests::ALL)),
        ("### `[vocabulary]`", "base", words_of(Base::ALL)),
        (OF_CLAIMS, "modality", words_of(Modality::ALL)),
        (OF_CLAIMS, "basis", words_of(Basis::ALL)),
        (OF_CLAIMS, "rank", words_of(Rank::ALL)),
        (OF_VALUE, "state", words_of(State::ALL)),
        ("### Names", "kind", words_of(NameKind::ALL)),
        ("### `[[judgement]]`", "verdict", words_of(Sameness::ALL)),
        ("### `[[review]]`", "verdict", words_of(ReviewVerdict::ALL)),
        ("### `[[complete]]`", "list", words_of(Listed::ALL)),
        ("### `[[property]]`", "role", words_of(Role::ALL)),
        ("### `[[property]]`", "value", values),
    ] {
        let rows = table(heading, "key");
        let row = rows.iter().find(|row| spans(&row[0]) == [key]).unwrap_or_else(|| panic!("{heading} {key}"));
        // Declarations of properties have a column more, which says of which properties.
        let value = &row[row.len() - 2];
        let written: BTreeSet<String> = spans(value).into_iter().collect();
        assert_eq!(written, words.into_iter().collect(), "{heading} {key}");
    }
    let explained =
        |heading, first| table(heading, first).iter().flat_map(|row| spans(&row[0])).collect::<BTreeSet<_>>();
    assert_eq!(explained("### `[vocabulary]`", "built-in set"), words_of(Base::ALL).into_iter().collect());
    assert_eq!(explained("### `[[property]]`", "role"), words_of(Role::ALL).into_iter().collect());
    let severities: Vec<String> = table("## Defects", "severity").iter().flat_map(|row| spans(&row[0])).collect();
    assert_eq!(severities, words_of(Severity::ALL));
}

#[test]
fn every_name_that_is_taken_is_documented() {
    let rows = table("### Names that are taken", "no");
    let of_kinds: BTreeSet<String> = spans(&rows[0][1]).into_iter().collect();
    let tables: BTreeSet<String> = FILE_TABLES.iter().map(|&name| name.to_owned()).collect();
    assert_eq!(of_kinds, tables);
    let of_properties: BTreeSet<String> = spans(&rows[1][1]).into_iter().chain(tables).collect();
    let has = |name: &str, code: Code| {
        let property =
            format!("{HEAD}[[property]]\nname = \"{name}\"\nlabel = \"X\"\nof = \"item\"\nvalue = \"text\"\n");
        defects_of(&property).iter().any(|defect| defect.code == code)
    };
    for name in of_properties.iter().filter(|name| !name.contains('_')) {
        // A built-in property with the name of a field exists already.
        assert!(has(name, Code::VocabularyReserved) || has(name, Code::VocabularyDuplicate), "{name}");
    }
    let keys = all(&["### `[[KIND]]`", "### `[[claim]]`", OF_CLAIMS, OF_VALUE]);
    let reserved = keys.iter().map(String::as_str).filter(|key| has(key, Code::VocabularyReserved));
    for name in reserved.chain(QUERY_FIELDS.iter().copied()) {
        assert!(of_properties.contains(name), "{name} is not documented");
    }
    let first_of = |defects: &[Defect]| defects.iter().map(|defect| defect.code).next();
    for name in &of_kinds {
        let kind = format!("{HEAD}[[kind]]\nname = \"{name}\"\nof = \"item\"\nlabel = \"X\"\n");
        assert_eq!(first_of(&defects_of(&kind)), Some(Code::VocabularyReserved), "{name}");
    }
}

#[test]
fn every_form_of_a_date_is_read_and_shown_so() {
    let rows = table("## Dates", "written");
    assert!(rows.len() > 15);
    for row in rows {
        let dates =
            spans(&row[0]).into_iter().map(|text| When::parse(&text).unwrap_or_else(|error| panic!("{text}: {error}")));
        let dates: Vec<String> = dates.map(|when| when.to_string()).collect();
        for shown in spans(&row[2]) {
            assert!(dates.contains(&shown), "{row:?}: {dates:?}");
        }
    }
}

#[test]
fn every_form_of_a_place_is_documented() {
    /// The number of a form; a further form has to be added here and in the reference.
    fn form(spot: Spot<&str>) -> u8 {
        match spot {
            Spot::Heading => 0,
            Spot::Row(_) => 1,
            Spot::Paragraph(_) => 2,
            Spot::Sentence { .. } => 3,
            Spot::Item(_) => 4,
        }
    }
    let rows = table("## A place in a document", "place");
    let written: Vec<String> = rows.iter().flat_map(|row| spans(&row[0])).collect();
    let mut forms: Vec<u8> = written
        .iter()
        .map(|text| {
            let spot = Spot::parse(text).unwrap_or_else(|| panic!("{text} is no place"));
            assert_eq!(spot.to_string(), *text);
            form(spot)
        })
        .collect();
    forms.sort_unstable();
    assert_eq!(forms, [0, 1, 2, 3, 4]);
    for place in written {
        let text = format!(
            "{HEAD}at = [\"lead / {place}\", \"L: lead / {place}\", \"log: lead / {place}\"]\ndescription = \"x\"\n"
        );
        assert_eq!(defects_of(&text), [], "{place}");
    }
}

/// Compares what stands between two marks with what the program has.
fn compare(mark: &str, made: &str) {
    let start = format!("<!-- {mark} -->\n");
    let from = PAGE.find(&start).unwrap_or_else(|| panic!("no mark {mark}")) + start.len();
    let written = &PAGE[from..from + PAGE[from..].find(&format!("<!-- /{mark} -->")).unwrap()];
    assert!(written.trim() == made.trim(), "write between the marks \"{mark}\":\n{made}");
}

fn row(cells: &[&str]) -> String {
    let cells: String =
        cells.iter().map(|cell| if cell.is_empty() { "| ".into() } else { format!("| {cell} ") }).collect();
    format!("{cells}|\n")
}

#[test]
fn every_unit_is_documented() {
    let words = general();
    let mut dimensions: Vec<(&Dimension, bool)> = Vec::new();
    for measure in words.measures() {
        if !dimensions.contains(&(&measure.dimension, measure.has_rate)) {
            dimensions.push((&measure.dimension, measure.has_rate));
        }
    }
    // Currencies are many.
    dimensions.sort_by_key(|(dimension, _)| **dimension == Dimension::Money);
    let mut made = row(&["dimension", "units", "`/year`"]) + "|---|---|---|\n";
    for (dimension, has_rate) in dimensions {
        let of_it = words.measures().iter().filter(|row| row.dimension == *dimension && row.has_rate == has_rate);
        let mut units: Vec<(bool, String)> = of_it
            .map(|measure| {
                let plural = Some(&measure.plural).filter(|plural| **plural != measure.name);
                let more: Vec<&str> = plural.into_iter().chain(&measure.symbol).map(|word| &**word).collect();
                let more = if more.is_empty() { String::new() } else { format!(" ({})", more.join(", ")) };
                (measure.factor.total_cmp(&1.0).is_ne(), format!("{}{more}", measure.name))
            })
            .collect();
        units.sort_by_key(|(is_derived, _)| *is_derived);
        let units: Vec<String> = units.into_iter().map(|(_, unit)| unit).collect();
        let name = format!("`{}`", dimension.name());
        made += &row(&[&name, &units.join(", "), if has_rate { "yes" } else { "" }]);
    }
    compare("units", &made);
    let multipliers: Vec<String> = words.multipliers().iter().map(|multiplier| multiplier.name.to_string()).collect();
    let line = below("## Numbers, units and money").lines().find(|line| line.starts_with("| multiplier |")).unwrap();
    assert_eq!(spans(line).into_iter().filter(|word| !word.contains('"')).collect::<Vec<_>>(), multipliers);
}

#[test]
fn every_kind_is_documented() {
    let words = general();
    let written: Vec<(String, Vec<String>)> =
        table("## Built-in words", "core kind").iter().map(|row| (spans(&row[0]).concat(), spans(&row[2]))).collect();
    let core = words.kinds().filter(|&id| words.kind(id).origin == Origin::Core);
    let mut expected: Vec<(String, Vec<String>)> = core
        .map(|core| {
            let below = words.kinds().filter(|&id| id != core && words.is_below(id, core));
            (words.kind(core).name.to_string(), below.map(|id| words.kind(id).name.to_string()).collect())
        })
        .collect();
    let sorted = |mut rows: Vec<(String, Vec<String>)>| {
        for (_, below) in &mut rows {
            below.sort();
        }
        rows.sort();
        rows
    };
    expected.retain(|(name, _)| !name.is_empty());
    assert_eq!(sorted(written), sorted(expected));
}

/// Returns the row of a property: its name, its values, the kinds that may have it, and its role.
fn property_row(words: &Vocabulary, property: &Property) -> String {
    let names = |kinds: &Kinds| {
        let names: Vec<String> = kinds.listed.iter().map(|&kind| format!("`{}`", words.kind(kind).name)).collect();
        if names.len() == CoreKind::ALL.len() { "every kind".into() } else { names.join(" ") }
    };
    let values = match &property.range {
        Range::Text(form) => form.to_string(),
        Range::Date => "date".into(),
        Range::Entity(kinds) => format!("link to {}", names(kinds)),
        Range::Number(numbers) => {
            let units: Vec<String> = numbers.listed.iter().map(|&unit| words.unit_name(unit).into_owned()).collect();
            let any = numbers.dimension.iter().map(|dimension| format!("any unit of `{}`", dimension.name()));
            format!("number: {}", units.into_iter().chain(any).collect::<Vec<_>>().join(", "))
        }
    };
    let role = property.role.map(|role| format!("`{role}`")).unwrap_or_default();
    row(&[&format!("`{}`", property.name), &values, &names(&property.domain), &role])
}

#[test]
fn every_built_in_property_is_documented() {
    let words = general();
    for (mark, origin) in [("core", Origin::Core), ("general", Origin::General)] {
        let rows = words.properties().map(|id| words.property(id)).filter(|property| property.origin == origin);
        let rows: String = rows.map(|property| property_row(&words, property)).collect();
        compare(mark, &(row(&["property", "values", "said of", "role"]) + "|---|---|---|---|\n" + &rows));
    }
}

#[test]
fn every_code_is_documented() {
    let explained = found(&["explain"]);
    let mut made = row(&["code", "severity", "says"]) + "|---|---|---|\n";
    for &severity in Severity::ALL {
        for &code in Code::ALL.iter().filter(|code| code.severity() == severity) {
            let line = explained.lines().find(|line| line.split_whitespace().next() == Some(code.as_str())).unwrap();
            let sentence = line.split_once(severity.as_str()).unwrap().1.trim();
            let sign = if severity == Severity::Error && code.can_be_allowed() { " †" } else { "" };
            made += &row(&[&format!("`{code}`{sign}"), severity.as_str(), sentence]);
        }
    }
    compare("codes", &made);
}

#[test]
fn every_example_is_read() {
    let blocks: Vec<&str> = PAGE.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    assert!(blocks.len() >= 6);
    let (first, rest) = blocks.split_first().unwrap();
    assert_eq!(defects_of(first), [], "the small dossier");
    // The others speak of entities of which the page shows no table.
    let gaps = [Code::UnknownId, Code::CheckUnknown];
    let more = "[[source]]\nid = \"gazetteer\"\nkey = \"G\"\ntitle = \"A gazetteer\"\n\
        [[source]]\nid = \"programme\"\nkey = \"P\"\ntitle = \"A programme\"\n";
    for block in rest {
        let head = if block.starts_with("document") { "" } else { "document = \"log\"\n" };
        let files = [("head.toml", format!("{HEAD}{more}")), ("x.toml", format!("{head}{block}"))];
        let defects = load(&files.map(|(name, text)| SourceFile::new(name, text))).1;
        let wrong: Vec<&Defect> = defects.iter().filter(|defect| !gaps.contains(&defect.code)).collect();
        assert!(wrong.is_empty(), "{block}\n{wrong:#?}");
    }
}
