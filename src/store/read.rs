//! Reads a dossier: the order of the tables, and every table except those of claims and checks.
//!
//! Invariant: nothing reaches the dossier unchecked, and the problems of all rows are collected before any is
//! reported.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use rusqlite::Connection;

use super::cells::{Cells, Checked, Noted, hint, quoted};
use super::error::{Cause, Problem, StoreError};
use super::places::{document, pin, spot};
use super::private_copy::Source;
use super::progress::{Progress, Watch};
use super::reader::{Reader, RowNumbers, for_each};
use super::schema::column::{document, dossier, entity, judgement, name, place, unclaimed};
use super::schema::{
    BASE_KEY, DIGESTS_KEY, DOCUMENT, DOSSIER, ENTITY, JUDGEMENT, NAME, NAME_EVIDENCE, PLACE, UNCLAIMED, VOCABULARY_KEY,
    Version, list,
};
use super::{check, connection, details, guard, statement};
use crate::model::{Builder, CoreKind, Digests, Dossier, Hemisphere, Meta, NameKind, NewNameDetails, Sameness, When};
use crate::vocabulary::{Base, Vocabulary, read_own};

/// Reads the file at `path`; errors name `shown`.
pub(super) fn load(path: &Path, shown: &Path, watch: Watch<'_>) -> Result<Dossier, StoreError> {
    let source = Source::of(path, shown)?;
    let opened = connection::open(&source, shown)?;
    guard::checked(&source, &opened, shown, |stop| {
        let mut reader = Reader::new(opened.version, Progress::new(watch, stop));
        reader.read(&opened.connection, source.bytes).map_err(StoreError::sqlite(shown, "read"))?;
        reader.finish(shown)
    })
}

impl Reader<'_> {
    /// Reads all tables. Names come before claims, so that they can be shown and searched early.
    fn read(&mut self, connection: &Connection, bytes: u64) -> rusqlite::Result<()> {
        // In one transaction all tables are read as of the same moment.
        let transaction = if connection.is_autocommit() { Some(connection.unchecked_transaction()?) } else { None };
        self.progress.count(connection, bytes);
        if self.read_meta(connection)?.is_err() {
            // Without its words, every row of the dossier would be a problem.
            return Ok(());
        }
        self.builder.reserve(self.progress.sizes);
        self.read_entities(connection)?;
        self.read_documents(connection)?;
        let names = self.read_names(connection)?;
        if self.progress.is_large() {
            self.tell_names();
        }
        self.read_places(connection)?;
        let evidence = self.read_evidence(connection, &NAME_EVIDENCE, &names)?;
        self.builder.prove_names(evidence);
        statement::read(self, connection)?;
        for_each(connection, &JUDGEMENT, |row| self.judgement(row))?;
        for_each(connection, &UNCLAIMED, |row| self.unclaimed(row))?;
        details::read_about(self, connection)?;
        check::read(self, connection)?;
        drop(transaction);
        Ok(())
    }

    fn finish(self, shown: &Path) -> Result<Dossier, StoreError> {
        if self.progress.is_stopped {
            return Err(Cause::Stopped.of(shown));
        }
        if self.problems.list.is_empty() {
            return Ok(self.builder.finish());
        }
        Err(Cause::Invalid(self.problems).of(shown))
    }

    fn read_entities(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let mut entities = 0_usize;
        let words = self.builder.vocabulary();
        self.for_each(connection, &ENTITY, |reader, row| {
            let read = reader.entity(row, &words);
            if read.is_err() {
                reader.unsound.extend(row.get_ref(0).and_then(|id| Ok(id.as_str()?.into())));
            }
            entities = entities.saturating_add(1);
            if reader.progress.has_first(entities) {
                reader.tell_names();
            }
            read
        })
    }

    /// Reads the table `dossier`, and with it the words of the dossier; notes if those cannot be read.
    pub(super) fn read_meta(&mut self, connection: &Connection) -> rusqlite::Result<Checked<()>> {
        let mut meta = Meta::default();
        let mut dates = [const { (None, None) }; 2];
        let (mut missing, known) = (self.version.needed_keys(), self.version.keys());
        let (mut base, mut own, mut digests) = (None, None, None);
        for_each(connection, &DOSSIER, |row| {
            let mut cells = self.cells(&DOSSIER, row);
            let (key, value) = (cells.text(dossier::key), cells.text(dossier::value));
            let (key, value) = (key?, value?.to_owned());
            missing.retain(|name| *name != key);
            let is_known = known.contains(&key);
            match key {
                "key" => meta.key = value,
                "title" => meta.title = value,
                "licence" => meta.licence = Some(value),
                "origin" => meta.origin = Some(value),
                "documents" if is_known => meta.documents = Some(value),
                "hemisphere" if is_known => {
                    let cells = &mut self.cells(&DOSSIER, row);
                    meta.hemisphere = cells.word::<Hemisphere>(dossier::value)?;
                }
                "span" => dates[0].0 = Some(value),
                "span_label" => dates[0].1 = Some(value),
                "horizon" => dates[1].0 = Some(value),
                "horizon_label" => dates[1].1 = Some(value),
                BASE_KEY if is_known => base = Some(value),
                VOCABULARY_KEY if is_known => own = Some(value),
                DIGESTS_KEY if is_known => digests = Some(value),
                other => {
                    let expected = format!("one of: {}", known.join(", "));
                    return Err(cells.note(dossier::key, quoted(other.as_bytes()), expected));
                }
            }
            Ok(())
        })?;
        for key in missing {
            self.meta_problem(key, "no such row".into(), "a row with this key");
        }
        let [span, horizon] = dates;
        meta.span = self.meta_date("span", span, meta.hemisphere);
        meta.horizon = self.meta_date("horizon", horizon, meta.hemisphere);
        if let Some(word) = digests {
            meta.digests = self.digests(&word);
        }
        let words = self.words(base.as_deref(), own.as_deref());
        Ok(words.map(|words| {
            self.builder = Builder::new(words);
            self.builder.set_meta(meta);
        }))
    }

    /// Returns the words of the dossier: the built-in set with this name, and what the dossier declares beside it.
    fn words(&mut self, base: Option<&str>, own: Option<&str>) -> Checked<Arc<Vocabulary>> {
        let base = match (self.version, base) {
            (Version::One, _) => Base::V1,
            // That there is no such row has been noted.
            (Version::Two, None) => return Err(Noted),
            (Version::Two, Some(word)) => Base::parse(word).ok_or_else(|| {
                let similar = hint(word, Base::ALL.iter().map(|base| base.as_str()));
                let expected = format!("one of: {}{similar}", list::<Base>("", ", "));
                self.meta_problem(BASE_KEY, quoted(word.as_bytes()), &expected)
            })?,
        };
        let own = own.unwrap_or_default();
        read_own(base, own).ok_or_else(|| {
            let expected = "declarations of kinds, properties, measures and matrices in TOML, without a defect";
            self.meta_problem(VOCABULARY_KEY, quoted(own.as_bytes()), expected)
        })
    }

    fn digests(&mut self, word: &str) -> Digests {
        Digests::parse(word).unwrap_or_else(|| {
            let expected = format!("one of: {}", list::<Digests>("", ", "));
            self.meta_problem(DIGESTS_KEY, quoted(word.as_bytes()), &expected);
            Digests::default()
        })
    }

    fn meta_date(
        &mut self,
        key: &str,
        (date, label): (Option<String>, Option<String>),
        hemisphere: Hemisphere,
    ) -> Option<When> {
        let Some(date) = date else {
            if label.is_some() {
                self.meta_problem(key, "a label alone".into(), "a date in EDTF");
            }
            return None;
        };
        match When::parse_in(&date, hemisphere) {
            Ok(when) => Some(label.iter().fold(when, |when, label| when.with_label(label))),
            Err(error) => {
                let found = format!("{} ({error})", quoted(date.as_bytes()));
                self.meta_problem(key, found, "a date in EDTF, such as \"1957/2025\"");
                None
            }
        }
    }

    fn meta_problem(&mut self, key: &str, found: String, expected: &str) -> Noted {
        self.problems.add(|| Problem {
            table: DOSSIER.name,
            row: Some(format!("\"{key}\"")),
            column: "value".into(),
            found,
            expected: expected.into(),
        });
        Noted
    }

    pub(super) fn entity(&mut self, row: &rusqlite::Row<'_>, words: &Vocabulary) -> Checked<()> {
        let mut cells = self.cells(&ENTITY, row);
        let (id, kind, label) = (cells.text(entity::id), cells.kind(entity::kind, words), cells.text(entity::label));
        let (id, kind, label) = (id?, kind?, label?);
        let name = &*words.kind(kind).name;
        let is_its_own = id.strip_prefix(name).is_some_and(|rest| rest.starts_with('/'));
        if !is_its_own {
            return Err(cells.note(entity::id, quoted(id.as_bytes()), format_args!("an id that begins with {name}/")));
        }
        match self.builder.entity_with_id(kind, id, label) {
            Some(_) => Ok(()),
            None => Err(self.cells(&ENTITY, row).note(entity::id, quoted(id.as_bytes()), "each id once")),
        }
    }

    pub(super) fn read_documents(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let mut keys = HashMap::new();
        let hemisphere = self.builder.hemisphere();
        let mut details = details::read_sources(self, connection)?;
        for_each(connection, &DOCUMENT, |row| {
            let entity = self.named(&DOCUMENT, row, document::id);
            let document = document(&mut self.cells(&DOCUMENT, row), hemisphere);
            let id = self.cells(&DOCUMENT, row).text(document::id)?;
            self.documents.entry(id.to_owned()).or_insert(Err(Noted));
            let (entity, mut document) = (entity?, document?);
            document.details = details.remove(id).unwrap_or_default();
            if self.builder.kind(entity) != CoreKind::Document.into() {
                return Err(self.cells(&DOCUMENT, row).note(
                    document::id,
                    quoted(id.as_bytes()),
                    "an id that begins with document/",
                ));
            }
            if let Some(other) = keys.insert(document.key.clone(), id.to_owned()) {
                let expected = format!("a key of its own: {} has it too", quoted(other.as_bytes()));
                return Err(self.cells(&DOCUMENT, row).note(document::key, quoted(document.key.as_bytes()), expected));
            }
            let handle = self.builder.document(entity, document);
            match self.documents.insert(id.to_owned(), Ok(handle)) {
                None | Some(Err(Noted)) => Ok(()),
                Some(Ok(_)) => {
                    Err(self.cells(&DOCUMENT, row).note(document::id, quoted(id.as_bytes()), "each document once"))
                }
            }
        })?;
        details::report_sources(self, details);
        Ok(())
    }

    fn read_places(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let mut firsts = Vec::new();
        self.for_each(connection, &PLACE, |reader, row| reader.place_row(row, &mut firsts))
    }

    /// Adds a place. `firsts` has the first row of each place so far: the same place may have several.
    pub(super) fn place_row(&mut self, row: &rusqlite::Row<'_>, firsts: &mut Vec<i64>) -> Checked<()> {
        let mut cells = Cells { table: &PLACE, row, problems: &mut self.problems };
        let document = cells.text(place::document).and_then(|id| {
            let expected = "the id of a row of document";
            let known = self.documents.get(id).copied();
            known.unwrap_or_else(|| Err(cells.note(place::document, quoted(id.as_bytes()), expected)))
        });
        let (section, spot, pin) = (cells.text(place::section), spot(&mut cells), pin(&mut cells));
        let id = cells.row_number(place::id)?;
        let (Ok(document), Ok(section), Ok(spot), Ok(pin)) = (document, section, spot, pin) else {
            self.places.insert(id, Err(Noted));
            return Err(Noted);
        };
        let place = self.builder.place(document, section, spot);
        if let Some(first) = firsts.get(place.0 as usize) {
            if self.builder.pin_of(place) != pin {
                self.places.insert(id, Err(Noted));
                let expected = format_args!("what row {first} has, which is the same place");
                return Err(cells.note(place::line, "another position or digest", expected));
            }
        } else {
            firsts.push(id);
            if let Some(pin) = pin {
                self.builder.pin(place, pin);
            }
        }
        self.places.insert(id, Ok(place.0));
        Ok(())
    }

    fn read_names(&mut self, connection: &Connection) -> rusqlite::Result<RowNumbers> {
        let mut numbers = RowNumbers::default();
        let mut details = details::read_names(self, connection)?;
        self.for_each(connection, &NAME, |reader, row| {
            let id = reader.cells(&NAME, row).row_number(name::id);
            let further = id.ok().and_then(|id| details.remove(&id)).unwrap_or_default();
            let name = reader.name(row, &further);
            numbers.insert(id?, name);
            name.map(drop)
        })?;
        details::report_names(self, details);
        Ok(numbers)
    }

    pub(super) fn name(&mut self, row: &rusqlite::Row<'_>, details: &NewNameDetails) -> Checked<u32> {
        let entity = self.named(&NAME, row, name::entity);
        let mut cells = self.cells(&NAME, row);
        let value = cells.text(name::value);
        let (kind, language) = (cells.word::<NameKind>(name::kind), cells.text_or_null(name::language));
        Ok(self.builder.add_name(entity?, value?, kind?, language?, details))
    }

    fn judgement(&mut self, row: &rusqlite::Row<'_>) -> Checked<()> {
        let (a, b) = (self.named(&JUDGEMENT, row, judgement::a), self.named(&JUDGEMENT, row, judgement::b));
        let mut cells = self.cells(&JUDGEMENT, row);
        let (verdict, reason) = (cells.word::<Sameness>(judgement::verdict), cells.text(judgement::reason));
        self.builder.judgement(a?, b?, verdict?, reason?);
        Ok(())
    }

    fn unclaimed(&mut self, row: &rusqlite::Row<'_>) -> Checked<()> {
        let mut cells = self.cells(&UNCLAIMED, row);
        let (number, reason) = (cells.row_number(unclaimed::place), cells.text(unclaimed::reason));
        let (number, reason) = (number?, reason?);
        let place = self.place(&UNCLAIMED, row, number)?;
        self.builder.unclaimed(place, reason);
        Ok(())
    }
}
