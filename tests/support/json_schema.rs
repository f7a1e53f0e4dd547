//! Validates a JSON value under a JSON Schema, as far as the schema of the program needs it.
//!
//! Invariant: a keyword that is not known here stops the test, so that none is passed over.

use std::collections::HashMap;

use regex::Regex;
use serde_json::{Map, Value};

/// A schema, and its regular expressions once they are compiled.
pub struct Schema {
    root: Value,
    patterns: HashMap<String, Regex>,
}

impl Schema {
    /// Returns the schema in a JSON text. Every keyword and every pattern of it is checked.
    pub fn new(text: &str) -> Self {
        let root: Value = serde_json::from_str(text).unwrap();
        let mut patterns = HashMap::new();
        collect(&root, &mut patterns);
        Self { root, patterns }
    }

    /// Returns the first reason why a value is not valid, as its place and the keyword; `None` if it is.
    pub fn fault(&self, value: &Value) -> Option<String> {
        self.check(&self.root, value, "").err()
    }

    fn check(&self, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
        let keywords = match schema {
            Value::Bool(true) => return Ok(()),
            Value::Bool(false) => return Err(format!("{at}: nothing is allowed")),
            Value::Object(keywords) => keywords,
            other => panic!("{other} is no schema"),
        };
        for (keyword, argument) in keywords {
            if !self.holds(keywords, keyword, argument, value, at)? {
                return Err(format!("{at}: {keyword} {}", argument.to_string().chars().take(200).collect::<String>()));
            }
        }
        Ok(())
    }

    fn is_valid(&self, schema: &Value, value: &Value) -> bool {
        self.check(schema, value, "").is_ok()
    }

    /// Returns whether one keyword holds; an error from within a part has the place of the part.
    fn holds(
        &self,
        keywords: &Map<String, Value>,
        keyword: &str,
        argument: &Value,
        value: &Value,
        at: &str,
    ) -> Result<bool, String> {
        let schemas = || argument.as_array().unwrap().iter();
        let length = |text: &str| text.chars().count() as u64;
        Ok(match keyword {
            "$schema" | "$defs" | "title" | "description" | "then" | "else" => true,
            "$ref" => {
                let name = argument.as_str().unwrap().strip_prefix("#/$defs/").unwrap();
                self.check(&self.root["$defs"][name], value, at)?;
                true
            }
            "type" => has_type(argument.as_str().unwrap(), value),
            "enum" => argument.as_array().unwrap().contains(value),
            "const" => argument == value,
            "pattern" => value.as_str().is_none_or(|text| self.patterns[argument.as_str().unwrap()].is_match(text)),
            "minLength" => value.as_str().is_none_or(|text| length(text) >= argument.as_u64().unwrap()),
            "maxLength" => value.as_str().is_none_or(|text| length(text) <= argument.as_u64().unwrap()),
            "minimum" => value.as_f64().is_none_or(|number| number >= argument.as_f64().unwrap()),
            "maximum" => value.as_f64().is_none_or(|number| number <= argument.as_f64().unwrap()),
            "exclusiveMinimum" => value.as_f64().is_none_or(|number| number > argument.as_f64().unwrap()),
            "minItems" => value.as_array().is_none_or(|items| items.len() as u64 >= argument.as_u64().unwrap()),
            "maxItems" => value.as_array().is_none_or(|items| items.len() as u64 <= argument.as_u64().unwrap()),
            "minProperties" => value.as_object().is_none_or(|fields| fields.len() as u64 >= argument.as_u64().unwrap()),
            "required" => {
                value.as_object().is_none_or(|fields| schemas().all(|name| fields.contains_key(name.as_str().unwrap())))
            }
            "anyOf" => schemas().any(|schema| self.is_valid(schema, value)),
            "oneOf" => schemas().filter(|schema| self.is_valid(schema, value)).count() == 1,
            "not" => !self.is_valid(argument, value),
            "allOf" => schemas().try_for_each(|schema| self.check(schema, value, at)).map(|()| true)?,
            "if" => {
                let branch = if self.is_valid(argument, value) { "then" } else { "else" };
                keywords.get(branch).map_or(Ok(()), |schema| self.check(schema, value, at)).map(|()| true)?
            }
            "properties" => {
                for (name, part) in value.as_object().into_iter().flatten() {
                    if let Some(schema) = argument.get(name) {
                        self.check(schema, part, &format!("{at}/{name}"))?;
                    }
                }
                true
            }
            "additionalProperties" => {
                let known = keywords.get("properties");
                for (name, part) in value.as_object().into_iter().flatten() {
                    if known.is_none_or(|known| known.get(name).is_none()) {
                        self.check(argument, part, &format!("{at}/{name}"))?;
                    }
                }
                true
            }
            "prefixItems" => {
                for (number, (part, schema)) in value.as_array().into_iter().flatten().zip(schemas()).enumerate() {
                    self.check(schema, part, &format!("{at}/{number}"))?;
                }
                true
            }
            "items" => {
                let before = keywords.get("prefixItems").and_then(Value::as_array).map_or(0, Vec::len);
                for (number, part) in value.as_array().into_iter().flatten().enumerate().skip(before) {
                    self.check(argument, part, &format!("{at}/{number}"))?;
                }
                true
            }
            other => panic!("unknown keyword \"{other}\""),
        })
    }
}

fn has_type(name: &str, value: &Value) -> bool {
    match name {
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "number" => value.is_number(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("unknown type \"{other}\""),
    }
}

/// Compiles every pattern in a schema.
fn collect(schema: &Value, patterns: &mut HashMap<String, Regex>) {
    match schema {
        Value::Object(fields) => {
            if let Some(Value::String(pattern)) = fields.get("pattern") {
                patterns.insert(pattern.clone(), Regex::new(pattern).unwrap());
            }
            fields.values().for_each(|part| collect(part, patterns));
        }
        Value::Array(items) => items.iter().for_each(|part| collect(part, patterns)),
        _ => {}
    }
}
