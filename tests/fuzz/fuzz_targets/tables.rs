//! Runs `targets::tables` on the inputs of cargo-fuzz.

#![no_main]

#[allow(dead_code, reason = "each fuzzer uses a part of it")]
#[path = "../../support/escapes.rs"]
mod escapes;
#[allow(dead_code, reason = "each fuzzer uses one of them")]
#[path = "../targets.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::tables(bytes));
