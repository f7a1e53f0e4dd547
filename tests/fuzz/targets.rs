//! The fuzz targets: functions that take any bytes, and must neither panic nor take long. Used by cargo-fuzz and,
//! without it, by `tests/hostile/mutants.rs`.

use std::path::Path;
use std::sync::OnceLock;

use annals::app::{App, Msg, update};
use annals::formats::author;
use annals::formats::config;
use annals::formats::jsonl::export_bundle;
use annals::keymap::BINDINGS;
use annals::keymap::action::{Action, View};
use annals::model::{Moment, When};
use annals::passages::{normalise, split};
use annals::present::tables::difference;
use annals::query::{MAX_QUERY, Query};
use annals::soundness::rules::findings;
use annals::store;
use annals::syntax::SourceFile;
use annals::text::clean;
use annals::timeline::World;
use annals::view::render::cells;
use annals::view::theme::Theme;
use annals::vocabulary::{Base, Vocabulary, read_own};
use ratatui::layout::Size;

use super::escapes::acts_on_a_terminal;

/// A function that takes any bytes.
pub type Target = fn(&[u8]);

/// Every target, by the name of its folder of seeds.
pub const TARGETS: [(&str, Target); 10] = [
    ("authored", authored),
    ("tables", tables),
    ("config", configuration),
    ("query", query),
    ("when", when),
    ("moment", moment),
    ("splitter", splitter),
    ("clean", cleaning),
    ("sqlite", sqlite),
    ("app", app),
];

/// Authored TOML: the valid part is a dossier that can be indexed.
pub fn authored(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (dossier, defects) = author::load(&[SourceFile::new("fuzz.toml", text)]);
    for defect in &defects {
        assert!(!defect.to_string().contains(acts_on_a_terminal));
    }
    let _ = World::new(dossier);
}

/// Declarations, and the tables around claims: what is read has findings, can leave the program, and its declarations are
/// read again.
pub fn tables(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (dossier, defects) = author::load(&[SourceFile::new("fuzz.toml", text)]);
    for defect in &defects {
        assert!(!defect.to_string().contains(acts_on_a_terminal));
    }
    let words = dossier.vocabulary();
    let own = words.own_toml();
    let again = read_own(words.base(), &own).map(|words| words.own_toml());
    // Of declarations with a defect a part may be left that cannot stand alone.
    assert!(again.as_ref() == Some(&own) || !defects.is_empty(), "{own}");
    export_bundle(&dossier, &mut std::io::sink()).expect("a sink takes all");
    if let Ok(public) = dossier.public() {
        export_bundle(&public.dossier, &mut std::io::sink()).expect("a sink takes all");
    }
    let _ = findings(&World::new(dossier));
}

/// The configuration: is read or refused.
pub fn configuration(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = config::read(&SourceFile::new("config.toml", text));
    }
}

/// The query language: a printed query parses back to the same query.
pub fn query(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let words = Vocabulary::built_in(Base::General);
    match Query::parse(text, &words) {
        Ok(query) => {
            let printed = query.to_string();
            // A kind is printed by its whole name, which may be longer than the typed one.
            if printed.chars().count() > MAX_QUERY {
                return;
            }
            assert_eq!(Query::parse(&printed, &words).map(|query| query.to_string()).ok(), Some(printed));
        }
        Err(error) => assert!(!error.to_string().contains(acts_on_a_terminal)),
    }
}

/// Dates: a parsed date has its bounds in order.
pub fn when(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(when) = When::parse(text) else { return };
    if let (Some(earliest), Some(latest)) = (when.earliest(), when.latest()) {
        assert!(earliest <= latest, "{text}");
    }
    let _ = (when.column(), when.stated(), when.knowledge(), when.anchor(), when.year(), when.window().position());
}

/// Moments, and steps from them: a moment has its bounds in order.
pub fn moment(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(moment) = Moment::parse(text, None) else { return };
    assert!(moment.first() <= moment.last());
    for count in [1, -1, i32::MAX, i32::MIN] {
        let _ = moment.stepped(count);
    }
    let _ = Moment::parse("+1y", Some(moment));
}

/// Splitting documents into sentences: units are in order, not empty, and within the text.
pub fn splitter(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let text = normalise(&text);
    let length = text.chars().count();
    let mut end = 0;
    for unit in split(&text) {
        assert!(unit.start >= end && unit.len > 0, "{unit} overlaps the one before, or is empty");
        end = unit.end();
        assert!(end as usize <= length, "{unit} ends behind the text");
    }
}

/// Cleaning: removes every character that acts on a terminal, and a second pass changes nothing.
pub fn cleaning(bytes: &[u8]) {
    let raw = String::from_utf8_lossy(bytes);
    let cleaned = clean(&raw);
    assert!(!cleaned.as_str().contains(acts_on_a_terminal));
    assert_eq!(clean(cleaned.as_str()).as_str(), cleaned.as_str());
    assert!(cleaned.wrap(7).iter().all(|line| annals::text::width(line) <= 7));
    assert!(annals::text::width(cleaned.fit(9).as_str()) <= 9);
}

/// A database: is read or refused, and its bytes do not change.
pub fn sqlite(bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder for the file");
    let path = folder.path().join("fuzz.sqlite");
    std::fs::write(&path, bytes).expect("the file can be written");
    open(&path);
    assert!(std::fs::read(&path).expect("the file is still there") == bytes);
}

fn open(path: &Path) {
    match store::open(path) {
        Ok(dossier) => drop(World::new(dossier)),
        Err(error) => assert!(error.to_string().lines().all(|line| !line.contains(acts_on_a_terminal))),
    }
}

/// The explorer: each pair of bytes is an event.
pub fn app(bytes: &[u8]) {
    static EMBEDDED: OnceLock<World> = OnceLock::new();
    let world = EMBEDDED.get_or_init(|| World::new(author::load(&author::embedded()).0));
    let mut app = App::new(world.clone(), Size { width: 80, height: 24 });
    for (turn, pair) in bytes.chunks_exact(2).take(200).enumerate() {
        let [kind, value] = *pair else { return };
        let (column, row) = (u16::from(value), u16::from(value >> 2));
        let msg = match kind {
            0..=15 => Msg::Click(column, row),
            16..=23 => Msg::Drag(column, row),
            24..=39 => Msg::Wheel(column, row, isize::from(value.cast_signed())),
            40..=49 => Msg::Paste(std::str::from_utf8(bytes).unwrap_or("\u{1b}x")),
            50..=69 => Msg::Resize(Size { width: column, height: row }),
            70..=110 => Msg::Act(Action::Type(char::from(value))),
            111..=115 => Msg::Act(Action::Show(View::Table(difference::TABLE))),
            116..=119 => Msg::AsOf(Moment::year(1900 + i32::from(value))),
            _ => Msg::Act(BINDINGS[usize::from(value) % BINDINGS.len()].action),
        };
        update(&mut app, msg);
        if turn % 8 == 7 {
            let _ = cells(&app, &Theme::colours());
        }
    }
    let _ = cells(&app, &Theme::colours());
}
