//! Every screen at every size.

use super::Length;
use super::hostile::screens::{LARGEST, SCREENS, catalogues, draw_at_each, draw_at_random};
use super::report::{Row, Verdict, grouped};
use super::work;

/// A short run draws every so many-th size.
const STEP: usize = 5;

/// Sizes drawn at random, for each dossier, with themes of fewer signs too.
const RANDOM: usize = 5_000;

pub fn measure(length: Length) -> Vec<Row> {
    let step = if length == Length::Full { 1 } else { STEP };
    let (columns, rows) = LARGEST;
    let sizes = (1..=rows).flat_map(|height| (1..=columns).map(move |width| (width, height))).step_by(step);
    let catalogues = catalogues();
    let pieces: Vec<_> = catalogues.iter().flat_map(|catalogue| SCREENS.map(|keys| (catalogue, keys))).collect();
    let drawn = work::each(&pieces, |(catalogue, keys)| draw_at_each(catalogue, keys, sizes.clone()));
    let seeds: Vec<_> = catalogues.iter().zip(0..).collect();
    let random = work::each(&seeds, |(catalogue, seed)| draw_at_random(catalogue, *seed, length.of(RANDOM)));
    let (runs, count) = (pieces.len() + seeds.len(), sizes.count());
    let figure = format!(
        "{} of {} screens of {} dossiers, each at {} sizes: {} frames; {} more at random sizes with every theme",
        drawn.len(),
        pieces.len(),
        catalogues.len(),
        grouped(count),
        grouped(drawn.iter().sum()),
        grouped(random.iter().sum()),
    );
    vec![Row {
        hazard: "every screen at every size",
        target: "1×1 … 300×100: no panic, every cursor on something",
        figure,
        runs: drawn.iter().sum::<usize>() + random.iter().sum::<usize>(),
        verdict: Verdict::of(drawn.len() + random.len() == runs),
    }]
}
