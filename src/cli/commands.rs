//! The commands, one file each: each reads a dossier and writes its answer.

pub mod check;
pub mod debug;
pub mod documents;
pub mod export;
pub mod find;
pub mod index;
pub mod keys;
pub mod list;
pub mod pick;
pub mod render;
pub mod show;
pub mod tables;
pub mod tenures;
pub mod timeline;
pub mod who;
