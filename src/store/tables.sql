CREATE TABLE dossier (
  -- What the dossier says of itself, one fact a row.
  key TEXT NOT NULL PRIMARY KEY CHECK (key IN ({meta})),
  value TEXT NOT NULL,
  CHECK (key <> 'vocabulary_base' OR value IN ({base})),
  CHECK (key <> 'digests' OR value IN ({digests})) -- of sha256 below: HMAC-SHA-256 if keyed
) STRICT;

CREATE TABLE kind (
  -- The kinds of entities that are used or declared. For people's queries, as property and measure: the program takes
  -- its words from the rows vocabulary_base and vocabulary of the table dossier.
  name TEXT NOT NULL PRIMARY KEY,
  parent TEXT REFERENCES kind (name), -- the kind directly above it
  label TEXT NOT NULL,
  plural TEXT NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ({origin})) -- the set of declarations to which it belongs
) STRICT;

CREATE TABLE entity (
  -- Everything that the documents speak of.
  id TEXT NOT NULL PRIMARY KEY CHECK (id GLOB kind || '/*'),
  kind TEXT NOT NULL REFERENCES kind (name),
  label TEXT NOT NULL,
  folded TEXT NOT NULL        -- the label without case, accents, dots and titles, for lookups; not read back
) STRICT;

CREATE TABLE property (
  -- What is said of entities, or declared. For people's queries.
  name TEXT NOT NULL PRIMARY KEY,
  label TEXT NOT NULL,
  kinds TEXT NOT NULL,        -- the kinds that may have it, as may those below them
  value TEXT NOT NULL CHECK (value IN ({text_form}, 'number', 'entity', 'date')),
  allowed TEXT,               -- the units, the dimension or the kinds of entity that it takes
  many TEXT NOT NULL CHECK (many IN ('one', 'several')),
  happening TEXT,             -- of a date on the timeline: what happened on it
  role TEXT CHECK (role IN ({role})), -- of a date: what it says of the life of its subject; of a link: if to a whole
  inverse TEXT,               -- of a link: the heading on its other side
  origin TEXT NOT NULL CHECK (origin IN ({origin}))
) STRICT;

CREATE TABLE measure (
  -- The measures that are used or declared. In a unit, a multiplier may stand before it, and '/year' behind it. For
  -- people's queries.
  name TEXT NOT NULL PRIMARY KEY,
  plural TEXT NOT NULL,
  dimension TEXT NOT NULL,
  factor REAL NOT NULL,       -- its size in the base unit of the dimension
  origin TEXT NOT NULL CHECK (origin IN ({origin}))
) STRICT;

CREATE TABLE document (
  id TEXT NOT NULL PRIMARY KEY REFERENCES entity (id) CHECK (id GLOB 'document/*'),
  key TEXT NOT NULL UNIQUE,   -- one or two letters
  kind TEXT,
  publisher TEXT,
  published_date TEXT,        -- EDTF, as every column that ends in _date
  published_label TEXT,       -- words to show in place of the date, as every _label beside a _date
  file TEXT,
  sha256 TEXT CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
  length INTEGER CHECK (length BETWEEN 0 AND 4294967295), -- in code points
  CHECK (published_label IS NULL OR published_date IS NOT NULL),
  CHECK ((sha256 IS NULL) = (length IS NULL))
) STRICT;

CREATE TABLE document_detail (
  -- What else is known of a document, one fact a row; authors in their order.
  id INTEGER PRIMARY KEY,
  document TEXT NOT NULL REFERENCES document (id),
  key TEXT NOT NULL CHECK (key IN ({source})),
  value TEXT NOT NULL
) STRICT;

CREATE TABLE private (
  -- The entities, documents among them, that a public export leaves out.
  entity TEXT NOT NULL PRIMARY KEY REFERENCES entity (id)
) STRICT;

CREATE TABLE place (
  -- Where in a document something stands: the spot, and where it was found (line to sha256).
  id INTEGER PRIMARY KEY,
  document TEXT NOT NULL REFERENCES document (id),
  section TEXT NOT NULL,
  spot TEXT NOT NULL CHECK (spot IN ({spot}, {reserved_spot})),
  row TEXT,
  paragraph INTEGER CHECK (paragraph BETWEEN 1 AND 65535),
  sentence INTEGER CHECK (sentence BETWEEN 1 AND 65535),
  item INTEGER CHECK (item BETWEEN 1 AND 65535),
  line INTEGER CHECK (line BETWEEN 1 AND 4294967295),
  start INTEGER CHECK (start BETWEEN 0 AND 4294967295),   -- in code points
  length INTEGER CHECK (length BETWEEN 0 AND 4294967295), -- in code points
  sha256 TEXT CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'), -- of the words there
  field TEXT,                 -- from here on reserved: a value of a record, by its path
  cell TEXT,                  -- a cell of a table, by row and column
  note INTEGER CHECK (note BETWEEN 1 AND 65535),   -- a footnote
  quote INTEGER CHECK (quote BETWEEN 1 AND 65535), -- a block quote; with sentence a part of it
  page INTEGER CHECK (page BETWEEN 1 AND 65535),
  CHECK ((row IS NOT NULL) = (spot = 'row')),
  CHECK ((paragraph IS NOT NULL) = (spot IN ('paragraph', 'sentence'))),
  CHECK (sentence IS NOT NULL OR spot <> 'sentence'),
  CHECK (sentence IS NULL OR spot IN ('sentence', 'quote')),
  CHECK ((item IS NOT NULL) = (spot = 'item')),
  CHECK ((field IS NOT NULL) = (spot = 'field')),
  CHECK ((cell IS NOT NULL) = (spot = 'cell')),
  CHECK ((note IS NOT NULL) = (spot = 'note')),
  CHECK ((quote IS NOT NULL) = (spot = 'quote')),
  CHECK ((page IS NOT NULL) = (spot = 'page')),
  CHECK ((line IS NULL) + (start IS NULL) + (length IS NULL) + (sha256 IS NULL) IN (0, 4))
) STRICT;

CREATE TABLE name (
  id INTEGER PRIMARY KEY,
  entity TEXT NOT NULL REFERENCES entity (id),
  value TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ({name_kind})),
  language TEXT,
  folded TEXT NOT NULL        -- as entity.folded
) STRICT;

CREATE TABLE name_evidence (
  name INTEGER NOT NULL REFERENCES name (id),
  place INTEGER NOT NULL REFERENCES place (id),
  PRIMARY KEY (name, place)
) STRICT;

CREATE TABLE name_detail (
  -- What few names have: the time in which it was used, and whether it is private.
  name INTEGER PRIMARY KEY REFERENCES name (id),
  start_date TEXT,
  start_label TEXT,
  end_date TEXT,
  end_label TEXT,
  private INTEGER NOT NULL DEFAULT 0 CHECK (private IN (0, 1)),
  CHECK (start_date IS NOT NULL OR end_date IS NOT NULL OR private = 1),
  CHECK (start_label IS NULL OR start_date IS NOT NULL),
  CHECK (end_label IS NULL OR end_date IS NOT NULL)
) STRICT;

CREATE TABLE claim (
  -- One statement about one property of one entity.
  id INTEGER PRIMARY KEY,
  subject TEXT NOT NULL REFERENCES entity (id),
  property TEXT NOT NULL REFERENCES property (name),
  value_text TEXT,
  value_number REAL CHECK (abs(value_number) <= 1.7976931348623157e308),
  unit TEXT,
  value_entity TEXT REFERENCES entity (id),
  value_date TEXT,
  value_label TEXT,
  value_earliest TEXT,        -- first and last day that value_date may mean; not read back
  value_latest TEXT,
  missing INTEGER NOT NULL DEFAULT 0 CHECK (missing IN (0, 1)), -- 1: the document leaves a blank
  start_date TEXT,            -- between which days it held
  start_label TEXT,
  end_date TEXT,
  end_label TEXT,
  as_of_date TEXT,            -- the day to which the statement refers
  as_of_label TEXT,
  modality TEXT NOT NULL CHECK (modality IN ({modality})),
  basis TEXT NOT NULL CHECK (basis IN ({basis})),
  rank TEXT NOT NULL CHECK (rank IN ({rank})),
  reason TEXT,
  note TEXT,
  CHECK ((value_text IS NOT NULL) + (value_number IS NOT NULL) + (value_entity IS NOT NULL)
    + (value_date IS NOT NULL) + missing = 1),
  CHECK ((value_number IS NULL) = (unit IS NULL)),
  CHECK (value_label IS NULL OR value_date IS NOT NULL),
  CHECK (start_label IS NULL OR start_date IS NOT NULL),
  CHECK (end_label IS NULL OR end_date IS NOT NULL),
  CHECK (as_of_label IS NULL OR as_of_date IS NOT NULL)
) STRICT;

CREATE TABLE claim_detail (
  -- What few claims have.
  claim INTEGER PRIMARY KEY REFERENCES claim (id),
  id TEXT UNIQUE CHECK (length(id) BETWEEN 4 AND 16 AND id NOT GLOB '*[^a-z0-9]*'), -- given by the authors
  by_entity TEXT REFERENCES entity (id), -- to whom the document attributes it
  by_text TEXT,
  said_in TEXT,               -- the occasion
  private INTEGER NOT NULL DEFAULT 0 CHECK (private IN (0, 1)), -- 1: a public export leaves it out
  state TEXT CHECK (state IN ({state})),
  sentence TEXT,              -- to show in place of one from a template
  decimals INTEGER CHECK (decimals BETWEEN 1 AND 255), -- of the number as it is written, where it has more: 1 for 12.0
  CHECK (by_entity IS NULL OR by_text IS NULL),
  CHECK (coalesce(id, by_entity, by_text, said_in, state, sentence, decimals) IS NOT NULL OR private)
) STRICT;

CREATE TABLE claim_scope (
  -- The parts of its subject of which a claim speaks, in the order of the ids.
  id INTEGER PRIMARY KEY,
  claim INTEGER NOT NULL REFERENCES claim (id),
  entity TEXT REFERENCES entity (id),
  text TEXT,
  CHECK ((entity IS NULL) <> (text IS NULL))
) STRICT;

CREATE TABLE evidence (
  -- Where each claim is said.
  claim INTEGER NOT NULL REFERENCES claim (id),
  place INTEGER NOT NULL REFERENCES place (id),
  via TEXT,                   -- reserved: where that document names its own source
  PRIMARY KEY (claim, place)
) STRICT;

CREATE TABLE judgement (
  -- What is held of two entities that resemble each other.
  id INTEGER PRIMARY KEY,
  a TEXT NOT NULL REFERENCES entity (id),
  b TEXT NOT NULL REFERENCES entity (id),
  verdict TEXT NOT NULL CHECK (verdict IN ({verdict})),
  reason TEXT NOT NULL
) STRICT;

CREATE TABLE complete (
  -- Lists that have all there is between two dates.
  id INTEGER PRIMARY KEY,
  entity TEXT NOT NULL REFERENCES entity (id), -- the subject; a document for all that it lists
  list TEXT NOT NULL,         -- a property, a kind, or one of {listed}
  since_date TEXT,
  since_label TEXT,
  until_date TEXT,
  until_label TEXT,
  reason TEXT,
  CHECK (since_label IS NULL OR since_date IS NOT NULL),
  CHECK (until_label IS NULL OR until_date IS NOT NULL)
) STRICT;

CREATE TABLE complete_evidence (
  complete INTEGER NOT NULL REFERENCES complete (id),
  place INTEGER NOT NULL REFERENCES place (id),
  PRIMARY KEY (complete, place)
) STRICT;

CREATE TABLE review (
  -- What readers found about single claims.
  id INTEGER PRIMARY KEY,
  claim TEXT NOT NULL,        -- claim_detail.id, or the id that follows from what the claim says; it may be gone
  reader TEXT NOT NULL,
  on_date TEXT,
  on_label TEXT,
  verdict TEXT NOT NULL CHECK (verdict IN ({review})),
  note TEXT,
  seen TEXT,                  -- the id that followed from what the claim said at that time
  CHECK (on_label IS NULL OR on_date IS NOT NULL)
) STRICT;

CREATE TABLE unclaimed (
  -- Places that carry no fact.
  place INTEGER PRIMARY KEY REFERENCES place (id),
  reason TEXT NOT NULL
) STRICT;

CREATE TABLE "check" (
  -- A sum or ratio that the documents imply: what its terms but the last come to, against the last.
  id INTEGER PRIMARY KEY,
  label TEXT NOT NULL,
  operation TEXT NOT NULL CHECK (operation IN ({operation})),
  relation TEXT NOT NULL CHECK (relation IN ({relation})),
  note TEXT
) STRICT;

CREATE TABLE check_evidence (
  "check" INTEGER NOT NULL REFERENCES "check" (id),
  place INTEGER NOT NULL REFERENCES place (id),
  PRIMARY KEY ("check", place)
) STRICT, WITHOUT ROWID;

CREATE TABLE check_term (
  -- A term, in the order of the ids: the one number of a slot (entity and property; modality to
  -- number say which claim is meant), a number of its own, or how many entities of a kind there are.
  id INTEGER PRIMARY KEY,
  "check" INTEGER NOT NULL REFERENCES "check" (id),
  entity TEXT REFERENCES entity (id),
  property TEXT REFERENCES property (name),
  modality TEXT CHECK (modality IN ({modality})),
  basis TEXT CHECK (basis IN ({basis})),
  as_of_date TEXT,
  as_of_label TEXT,
  number REAL CHECK (abs(number) <= 1.7976931348623157e308),
  unit TEXT,
  kind TEXT REFERENCES kind (name),
  CHECK ((entity IS NULL) = (property IS NULL)),
  CHECK ((entity IS NOT NULL) + (entity IS NULL AND number IS NOT NULL) + (kind IS NOT NULL) = 1),
  CHECK (entity IS NOT NULL OR coalesce(modality, basis, as_of_date) IS NULL),
  CHECK (as_of_label IS NULL OR as_of_date IS NOT NULL),
  CHECK (unit IS NULL OR entity IS NULL AND number IS NOT NULL)
) STRICT;

CREATE TABLE check_filter (
  -- What has to be said of an entity for a term to count it: all of the rows of the term.
  id INTEGER PRIMARY KEY,
  term INTEGER NOT NULL REFERENCES check_term (id),
  property TEXT NOT NULL REFERENCES property (name),
  value_text TEXT,
  value_entity TEXT REFERENCES entity (id),
  CHECK ((value_text IS NOT NULL) + (value_entity IS NOT NULL) = 1)
) STRICT;

CREATE TABLE digest (
  -- Reserved, and empty so far: a digest of the rows of each table, from which damage can be told.
  name TEXT NOT NULL PRIMARY KEY, -- of the table
  rows INTEGER NOT NULL CHECK (rows >= 0),
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*')
) STRICT;
