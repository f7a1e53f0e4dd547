//! TOML as people write it: files with lines and columns, tables whose values know their place, and defects.
//!
//! Invariant: a misspelt key is never silently ignored, and a defect prints on one line.

mod allowed;
mod code;
mod defect;
mod node;
mod plain;
mod position;
mod source_file;
mod spans;
mod written;

pub use allowed::{Codes, allowed};
pub use code::{Code, Severity};
pub use defect::{Defect, nearest, suggestion};
pub use node::{Fields, MAX_INTEGER, Node, Parsed, tables_of};
pub use plain::{Plain, plain};
pub use position::Position;
pub use source_file::SourceFile;
pub use spans::{Dotted, ValueSpan, value_spans};
pub use written::{Token, Written, written};
