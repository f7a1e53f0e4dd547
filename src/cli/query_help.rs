//! The help on queries, for the commands that take one.
//!
//! Invariant: the fields are those of [`Field::ALL`], each with its example and meaning.

use std::fmt::Write as _;

use crate::query::Field;

const EXAMPLE: usize = 22;

/// Returns the text after the help of `find`.
pub fn find() -> String {
    format!(
        "\
Queries, here and behind --query of list and timeline:
  x y                   both; 'x exactly, ^x first, x$ last, \"x y\" together
  x|y  !x               either; nothing that has x
{}
In a value a comma means or, quotes hold words together, and a name is one that
has all the words; ! stands before any field but sort:.

Examples:
  annals find ramji sin
  annals find kalyani kind:facility year:2021
  annals find degree:DM kind:unit
  annals find 'inst:\"aiims kalyani\" has:conflict sort:kind,name'
  annals find obgy --kind department
  annals find iitkgp --limit 1 --format jsonl",
        fields()
    )
}

/// Returns the text after the help of `list`.
pub fn list() -> String {
    format!(
        "\
Kinds: institution, unit, department, person, post, tenure, programme,
agreement, facility, event, scheme, place, document.

Fields of a query, beside words; more in annals find --help:
{}
Examples:
  annals list department
  annals list department --query degree:DM
  annals list programme --of kalyani-ent
  annals list agreement --query at:2021
  annals list people --query 'role:director sort:-date'
  annals list people --format csv > people.csv",
        fields()
    )
}

/// Returns the text after the help of `timeline`.
pub fn timeline() -> String {
    format!(
        "\
Fields of a query, beside words; more in annals find --help. A timeline stays in
date order, so that sort: changes nothing here.
{}
Examples:
  annals timeline --from 1957 --to 1994
  annals timeline --query 'roy year:2019..2021,1957'
  annals timeline --query 'role:director source:C'
  annals timeline --of \"AIIMS Kalyani\" --format jsonl
  annals timeline --from 2014 --format svg > timeline.svg",
        fields()
    )
}

fn fields() -> String {
    Field::ALL.iter().fold(String::new(), |mut lines, field| {
        let _ = writeln!(lines, "  {:EXAMPLE$}{}", field.example(), field.meaning());
        lines
    })
}
