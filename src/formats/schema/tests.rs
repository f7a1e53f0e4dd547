//! The keys of the schema against those that the reader asks for.
//!
//! Invariant: the keys of the reader are those that it names itself when it meets an unknown one.

use std::collections::BTreeSet;

use super::*;
use crate::formats::author::load;
use crate::syntax::SourceFile;
use crate::vocabulary::Range;

/// A key that no table has and that is like none.
const UNKNOWN: &str = "qqqqqqqqqqqq";

const HEAD: &str = "document = \"p\"\n[dossier]\nkey = \"k\"\ntitle = \"T\"\nformat = 2\n[[source]]\nid = \"p\"\nkey = \"P\"\ntitle = \"P\"\n[[person]]\nid = \"one\"\nlabel = \"One\"\n";

/// Returns the keys that the reader expects where a file has an unknown one.
fn keys_of_reader(text: &str) -> BTreeSet<String> {
    let (_, defects) = load(&[SourceFile::new("x.toml", text)]);
    let found = format!("unknown key \"{UNKNOWN}\"");
    let defect = defects.iter().find(|defect| defect.found == found);
    let defect = defect.unwrap_or_else(|| unreachable!("{text}\n{defects:#?}"));
    let remedy = defect.remedy.as_deref().unwrap();
    remedy.strip_prefix("expected one of: ").unwrap().split(", ").map(str::to_owned).collect()
}

/// Returns the keys of a schema, of all its forms, or of what it refers to.
fn keys_of_schema(root: &Value, schema: &Value) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    if let Some(Value::String(reference)) = schema.get("$ref") {
        let name = reference.strip_prefix("#/$defs/").unwrap();
        keys.extend(keys_of_schema(root, &root["$defs"][name]));
    }
    for form in schema.get("anyOf").and_then(Value::as_array).into_iter().flatten() {
        keys.extend(keys_of_schema(root, form));
    }
    if let Some(items) = schema.get("items").filter(|items| items.is_object()) {
        keys.extend(keys_of_schema(root, items));
    }
    keys.extend(schema.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::keys).cloned());
    keys
}

fn general() -> (std::sync::Arc<Vocabulary>, Value) {
    let words = Vocabulary::built_in(crate::vocabulary::Base::General);
    let schema = schema(&words, "T");
    (words, schema)
}

/// Compares the keys of a table; the texts are forms of it, each with an unknown key.
fn compare(schema: &Value, path: &str, texts: &[String]) {
    let expected: BTreeSet<String> = texts.iter().flat_map(|text| keys_of_reader(text)).collect();
    let found = keys_of_schema(schema, schema.pointer(path).unwrap());
    assert_eq!(found, expected, "{path}");
}

#[test]
fn the_schema_has_the_tables_of_a_file() {
    let (_, schema) = general();
    compare(&schema, "", &[format!("{UNKNOWN} = 1\n{HEAD}")]);
}

#[test]
fn every_table_has_the_keys_that_the_reader_knows() {
    let (_, schema) = general();
    for (name, rest) in [
        ("source", "id = \"q\"\nkey = \"Q\"\ntitle = \"Q\""),
        ("check", "label = \"x\"\nat = \"lead / p1\"\nsum = 1\nequals = 1"),
        ("judgement", "a = \"one\"\nb = \"one\"\nverdict = \"same\"\nreason = \"r\""),
        ("unclaimed", "at = \"lead / p1\"\nreason = \"r\""),
        ("complete", "of = \"person/one\"\nlist = \"events\"\nreason = \"r\""),
        ("review", "claim = \"~aaaaaaaa\"\nby = \"x\"\nverdict = \"question\""),
        ("kind", "name = \"ship\"\nof = \"item\"\nlabel = \"Ship\""),
        ("property", "name = \"mast\"\nof = \"item\"\nlabel = \"Mast\"\nvalue = \"text\""),
        ("measure", "name = \"oar\""),
        ("matrix", "name = \"m\""),
    ] {
        let text = format!("{HEAD}[[{name}]]\n{rest}\n{UNKNOWN} = 1\n");
        compare(&schema, &format!("/properties/{name}/items"), &[text]);
    }
    let dossier = HEAD.replace("format = 2\n", &format!("format = 2\n{UNKNOWN} = 1\n"));
    compare(&schema, "/properties/dossier", &[dossier]);
    compare(&schema, "/properties/vocabulary", &[format!("{HEAD}[vocabulary]\n{UNKNOWN} = 1\n")]);
    let pins = format!("{HEAD}[pins.p]\nsplitter = 1\nlength = 1\nsha256 = \"\"\nplaces = {{}}\n{UNKNOWN} = 1\n");
    compare(&schema, "/$defs/pins", &[pins]);
}

#[test]
fn every_kind_has_the_keys_that_the_reader_knows() {
    let (words, schema) = general();
    let mut all = BTreeSet::new();
    for id in words.kinds().filter(|&id| words.core(id) != CoreKind::Document) {
        let name = &words.kind(id).name;
        let table = format!("{HEAD}[[{name}]]\nid = \"two\"\nlabel = \"Two\"\n{UNKNOWN} = 1\n");
        compare(&schema, &format!("/properties/{name}/items"), std::slice::from_ref(&table));
        // More that is said of it: the same, but for its id and label.
        let claim = table.replace(UNKNOWN, "description") + &format!("[[claim]]\nof = \"{name}/two\"\n{UNKNOWN} = 1\n");
        all.extend(keys_of_reader(&claim));
    }
    assert_eq!(keys_of_schema(&schema, &schema["properties"]["claim"]["items"]), all);
}

#[test]
fn every_value_has_the_keys_that_the_reader_knows() {
    let (words, schema) = general();
    for (kind, property, value) in [
        ("event", "when", "\"2020\""),
        ("place", "population", "1"),
        ("person", "statement", "\"x\""),
        ("person", "place", "\"two\""),
    ] {
        let text = format!(
            "{HEAD}[[place]]\nid = \"two\"\nlabel = \"T\"\n[[{kind}]]\nid = \"it\"\nlabel = \"It\"\n{property} = {{ value = {value}, at = \"lead / p1\", {UNKNOWN} = 1 }}\n"
        );
        let mut expected = keys_of_reader(&text);
        let id = words.find_property(property).unwrap();
        // The reader asks for these of every value, and refuses them where they mean nothing.
        if words.property(id).range != Range::Date {
            assert!(expected.remove("label"));
        }
        if !words.property(id).is_number() {
            assert!(expected.remove("state"));
        }
        assert_eq!(keys_of_schema(&schema, &schema["$defs"][format!("value-{property}")]), expected, "{property}");
    }
    let name = format!("{HEAD}names = {{ value = \"x\", {UNKNOWN} = 1 }}\n");
    compare(&schema, "/$defs/name", &[name]);
}

#[test]
fn every_part_of_a_declaration_has_the_keys_that_the_reader_knows() {
    let (_, schema) = general();
    let matrix = |rest: &str| {
        format!("{HEAD}[[matrix]]\nname = \"m\"\nof = \"unit\"\n{rest}\n").replace("QQ", &format!("{UNKNOWN} = 1"))
    };
    let number = |counts: &str| {
        format!(
            "{HEAD}[[property]]\nname = \"x\"\nlabel = \"X\"\nof = \"unit\"\nvalue = \"number\"\nmeasure = \"m\"\ncounts = {{ {counts}, {UNKNOWN} = 1 }}\n"
        )
    };
    compare(&schema, "/$defs/members", &[matrix("rows = { kind = \"unit\", QQ }")]);
    compare(&schema, "/$defs/counts", &[number("kind = \"unit\""), number("values = \"member\"")]);
    let cells = ["cell = { kind = \"unit\", QQ }", "cell = { property = \"member\", sign = \"+\", QQ }"];
    compare(&schema, "/$defs/cell", &cells.map(matrix));
    let columns = ["columns = { kind = \"unit\", QQ }", "columns = { group = {}, QQ }"];
    compare(&schema, "/$defs/columns", &columns.map(matrix));
    compare(&schema, "/$defs/mark", &[matrix("marks = { label = \"x\", QQ }")]);
}

#[test]
fn every_reference_leads_to_a_definition() {
    let (_, schema) = general();
    let text = schema.to_string();
    let mut names: Vec<&str> = text.split("\"#/$defs/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    names.sort_unstable();
    names.dedup();
    assert!(names.len() > 100, "{names:?}");
    for name in &names {
        assert!(schema["$defs"].get(name).is_some(), "{name}");
    }
    for name in schema["$defs"].as_object().unwrap().keys() {
        assert!(names.contains(&name.as_str()), "{name} is not used");
    }
}
