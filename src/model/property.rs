//! The table of properties: which claims an entity of each kind may have.
//!
//! Everything that lists properties (the checks of readers, suggestions, the detail view, the store) uses this table.
//!
//! Invariant: the name of a property is unique, so that a name alone decides the range of its values.

use super::vocabulary::Kind;
use super::when;
use Kind::{Agreement, Event, Facility, Institution, Person, Place, Post, Programme, Scheme, Tenure, Unit};

/// The values that a property may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Range {
    /// A text in the words of the dossier's authors, or a short literal.
    Text,
    /// A number with one of these units; the first is the default.
    Number(&'static [&'static str]),
    /// Another entity of one of these kinds.
    Entity(&'static [Kind]),
    /// A date in EDTF.
    Date,
}

impl Range {
    /// Returns the range in the words of an error message: "a date".
    pub fn expectation(self) -> String {
        match self {
            Self::Text => "a text".into(),
            Self::Number(units) => format!("a number, or \"NUMBER UNIT\" with a unit of: {}", units.join(", ")),
            Self::Entity(kinds) => {
                let kinds: Vec<_> = kinds.iter().map(|kind| kind.as_str()).collect();
                format!("the id of a {}", kinds.join(" or "))
            }
            Self::Date => format!("a date in EDTF, {}", when::EXAMPLES),
        }
    }
}

/// One row of the table.
#[derive(Debug)]
pub struct Spec {
    /// The name in files, in the store and in JSON.
    pub name: &'static str,
    /// The heading in views.
    pub label: &'static str,
    /// The kinds of entity that may have it.
    pub domain: &'static [Kind],
    /// The range of its values.
    pub range: Range,
    /// True if several different values may hold at once.
    pub many: bool,
    /// For a date on the timeline: the word that follows the label of the subject ("announced"); empty if the label says
    /// it all.
    pub happening: Option<&'static str>,
}

macro_rules! properties {
    ($($(#[$meta:meta])* $variant:ident = $name:literal, $label:literal, [$($kind:ident)+], $range:expr, $many:ident $(, on $happening:literal)?;)+) => {
        /// A property of the table; see [`Property::spec`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Property { $(#[doc = $label] $variant),+ }

        /// The table, in the order in which views show properties.
        pub static PROPERTIES: &[Spec] = &[$(Spec {
            name: $name,
            label: $label,
            domain: &[$($kind),+],
            range: $range,
            many: properties!(@many $many),
            happening: properties!(@happening $($happening)?),
        }),+];

        impl Property {
            /// Every property, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
        }
    };
    (@many one) => { false };
    (@many many) => { true };
    (@happening) => { None };
    (@happening $happening:literal) => { Some($happening) };
}

use Range::{Date, Entity, Number, Text};

const AREA: Range = Number(&["acre", "m²", "ft²"]);
const BEDS: Range = Number(&["beds"]);
const DISTANCE: Range = Number(&["km"]);
const PEOPLE: Range = Number(&["people"]);
const SHARE: Range = Number(&["%"]);
const STUDENTS: Range = Number(&["students"]);

properties! {
    // Names and descriptions.
    Type = "type", "Type", [Institution Unit Programme Agreement Facility Event Scheme Place], Text, one;
    Level = "level", "Level", [Programme], Text, one;
    Subject = "subject", "Subject", [Programme], Text, one;
    Title = "title", "Title", [Tenure], Text, one;
    Profession = "profession", "Profession", [Person], Text, many;
    Description = "description", "Description", [Institution Unit Person Post Tenure Programme Agreement Facility Event Scheme Place], Text, many;
    Purpose = "purpose", "Purpose", [Institution Unit Programme Agreement Facility Event Scheme], Text, many;
    Scope = "scope", "Scope", [Agreement], Text, many;
    Outcome = "outcome", "Outcome", [Agreement Event], Text, one;
    Statement = "statement", "Said", [Person], Text, many;

    // Dates, in the order of a life: proposed before announced before open.
    When = "when", "When", [Event], Date, one, on "";
    Proposed = "proposed", "Proposed", [Institution Facility], Date, one, on "proposed";
    Announced = "announced", "Announced", [Institution Unit Agreement Facility Scheme], Date, one, on "announced";
    Approved = "approved", "Approved", [Institution Facility Scheme], Date, one, on "approved";
    Construction = "construction", "Construction began", [Institution Facility], Date, one, on "construction began";
    Notified = "notified", "Notified", [Institution], Date, one, on "notified in the gazette";
    Established = "established", "Established", [Institution Unit Facility], Date, one, on "established";
    Launched = "launched", "Launched", [Scheme Programme], Date, one, on "launched";
    Operational = "operational", "Operational", [Institution Unit Facility], Date, one, on "operational";
    Opened = "opened", "Opened", [Facility Unit], Date, one, on "opened";
    Inaugurated = "inaugurated", "Inaugurated", [Facility Programme Unit], Date, one, on "inaugurated";
    Signed = "signed", "Signed", [Agreement], Date, one, on "signed";
    Start = "start", "Start", [Tenure Programme], Date, one, on "begins";
    End = "end", "End", [Tenure Programme], Date, one, on "ends";
    Attested = "attested", "Attested", [Tenure], Date, many;

    // Links between entities.
    Parent = "parent", "Part of", [Institution Unit Facility], Entity(&[Institution, Unit, Facility]), one;
    PartOfGroup = "group", "One of", [Institution], Entity(&[Institution, Scheme]), many;
    AtInstitution = "institution", "Institution", [Unit Post Tenure Programme Agreement Facility Event Scheme], Entity(&[Institution]), many;
    Department = "department", "Department", [Programme Facility Event], Entity(&[Unit]), many;
    OfPerson = "person", "Person", [Tenure Event], Entity(&[Person]), many;
    HoldsPost = "post", "Post", [Tenure], Entity(&[Post]), one;
    Party = "party", "Party", [Agreement], Entity(&[Institution, Unit]), many;
    Signatory = "signatory", "Signed by", [Agreement], Entity(&[Person, Tenure, Post]), many;
    Witness = "witness", "In the presence of", [Agreement Event], Entity(&[Person, Tenure, Post]), many;
    Performer = "performed-by", "Performed by", [Event Facility Programme], Entity(&[Person, Institution, Post]), one;
    Designer = "designer", "Designed by", [Institution], Entity(&[Person]), one;
    OfAgreement = "agreement", "Agreement", [Event], Entity(&[Agreement]), many;
    OfFacility = "facility", "Facility", [Event Agreement], Entity(&[Facility]), many;
    OfProgramme = "programme", "Programme", [Event], Entity(&[Programme]), many;
    UnderScheme = "scheme", "Under", [Institution Programme Agreement Facility Event Scheme], Entity(&[Scheme]), many;
    Examination = "examination", "Admission by", [Programme], Entity(&[Scheme]), one;
    Conductor = "conducted-by", "Conducted by", [Scheme], Entity(&[Institution]), one;
    Member = "member", "Member", [Unit], Entity(&[Post, Person, Institution]), many;
    Mentor = "mentor", "Mentored by", [Institution], Entity(&[Institution]), one;
    Funder = "funded-by", "Funded by", [Institution Facility Agreement Event], Entity(&[Institution, Person]), many;
    Partner = "partner", "Partner", [Institution Unit Programme], Entity(&[Institution, Unit]), many;
    Affiliation = "affiliated-to", "Affiliated to", [Unit Programme], Entity(&[Institution]), many;
    Certifier = "certified-by", "Certified by", [Unit Programme], Entity(&[Institution]), one;
    AtPlace = "place", "Place", [Institution Unit Facility Event Agreement], Entity(&[Place]), many;
    Within = "within", "In", [Place], Entity(&[Place]), one;

    // Locations in words, and facts of an institution.
    Location = "location", "Location", [Institution Unit Facility Event], Text, many;
    Site = "site", "Site", [Institution Facility], Text, one;
    Campus = "campus", "Campus", [Institution], Text, one;
    Address = "address", "Address", [Institution], Text, one;
    City = "city", "City", [Institution], Text, one;
    State = "state", "State", [Institution], Text, one;
    Country = "country", "Country", [Institution], Text, one;
    Postcode = "postcode", "Postcode", [Institution], Text, one;
    Language = "language", "Language", [Institution], Text, one;
    Motto = "motto", "Motto", [Institution], Text, one;
    Seal = "seal", "Seal", [Institution], Text, many;
    Governance = "governance", "Governance", [Institution Unit], Text, many;
    Admission = "admission", "Admission", [Institution Programme], Text, many;
    Hours = "hours", "Opening hours", [Facility], Text, one;

    // Numbers.
    Beds = "beds", "Beds", [Institution Facility Unit], BEDS, one;
    Seats = "seats", "Seats", [Institution Programme Event], Number(&["seats", "seats/year"]), one;
    Intake = "intake", "Intake", [Institution Unit Programme], Number(&["students/year", "students"]), one;
    Students = "students", "Students", [Institution], STUDENTS, one;
    Undergraduates = "undergraduates", "Undergraduates", [Institution], STUDENTS, one;
    Postgraduates = "postgraduates", "Postgraduates", [Institution], STUDENTS, one;
    Doctoral = "doctoral", "Doctoral students", [Institution], STUDENTS, one;
    Faculty = "faculty", "Faculty", [Institution], PEOPLE, one;
    Departments = "departments", "Departments", [Institution Facility Unit], Number(&["departments"]), one;
    Subjects = "subjects", "Subjects", [Institution Programme], Number(&["subjects"]), one;
    Programmes = "programmes", "Programmes", [Institution Unit], Number(&["programmes"]), one;
    Committees = "committees", "Committees", [Unit Institution], Number(&["committees"]), one;
    Members = "members", "Members", [Unit], PEOPLE, one;
    OtherMembers = "other-members", "Further members", [Unit], PEOPLE, one;
    Projects = "projects", "Research projects", [Institution], Number(&["projects"]), one;
    Institutes = "institutes", "Institutes", [Scheme Event Institution], Number(&["institutes"]), one;
    Area = "area", "Area", [Institution Facility Place], AREA, one;
    Share = "share", "Share of the campus", [Facility], SHARE, one;
    FreeBeds = "free-beds", "Free beds", [Institution Facility], SHARE, one;
    SchemeBeds = "scheme-beds", "Beds at insurance rates", [Institution Facility], SHARE, one;
    Buildings = "buildings", "Buildings", [Facility], Number(&["buildings"]), one;
    Floors = "floors", "Floors", [Facility], Number(&["floors"]), one;
    Capacity = "capacity", "Capacity", [Facility], Number(&["people", "students", "cars"]), one;
    Books = "books", "Printed books", [Facility], Number(&["books"]), one;
    Cribs = "cribs", "Child cribs", [Institution Facility], Number(&["cribs"]), one;
    DonatedBeds = "donated-beds", "Donated beds", [Institution Facility], BEDS, one;
    Equipment = "equipment", "Equipment", [Agreement], Number(&["operation tables", "anaesthesia workstations"]), many;
    Amount = "amount", "Amount", [Event Agreement], Number(&["crore INR", "INR"]), one;
    ToKolkata = "distance-to-kolkata", "Distance to Kolkata", [Institution Place], DISTANCE, one;
    ToHooghly = "distance-to-hooghly", "Distance to the Hooghly", [Institution Place], DISTANCE, one;
}

impl Property {
    /// Returns the row of the table.
    #[expect(clippy::indexing_slicing, reason = "one list makes both the properties and the rows")]
    pub fn spec(self) -> &'static Spec {
        &PROPERTIES[self as usize]
    }

    /// Returns the name in files, in the store and in JSON.
    pub fn name(self) -> &'static str {
        self.spec().name
    }

    /// Returns the property with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|property| property.name() == name)
    }

    /// Returns the names of the properties that an entity of this kind may have, in the order of the table.
    pub fn names_for(kind: Kind) -> impl Iterator<Item = &'static str> {
        PROPERTIES.iter().filter(move |spec| spec.domain.contains(&kind)).map(|spec| spec.name)
    }
}

/// Returns the unit with this name, if a property has it.
pub fn known_unit(name: &str) -> Option<&'static str> {
    PROPERTIES.iter().find_map(|spec| match spec.range {
        Number(units) => units.iter().copied().find(|unit| *unit == name),
        Text | Entity(_) | Date => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_decides_one_property() {
        for &property in Property::ALL {
            assert_eq!(Property::parse(property.name()), Some(property));
        }
    }

    #[test]
    fn only_dates_happen() {
        for spec in PROPERTIES {
            assert!(spec.happening.is_none() || spec.range == Date, "{}", spec.name);
        }
    }

    #[test]
    fn every_number_has_a_unit() {
        for spec in PROPERTIES {
            if let Number(units) = spec.range {
                assert!(!units.is_empty(), "{}", spec.name);
            }
        }
    }
}
