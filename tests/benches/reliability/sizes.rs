//! Every screen at every size.

use super::Length;
use super::hostile::screens::{LARGEST, SCREENS, catalogues, draw_at_each, draw_at_random};
use super::report::{Row, Verdict, grouped};
use super::work;

/// Up to this size, both dossiers are drawn at every size.
const SMALL: (u16, u16) = (60, 20);

/// Above it, the hostile dossier is drawn at every `STEP`-th size only, because it is slow to draw.
const STEP: usize = 5;

/// The number of random sizes for each dossier, which are drawn with every theme in turn.
const RANDOM: usize = 5_000;

/// Returns every `step`-th size, and every small one.
fn sizes(step: usize) -> Vec<(u16, u16)> {
    let (columns, rows) = LARGEST;
    let all = (1..=rows).flat_map(|height| (1..=columns).map(move |width| (width, height)));
    let is_small = |(width, height): (u16, u16)| width <= SMALL.0 && height <= SMALL.1;
    all.enumerate().filter(|&(number, size)| number % step == 0 || is_small(size)).map(|(_, size)| size).collect()
}

pub fn measure(length: Length) -> Vec<Row> {
    let shorter = if length == Length::Full { 1 } else { 5 };
    let catalogues = catalogues();
    let grids = [sizes(shorter), sizes(shorter * STEP)];
    let pieces: Vec<_> =
        catalogues.iter().zip(&grids).flat_map(|(world, sizes)| SCREENS.map(|keys| (world, sizes, keys))).collect();
    let drawn = work::each(&pieces, |(world, sizes, keys)| draw_at_each(world, keys, sizes.iter().copied()));
    let seeds: Vec<_> = catalogues.iter().zip(0..).collect();
    let random = work::each(&seeds, |(world, seed)| draw_at_random(world, *seed, length.of(RANDOM)));
    let frames = drawn.iter().chain(&random).sum();
    let figure = format!(
        "{} of {} screens: those of the embedded dossier at {} sizes, those of a hostile one at {}, each up to {}×{} \
         among them; {} frames, {} of them at random sizes with every theme",
        drawn.len(),
        pieces.len(),
        grouped(grids[0].len()),
        grouped(grids[1].len()),
        SMALL.0,
        SMALL.1,
        grouped(frames),
        grouped(random.iter().sum()),
    );
    vec![Row {
        hazard: "every screen at every size",
        target: "1×1 … 300×100: no panic, every cursor on something",
        figure,
        runs: frames,
        verdict: Verdict::of(drawn.len() == pieces.len() && random.len() == seeds.len()),
    }]
}
