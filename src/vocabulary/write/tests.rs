//! Vocabularies that are written and read again.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::syntax::SourceFile;
use crate::vocabulary::Origin;
use crate::vocabulary::read::read_texts;

const OWN: &str = r#"
[[measure]]
name = "voice"
plural = "voices"
symbol = "V\"\\"
factor = 2.5
dimension = "loudness"
[[kind]]
name = "choir"
of = "institution"
label = "Choir"
[[kind]]
name = "person"
label = "Singer"
extend = true
[[property]]
name = "range"
label = "Range"
of = ["choir", "person"]
value = "number"
measure = ["voices", "million voices"]
counts = [{ kind = "unit", type = "alto", through = "institution" }, { values = "member", plus = "seats" }]
group = "Voices"
[[property]]
name = "sung"
label = "Sung"
of = ["choir"]
value = "date"
happening = "{subject} sings[ in {place}]"
planned = "{subject} is to sing"
[[property]]
name = "parent"
of = ["choir"]
label = "Sings in"
extend = true
[[property]]
name = "motto"
label = "Song"
of = ["choir"]
value = "text"
values = ["a", "b"]
replaces = true
[[matrix]]
name = "songs"
label = "Singers × songs"
of = "choir"
rows = { kind = "person", through = "member" }
columns = { order = ["x"], group = { "Y z" = ["y", "z"] } }
cell = { kind = "event", row = "person", column = "type" }
marks = [{ label = "First", kind = "event", row = "person", pick = "earliest when" }]
checks = ["range"]
"#;

#[test]
fn what_is_written_is_read_as_the_same_vocabulary() {
    for &base in Base::ALL {
        let base = Vocabulary::built_in(base);
        let own = if base.base() == Base::General { OWN } else { "" };
        let (vocabulary, defects) = read_texts(&base, Origin::Dossier, &[SourceFile::new("own.toml", own)]);
        assert_eq!(defects, []);
        let written = vocabulary.own_toml();
        assert_eq!(written.is_empty(), own.is_empty(), "{written}");
        let (again, defects) = read_texts(&base, Origin::Dossier, &[SourceFile::new("again.toml", &*written)]);
        assert_eq!(defects, [], "{written}");
        assert_eq!(again.own_toml(), written);
        assert_eq!(again, vocabulary);
    }
}

#[test]
fn a_text_is_quoted_so_that_it_is_read_again() {
    for text in ["", "a\"b\\", "é\u{1}\u{7f}\u{85}\n\r\t", "漢"] {
        let toml = format!("x = {}", quoted(text));
        let file = SourceFile::new("x", toml);
        let mut defects = Vec::new();
        let parsed = crate::syntax::Parsed::new(&file, &mut defects);
        assert_eq!(parsed.fields().get("x").unwrap().as_text(), Some(text), "{}", file.text);
    }
}

/// Returns the text with which a declaration of words over a built-in set is written; the numbers choose what it says.
fn declaration(base: &Vocabulary, [form, a, b, c, d]: [usize; 5]) -> String {
    let kind = |at: usize| &*base.kinds[at % base.kinds.len()].name;
    let property = |at: usize| &base.properties[at % base.properties.len()];
    let unit = |at: usize| {
        let measure = &base.measures[at % base.measures.len()];
        let rate = if measure.has_rate && at.is_multiple_of(3) { "/year" } else { "" };
        format!("{}{}{rate}", ["", "million "][at % 2], measure.plural)
    };
    let range = || match c % 4 {
        0 => format!("value = \"number\"\nmeasure = [{}, {}]\n", quoted(&unit(d)), quoted(&unit(d + b))),
        1 => format!(
            "value = \"number\"\ndimension = {}\n",
            quoted(base.measures[d % base.measures.len()].dimension.name())
        ),
        2 => format!("value = \"entity\"\nto = [\"{}\"]\ninverse = \"Of\"\n", kind(d)),
        _ => "value = \"text\"\nvalues = [\"a\", \"b\"]\n".to_owned(),
    };
    // Half of them are about numbers.
    let numbers: Vec<&Property> = base.properties.iter().filter(|property| property.is_number()).collect();
    let known = if b % 2 == 0 { property(a) } else { numbers[a % numbers.len()] };
    match form % 7 {
        0 => {
            let more = match (&known.range, c % 3) {
                (Range::Number(_), 0 | 1) => format!("measure = [{}]\n", quoted(&unit(d))),
                (Range::Entity(_), 0) => format!("to = [\"{}\"]\n", kind(d)),
                (Range::Text(_) | Range::Number(_) | Range::Entity(_) | Range::Date, _) => {
                    ["", "label = \"L\"\n", "order = 7\n"][d % 3].to_owned()
                }
            };
            let of = if d % 2 == 0 { format!("of = [\"{}\"]\n", kind(c)) } else { String::new() };
            format!("[[property]]\nname = \"{}\"\nextend = true\n{of}{more}", known.name)
        }
        1 => {
            let (name, of) = (&known.name, kind(d));
            format!("[[property]]\nname = \"{name}\"\nlabel = \"R\"\nof = [\"{of}\"]\nreplaces = true\n{}", range())
        }
        2 => format!("[[property]]\nname = \"p{}\"\nlabel = \"P\"\nof = [\"{}\"]\n{}", a % 3, kind(b), range()),
        3 => {
            let measure = &base.measures[a % base.measures.len()];
            let plural = ["cots", "cot", "beds", "million"][b % 4];
            let (name, dimension) = (quoted(&measure.name), [measure.dimension.name(), "cubits"][c % 2]);
            let rate = d % 2 == 0;
            format!(
                "[[measure]]\nname = {name}\nplural = \"{plural}\"\ndimension = \"{dimension}\"\nrate = {rate}\nreplaces = true\n"
            )
        }
        4 => {
            let name = ["boat", "boats/year", "million boats", "oar"][a % 4];
            let plural = ["boats", "oars", "oar/year"][b % 3];
            format!("[[measure]]\nname = \"{name}\"\nplural = \"{plural}\"\nrate = {}\nadds_to = \"x\"\n", c % 2 == 0)
        }
        5 if a % 2 == 0 => format!("[[kind]]\nname = \"{}\"\nlabel = \"K\"\nextend = true\n", kind(b)),
        5 => format!("[[kind]]\nname = \"k{}\"\nof = \"{}\"\nlabel = \"K\"\n", a % 3, kind(b)),
        _ => {
            let names = base.matrices.iter().map(|matrix| &*matrix.name).chain(["m0", "m1"]).collect::<Vec<_>>();
            format!(
                "[[matrix]]\nname = \"{}\"\nof = \"institution\"\nrows = {{ kind = \"person\", through = \"member\" }}\n\
                 cell = {{ kind = \"event\", row = \"person\", column = \"type\" }}\n",
                names[a % names.len()]
            )
        }
    }
}

/// Returns a vocabulary of a dossier, and the defects of its declarations.
fn over(base: &Vocabulary, text: &str) -> (Vocabulary, usize) {
    let (vocabulary, defects) = read_texts(base, Origin::Dossier, &[SourceFile::new("own.toml", text)]);
    (vocabulary, defects.len())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]
    #[test]
    fn whatever_is_declared_is_read_again_as_it_was(
        base in 0..Base::ALL.len(),
        choices in vec([0_usize..100, 0_usize..1_000, 0_usize..1_000, 0_usize..1_000, 0_usize..1_000], 1..7),
    ) {
        let base = Vocabulary::built_in(Base::ALL[base]);
        // Of the declarations those that are sound.
        let mut text = String::new();
        for choice in choices {
            let more = format!("{text}{}", declaration(&base, choice));
            if over(&base, &more).1 == 0 {
                text = more;
            }
        }
        let (vocabulary, _) = over(&base, &text);
        let written = vocabulary.own_toml();
        let (again, defects) = over(&base, &written);
        prop_assert!(defects == 0, "{}\nwritten as\n{}", text, written);
        prop_assert_eq!(again.own_toml(), written.clone(), "{}", text);
        prop_assert!(again == vocabulary, "{}\nwritten as\n{}", text, written);
    }
}

#[test]
fn a_vocabulary_that_changes_what_the_base_has_is_read_again() {
    for (base, text) in [
        (Base::General, "[[property]]\nname = \"holders\"\nlabel = \"Seats\"\nextend = true\n"),
        (Base::General, "[[property]]\nname = \"holders\"\nmeasure = [\"seat\", \"person\"]\nextend = true\n"),
        (Base::General, "[[property]]\nname = \"motto\"\nextend = true\n"),
        (Base::General, "[[measure]]\nname = \"bed\"\nplural = \"cots\"\nreplaces = true\n"),
        (Base::General, "[[measure]]\nname = \"person\"\nplural = \"souls\"\nreplaces = true\n"),
        (
            Base::V1,
            "[[measure]]\nname = \"student\"\nplural = \"pupils\"\nreplaces = true\n[[property]]\nname = \"intake\"\nlabel = \"I\"\nextend = true\n",
        ),
        (Base::General, "[[property]]\nname = \"area\"\nmeasure = [\"beds\"]\nextend = true\n"),
    ] {
        let base = Vocabulary::built_in(base);
        let (vocabulary, defects) = over(&base, text);
        assert_eq!(defects, 0, "{text}");
        let written = vocabulary.own_toml();
        assert_eq!(over(&base, &written), (vocabulary, 0), "{text}\nwritten as\n{written}");
    }
}
