//! tmp
fn main() {
    let (dossier, defects) = annals::formats::author::load(&annals::formats::author::embedded());
    for d in &defects {
        eprintln!("{d}");
    }
    eprintln!("{} entities {} claims {} defects", dossier.entities().len(), dossier.claims().len(), defects.len());
}
