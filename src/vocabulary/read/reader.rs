//! The state of reading a vocabulary, and the lookups that all its tables share.
//!
//! Invariant: a lookup that fails has added a defect with its place.

use std::collections::{BTreeMap, HashMap};

use crate::syntax::{Code, Defect, Fields, Node, Position, suggestion};
use crate::vocabulary::Vocabulary;
use crate::vocabulary::kind::{Kind, KindId, Kinds, Origin};
use crate::vocabulary::property::{Core, PropertyId, Range};

/// The tables of a file that declare its words.
pub const TABLES: &[&str] = &["vocabulary", "kind", "property", "measure", "matrix"];

/// The tables of a file that are no entities, so that no kind may be called so.
pub const FILE_TABLES: &[&str] = &[
    "dossier",
    "source",
    "claim",
    "check",
    "judgement",
    "unclaimed",
    "pins",
    "complete",
    "review",
    "kind",
    "property",
    "measure",
    "matrix",
    "vocabulary",
];

/// The greatest length of a name, in bytes.
const MAX_NAME: usize = 40;

/// The rule for names, as a message says it.
const NAME_RULE: &str = "expected a lower-case letter, then lower-case letters, digits and hyphens, at most 40 in all";

/// The greatest length of a label, in characters.
const MAX_LABEL: usize = 200;

/// A vocabulary so far, and its defects.
pub(super) struct Reader {
    pub vocabulary: Vocabulary,
    pub origin: Origin,
    pub defects: Vec<Defect>,
    /// The places of the declarations of this reading, by table and name.
    places: HashMap<(&'static str, Box<str>), Position>,
    counts: BTreeMap<&'static str, usize>,
    /// What measures of this reading are added up as, with its place.
    pub sums: Vec<(String, Position)>,
}

impl Reader {
    pub(super) fn new(base: &Vocabulary, origin: Origin, defects: Vec<Defect>) -> Self {
        Self {
            vocabulary: base.clone(),
            origin,
            defects,
            places: HashMap::new(),
            counts: BTreeMap::new(),
            sums: Vec::new(),
        }
    }

    /// Reads the name of a declaration: a lower-case letter, then letters, digits and hyphens.
    pub(super) fn name<'a>(&mut self, fields: &mut Fields<'a>) -> Option<&'a str> {
        let name = fields.text("name", &mut self.defects)?;
        self.checked_name(fields, "name", name)
    }

    /// Reads an optional key that has the form of a name.
    pub(super) fn optional_name<'a>(&mut self, fields: &mut Fields<'a>, key: &'a str) -> Option<&'a str> {
        let name = fields.optional_text(key, &mut self.defects)?;
        self.checked_name(fields, key, name)
    }

    fn checked_name<'a>(&mut self, fields: &mut Fields<'a>, key: &'a str, name: &'a str) -> Option<&'a str> {
        if is_name(name) {
            return Some(name);
        }
        if let Some(node) = fields.get(key) {
            self.defects.push(node.defect(Code::VocabularyName, format!("{key} \"{name}\""), NAME_RULE));
        }
        None
    }

    /// Reads a label of at most 200 characters.
    pub(super) fn label(&mut self, fields: &mut Fields<'_>, key: &'static str) -> Option<Box<str>> {
        let label = fields.optional_text(key, &mut self.defects)?;
        let length = label.chars().count();
        if (label.trim().is_empty() || length > MAX_LABEL)
            && let Some(node) = fields.get(key)
        {
            let (code, found) = if length > MAX_LABEL {
                (Code::VocabularyLimit, format!("{length} characters"))
            } else {
                (Code::WrongValue, "no characters".into())
            };
            self.defects.push(node.defect(code, found, format!("expected 1 to {MAX_LABEL} characters")));
            return None;
        }
        Some(label.into())
    }

    /// Reads a name of several words that is shown, such as that of a unit: any text without control characters.
    pub(super) fn words<'a>(&mut self, fields: &mut Fields<'a>, key: &'a str) -> Option<&'a str> {
        let words = fields.optional_text(key, &mut self.defects)?;
        let is_sound = !words.is_empty() && words.trim() == words && words.chars().count() <= MAX_LABEL;
        if (!is_sound || words.chars().any(char::is_control))
            && let Some(node) = fields.get(key)
        {
            self.defects.push(node.defect(Code::WrongValue, format!("{key} \"{words}\""), "expected a word or a few"));
            return None;
        }
        Some(words)
    }

    /// Returns true for the built-in sets of a release: a test reads them with every check.
    pub(super) fn is_trusted(&self) -> bool {
        self.origin != Origin::Dossier && !cfg!(debug_assertions)
    }

    /// Counts a declaration of the dossier; false, with a defect, if there are more than `most`.
    pub(super) fn has_room(&mut self, table: &'static str, most: usize, node: Node<'_>) -> bool {
        if self.origin != Origin::Dossier {
            return true;
        }
        let count = self.counts.entry(table).or_default();
        *count = count.saturating_add(1);
        if *count == most.saturating_add(1) {
            self.defects.push(node.defect(
                Code::VocabularyLimit,
                format!("more than {most} [[{table}]]"),
                "expected fewer",
            ));
        }
        *count <= most
    }

    /// Notes where a declaration stands; false, with a defect, if this name is declared already.
    pub(super) fn declare(&mut self, table: &'static str, name: &str, fields: &Fields<'_>) -> bool {
        if self.is_trusted() {
            return true;
        }
        if let Some(first) = self.places.get(&(table, name.into())) {
            let found = format!("{table} \"{name}\" is declared twice");
            let defect = fields.defect(Code::VocabularyDuplicate, found, "expected it once");
            self.defects.push(defect.with_second(first.clone()));
            return false;
        }
        self.places.insert((table, name.into()), fields.position());
        true
    }

    /// Returns the names of all kinds: those that had their place in the order before this reading, then those declared
    /// since.
    fn known_kinds(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.vocabulary.kind_names().collect();
        let since = self.vocabulary.kinds.iter().map(|kind| &*kind.name).filter(|name| !names.contains(name));
        let since: Vec<&str> = since.collect();
        names.extend(since);
        names
    }

    /// Returns the kind that a value names.
    pub(super) fn kind(&mut self, node: Node<'_>) -> Option<KindId> {
        let Some(name) = node.as_text() else {
            self.defects.push(node.unexpected("the name of a kind in quotes"));
            return None;
        };
        let found = self.vocabulary.find_kind(name);
        if found.is_none() {
            let known = self.known_kinds();
            let remedy = suggestion(name, known.iter().copied(), || format!("expected one of: {}", known.join(", ")));
            self.defects.push(node.defect(Code::VocabularyUnknown, format!("unknown kind \"{name}\""), remedy));
        }
        found
    }

    /// Returns the kinds that a value names, which are at least one; those below them are added in the end.
    pub(super) fn kinds(&mut self, node: Node<'_>) -> Kinds {
        let mut kinds = Kinds::default();
        self.refuse_empty(node, "the name of a kind");
        for item in node.items() {
            if let Some(kind) = self.kind(item)
                && !kinds.listed.contains(&kind)
            {
                kinds.listed.push(kind);
            }
        }
        kinds
    }

    /// Returns the property that a value names.
    pub(super) fn property(&mut self, node: Node<'_>) -> Option<PropertyId> {
        let Some(name) = node.as_text() else {
            self.defects.push(node.unexpected("the name of a property in quotes"));
            return None;
        };
        let found = self.vocabulary.find_property(name);
        if found.is_none() {
            let known = self.vocabulary.properties.iter().map(|property| &*property.name);
            let remedy = suggestion(name, known, || "expected the name of a declared property".into());
            self.defects.push(node.defect(Code::VocabularyUnknown, format!("unknown property \"{name}\""), remedy));
        }
        found
    }

    /// Reads a key that is `true` or `false`.
    pub(super) fn flag(&mut self, fields: &mut Fields<'_>, key: &'static str) -> Option<bool> {
        let node = fields.get(key)?;
        let flag = node.as_bool();
        if flag.is_none() {
            self.defects.push(node.unexpected("true or false"));
        }
        flag
    }

    /// Reads a key with a whole number from 0 on.
    pub(super) fn order(&mut self, fields: &mut Fields<'_>) -> Option<u32> {
        let node = fields.get("order")?;
        let order = node.as_number().filter(|number| number.fract() == 0.0 && (0.0..=1e6).contains(number));
        if order.is_none() {
            self.defects.push(node.unexpected_number("a whole number from 0 to 1,000,000"));
        }
        #[expect(clippy::cast_sign_loss, reason = "checked not to be negative")]
        order.map(|number| number as u32)
    }

    /// Reports a list without items.
    pub(super) fn refuse_empty(&mut self, node: Node<'_>, expected: &str) {
        if node.items().is_empty() {
            self.defects.push(node.defect(Code::WrongValue, "an empty list", format!("expected {expected} in it")));
        }
    }

    /// Reads a list of texts, or one text.
    pub(super) fn texts(&mut self, node: Node<'_>) -> Vec<Box<str>> {
        let mut texts = Vec::new();
        for item in node.items() {
            match item.as_text() {
                Some(text) => texts.push(text.into()),
                None => self.defects.push(item.unexpected("a text in quotes")),
            }
        }
        texts
    }

    /// Numbers the positions, and returns the vocabulary and the defects.
    pub(super) fn finish(self) -> (Vocabulary, Vec<Defect>) {
        let Self { mut vocabulary, defects, .. } = self;
        // A kind without an order of its own stands behind the kind above it.
        let order = |kind: &Kind| {
            let above = kind.parent.into_iter().flat_map(|parent| vocabulary.with_above(parent));
            kind.order.or_else(|| above.into_iter().find_map(|above| vocabulary.kind(above).order))
        };
        vocabulary.kinds_in_order = in_order(&vocabulary.kinds, order, KindId::from_index);
        for (position, id) in vocabulary.kinds_in_order.clone().into_iter().enumerate() {
            if let Some(kind) = vocabulary.kinds.get_mut(id.index()) {
                kind.position = position as u8;
            }
        }
        vocabulary.properties_in_order =
            in_order(&vocabulary.properties, |property| property.order, PropertyId::from_index);
        for (position, id) in vocabulary.properties_in_order.clone().into_iter().enumerate() {
            if let Some(property) = vocabulary.properties.get_mut(id.index()) {
                property.position = position as u16;
            }
        }
        // A kind that was declared after a property is below the kinds of that property, too.
        let mut properties = std::mem::take(&mut vocabulary.properties);
        for property in &mut properties {
            let below = |kinds: &[KindId]| {
                let all = vocabulary.kinds_in_order.iter().copied();
                all.filter(|&kind| kinds.iter().any(|&above| vocabulary.is_below(kind, above))).collect()
            };
            property.domain.all = below(&property.domain.listed);
            if let Range::Entity(kinds) = &mut property.range {
                kinds.all = below(&kinds.listed);
            }
        }
        vocabulary.properties = properties;
        let in_order = vocabulary.properties_in_order.iter().copied();
        let is_way = |&id: &PropertyId| id == Core::Person || vocabulary.is_whole(id);
        vocabulary.ways = in_order.filter(is_way).collect();
        (vocabulary, defects)
    }
}

/// Returns true for a lower-case letter followed by lower-case letters, digits and hyphens, at most 40 in all.
fn is_name(name: &str) -> bool {
    let mut bytes = name.bytes();
    let is_word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    name.len() <= MAX_NAME && bytes.next().is_some_and(|byte| byte.is_ascii_lowercase()) && bytes.all(is_word)
}

/// Sorts rows by their order; those without one follow as declared.
fn in_order<T, I>(rows: &[T], order: impl Fn(&T) -> Option<u32>, id: impl Fn(usize) -> I) -> Vec<I> {
    let mut sorted: Vec<(u32, usize)> =
        rows.iter().enumerate().map(|(at, row)| (order(row).unwrap_or(u32::MAX), at)).collect();
    sorted.sort_unstable();
    sorted.into_iter().map(|(_, at)| id(at)).collect()
}
