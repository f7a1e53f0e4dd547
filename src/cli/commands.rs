//! The commands, one file each: each reads a dossier and writes its answer.
//!
//! Invariant: a command writes through [`Output`](super::output::Output) alone, and changes no file but the one that
//! its arguments name.

pub(super) mod between;
pub(super) mod check;
pub(super) mod debug;
pub(super) mod documents;
pub(super) mod explain;
pub(super) mod export;
pub(super) mod find;
pub(super) mod id;
pub(super) mod index;
pub(super) mod keys;
pub(super) mod list;
pub(super) mod migrate;
pub(super) mod path;
pub(super) mod pick;
pub(super) mod render;
pub(super) mod show;
pub(super) mod tables;
pub(super) mod tenures;
pub(super) mod timeline;
pub(super) mod vocabulary;
pub(super) mod who;
