//! What a hostile author would write, and a watch over what comes out.

#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a failure here is the test's failure")]

pub mod dice;
pub mod words;
pub mod world;
