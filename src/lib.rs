//! `annals` explores a *dossier*: a few documents, what they say about institutions and people, and when. Every fact
//! keeps the sentence that it rests on.
//!
//! # Architecture
//!
//! Facts are stored, reasoned about, presented, and brought to a terminal or a pipe. Each folder of `src` is a room;
//! there are five ranks of rooms.
//!
//! | rank | rooms |
//! |---|---|
//! | edges | cli, tui |
//! | presentation | view, app, keymap, authoring, present |
//! | reasoning | query, soundness, verdicts, timeline, offices, graph, search |
//! | storage | evidence, passages, store, formats |
//! | facts | model, vocabulary, language, syntax, text |
//!
//! A room imports only rooms below it in this table:
//!
//! | room | what lives there | the only place for |
//! |---|---|---|
//! | [`cli`] | arguments, commands (one file each), output | `clap`, standard output |
//! | [`tui`] | event loop, terminal, signals, input, workers, loading | threads, signals, the terminal |
//! | [`view`] | drawing: pure functions of the state, one file a pane | styles and cells |
//! | [`app`] | the state of the screen, one file a pane; how messages change it | cursors, messages, effects |
//! | [`keymap`] | actions, and the one table of bindings; help, hints and README are made from it | key chords |
//! | [`authoring`] | changes of a user's own TOML, checked before they are written | changed TOML |
//! | [`present`] | cards, tables, lanes and sentences, as data for a screen or a command | the wording of facts |
//! | [`query`] | the query language: parse, print, evaluate | query fields |
//! | [`soundness`] | what is wrong or doubtful in a dossier that was loaded, each with a code | rules of soundness |
//! | [`verdicts`] | how claims of one property agree; sums and ratios that documents imply | rules of agreement |
//! | [`timeline`] | chronology, axis, status as of a moment, differences of two dates | order in time |
//! | [`offices`] | who held an office on a day, and how well that is known | terms and vacancies |
//! | [`graph`] | a dossier with its lookups: links, hierarchy, containment, names | adjacency, the name cache |
//! | [`search`] | strings and groups of strings, ranked by a pattern; no entities | `fuzzy-matcher`, SIMD, `rayon` |
//! | [`evidence`] | places pinned to documents, verified; what of a document is used | verification |
//! | [`passages`] | documents split into headings, rows, items and sentences | splitting |
//! | [`store`] | dossier ⇄ `SQLite`, read in stages while its pages are checked; saving of files | `rusqlite`, saving |
//! | [`formats`] | authored TOML, JSON Lines, CSV, the configuration | `serde_json`, `csv` |
//! | [`model`] | ids, dates, names, claims, the dossier and its builder | `edtf-core`, dates as text |
//! | [`vocabulary`] | kinds, properties, measures, matrices: the built-in sets and a dossier's own | units |
//! | [`language`] | the words of a language for numbers and for time, a table each | such words |
//! | [`syntax`] | TOML with the place of each value, and the defects of files | `toml` |
//! | [`text`] | text cleaned, measured in columns, folded, digested | control characters, widths, `sha2` |
//!
//! No two files import each other in a circle. `cargo test --test architecture` holds the sources to this page; what may
//! be named outside of its only place, and why, is in `tests/architecture/tables.rs`, and what is still to be mended in
//! `tests/architecture/known.rs`.
//!
//! # How data flows
//!
//! ```text
//! TOML   ── formats ─┐
//!                    ├─> Dossier ──> Graph ──> World ──> verdicts, query ──> present ─┬─> cli ──> output
//! SQLite ── store ───┘   (model)    (graph)  (timeline)                               └─> app ──> view ──> tui
//!
//! key ──> keymap ──> Action ──> Msg ──> app::update ──> state ──> view ──> cells ──> terminal
//!                                           │
//!                                           └─> Effect ──> tui (search, copy, suspend, quit) ──> Msg
//! ```
//!
//! - A `Dossier` never changes once it is built. What is computed from it is never stored in it.
//! - A `World` is a dossier with its lookups and its chronology; everything above takes it by reference.
//! - The event loop waits on one channel, takes all that has come, updates, performs effects, draws once. It has no tick.
//! - A search runs on a worker. The state keeps what it showed until the answer comes; the latest question wins.
//!
//! # Where to change what
//!
//! `.github/CONTRIBUTING.md` follows one key and one claim through the rooms, and lists the files to touch for a key, a
//! table, a lane, a rule, a query field, a command and more.
//!
//! # Rules that hold everywhere
//!
//! - Nothing reads the clock: "now" is the last day that the dossier knows of, its horizon.
//! - [`app::update`](fn@app::update) is the one way to change the state; drawing borrows it.
//! - Text from data reaches a screen, a title or standard error only through [`text::clean`].
//! - A reader reports every defect of its input, each with its place and what was expected.
//! - No input ends the program: lints deny what could panic. An exception to a lint carries its reason.
//! - A key costs the same at any size of dossier: lookups by index or binary search, no walk over all rows.

#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::string_slice))]

#[expect(clippy::arithmetic_side_effects, clippy::indexing_slicing, reason = "its cursors and areas are bounded")]
pub mod app;
pub mod authoring;
pub mod cli;
pub mod evidence;
pub mod formats;
#[expect(clippy::arithmetic_side_effects, reason = "it counts rows that memory holds, and days of the calendar")]
pub mod graph;
pub mod keymap;
pub mod language;
pub mod model;
#[expect(clippy::arithmetic_side_effects, reason = "it counts rows that memory holds, and days of the calendar")]
pub mod offices;
pub mod passages;
#[expect(clippy::arithmetic_side_effects, reason = "it counts rows that memory holds, and days of the calendar")]
pub mod present;
pub mod query;
#[expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "its columns are of one length, and a name is asked for a million times"
)]
pub mod search;
#[expect(clippy::arithmetic_side_effects, reason = "it counts rows that memory holds, and days of the calendar")]
pub mod soundness;
pub mod store;
pub mod syntax;
pub mod text;
#[expect(clippy::arithmetic_side_effects, reason = "it counts rows that memory holds, and days of the calendar")]
pub mod timeline;
pub mod tui;
#[expect(clippy::arithmetic_side_effects, reason = "it counts rows that memory holds, and days of the calendar")]
pub mod verdicts;
#[expect(clippy::arithmetic_side_effects, clippy::indexing_slicing, reason = "its columns and lines are of a screen")]
pub mod view;
pub mod vocabulary;
