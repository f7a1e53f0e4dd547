//! Generates names of institutions, departments, people and events, the same for the same count on every machine. They
//! have 42 characters on average, and three in a hundred have letters outside ASCII.

/// A xorshift generator, which is good enough to spread words and needs no dependency.
struct Spread(u64);

impl Spread {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }

    /// Returns one of the words. Only a fifth of the picks with letters outside ASCII are kept, as otherwise a seventh
    /// of all names would have such letters.
    fn of(&mut self, words: &[&'static str]) -> &'static str {
        loop {
            let word = words[self.below(words.len())];
            if word.is_ascii() || self.below(5) == 0 {
                return word;
            }
        }
    }
}

const PLACES: &[&str] = &[
    "Kalyani",
    "Kharagpur",
    "Kolkata",
    "Jodhpur",
    "Raipur",
    "Bhopal",
    "Patna",
    "Rishikesh",
    "Nagpur",
    "Mangalagiri",
    "Deoghar",
    "Gorakhpur",
    "Bathinda",
    "Bilaspur",
    "Guwahati",
    "Bibinagar",
    "Madurai",
    "Rajkot",
    "Durgapur",
    "Siliguri",
    "Cuttack",
    "Vellore",
    "Puducherry",
    "Imphal",
    "Shillong",
    "Zürich",
    "Tübingen",
    "Besançon",
    "Leeds",
    "Uppsala",
    "Kraków",
    "Toronto",
];
const SUBJECTS: &[&str] = &[
    "Cardiology",
    "Cardiothoracic Surgery",
    "Nephrology",
    "Neurology",
    "Dermatology",
    "Psychiatry",
    "Ophthalmology",
    "Anatomy",
    "Obstetrics and Gynaecology",
    "Community Medicine",
    "Biochemistry",
    "Microbiology",
    "Pathology",
    "Pharmacology",
    "Radiodiagnosis",
    "Otorhinolaryngology",
    "Paediatrics",
    "Orthopaedics",
    "Urology",
    "Medical Oncology",
    "Physiology",
    "Computer Science",
    "Aerospace Engineering",
    "Ocean Engineering",
    "Geology and Geophysics",
    "Mining Engineering",
];
const BODIES: &[&str] = &[
    "All India Institute of Medical Sciences",
    "Indian Institute of Technology",
    "Regional College of Nursing",
    "State University",
    "National Institute of Public Health",
    "Central Research Institute",
    "Government Medical College",
    "School of Tropical Medicine",
];
const SHORT_BODIES: &[&str] = &["AIIMS", "IIT", "NIT", "State University", "Government Medical College", "IISER"];
const FIRST: &[&str] = &[
    "Ramji",
    "Dipika",
    "Chitra",
    "Subhas",
    "Pranab",
    "Virendra",
    "Amit",
    "Ananya",
    "Sourav",
    "Meera",
    "Lakshmi",
    "Karthik",
    "Jürgen",
    "Zoë",
    "Álvaro",
    "Ingrid",
    "Fatima",
    "Omar",
    "Grace",
    "Thomas",
    "Nikhil",
    "Arundhati",
    "Siddhartha",
    "Kalpana",
];
const LAST: &[&str] = &[
    "Singh",
    "Deka",
    "Sarkar",
    "Mukherjee",
    "Mookerjee",
    "Tewari",
    "Chakraborty",
    "Kalita",
    "Roy",
    "Sinha",
    "Iyer",
    "Rao",
    "Müller",
    "García",
    "Banerjee",
    "Chatterjee",
    "Ghosh",
    "Das",
    "Bose",
    "Nair",
    "Menon",
    "Khan",
    "Ahmed",
    "Thompson",
];
const HAPPENINGS: &[&str] = &[
    "Foundation stone laid for",
    "Outpatient department opens at",
    "First batch of students admitted to",
    "Memorandum of understanding signed with",
    "New hostel inaugurated at",
    "Director appointed at",
    "Beds added at",
    "Library opened at",
    "Research grant awarded to",
    "Campus of",
];

/// Returns `count` names.
pub fn names(count: usize) -> impl Iterator<Item = String> {
    let mut spread = Spread(0x9E37_79B9_7F4A_7C15);
    (0..count).map(move |number| {
        let place = spread.of(PLACES);
        match spread.below(10) {
            0 | 1 => format!("{}, {place} No. {}", spread.of(BODIES), number % 9_973),
            2..5 => format!("Department of {}, {} {place}", spread.of(SUBJECTS), spread.of(SHORT_BODIES)),
            5..7 => {
                let initial = char::from(b'A' + spread.below(26) as u8);
                format!(
                    "Dr {} {initial}. {}, {} of {}",
                    spread.of(FIRST),
                    spread.of(LAST),
                    ["Professor", "Head"][number % 2],
                    spread.of(SUBJECTS)
                )
            }
            7 => format!("{} {} {}", spread.of(FIRST), spread.of(LAST), number % 7_919),
            _ => format!("{} {place}, {}", spread.of(HAPPENINGS), 1900 + spread.below(126)),
        }
    })
}
