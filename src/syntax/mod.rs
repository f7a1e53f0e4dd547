//! TOML as people write it: files with lines and columns, tables whose values know their place, and defects.
//!
//! Invariant: a misspelt key is never silently ignored, and a defect prints on one line.

mod defect;
mod node;
mod source_file;
mod written;

pub use defect::{Defect, nearest, suggestion};
pub use node::{Fields, Node, Parsed, tables_of};
pub use source_file::SourceFile;
pub use written::{Token, Written, written};
