//! Reads the authored files in two passes: entities first, then their claims.
//!
//! Invariant: every defect of every file is reported, and the dossier has everything that is sound, so that one mistake
//! does not hide the next.

use std::collections::HashMap;
use std::sync::Arc;

use super::claims::read_claims;
use super::details::{self, flag};
use super::loader::{Context, Loader, date};
use super::notes::{META_KEYS, Mark, Notes, SOURCE_KEYS};
use super::origin::Origins;
use super::written::Written;
use super::{check, pins, place, words};
use crate::model::builder::Handle;
use crate::model::dossier::{Document, Meta};
use crate::model::rows::SourceKey;
use crate::model::{Core, CoreKind, Dossier, KindId, Vocabulary};
use crate::syntax::{Code, Defect, Fields, Node, Parsed, Position, SourceFile, allowed, suggestion, tables_of};
use crate::vocabulary::FILE_TABLES;

/// The table of an entity with a sound id, for the second pass.
struct Declared<'a> {
    handle: Handle,
    fields: Fields<'a>,
    context: Context,
}

/// Reads a dossier from its files. Returns everything that is sound, and all defects in the order of their places.
///
/// ```
/// use annals::formats::author::load;
/// use annals::syntax::SourceFile;
///
/// let text = "[[institution]]\nid = \"house\"\nlabel = \"House\"\n";
/// let (dossier, defects) = load(&[SourceFile::new("a.toml", text)]);
/// assert_eq!(defects, []);
/// assert_eq!(dossier.label(dossier.find("institution/house").unwrap()), "House");
///
/// let (_, defects) = load(&[SourceFile::new("a.toml", text.replace("label", "lable"))]);
/// let last = defects.last().unwrap().to_string();
/// assert_eq!(last, "a.toml:3:1: error unknown-key: unknown key \"lable\"; did you mean \"label\"?");
/// ```
pub fn load(files: &[SourceFile]) -> (Dossier, Vec<Defect>) {
    load_after(Vec::new(), files)
}

/// Reads a dossier like [`load`], and adds its defects to those of files that could not be opened.
pub fn load_after(unread: Vec<Defect>, files: &[SourceFile]) -> (Dossier, Vec<Defect>) {
    let (dossier, _, defects) = read(unread, files, None);
    (dossier, defects)
}

/// Reads a dossier like [`load_after`], with the places where its rows are written. Its defects have, too, what only these
/// tell: statements that are entered twice, and pins that nothing needs.
pub fn load_written(unread: Vec<Defect>, files: &[SourceFile]) -> (Dossier, Written, Vec<Defect>) {
    let (dossier, mut written, defects) = read(unread, files, Some(Notes::default()));
    written.add_places(&dossier, &Origins::of(&dossier, files));
    (dossier, written, defects)
}

fn read(unread: Vec<Defect>, files: &[SourceFile], notes: Option<Notes>) -> (Dossier, Written, Vec<Defect>) {
    let mut defects = unread;
    let parsed: Vec<Parsed<'_>> = files.iter().map(|file| Parsed::new(file, &mut defects)).collect();
    let broken = defects.iter().find(|defect| defect.is_error()).map(|defect| defect.at.clone());
    let mut roots: Vec<Fields<'_>> = parsed.iter().map(Parsed::fields).collect();
    let (words, format) = words::read(&mut roots, &mut defects);
    let mut loader = Loader::new(Arc::new(words), defects);
    loader.notes = notes;

    for root in &mut roots {
        loader.read_meta(root);
    }
    for root in &mut roots {
        loader.read_documents(root);
        loader.notes.iter_mut().for_each(|notes| notes.declarations(root));
    }
    loader.check_copied();
    let mut declared = Vec::new();
    let words = Arc::clone(&loader.words);
    for root in &mut roots {
        let context = loader.file_context(root);
        loader.declare_entities(&words, root, context, &mut declared);
    }
    loader.report_twice(&declared);
    for Declared { handle, mut fields, context } in declared {
        let at = loader.notes.is_some().then(|| fields.position());
        if flag(&mut loader, &mut fields, "private") == Some(true) {
            loader.builder.set_private(handle);
        }
        let allowed = read_claims(&mut loader, handle, fields, context);
        if let Some(at) = at {
            loader.note_entity(handle, Mark { at, allowed });
        }
    }
    let (mut written, mut reviews) = (check::Written::default(), Vec::new());
    for mut root in roots {
        let context = loader.file_context(&mut root);
        loader.read_further_claims(&mut root, context);
        for node in tables_of(&mut root, "check", &mut loader.defects) {
            if let Some(fields) = node.as_table() {
                check::read(&mut loader, fields, context, &mut written);
            }
        }
        loader.read_completes(&mut root, context);
        loader.read_reviews(&mut root, &mut reviews);
        loader.read_judgements(&mut root);
        loader.read_unclaimed(&mut root, context);
        pins::read(&mut loader, &mut root);
        root.close(&[], &mut loader.defects);
    }
    loader.check_reviews(reviews);
    loader.label_tenures();
    if loader.builder.ids().next().is_none() && !loader.defects.iter().any(Defect::is_error) {
        let name = files.first().map_or("dossier", |file| file.name.as_str());
        loader.defects.push(Defect::of_file(
            Code::WrongValue,
            name,
            "no entity is declared",
            "expected tables such as [[institution]]",
        ));
    }
    let ids: Vec<String> = loader.notes.iter().flat_map(|_| loader.builder.ids()).map(str::to_owned).collect();
    let (dossier, moves) = loader.builder.finish_moved();
    let mut defects = loader.defects;
    let places = loader.notes.map(|notes| Written::new(notes, &dossier, &moves, &ids));
    let (mut places, twice) = places.unwrap_or_default();
    places.format = format;
    defects.extend(twice);
    match (loader.unresolved.len(), broken) {
        // Everything that a broken file declares is unknown, so these defects are counted instead of listed.
        (count @ 1.., Some(at)) => defects.push(Defect::new(
            Code::UnknownId,
            at,
            if count == 1 { "1 id leads nowhere".to_owned() } else { format!("{count} ids lead nowhere") },
            "mend the other defects first: a table that cannot be read declares nothing",
        )),
        _ => defects.append(&mut loader.unresolved),
    }
    check::verify(&dossier, &written, &mut defects);
    defects.sort();
    defects.dedup();
    (dossier, places, defects)
}

impl Loader {
    fn read_meta(&mut self, root: &mut Fields<'_>) {
        let Some(node) = root.get("dossier") else { return };
        let Some(mut fields) = node.as_table() else {
            self.defects.push(node.unexpected("a table [dossier]"));
            return;
        };
        if let Some(first) = self.meta.clone() {
            // What the second says is not read, so that it is one defect.
            let defect = node.defect(Code::DuplicateKey, "a second [dossier]", "expected one in all files");
            self.defects.push(defect.with_second(first));
            return;
        }
        self.meta = Some(node.position());
        let defects = &mut self.defects;
        let _ = fields.get("format");
        let key = fields.text("key", defects).unwrap_or_default().to_owned();
        let title = fields.text("title", defects).unwrap_or_default().to_owned();
        let licence = fields.optional_text("licence", defects).map(str::to_owned);
        let origin = fields.optional_text("origin", defects).map(str::to_owned);
        let documents = fields.optional_text("documents", defects).map(str::to_owned);
        let hemisphere = match fields.optional_text("hemisphere", defects) {
            Some(word) => self.word(fields.get("hemisphere"), word),
            None => None,
        };
        let hemisphere = hemisphere.unwrap_or_default();
        let digests = match fields.optional_text("digests", &mut self.defects) {
            Some(word) => self.word(fields.get("digests"), word),
            None => None,
        };
        self.digests = digests.unwrap_or_default();
        let digests = self.digests;
        let meta = Meta { key, title, span: None, horizon: None, licence, origin, documents, hemisphere, digests };
        self.builder.set_meta(meta.clone());
        let span = fields.get("span").and_then(|node| date(node, self));
        let horizon = fields.get("horizon").and_then(|node| date(node, self));
        let allowed = allowed(&mut fields, &mut self.defects);
        fields.close(&[], &mut self.defects);
        self.builder.set_meta(Meta { span, horizon, ..meta });
        self.allowed = self.allowed.and(allowed);
        if let Some(notes) = &mut self.notes {
            notes.allowed = self.allowed;
            notes.meta = Some(node.position());
            notes.meta_keys.extend(positions(node, META_KEYS));
        }
    }

    fn read_documents(&mut self, root: &mut Fields<'_>) {
        for node in tables_of(root, "source", &mut self.defects) {
            let Some(mut fields) = node.as_table() else { continue };
            let slug = self.slug(&mut fields);
            let defects = &mut self.defects;
            let title = fields.text("title", defects);
            let key = fields.text("key", defects);
            let kind = fields.optional_text("kind", defects).map(str::to_owned);
            let publisher = fields.optional_text("publisher", defects).map(str::to_owned);
            let file = fields.optional_text("file", defects).map(str::to_owned);
            let published = fields.get("published").and_then(|node| date(node, self));
            let details = self.source_details(&mut fields);
            if let Some(node) = fields.get(SourceKey::Copies.as_str())
                && let Some(name) = node.as_text()
            {
                self.copied.push((name.to_owned(), node.position()));
            }
            let is_private = flag(self, &mut fields, "private");
            let lists = self.read_lists(&mut fields, "complete");
            let allowed = allowed(&mut fields, &mut self.defects);
            let (Some(slug), Some(title), Some(key)) = (slug, title, key) else { continue };
            fields.close(&[], &mut self.defects);
            let Some(entity) = self.builder.entity(CoreKind::Document, slug, title) else {
                let found = format!("duplicate id \"document/{slug}\"");
                let defect = node.defect(Code::DuplicateId, found, "expected an id of its own");
                self.defects.push(Defect { second: self.document_names.get(slug).cloned(), ..defect });
                continue;
            };
            let document = Document {
                entity: crate::model::EntityId::from_index(0),
                key: key.to_owned(),
                kind,
                publisher,
                published,
                file,
                fingerprint: None,
                details,
            };
            if is_private == Some(true) {
                self.builder.set_private(entity);
            }
            self.complete_lists(entity, lists, &[], &node.position());
            let handle = self.builder.document(entity, document);
            self.note_entity(entity, Mark { at: node.position(), allowed });
            if let Some(notes) = &mut self.notes {
                let id = self.builder.id(entity);
                notes.keys.extend(positions(node, SOURCE_KEYS).map(|(key, at)| (id.to_owned(), key, at)));
                notes.documents.push(slug.to_owned());
            }
            for name in [slug, key] {
                let first = self.document_names.entry(name.to_owned()).or_insert_with(|| node.position());
                if self.documents.insert(name.to_owned(), handle).is_some_and(|other| other != handle) {
                    let found = format!("two documents are called \"{name}\"");
                    let defect = node.defect(Code::DuplicateKey, found, "expected keys and ids that differ");
                    self.defects.push(defect.with_second(first.clone()));
                }
            }
        }
    }

    /// Reports the documents that are said to be copied and are not declared.
    fn check_copied(&mut self) {
        for (name, at) in std::mem::take(&mut self.copied) {
            if !name.trim().is_empty() && !self.documents.contains_key(&name) {
                let (found, remedy) = self.unknown_document(&name);
                self.unresolved.push(Defect::new(Code::UnknownId, at, found, remedy));
            }
        }
    }

    /// Returns what is said of a document that is not declared, and what is expected.
    fn unknown_document(&self, name: &str) -> (String, String) {
        let known = self.documents.keys().map(String::as_str);
        let remedy = suggestion(name, known, || "expected the id of a [[source]]".into());
        (format!("unknown document \"{name}\""), remedy)
    }

    /// Reads what may be known of a document beside its title, publisher and date.
    fn source_details(&mut self, fields: &mut Fields<'_>) -> Vec<(SourceKey, String)> {
        let mut details = Vec::new();
        for &key in SourceKey::ALL {
            let Some(node) = fields.get(key.as_str()) else { continue };
            let items = if key == SourceKey::Author { node.items() } else { vec![node] };
            for item in items {
                let value = match (key, item.as_text()) {
                    (SourceKey::Accessed, Some(text)) => date(item, self).map(|_| text.to_owned()),
                    (SourceKey::Splitter, None) => item.as_number().map(|number| number.to_string()),
                    (_, Some(text)) if !text.trim().is_empty() => Some(text.to_owned()),
                    (_, Some(_) | None) => {
                        self.defects.push(item.unexpected("a text that is not empty"));
                        None
                    }
                };
                details.extend(value.map(|value| (key, value)));
            }
        }
        details
    }

    /// Reads `document = "…"`, the document whose claims a file holds.
    fn file_context(&mut self, root: &mut Fields<'_>) -> Context {
        let mut is_misnamed = false;
        let document =
            root.get("document").and_then(|node| match node.as_text().map(|name| self.documents.get(name)) {
                Some(Some(&handle)) => Some(handle),
                Some(None) => {
                    let name = node.as_text().unwrap_or_default();
                    let (found, remedy) = self.unknown_document(name);
                    self.defects.push(node.defect(Code::UnknownId, found, remedy));
                    is_misnamed = true;
                    None
                }
                None => {
                    self.defects.push(node.unexpected("the id of a [[source]]"));
                    None
                }
            });
        Context { document, is_misnamed }
    }

    fn declare_entities<'a>(
        &mut self,
        words: &'a Vocabulary,
        root: &mut Fields<'a>,
        context: Context,
        declared: &mut Vec<Declared<'a>>,
    ) {
        // Documents are `[[source]]`.
        for kind in words.kinds().filter(|&kind| words.core(kind) != CoreKind::Document) {
            let name = &*words.kind(kind).name;
            // A kind that is called as a table of files was reported.
            if FILE_TABLES.contains(&name) {
                continue;
            }
            for node in tables_of(root, name, &mut self.defects) {
                let Some(mut fields) = node.as_table() else { continue };
                let slug = self.slug(&mut fields);
                let label = match words.core(kind) {
                    CoreKind::Tenure => fields.optional_text("label", &mut self.defects).or(Some("")),
                    _ => fields.text("label", &mut self.defects),
                };
                let (Some(slug), Some(label)) = (slug, label) else {
                    // Without an id it has no claims, but unknown keys are still reported.
                    close_unread(fields, words, kind, &mut self.defects);
                    continue;
                };
                if let Some(handle) = self.builder.entity(kind, slug, label) {
                    if let Some(notes) = &mut self.notes {
                        let id = self.builder.id(handle);
                        notes.keys.extend(positions(node, &["label"]).map(|(key, at)| (id.to_owned(), key, at)));
                    }
                    declared.push(Declared { handle, fields, context });
                } else {
                    let remedy = format!("use [[claim]] with of = \"{name}/{slug}\" to say more of it");
                    let id = format!("{name}/{slug}");
                    let defect = fields.defect(Code::DuplicateId, format!("duplicate id \"{id}\""), remedy);
                    self.twice.extend(self.builder.find(&id).map(|first| (first, defect)));
                    close_unread(fields, words, kind, &mut self.defects);
                }
            }
        }
    }

    /// Reports the entities that are declared again, with the place where each is first.
    fn report_twice(&mut self, declared: &[Declared<'_>]) {
        let twice = std::mem::take(&mut self.twice);
        if twice.is_empty() {
            return;
        }
        let firsts: HashMap<Handle, &Declared<'_>> = declared.iter().map(|first| (first.handle, first)).collect();
        for (handle, defect) in twice {
            let second = firsts.get(&handle).map(|first| first.fields.position());
            self.defects.push(Defect { second, ..defect });
        }
    }

    fn read_further_claims(&mut self, root: &mut Fields<'_>, context: Context) {
        for node in tables_of(root, "claim", &mut self.defects) {
            let Some(mut fields) = node.as_table() else { continue };
            if fields.text("of", &mut self.defects).is_none() {
                continue;
            }
            let Some(of) = fields.get("of") else { continue };
            if let Some(handle) = self.entity(of, &self.any.clone()) {
                read_claims(self, handle, fields, context);
            }
        }
    }

    fn read_judgements(&mut self, root: &mut Fields<'_>) {
        for node in tables_of(root, "judgement", &mut self.defects) {
            let Some(mut fields) = node.as_table() else { continue };
            let mut side = |loader: &mut Self, key| {
                fields.text(key, &mut loader.defects)?;
                fields.get(key).and_then(|node| loader.entity(node, &loader.any.clone()))
            };
            let (a, b) = (side(self, "a"), side(self, "b"));
            let reason = fields.text("reason", &mut self.defects);
            let verdict = match fields.text("verdict", &mut self.defects) {
                Some(word) => self.word(fields.get("verdict"), word),
                None => None,
            };
            let allowed = allowed(&mut fields, &mut self.defects);
            fields.close(&[], &mut self.defects);
            if let (Some(a), Some(b), Some(verdict), Some(reason)) = (a, b, verdict, reason) {
                if let Some(notes) = &mut self.notes {
                    notes.judgements.push((a, b, verdict, Mark { at: node.position(), allowed }));
                }
                self.builder.judgement(a, b, verdict, reason);
            }
        }
    }

    fn read_unclaimed(&mut self, root: &mut Fields<'_>, context: Context) {
        for node in tables_of(root, "unclaimed", &mut self.defects) {
            let Some(mut fields) = node.as_table() else { continue };
            let reason = fields.text("reason", &mut self.defects);
            let fields_at = fields.position();
            let allowed = allowed(&mut fields, &mut self.defects);
            let places = if let Some(at) = fields.get("at") {
                place::read_all(self, at, context)
            } else {
                self.defects.push(fields.defect(Code::WrongValue, "no \"at\"", "expected at = \"SECTION / PLACE\""));
                Vec::new()
            };
            fields.close(&[], &mut self.defects);
            for place in places {
                if let Some(notes) = &mut self.notes {
                    let (document, place) = self.builder.locator(place);
                    notes.unclaimed.push((document, place, Mark { at: fields_at.clone(), allowed }));
                }
                self.builder.unclaimed(place, reason.unwrap_or_default());
            }
        }
    }

    /// Returns the `id` of a table if it is a slug: lower-case letters, digits, and hyphens between them.
    fn slug<'a>(&mut self, fields: &mut Fields<'a>) -> Option<&'a str> {
        let slug = fields.text("id", &mut self.defects)?;
        let sound = !slug.is_empty()
            && slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
            && !slug.starts_with('-')
            && !slug.ends_with('-');
        if !sound && let Some(node) = fields.get("id") {
            self.defects.push(node.defect(
                Code::WrongValue,
                format!("id \"{slug}\""),
                "expected lower-case letters, digits and hyphens",
            ));
        }
        sound.then_some(slug)
    }

    /// Notes where an entity is declared, if that is asked for.
    fn note_entity(&mut self, entity: Handle, mark: Mark) {
        if let Some(notes) = &mut self.notes {
            notes.entities.push((self.builder.id(entity).to_owned(), mark));
        }
    }

    /// Gives each tenure without a label one of its person and its post.
    fn label_tenures(&mut self) {
        let mut parts: HashMap<Handle, (String, String)> = HashMap::new();
        for (subject, property, target) in self.builder.links() {
            if self.builder.core_kind(subject) != CoreKind::Tenure || !self.builder.label(subject).is_empty() {
                continue;
            }
            let label = self.builder.label(target).to_owned();
            let part = parts.entry(subject).or_default();
            match property.core() {
                Some(Core::Person) => part.0 = label,
                Some(Core::Post) => part.1 = label,
                _ => {}
            }
        }
        for (tenure, (person, post)) in parts {
            let label = match (person.as_str(), post.as_str()) {
                (person, "") => person.to_owned(),
                ("", post) => post.to_owned(),
                (person, post) => format!("{person}, {post}"),
            };
            self.builder.set_label(tenure, &label);
        }
    }
}

/// Returns the positions of the values of some keys of a table.
fn positions(node: Node<'_>, keys: &'static [&'static str]) -> impl Iterator<Item = (&'static str, Position)> {
    let mut fields = node.as_table();
    keys.iter().filter_map(move |key| Some((*key, fields.as_mut()?.get(key)?.position())))
}

/// Reports the keys that tables of this kind cannot have.
fn close_unread<'a>(mut fields: Fields<'a>, words: &'a Vocabulary, kind: KindId, defects: &mut Vec<Defect>) {
    let common = ["names", "short", "complete", "at", "modality", "basis", "rank", "reason", "as_of", "allow"];
    for key in common.into_iter().chain(details::SHARED_KEYS.iter().copied()).chain(words.names_for(kind)) {
        let _ = fields.get(key);
    }
    fields.close(&[], defects);
}
