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
  annals find jane do
  annals find hill kind:item year:2021
  annals find area:\">9 km²\" kind:place
  annals find 'inst:\"green hill\" has:conflict sort:kind,name'
  annals find mill --kind institution
  annals find ghill --limit 1 --format jsonl",
        fields()
    )
}

/// Returns the text after the help of `list`.
pub fn list() -> String {
    format!(
        "\
Kinds: institution, unit, person, post, tenure, agreement, event, place,
document, item, and those that the dossier declares: annals vocabulary.

Fields of a query, beside words; more in annals find --help:
{}
Examples:
  annals list institution
  annals list unit --query has:conflict
  annals list event --of \"green hill\"
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
  annals timeline --query 'mill year:2019..2021,1957'
  annals timeline --query 'role:director source:C'
  annals timeline --of \"green hill\" --format jsonl
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
