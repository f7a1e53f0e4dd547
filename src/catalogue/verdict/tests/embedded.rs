use super::*;
#[test]
fn zz_print() {
    let (dossier, defects) = crate::formats::author::load(&crate::formats::author::embedded());
    for d in &defects {
        println!("{d}");
    }
    let c = Catalogue::new(dossier);
    let d = c.dossier();
    let t = std::time::Instant::now();
    for _ in 0..100 {
        std::hint::black_box(verdicts(&c));
    }
    println!("verdicts {:?}", t.elapsed() / 100);
    let t = std::time::Instant::now();
    for _ in 0..100 {
        std::hint::black_box(checks(&c));
    }
    println!("checks {:?}", t.elapsed() / 100);
    for v in verdicts(&c) {
        println!("(\"{}\", \"{}\", Verdict::{:?}),", d.id(v.subject), v.property.name(), v.verdict);
    }
    for v in verdicts(&c) {
        println!("{} {:9} {} {}", sign(v.verdict), v.verdict, d.id(v.subject), v.property.name());
        for (i, p) in v.pairs.iter().enumerate() {
            println!(
                "      {}{} {} {}",
                if i == v.decided_by { "*" } else { " " },
                p.verdict(),
                p.rule.id(),
                explain(d, v.property, p)
            );
        }
    }
    for r in checks(&c) {
        println!("{:60} {}", d.text(d.checks()[r.check].label), r.line());
    }
}
