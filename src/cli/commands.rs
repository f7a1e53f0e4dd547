//! The commands, one file each: what is asked of the dossier, and how the answer is written.

pub mod check;
pub mod debug;
pub mod diff;
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
