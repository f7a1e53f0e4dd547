//! The keys of the tables that a file may have, as rows: name, form, whether it is required, and what it says.
//!
//! Invariant: these are the keys that the reader of authored files asks for; a test compares the two.

use crate::model::rows::SourceKey;
use crate::model::words::{Basis, Digests, Modality, NameKind, Rank, Sameness, State};
use crate::model::{Hemisphere, ReviewVerdict};
use crate::text::word::Word;
use crate::vocabulary::{Base, Role};

/// The form of a value.
#[derive(Debug, Clone, Copy)]
pub(super) enum Form {
    /// A text.
    Text,
    /// A text with something in it.
    Filled,
    /// Texts with something in them, one or a list.
    Texts,
    /// `true` or `false`.
    Flag,
    /// A whole number from 0 on.
    Whole,
    /// A number above 0.
    Positive,
    /// A word of a closed list.
    Word(fn() -> Vec<&'static str>),
    /// What stands under this name in `$defs`.
    Shared(&'static str),
    /// One of what stands under this name in `$defs`, or a list of it.
    OneOrMore(&'static str),
    /// The number of a format.
    Format,
}

/// A key of a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key {
    pub name: &'static str,
    pub form: Form,
    pub is_required: bool,
    pub about: &'static str,
}

const fn may(name: &'static str, form: Form, about: &'static str) -> Key {
    Key { name, form, is_required: false, about }
}

const fn must(name: &'static str, form: Form, about: &'static str) -> Key {
    Key { name, form, is_required: true, about }
}

fn words<T: Word>() -> Vec<&'static str> {
    T::ALL.iter().map(|word| word.as_str()).collect()
}

/// What a table allows of what it holds.
const ALLOW: Key = may("allow", OneOrMore("code"), "Codes of defects that are not reported of what the table holds.");

use Form::{Filled, Flag, Format, OneOrMore, Positive, Shared, Text, Texts, Whole, Word as OneOf};

/// `[dossier]`.
pub(super) const DOSSIER: &[Key] = &[
    must("key", Text, "A short name of the dossier."),
    must("title", Text, "The title."),
    may("format", Format, "The format of the files; 1 where it is not stated."),
    may("span", Shared("date"), "The time that the dossier is about."),
    may("horizon", Shared("date"), "The last day that the documents know of: the \"today\" of the dossier."),
    may("licence", Text, "The licence of the dossier."),
    may("origin", Text, "Where the dossier comes from."),
    may("documents", Text, "The folder of the documents."),
    may("digests", OneOf(words::<Digests>), "How pins keep the words of documents; plain where it is not stated."),
    may(
        "hemisphere",
        OneOf(words::<Hemisphere>),
        "The hemisphere whose seasons are meant; north where it is not stated.",
    ),
    ALLOW,
];

/// `[vocabulary]`.
pub(super) const VOCABULARY: &[Key] =
    &[may("base", OneOf(words::<Base>), "The built-in set of words; general where it is not stated.")];

/// `[[source]]`, without the keys of [`SourceKey`].
pub(super) const SOURCE: &[Key] = &[
    must("id", Shared("slug"), "The second half of its id: document/ID."),
    must("key", Text, "The short name in citations, such as \"A\"."),
    must("title", Text, "The title."),
    may("kind", Text, "The sort of document."),
    may("publisher", Text, "Who published it."),
    may("published", Shared("date"), "The day on which it came out."),
    may("file", Text, "Its file in the folder of the documents."),
    may("private", Flag, "True if a public export leaves it out."),
    may("complete", OneOrMore("list"), "The lists that it holds as a whole."),
    ALLOW,
];

/// What more a `[[source]]` may say.
pub(super) fn source_detail(key: SourceKey) -> Key {
    let (form, about) = match key {
        SourceKey::Short => (Filled, "A short title."),
        SourceKey::Author => (Texts, "Its authors: \"Family, Given\", or a body in braces."),
        SourceKey::Url => (Filled, "Its address on the web."),
        SourceKey::Archived => (Filled, "The address of an archived copy."),
        SourceKey::Accessed => (Shared("date"), "The day on which it was read."),
        SourceKey::Licence => (Filled, "Its licence."),
        SourceKey::Language => (Filled, "Its language, such as \"en\"."),
        SourceKey::Form => (Filled, "The form in which it is read."),
        SourceKey::Splitter => (Shared("splitter"), "The version of the splitter by which its places are counted."),
        SourceKey::Copies => (Filled, "The document from which it was copied: the id or key of a [[source]]."),
    };
    may(key.as_str(), form, about)
}

/// The head of the table of an entity.
pub(super) const ENTITY: &[Key] =
    &[must("id", Shared("slug"), "The second half of its id: KIND/ID."), must("label", Text, "What it is called.")];

/// The head of the table of a tenure, which gets the label "PERSON, POST".
pub(super) const TENURE: &[Key] = &[
    must("id", Shared("slug"), "The second half of its id: KIND/ID."),
    may("label", Text, "What it is called; the person and the post where it is not stated."),
];

/// The head of `[[claim]]`.
pub(super) const CLAIM: &[Key] = &[must("of", Shared("entity"), "The entity of which more is said: KIND/ID.")];

/// What the table of an entity and `[[claim]]` may say of the entity itself.
pub(super) const SUBJECT: &[Key] = &[
    may("names", OneOrMore("name"), "Further names."),
    may("short", Text, "A short form of the label, for narrow columns."),
    may("complete", OneOrMore("list"), "The lists of the entity that are whole."),
];

/// What a table of claims sets for all its claims, and a value for itself alone.
pub(super) const DEFAULTS: &[Key] = &[
    may("at", OneOrMore("place"), "Evidence: one place or a list of places."),
    may("modality", OneOf(words::<Modality>), "How the document means it; actual where it is not stated."),
    may(
        "basis",
        OneOf(words::<Basis>),
        "How it was taken from the document; listed for an item or a row, else stated.",
    ),
    may("rank", OneOf(words::<Rank>), "Which claim to show first; normal where it is not stated."),
    may("reason", Text, "Why; required with inferred and with any rank but normal."),
    may("as_of", Shared("date"), "The day to which the statement refers."),
    may("by", Filled, "To whom the document attributes it: the id of an entity with its kind, or a text."),
    may("said-in", Text, "The occasion on which it was said."),
    may("private", Flag, "True if a public export leaves it out."),
    ALLOW,
];

/// What only the table of a value may say.
pub(super) const VALUE: &[Key] = &[
    may("missing", Flag, "True in place of a value: the document leaves a blank."),
    may("label", Text, "A date as the document words it, such as \"AY 2021–22\"."),
    may("note", Text, "A remark of the dossier's authors."),
    may("start", Shared("date"), "The first date on which it held."),
    may("end", Shared("date"), "The last date on which it held."),
    may("id", Shared("claim-id"), "The id of the claim: 4 to 16 lower-case letters and digits."),
    may("state", OneOf(words::<State>), "What a number speaks of."),
    may("scope", Texts, "Of what it speaks within its subject: ids with their kinds, or texts."),
    may("sentence", Text, "The sentence in the words of the dossier's authors."),
];

/// A name that is written as a table.
pub(super) const NAME: &[Key] = &[
    must("value", Text, "The name."),
    may("kind", OneOf(words::<NameKind>), "The sort of name; alias where it is not stated."),
    may("lang", Text, "Its language, such as \"en\"."),
    may("start", Shared("date"), "The first date on which it was used."),
    may("end", Shared("date"), "The last date on which it was used."),
    may("private", Flag, "True if a public export leaves it out."),
    may("at", OneOrMore("place"), "Evidence: one place or a list of places."),
    ALLOW,
];

/// `[[check]]`.
pub(super) const CHECK: &[Key] = &[
    must("label", Text, "Its name, which no other check has."),
    may("at", OneOrMore("place"), "Evidence: one place or a list of places; required unless no-evidence is allowed."),
    may("note", Text, "A remark of the dossier's authors."),
    may("sum", OneOrMore("term"), "The terms that are added."),
    may("ratio", Shared("ratio"), "Two terms, of which the first is divided by the second."),
    may("equals", Shared("term"), "The term that the result equals."),
    may("at-most", Shared("term"), "The term that the result does not exceed."),
    ALLOW,
];

/// `[[judgement]]`.
pub(super) const JUDGEMENT: &[Key] = &[
    must("a", Shared("entity"), "The one entity."),
    must("b", Shared("entity"), "The other entity."),
    must("verdict", OneOf(words::<Sameness>), "Whether both are the same."),
    must("reason", Text, "Why."),
    ALLOW,
];

/// `[[unclaimed]]`.
pub(super) const UNCLAIMED: &[Key] = &[
    must("at", OneOrMore("place"), "Places that hold no fact."),
    must("reason", Text, "Why, such as \"heading\"."),
    ALLOW,
];

/// `[[complete]]`.
pub(super) const COMPLETE: &[Key] = &[
    may("of", Shared("entity"), "The entity whose lists are whole."),
    may("source", Shared("entity"), "The document whose lists are whole."),
    must("list", OneOrMore("list"), "The lists: words of the format, properties or kinds."),
    may("since", Shared("date"), "From when on they are whole; always where it is not stated."),
    may("until", Shared("date"), "Until when they are whole; the day of the document where it is not stated."),
    may("at", OneOrMore("place"), "Evidence: one place or a list of places."),
    may("reason", Text, "Why, where no place says so."),
    ALLOW,
];

/// `[[review]]`.
pub(super) const REVIEW: &[Key] = &[
    must("claim", Text, "The id of the claim."),
    must("by", Text, "Who reviewed it."),
    may("on", Shared("date"), "The day of the review."),
    must("verdict", OneOf(words::<ReviewVerdict>), "What the reviewer found."),
    may("note", Text, "A remark of the reviewer."),
    may("seen", Text, "The derived id of the claim at that time."),
    ALLOW,
];

/// `[pins.DOCUMENT]`.
pub(super) const PINS: &[Key] = &[
    must("splitter", Shared("splitter"), "The version of the splitter."),
    may("digest", Shared("digest-form"), "How the digests are made; SHA-256 where it is not stated."),
    must("length", Whole, "The length of the document in code points."),
    must("sha256", Shared("digest"), "The digest of the document's file."),
    must("places", Shared("pinned"), "Each place with its line, start, length and digest."),
];

/// `[[kind]]`.
pub(super) const KIND: &[Key] = &[
    must("name", Shared("word"), "The name of the table and the first half of ids."),
    may("of", Shared("kind"), "The kind above it."),
    may("label", Shared("label"), "What one of them is called."),
    may("plural", Shared("label"), "What several are called; label and \"s\" where it is not stated."),
    may("group", Shared("label"), "The heading for it where two dates are compared."),
    may("order", Shared("order"), "Where it is listed among kinds."),
    may("extend", Flag, "True if it changes a kind that exists."),
    ALLOW,
];

/// `[[property]]`.
pub(super) const PROPERTY: &[Key] = &[
    must("name", Shared("word"), "The key in files and the field in queries."),
    may("label", Shared("label"), "The heading in views."),
    may("of", OneOrMore("kind"), "The kinds that may have it."),
    may("value", Shared("value-form"), "What its values are; entity is a link."),
    may("measure", OneOrMore("unit"), "Of a number: the units that it takes, the usual one first."),
    may("dimension", Filled, "Of a number: it takes every unit of this dimension."),
    may("to", OneOrMore("kind"), "Of a link: the kinds to which it may lead."),
    may("inverse", Shared("label"), "Of a link: the heading on the other side."),
    may("many", Flag, "True if several different values may hold at once."),
    may("exclusive", Flag, "Of a text: true if different wordings exclude each other."),
    may("happening", Shared("sentence"), "Of a date: the sentence of its row on the timeline."),
    may("planned", Shared("sentence"), "The sentence for what is planned."),
    may("alleged", Shared("sentence"), "The sentence for what is alleged."),
    may("denied", Shared("sentence"), "The sentence for what is denied."),
    may("role", OneOf(words::<Role>), "What a date says of the life of its subject, or a link of its whole."),
    may("field", Shared("words"), "A second name in queries."),
    may("counts", OneOrMore("counts"), "Of a number: what it counts; the first that fits the subject holds."),
    may("values", Texts, "Of a text: the only values that it may have."),
    may("group", Shared("label"), "Of a number: the heading under which figures of several properties stand."),
    may("order", Shared("order"), "Where it is listed among properties."),
    may("extend", Flag, "True if it changes a property that exists."),
    may("replaces", Flag, "True if it takes the place of a property of the base."),
    ALLOW,
];

/// `[[measure]]`.
pub(super) const MEASURE: &[Key] = &[
    must("name", Shared("words"), "The word for one of it."),
    may("plural", Shared("words"), "The word for several; both are read."),
    may("symbol", Shared("words"), "A sign that is read, too."),
    may("dimension", Text, "What it measures; count where it is not stated."),
    may("factor", Positive, "Its size in the base of the dimension; 1 where it is not stated."),
    may("adds_to", Shared("words"), "The count to which its numbers may be added in a check."),
    may("rate", Flag, "True if /year may stand behind it."),
    may("replaces", Flag, "True if it takes the place of the measure of this name."),
    ALLOW,
];

/// `[[matrix]]`.
pub(super) const MATRIX: &[Key] = &[
    must("name", Shared("word"), "Its name in commands."),
    may("label", Shared("label"), "The title; the name where it is not stated."),
    may("tab", Shared("label"), "The name of the tab; the label where it is not stated."),
    must("of", Shared("kind"), "The kind of which each entity has one."),
    must("rows", Shared("members"), "The entities at the left."),
    must("cell", Shared("cell"), "What stands in the cells."),
    may(
        "columns",
        Shared("columns"),
        "What stands at the top; the texts, as they are written, where it is not stated.",
    ),
    may("marks", OneOrMore("mark"), "Further columns."),
    may("checks", OneOrMore("property"), "Numbers of the subject that are held against the counts."),
    ALLOW,
];

/// Entities of a kind that belong to a subject.
pub(super) const MEMBERS: &[Key] = &[
    must("kind", Shared("kind"), "Their kind."),
    may("type", Text, "Their type, if only those of one type are meant."),
    may("through", Shared("property"), "The link that leads to the subject; institution where it is not stated."),
];

/// Values that are counted.
pub(super) const COUNTED: &[Key] = &[
    must("values", Shared("property"), "The link of the subject whose values are counted."),
    may("plus", Shared("property"), "A number of the subject that is added."),
];

/// Cells that hold entities.
pub(super) const CELL_ENTITIES: &[Key] = &[
    must("kind", Shared("kind"), "The kind of the entities."),
    must("row", Shared("property"), "Their link to the row."),
    must("column", Shared("property"), "Their text, which is the column."),
];

/// Cells that hold links.
pub(super) const CELL_LINKS: &[Key] = &[
    must("property", OneOrMore("property"), "The links from the row to the column."),
    must("sign", OneOrMore("any-text"), "A sign for each."),
];

/// Columns that are texts.
pub(super) const COLUMN_TEXTS: &[Key] = &[
    may("order", OneOrMore("any-text"), "The texts that come first."),
    may("group", Shared("groups"), "Headings that gather several texts."),
];

/// Columns that are entities: the keys beside those of [`MEMBERS`].
pub(super) const COLUMN_ORDER: &[Key] = &[may("order", Shared("property"), "The date by which they are sorted.")];

/// A further column.
pub(super) const MARK: &[Key] = &[
    must("label", Shared("label"), "Its heading."),
    must("kind", Shared("kind"), "The kind of its entities."),
    must("row", Shared("property"), "Their link to the row."),
    must("pick", Shared("pick"), "Which of several is taken: \"earliest PROPERTY\"."),
];
