//! Shared parts of the benches: dossiers and names, which are the same for the same size on every machine; terminals;
//! figures.

#![allow(dead_code, reason = "each bench uses the parts that it needs")]

pub mod large;
pub mod names;
pub mod opening;
pub mod process;
pub mod staffed;
pub mod terminal;
pub mod times;
mod words;

use annals::model::builder::{Builder, NewClaim, NewValue};
use annals::model::{Core, CoreKind, Dossier, Meta, When};

/// A xorshift generator, which is good enough to spread dates and needs no dependency.
struct Spread(u64);

impl Spread {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

/// Returns a dossier of `count` dated events from 1900 to 2025 at up to 500 institutions. Of the dates 40% are days,
/// 30% months, 25% years, and the others upper bounds.
pub fn events(count: usize) -> Dossier {
    let mut spread = Spread(0x9E37_79B9_7F4A_7C15);
    let mut builder = Builder::with_meta(Meta { title: format!("{count} events"), ..Meta::default() });
    let houses = (count / 1000).clamp(5, 500);
    let houses: Vec<_> = (0..houses)
        .filter_map(|house| builder.entity(CoreKind::Institution, &format!("house-{house}"), &format!("House {house}")))
        .collect();
    for event in 0..count {
        let Some(handle) = builder.entity(CoreKind::Event, &format!("event-{event}"), &format!("Event {event}")) else {
            continue;
        };
        let (year, month, day) = (1900 + spread.below(126), 1 + spread.below(12), 1 + spread.below(28));
        let edtf = match spread.below(100) {
            0..40 => format!("{year}-{month:02}-{day:02}"),
            40..70 => format!("{year}-{month:02}"),
            70..95 => format!("{year}"),
            _ => format!("[..{year}-{month:02}]"),
        };
        let Ok(when) = When::parse(&edtf) else { continue };
        builder.claim(NewClaim::new(handle, Core::When, NewValue::Date(when)));
        let house = houses[spread.below(houses.len() as u64) as usize];
        builder.claim(NewClaim::new(handle, Core::Institution, NewValue::Entity(house)));
    }
    builder.finish()
}
