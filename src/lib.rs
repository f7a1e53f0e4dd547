//! `annals` explores a *dossier*: a few documents, what they say about institutions and
//! people, and when. Every fact keeps the sentence that proves it.
//!
//! # Architecture
//!
//! Data flows one way:
//!
//! ```text
//! seeds/*.toml ── formats::author ─┐
//!                                  ├→ Dossier (immutable) → World (indexes) ┬→ cli → text, JSON, CSV
//! a SQLite file ── store ──────────┘                                            │
//!                                                                               └→ app ← Msg ← keys, mouse, resize, answers, arrivals
//!                              app + world → view → cells        app → Effect → run
//! ```
//!
//! Each layer imports only what stands above it; `tests/layers.rs` reads the imports and
//! fails on an arrow that runs the other way.
//!
//! | layer | what lives there | the only place for |
//! |---|---|---|
//! | [`text`] | cleaning and measuring text | control characters, column widths |
//! | [`model`] | ids, dates, names, claims, evidence, the dossier | `chrono`'s calendar, `edtf-core` |
//! | [`formats`] | authored TOML, JSON Lines, CSV | `toml`, `csv` |
//! | [`store`] | dossier ⇄ `SQLite`, read in stages while its pages are checked | `rusqlite` |
//! | [`sources`] | documents → sentences; pinning and verifying evidence | `sha2` |
//! | [`world`] | links, chronology, axis, lanes, search, cards, tables, verdicts | `fuzzy-matcher` (one file) |
//! | [`app`] | the state, and `update`, the one way to change it | the arithmetic of cursors |
//! | [`keymap`] | one table of bindings; help, hints and README come from it | key chords |
//! | [`view`] | drawing: pure functions of the state, one file a pane | styles and cells |
//! | [`run`] | terminal guard, signals, input thread, event loop, search worker, loading, lines from a pipe | threads, the terminal |
//! | [`cli`] | commands and their output | `clap`, standard output |
//!
//! `app` and `keymap` are one layer: a binding names an action, and the help lists bindings.
//!
//! # Where to change what
//!
//! - A new thing that documents say: a row in [`model::property`], then the files in `seeds/`.
//! - A new key: a row in [`keymap`], an [`Action`](app::action::Action), an arm in `app/update.rs`.
//! - A new table: a file in `present/tables/`, a row in [`present::tables::TABLES`], a key in [`keymap`].
//! - What is so on a day: [`world::standing`] alone; as-of, differences, queries and series ask it.
//! - A new sort of lane: a file in `world/lanes/`; how it is drawn: `view/lanes.rs`.
//! - A new sign of the screen: [`view::glyphs`], with one for each tier.
//! - A new command: a file in `cli/`.
//! - How names are found and ranked: [`world::search`], whose first page tells which file does what.
//! - What is kept beside a large dossier: [`world::kept`], and its state in `store/state.rs`.
//! - A new search that takes its time: an [`Asker`](world::request::Asker) and what it asks for;
//!   the state asks by effect, and [`app::searching`] takes the answer to it.
//!
//! # Rules that hold everywhere
//!
//! - A dossier never changes once it is read; what is computed from it is never stored.
//! - Nothing reads the clock: "now" is the dossier's own horizon.
//! - The state never searches names: it asks, shows what it had, and takes the answer when it comes.
//! - A key costs the same at any size: what it asks of the chronology is answered by search, never
//!   by a walk over all rows.
//! - Text from data reaches a screen, a title or standard error only through [`text::clean`].
//! - Every defect of an input is reported, each with its place and what was expected.
//! - Nothing that comes from outside ends the program: lints deny what could, here and in `Cargo.toml`.
//!   Where rows and columns of our own are numbered, an exception says so.

#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::string_slice))]

#[expect(clippy::arithmetic_side_effects, clippy::indexing_slicing, reason = "its cursors and areas are bounded")]
pub mod app;
pub mod cli;
pub mod evidence;
pub mod formats;
#[expect(clippy::arithmetic_side_effects, reason = "it counts rows that memory holds, and days of the calendar")]
pub mod graph;
pub mod keymap;
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
pub mod store;
pub mod text;
#[expect(clippy::arithmetic_side_effects, reason = "it counts rows that memory holds, and days of the calendar")]
pub mod timeline;
pub mod tui;
#[expect(clippy::arithmetic_side_effects, reason = "it counts rows that memory holds, and days of the calendar")]
pub mod verdicts;
#[expect(clippy::arithmetic_side_effects, clippy::indexing_slicing, reason = "its columns and lines are of a screen")]
pub mod view;
