-- The dossier of src/store/tests/v1/*.toml as the last program that wrote version 1 exported it; never to be changed.
PRAGMA foreign_keys = OFF;
PRAGMA application_id = 1634627180;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE "check" (
  -- A sum or ratio that the documents imply: what its terms but the last come to, against the last.
  id INTEGER PRIMARY KEY,
  label TEXT NOT NULL,
  operation TEXT NOT NULL CHECK (operation IN ('sum', 'ratio')),
  relation TEXT NOT NULL CHECK (relation IN ('equals', 'at-most')),
  note TEXT
) STRICT;
INSERT INTO "check" VALUES(1,'A share of the area','ratio','at-most',NULL);
INSERT INTO "check" VALUES(2,'Beds add up','sum','at-most','our remark');
CREATE TABLE check_evidence (
  "check" INTEGER NOT NULL REFERENCES "check" (id),
  place INTEGER NOT NULL REFERENCES place (id),
  PRIMARY KEY ("check", place)
) STRICT, WITHOUT ROWID;
INSERT INTO "check_evidence" VALUES(2,1);
INSERT INTO "check_evidence" VALUES(1,6);
INSERT INTO "check_evidence" VALUES(2,6);
CREATE TABLE check_filter (
  -- What has to be said of an entity for a term to count it: all of the rows of the term.
  id INTEGER PRIMARY KEY,
  term INTEGER NOT NULL REFERENCES check_term (id),
  property TEXT NOT NULL REFERENCES property (name),
  value_text TEXT,
  value_entity TEXT REFERENCES entity (id),
  CHECK ((value_text IS NOT NULL) + (value_entity IS NOT NULL) = 1)
) STRICT;
INSERT INTO "check_filter" VALUES(1,5,'institution',NULL,'institution/house');
INSERT INTO "check_filter" VALUES(2,5,'level','MD',NULL);
CREATE TABLE check_term (
  -- A term, in the order of the ids: the one number of a slot (entity and property; modality to
  -- number say which claim is meant), a number of its own, or how many entities of a kind there are.
  id INTEGER PRIMARY KEY,
  "check" INTEGER NOT NULL REFERENCES "check" (id),
  entity TEXT REFERENCES entity (id),
  property TEXT REFERENCES property (name),
  modality TEXT CHECK (modality IN ('actual', 'planned', 'alleged', 'denied')),
  basis TEXT CHECK (basis IN ('stated', 'listed', 'counted', 'inferred')),
  as_of_date TEXT,
  as_of_label TEXT,
  number REAL CHECK (abs(number) <= 1.7976931348623157e308),
  unit TEXT,
  kind TEXT CHECK (kind IN ('institution', 'unit', 'person', 'post', 'tenure', 'programme', 'agreement', 'facility', 'event', 'scheme', 'place', 'document')),
  CHECK ((entity IS NULL) = (property IS NULL)),
  CHECK ((entity IS NOT NULL) + (entity IS NULL AND number IS NOT NULL) + (kind IS NOT NULL) = 1),
  CHECK (entity IS NOT NULL OR coalesce(modality, basis, as_of_date) IS NULL),
  CHECK (as_of_label IS NULL OR as_of_date IS NOT NULL),
  CHECK (unit IS NULL OR entity IS NULL AND number IS NOT NULL)
) STRICT;
INSERT INTO "check_term" VALUES(1,1,NULL,NULL,NULL,NULL,NULL,NULL,9.5,'acre',NULL);
INSERT INTO "check_term" VALUES(2,1,'institution/house','area',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "check_term" VALUES(3,1,NULL,NULL,NULL,NULL,NULL,NULL,200.0,'%',NULL);
INSERT INTO "check_term" VALUES(4,2,'institution/house','beds',NULL,NULL,NULL,NULL,960.0,NULL,NULL);
INSERT INTO "check_term" VALUES(5,2,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'programme');
INSERT INTO "check_term" VALUES(6,2,'institution/house','beds','planned',NULL,'2021',NULL,NULL,NULL,NULL);
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
  modality TEXT NOT NULL CHECK (modality IN ('actual', 'planned', 'alleged', 'denied')),
  basis TEXT NOT NULL CHECK (basis IN ('stated', 'listed', 'counted', 'inferred')),
  rank TEXT NOT NULL CHECK (rank IN ('preferred', 'normal', 'deprecated')),
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
INSERT INTO "claim" VALUES(1,'agreement/pact','scope','The scope',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(2,'agreement/pact','signed',NULL,NULL,NULL,NULL,'1972',NULL,'1972-01-01','1972-12-31',0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(3,'agreement/pact','signed',NULL,NULL,NULL,NULL,'2021-01-27',NULL,'2021-01-27','2021-01-27',0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(4,'agreement/pact','party',NULL,NULL,NULL,'institution/house',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(5,'agreement/pact','party',NULL,NULL,NULL,'unit/wing',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(6,'agreement/pact','signatory',NULL,NULL,NULL,'person/someone',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(7,'agreement/pact','signatory',NULL,NULL,NULL,'post/director',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(8,'agreement/pact','signatory',NULL,NULL,NULL,'tenure/someone-director',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(9,'agreement/pact','signatory',NULL,NULL,NULL,'tenure/someone-director',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','inferred','normal','he was director',NULL);
INSERT INTO "claim" VALUES(10,'agreement/pact','facility',NULL,NULL,NULL,'facility/clinic',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(11,'agreement/pact','place',NULL,NULL,NULL,'place/town',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(12,'agreement/pact','equipment',NULL,91.0,'operation tables',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(13,'agreement/pact','equipment',NULL,92.0,'anaesthesia workstations',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(14,'agreement/pact','amount',NULL,92.0,'crore INR',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(15,'agreement/pact','amount',NULL,93.0,'INR',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(16,'event/opening','outcome','The outcome',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(17,'event/opening','when',NULL,NULL,NULL,NULL,'1961',NULL,'1961-01-01','1961-12-31',0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(18,'event/opening','when',NULL,NULL,NULL,NULL,'2021-01-27',NULL,'2021-01-27','2021-01-27',0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(19,'event/opening','department',NULL,NULL,NULL,'unit/wing',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(20,'event/opening','person',NULL,NULL,NULL,'person/someone',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(21,'event/opening','witness',NULL,NULL,NULL,'person/someone',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(22,'event/opening','witness',NULL,NULL,NULL,'post/director',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(23,'event/opening','witness',NULL,NULL,NULL,'tenure/someone-director',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(24,'event/opening','agreement',NULL,NULL,NULL,'agreement/pact',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(25,'event/opening','facility',NULL,NULL,NULL,'facility/clinic',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(26,'event/opening','programme',NULL,NULL,NULL,'programme/course',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(27,'event/opening','scheme',NULL,NULL,NULL,'scheme/plan',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(28,'event/opening','funded-by',NULL,NULL,NULL,'institution/house',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(29,'event/opening','funded-by',NULL,NULL,NULL,'person/someone',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(30,'event/opening','location','The location',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(31,'event/opening','seats',NULL,66.0,'seats',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(32,'event/opening','seats',NULL,67.0,'seats/year',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(33,'facility/clinic','proposed',NULL,NULL,NULL,NULL,'1962',NULL,'1962-01-01','1962-12-31',0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(34,'facility/clinic','construction',NULL,NULL,NULL,NULL,'1965',NULL,'1965-01-01','1965-12-31',0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(35,'facility/clinic','established',NULL,NULL,NULL,NULL,'1967',NULL,'1967-01-01','1967-12-31',0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(36,'facility/clinic','operational',NULL,NULL,NULL,NULL,'1969',NULL,'1969-01-01','1969-12-31',0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(37,'facility/clinic','opened',NULL,NULL,NULL,NULL,'2019-12~',NULL,'2019-12-01','2019-12-31',0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(38,'facility/clinic','parent',NULL,NULL,NULL,'facility/clinic',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(39,'facility/clinic','parent',NULL,NULL,NULL,'institution/house',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(40,'facility/clinic','parent',NULL,NULL,NULL,'unit/wing',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(41,'facility/clinic','institution',NULL,NULL,NULL,'institution/house',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(42,'facility/clinic','site','The site',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(43,'facility/clinic','hours','The hours',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(44,'facility/clinic','share',NULL,82.0,'%',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(45,'facility/clinic','free-beds',NULL,83.0,'%',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(46,'facility/clinic','scheme-beds',NULL,84.0,'%',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(47,'facility/clinic','buildings',NULL,85.0,'buildings',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(48,'facility/clinic','floors',NULL,86.0,'floors',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(49,'facility/clinic','capacity',NULL,87.0,'people',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(50,'facility/clinic','capacity',NULL,88.0,'students',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(51,'facility/clinic','capacity',NULL,89.0,'cars',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(52,'facility/clinic','books',NULL,88.0,'books',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(53,'facility/clinic','cribs',NULL,89.0,'cribs',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(54,'facility/clinic','donated-beds',NULL,90.0,'beds',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(55,'institution/house','type','hospital',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(56,'institution/house','notified',NULL,NULL,NULL,NULL,'1966',NULL,'1966-01-01','1966-12-31',0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(57,'institution/house','established',NULL,NULL,NULL,NULL,'2014-07','July 2014','2014-07-01','2014-07-31',0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(58,'institution/house','group',NULL,NULL,NULL,'institution/house',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(59,'institution/house','group',NULL,NULL,NULL,'scheme/plan',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(60,'institution/house','designer',NULL,NULL,NULL,'person/someone',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(61,'institution/house','mentor',NULL,NULL,NULL,'institution/house',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(62,'institution/house','place',NULL,NULL,NULL,'place/town',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(63,'institution/house','campus','The campus',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(64,'institution/house','address','The address',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(65,'institution/house','city','The city',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(66,'institution/house','city','Kalyani',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,'2019',NULL,'2020/2021',NULL,NULL,NULL,'actual','stated','preferred','newer',NULL);
INSERT INTO "claim" VALUES(67,'institution/house','state','The state',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(68,'institution/house','country','The country',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(69,'institution/house','country','Utopia',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'denied','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(70,'institution/house','postcode','The postcode',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(71,'institution/house','language','The language',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(72,'institution/house','motto','The motto',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(73,'institution/house','motto','Per aspera',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(74,'institution/house','seal','The seal',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(75,'institution/house','beds',NULL,960.0,'beds',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(76,'institution/house','beds',NULL,1000.0,'beds',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,'2021',NULL,'planned','stated','normal',NULL,'our remark');
INSERT INTO "claim" VALUES(77,'institution/house','students',NULL,68.0,'students',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(78,'institution/house','undergraduates',NULL,69.0,'students',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(79,'institution/house','postgraduates',NULL,70.0,'students',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(80,'institution/house','doctoral',NULL,71.0,'students',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(81,'institution/house','faculty',NULL,72.0,'people',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(82,'institution/house','committees',NULL,76.0,'committees',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(83,'institution/house','projects',NULL,79.0,'projects',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(84,'institution/house','institutes',NULL,80.0,'institutes',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(85,'institution/house','area',NULL,22574.16,'m²',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(86,'institution/house','cribs',NULL,12.0,'cribs',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(87,'person/someone','profession','The profession',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(88,'person/someone','profession','doctor',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','listed','normal',NULL,NULL);
INSERT INTO "claim" VALUES(89,'person/someone','profession','poet',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'alleged','listed','normal',NULL,NULL);
INSERT INTO "claim" VALUES(90,'person/someone','statement','The statement',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(91,'person/someone-else','profession','singer',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(92,'place/town','type','The type',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(93,'place/town','type','town',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(94,'place/town','description','The description',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(95,'place/town','within',NULL,NULL,NULL,'place/town',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(96,'place/town','area',NULL,81.0,'acre',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(97,'place/town','area',NULL,82.0,'m²',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(98,'place/town','area',NULL,83.0,'ft²',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(99,'place/town','distance-to-kolkata',NULL,93.0,'km',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(100,'place/town','distance-to-hooghly',NULL,94.0,'km',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(101,'post/director','institution',NULL,NULL,NULL,'institution/house',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','listed','normal',NULL,NULL);
INSERT INTO "claim" VALUES(102,'programme/course','level','The level',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(103,'programme/course','level','MD',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','listed','normal',NULL,NULL);
INSERT INTO "claim" VALUES(104,'programme/course','subject','The subject',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(105,'programme/course','launched',NULL,NULL,NULL,NULL,'1968',NULL,'1968-01-01','1968-12-31',0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(106,'programme/course','start',NULL,NULL,NULL,NULL,'1973',NULL,'1973-01-01','1973-12-31',0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(107,'programme/course','end',NULL,NULL,NULL,NULL,'1974',NULL,'1974-01-01','1974-12-31',0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(108,'programme/course','institution',NULL,NULL,NULL,'institution/house',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','listed','normal',NULL,NULL);
INSERT INTO "claim" VALUES(109,'programme/course','performed-by',NULL,NULL,NULL,'institution/house',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(110,'programme/course','performed-by',NULL,NULL,NULL,'person/someone',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(111,'programme/course','performed-by',NULL,NULL,NULL,'post/director',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(112,'programme/course','examination',NULL,NULL,NULL,'scheme/plan',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(113,'programme/course','partner',NULL,NULL,NULL,'institution/house',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(114,'programme/course','partner',NULL,NULL,NULL,'unit/wing',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(115,'programme/course','affiliated-to',NULL,NULL,NULL,'institution/house',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(116,'programme/course','certified-by',NULL,NULL,NULL,'institution/house',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(117,'programme/course','admission','The admission',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(118,'programme/course','intake',NULL,67.0,'students/year',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(119,'programme/course','intake',NULL,68.0,'students',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(120,'programme/course','intake',NULL,50.0,'students/year',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','listed','normal',NULL,NULL);
INSERT INTO "claim" VALUES(121,'programme/course','subjects',NULL,74.0,'subjects',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(122,'scheme/plan','purpose','The purpose',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(123,'scheme/plan','announced',NULL,NULL,NULL,NULL,'1963',NULL,'1963-01-01','1963-12-31',0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(124,'scheme/plan','approved',NULL,NULL,NULL,NULL,'1964',NULL,'1964-01-01','1964-12-31',0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(125,'scheme/plan','launched',NULL,NULL,NULL,NULL,'2003/2006',NULL,'2003-01-01','2006-12-31',0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(126,'scheme/plan','institution',NULL,NULL,NULL,'institution/house',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(127,'scheme/plan','scheme',NULL,NULL,NULL,'scheme/plan',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(128,'scheme/plan','conducted-by',NULL,NULL,NULL,'institution/house',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(129,'tenure/someone-director','title','The title',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(130,'tenure/someone-director','title','Director',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','listed','normal',NULL,NULL);
INSERT INTO "claim" VALUES(131,'tenure/someone-director','start',NULL,NULL,NULL,NULL,'[..2014-06]',NULL,NULL,'2014-06-30',0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','listed','normal',NULL,NULL);
INSERT INTO "claim" VALUES(132,'tenure/someone-director','end',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,NULL,'actual','listed','normal',NULL,NULL);
INSERT INTO "claim" VALUES(133,'tenure/someone-director','attested',NULL,NULL,NULL,NULL,'1975',NULL,'1975-01-01','1975-12-31',0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(134,'tenure/someone-director','person',NULL,NULL,NULL,'person/someone',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','listed','normal',NULL,NULL);
INSERT INTO "claim" VALUES(135,'tenure/someone-director','post',NULL,NULL,NULL,'post/director',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(136,'unit/wing','opened',NULL,NULL,NULL,NULL,'1970',NULL,'1970-01-01','1970-12-31',0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(137,'unit/wing','inaugurated',NULL,NULL,NULL,NULL,'1971',NULL,'1971-01-01','1971-12-31',0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(138,'unit/wing','institution',NULL,NULL,NULL,'institution/house',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(139,'unit/wing','member',NULL,NULL,NULL,'institution/house',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(140,'unit/wing','member',NULL,NULL,NULL,'person/someone',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(141,'unit/wing','member',NULL,NULL,NULL,'post/director',NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(142,'unit/wing','governance','The governance',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(143,'unit/wing','beds',NULL,65.0,'beds',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(144,'unit/wing','departments',NULL,73.0,'departments',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(145,'unit/wing','programmes',NULL,75.0,'programmes',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(146,'unit/wing','members',NULL,77.0,'people',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
INSERT INTO "claim" VALUES(147,'unit/wing','other-members',NULL,78.0,'people',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,'actual','stated','normal',NULL,NULL);
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
INSERT INTO "document" VALUES('document/notes','N',NULL,NULL,NULL,NULL,'notes.txt','f516eb1c8180bc2e9bc055e6ab1bba8a7d068d7263264097a257dcbbe33cba8a',24);
INSERT INTO "document" VALUES('document/report','R','report','A publisher','2025-11~',NULL,'report.txt','65b1c05282915584853403ea4aff6491738908800e0bb297ce383a54d7e4ea2c',273);
CREATE TABLE dossier (
  -- What the dossier says of itself, one fact a row.
  key TEXT NOT NULL PRIMARY KEY CHECK (key IN ('key', 'title', 'span', 'span_label', 'horizon', 'horizon_label', 'licence', 'origin')),
  value TEXT NOT NULL
) STRICT;
INSERT INTO "dossier" VALUES('key','v1');
INSERT INTO "dossier" VALUES('title','A dossier of version 1');
INSERT INTO "dossier" VALUES('licence','MIT');
INSERT INTO "dossier" VALUES('origin','Invented.');
INSERT INTO "dossier" VALUES('span','1957/2025');
INSERT INTO "dossier" VALUES('horizon','2025-11');
CREATE TABLE entity (
  -- Everything that the documents speak of.
  id TEXT NOT NULL PRIMARY KEY CHECK (id GLOB kind || '/*'),
  kind TEXT NOT NULL CHECK (kind IN ('institution', 'unit', 'person', 'post', 'tenure', 'programme', 'agreement', 'facility', 'event', 'scheme', 'place', 'document')),
  label TEXT NOT NULL
) STRICT;
INSERT INTO "entity" VALUES('agreement/pact','agreement','A pact');
INSERT INTO "entity" VALUES('document/notes','document','Notes');
INSERT INTO "entity" VALUES('document/report','document','A report');
INSERT INTO "entity" VALUES('event/opening','event','It opened');
INSERT INTO "entity" VALUES('facility/clinic','facility','A clinic');
INSERT INTO "entity" VALUES('institution/house','institution','The House');
INSERT INTO "entity" VALUES('person/someone','person','Someone');
INSERT INTO "entity" VALUES('person/someone-else','person','Someone else');
INSERT INTO "entity" VALUES('place/town','place','A town');
INSERT INTO "entity" VALUES('post/director','post','Director');
INSERT INTO "entity" VALUES('programme/course','programme','A course');
INSERT INTO "entity" VALUES('scheme/plan','scheme','A plan');
INSERT INTO "entity" VALUES('tenure/someone-director','tenure','Someone, Director');
INSERT INTO "entity" VALUES('unit/wing','unit','A wing');
CREATE TABLE evidence (
  -- Where each claim is said.
  claim INTEGER NOT NULL REFERENCES claim (id),
  place INTEGER NOT NULL REFERENCES place (id),
  PRIMARY KEY (claim, place)
) STRICT;
INSERT INTO "evidence" VALUES(1,3);
INSERT INTO "evidence" VALUES(2,3);
INSERT INTO "evidence" VALUES(3,4);
INSERT INTO "evidence" VALUES(4,3);
INSERT INTO "evidence" VALUES(4,4);
INSERT INTO "evidence" VALUES(5,3);
INSERT INTO "evidence" VALUES(6,3);
INSERT INTO "evidence" VALUES(6,4);
INSERT INTO "evidence" VALUES(7,3);
INSERT INTO "evidence" VALUES(8,3);
INSERT INTO "evidence" VALUES(9,4);
INSERT INTO "evidence" VALUES(10,3);
INSERT INTO "evidence" VALUES(11,3);
INSERT INTO "evidence" VALUES(12,3);
INSERT INTO "evidence" VALUES(13,3);
INSERT INTO "evidence" VALUES(14,3);
INSERT INTO "evidence" VALUES(15,3);
INSERT INTO "evidence" VALUES(16,3);
INSERT INTO "evidence" VALUES(17,3);
INSERT INTO "evidence" VALUES(18,5);
INSERT INTO "evidence" VALUES(19,3);
INSERT INTO "evidence" VALUES(20,3);
INSERT INTO "evidence" VALUES(21,3);
INSERT INTO "evidence" VALUES(22,3);
INSERT INTO "evidence" VALUES(23,3);
INSERT INTO "evidence" VALUES(24,3);
INSERT INTO "evidence" VALUES(25,5);
INSERT INTO "evidence" VALUES(26,3);
INSERT INTO "evidence" VALUES(27,5);
INSERT INTO "evidence" VALUES(28,3);
INSERT INTO "evidence" VALUES(29,3);
INSERT INTO "evidence" VALUES(30,3);
INSERT INTO "evidence" VALUES(31,3);
INSERT INTO "evidence" VALUES(32,3);
INSERT INTO "evidence" VALUES(33,3);
INSERT INTO "evidence" VALUES(34,3);
INSERT INTO "evidence" VALUES(35,3);
INSERT INTO "evidence" VALUES(36,3);
INSERT INTO "evidence" VALUES(37,5);
INSERT INTO "evidence" VALUES(38,3);
INSERT INTO "evidence" VALUES(39,3);
INSERT INTO "evidence" VALUES(40,3);
INSERT INTO "evidence" VALUES(41,5);
INSERT INTO "evidence" VALUES(42,3);
INSERT INTO "evidence" VALUES(43,3);
INSERT INTO "evidence" VALUES(44,3);
INSERT INTO "evidence" VALUES(45,3);
INSERT INTO "evidence" VALUES(46,3);
INSERT INTO "evidence" VALUES(47,3);
INSERT INTO "evidence" VALUES(48,3);
INSERT INTO "evidence" VALUES(49,3);
INSERT INTO "evidence" VALUES(50,3);
INSERT INTO "evidence" VALUES(51,3);
INSERT INTO "evidence" VALUES(52,3);
INSERT INTO "evidence" VALUES(53,3);
INSERT INTO "evidence" VALUES(54,3);
INSERT INTO "evidence" VALUES(55,1);
INSERT INTO "evidence" VALUES(56,3);
INSERT INTO "evidence" VALUES(57,1);
INSERT INTO "evidence" VALUES(58,3);
INSERT INTO "evidence" VALUES(59,3);
INSERT INTO "evidence" VALUES(60,3);
INSERT INTO "evidence" VALUES(61,3);
INSERT INTO "evidence" VALUES(62,1);
INSERT INTO "evidence" VALUES(63,3);
INSERT INTO "evidence" VALUES(64,3);
INSERT INTO "evidence" VALUES(65,3);
INSERT INTO "evidence" VALUES(66,1);
INSERT INTO "evidence" VALUES(67,3);
INSERT INTO "evidence" VALUES(68,3);
INSERT INTO "evidence" VALUES(69,1);
INSERT INTO "evidence" VALUES(70,3);
INSERT INTO "evidence" VALUES(71,3);
INSERT INTO "evidence" VALUES(72,3);
INSERT INTO "evidence" VALUES(73,1);
INSERT INTO "evidence" VALUES(74,3);
INSERT INTO "evidence" VALUES(75,3);
INSERT INTO "evidence" VALUES(75,6);
INSERT INTO "evidence" VALUES(76,1);
INSERT INTO "evidence" VALUES(77,3);
INSERT INTO "evidence" VALUES(78,3);
INSERT INTO "evidence" VALUES(79,3);
INSERT INTO "evidence" VALUES(80,3);
INSERT INTO "evidence" VALUES(81,3);
INSERT INTO "evidence" VALUES(82,3);
INSERT INTO "evidence" VALUES(83,3);
INSERT INTO "evidence" VALUES(84,3);
INSERT INTO "evidence" VALUES(85,1);
INSERT INTO "evidence" VALUES(86,1);
INSERT INTO "evidence" VALUES(87,3);
INSERT INTO "evidence" VALUES(88,7);
INSERT INTO "evidence" VALUES(89,7);
INSERT INTO "evidence" VALUES(90,3);
INSERT INTO "evidence" VALUES(91,3);
INSERT INTO "evidence" VALUES(92,3);
INSERT INTO "evidence" VALUES(93,8);
INSERT INTO "evidence" VALUES(94,3);
INSERT INTO "evidence" VALUES(95,3);
INSERT INTO "evidence" VALUES(96,3);
INSERT INTO "evidence" VALUES(97,3);
INSERT INTO "evidence" VALUES(98,3);
INSERT INTO "evidence" VALUES(99,3);
INSERT INTO "evidence" VALUES(100,3);
INSERT INTO "evidence" VALUES(101,7);
INSERT INTO "evidence" VALUES(102,3);
INSERT INTO "evidence" VALUES(103,9);
INSERT INTO "evidence" VALUES(104,3);
INSERT INTO "evidence" VALUES(105,3);
INSERT INTO "evidence" VALUES(106,3);
INSERT INTO "evidence" VALUES(107,3);
INSERT INTO "evidence" VALUES(108,9);
INSERT INTO "evidence" VALUES(109,3);
INSERT INTO "evidence" VALUES(110,3);
INSERT INTO "evidence" VALUES(111,3);
INSERT INTO "evidence" VALUES(112,3);
INSERT INTO "evidence" VALUES(113,3);
INSERT INTO "evidence" VALUES(114,3);
INSERT INTO "evidence" VALUES(115,3);
INSERT INTO "evidence" VALUES(116,3);
INSERT INTO "evidence" VALUES(117,3);
INSERT INTO "evidence" VALUES(118,3);
INSERT INTO "evidence" VALUES(119,3);
INSERT INTO "evidence" VALUES(120,9);
INSERT INTO "evidence" VALUES(121,3);
INSERT INTO "evidence" VALUES(122,3);
INSERT INTO "evidence" VALUES(123,3);
INSERT INTO "evidence" VALUES(124,3);
INSERT INTO "evidence" VALUES(125,10);
INSERT INTO "evidence" VALUES(126,3);
INSERT INTO "evidence" VALUES(127,3);
INSERT INTO "evidence" VALUES(128,3);
INSERT INTO "evidence" VALUES(129,3);
INSERT INTO "evidence" VALUES(130,7);
INSERT INTO "evidence" VALUES(131,7);
INSERT INTO "evidence" VALUES(132,7);
INSERT INTO "evidence" VALUES(133,3);
INSERT INTO "evidence" VALUES(134,7);
INSERT INTO "evidence" VALUES(135,3);
INSERT INTO "evidence" VALUES(135,7);
INSERT INTO "evidence" VALUES(136,3);
INSERT INTO "evidence" VALUES(137,3);
INSERT INTO "evidence" VALUES(138,11);
INSERT INTO "evidence" VALUES(139,3);
INSERT INTO "evidence" VALUES(140,3);
INSERT INTO "evidence" VALUES(141,3);
INSERT INTO "evidence" VALUES(142,3);
INSERT INTO "evidence" VALUES(143,3);
INSERT INTO "evidence" VALUES(144,3);
INSERT INTO "evidence" VALUES(145,3);
INSERT INTO "evidence" VALUES(146,3);
INSERT INTO "evidence" VALUES(147,3);
CREATE TABLE judgement (
  -- What is held of two entities that resemble each other.
  id INTEGER PRIMARY KEY,
  a TEXT NOT NULL REFERENCES entity (id),
  b TEXT NOT NULL REFERENCES entity (id),
  verdict TEXT NOT NULL CHECK (verdict IN ('same', 'not-same', 'unsure')),
  reason TEXT NOT NULL
) STRICT;
INSERT INTO "judgement" VALUES(1,'person/someone','person/someone-else','not-same','They met.');
CREATE TABLE name (
  id INTEGER PRIMARY KEY,
  entity TEXT NOT NULL REFERENCES entity (id),
  value TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('preferred', 'alias', 'acronym', 'misspelling', 'native')),
  language TEXT
) STRICT;
INSERT INTO "name" VALUES(1,'institution/house','The old house','alias',NULL);
INSERT INTO "name" VALUES(2,'institution/house','H.','acronym','en');
CREATE TABLE name_evidence (
  name INTEGER NOT NULL REFERENCES name (id),
  place INTEGER NOT NULL REFERENCES place (id),
  PRIMARY KEY (name, place)
) STRICT;
INSERT INTO "name_evidence" VALUES(1,1);
INSERT INTO "name_evidence" VALUES(2,2);
CREATE TABLE place (
  -- Where in a document something stands: the spot, and where it was found (line to sha256).
  id INTEGER PRIMARY KEY,
  document TEXT NOT NULL REFERENCES document (id),
  section TEXT NOT NULL,
  spot TEXT NOT NULL CHECK (spot IN ('heading', 'row', 'paragraph', 'sentence', 'item')),
  row TEXT,
  paragraph INTEGER CHECK (paragraph BETWEEN 1 AND 65535),
  sentence INTEGER CHECK (sentence BETWEEN 1 AND 65535),
  item INTEGER CHECK (item BETWEEN 1 AND 65535),
  line INTEGER CHECK (line BETWEEN 1 AND 4294967295),
  start INTEGER CHECK (start BETWEEN 0 AND 4294967295),   -- in code points
  length INTEGER CHECK (length BETWEEN 0 AND 4294967295), -- in code points
  sha256 TEXT CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'), -- of the words there
  CHECK ((row IS NOT NULL) = (spot = 'row')),
  CHECK ((paragraph IS NOT NULL) = (spot IN ('paragraph', 'sentence'))),
  CHECK ((sentence IS NOT NULL) = (spot = 'sentence')),
  CHECK ((item IS NOT NULL) = (spot = 'item')),
  CHECK ((line IS NULL) + (start IS NULL) + (length IS NULL) + (sha256 IS NULL) IN (0, 4))
) STRICT;
INSERT INTO "place" VALUES(1,'document/report','Founding','sentence',NULL,1,2,NULL,7,152,28,'5735eb105ee969746b7ccf55dd9ff19de399e4da5464fb237d2da990d021b173');
INSERT INTO "place" VALUES(2,'document/report','infobox','row','Name',NULL,NULL,NULL,1,0,17,'30f04c083b5d44693a4c453f032d29abe49136b9d71e8a050b518088945b604d');
INSERT INTO "place" VALUES(3,'document/notes','lead','sentence',NULL,1,1,NULL,1,0,23,'a070818932374392e34cb32333179e88b8baec32982ea0392a1fdd5b6fe0db12');
INSERT INTO "place" VALUES(4,'document/report','Founding','sentence',NULL,2,1,NULL,8,181,18,'c3d5f913d749e66a872063102566891819a7f3235ac03b01e4e82906813b416e');
INSERT INTO "place" VALUES(5,'document/report','Founding','sentence',NULL,2,2,NULL,8,200,28,'fb1aee1937723378e2f28cc3e6051e8ed2d218e2bbd3064d3213de816c79dad8');
INSERT INTO "place" VALUES(6,'document/report','infobox','row','Beds',NULL,NULL,NULL,2,18,11,'106ff7c9f2d3f4ccbb587b4b5bfbff5a26162b228173507782945a0d2b97d0be');
INSERT INTO "place" VALUES(7,'document/report','Founding','item',NULL,NULL,NULL,1,9,250,22,'65bb0025985da60bf0eb422e029bda0eb208dea240732b591adeb8623cf2e073');
INSERT INTO "place" VALUES(8,'document/report','lead','sentence',NULL,1,1,NULL,4,49,18,'42555975c9cbfc9daa2e6a2454f4922e63a5545fc7f5afd332881ea7780f91c4');
INSERT INTO "place" VALUES(9,'document/report','infobox','row','Course',NULL,NULL,NULL,3,30,18,'e6002f0ff83ea51221023a9b83a196628b2ca33d433e29ecf4fec079c4592abd');
INSERT INTO "place" VALUES(10,'document/report','Founding','sentence',NULL,2,3,NULL,8,229,20,'eaa39c81c8b6a545207f5964fe05905ee839901782da082f84cd7b87c87d060d');
INSERT INTO "place" VALUES(11,'document/report','Founding','paragraph',NULL,1,NULL,NULL,7,127,53,'470683d7aa738ea5112c2ff01b498f5797ebcba76b6ff1479de9cd5a6811f070');
INSERT INTO "place" VALUES(12,'document/report','lead','paragraph',NULL,2,NULL,NULL,5,81,30,'7f25dbd214d5ffc5061f9fb4a4d5a689acf653a025d7e9c24c68bfa62c7cc193');
INSERT INTO "place" VALUES(13,'document/report','Founding','heading',NULL,NULL,NULL,NULL,6,112,14,'434064a086e259f236008300a83e7437f410c29401a269c62ee568a099d60616');
CREATE TABLE property (
  -- What can be said of an entity. For people's queries: the program has its own table.
  name TEXT NOT NULL PRIMARY KEY,
  label TEXT NOT NULL,
  value TEXT NOT NULL CHECK (value IN ('text', 'number', 'entity', 'date')),
  allowed TEXT,               -- the units, or the kinds of entity, that it takes
  many TEXT NOT NULL CHECK (many IN ('one', 'several')),
  happening TEXT              -- of a date on the timeline: what happened on it
) STRICT;
INSERT INTO "property" VALUES('type','Type','text',NULL,'one',NULL);
INSERT INTO "property" VALUES('level','Level','text',NULL,'one',NULL);
INSERT INTO "property" VALUES('subject','Subject','text',NULL,'one',NULL);
INSERT INTO "property" VALUES('title','Title','text',NULL,'one',NULL);
INSERT INTO "property" VALUES('profession','Profession','text',NULL,'several',NULL);
INSERT INTO "property" VALUES('description','Description','text',NULL,'several',NULL);
INSERT INTO "property" VALUES('purpose','Purpose','text',NULL,'several',NULL);
INSERT INTO "property" VALUES('scope','Scope','text',NULL,'several',NULL);
INSERT INTO "property" VALUES('outcome','Outcome','text',NULL,'one',NULL);
INSERT INTO "property" VALUES('statement','Said','text',NULL,'several',NULL);
INSERT INTO "property" VALUES('when','When','date',NULL,'one','');
INSERT INTO "property" VALUES('proposed','Proposed','date',NULL,'one','proposed');
INSERT INTO "property" VALUES('announced','Announced','date',NULL,'one','announced');
INSERT INTO "property" VALUES('approved','Approved','date',NULL,'one','approved');
INSERT INTO "property" VALUES('construction','Construction began','date',NULL,'one','construction began');
INSERT INTO "property" VALUES('notified','Notified','date',NULL,'one','notified in the gazette');
INSERT INTO "property" VALUES('established','Established','date',NULL,'one','established');
INSERT INTO "property" VALUES('launched','Launched','date',NULL,'one','launched');
INSERT INTO "property" VALUES('operational','Operational','date',NULL,'one','operational');
INSERT INTO "property" VALUES('opened','Opened','date',NULL,'one','opened');
INSERT INTO "property" VALUES('inaugurated','Inaugurated','date',NULL,'one','inaugurated');
INSERT INTO "property" VALUES('signed','Signed','date',NULL,'one','signed');
INSERT INTO "property" VALUES('start','Start','date',NULL,'one','begins');
INSERT INTO "property" VALUES('end','End','date',NULL,'one','ends');
INSERT INTO "property" VALUES('attested','Attested','date',NULL,'several',NULL);
INSERT INTO "property" VALUES('parent','Part of','entity','institution, unit, facility','one',NULL);
INSERT INTO "property" VALUES('group','One of','entity','institution, scheme','several',NULL);
INSERT INTO "property" VALUES('institution','Institution','entity','institution','several',NULL);
INSERT INTO "property" VALUES('department','Department','entity','unit','several',NULL);
INSERT INTO "property" VALUES('person','Person','entity','person','several',NULL);
INSERT INTO "property" VALUES('post','Post','entity','post','one',NULL);
INSERT INTO "property" VALUES('party','Party','entity','institution, unit','several',NULL);
INSERT INTO "property" VALUES('signatory','Signed by','entity','person, tenure, post','several',NULL);
INSERT INTO "property" VALUES('witness','In the presence of','entity','person, tenure, post','several',NULL);
INSERT INTO "property" VALUES('performed-by','Performed by','entity','person, institution, post','one',NULL);
INSERT INTO "property" VALUES('designer','Designed by','entity','person','one',NULL);
INSERT INTO "property" VALUES('agreement','Agreement','entity','agreement','several',NULL);
INSERT INTO "property" VALUES('facility','Facility','entity','facility','several',NULL);
INSERT INTO "property" VALUES('programme','Programme','entity','programme','several',NULL);
INSERT INTO "property" VALUES('scheme','Under','entity','scheme','several',NULL);
INSERT INTO "property" VALUES('examination','Admission by','entity','scheme','one',NULL);
INSERT INTO "property" VALUES('conducted-by','Conducted by','entity','institution','one',NULL);
INSERT INTO "property" VALUES('member','Member','entity','post, person, institution','several',NULL);
INSERT INTO "property" VALUES('mentor','Mentored by','entity','institution','one',NULL);
INSERT INTO "property" VALUES('funded-by','Funded by','entity','institution, person','several',NULL);
INSERT INTO "property" VALUES('partner','Partner','entity','institution, unit','several',NULL);
INSERT INTO "property" VALUES('affiliated-to','Affiliated to','entity','institution','several',NULL);
INSERT INTO "property" VALUES('certified-by','Certified by','entity','institution','one',NULL);
INSERT INTO "property" VALUES('place','Place','entity','place','several',NULL);
INSERT INTO "property" VALUES('within','In','entity','place','one',NULL);
INSERT INTO "property" VALUES('location','Location','text',NULL,'several',NULL);
INSERT INTO "property" VALUES('site','Site','text',NULL,'one',NULL);
INSERT INTO "property" VALUES('campus','Campus','text',NULL,'one',NULL);
INSERT INTO "property" VALUES('address','Address','text',NULL,'one',NULL);
INSERT INTO "property" VALUES('city','City','text',NULL,'one',NULL);
INSERT INTO "property" VALUES('state','State','text',NULL,'one',NULL);
INSERT INTO "property" VALUES('country','Country','text',NULL,'one',NULL);
INSERT INTO "property" VALUES('postcode','Postcode','text',NULL,'one',NULL);
INSERT INTO "property" VALUES('language','Language','text',NULL,'one',NULL);
INSERT INTO "property" VALUES('motto','Motto','text',NULL,'one',NULL);
INSERT INTO "property" VALUES('seal','Seal','text',NULL,'several',NULL);
INSERT INTO "property" VALUES('governance','Governance','text',NULL,'several',NULL);
INSERT INTO "property" VALUES('admission','Admission','text',NULL,'several',NULL);
INSERT INTO "property" VALUES('hours','Opening hours','text',NULL,'one',NULL);
INSERT INTO "property" VALUES('beds','Beds','number','beds','one',NULL);
INSERT INTO "property" VALUES('seats','Seats','number','seats, seats/year','one',NULL);
INSERT INTO "property" VALUES('intake','Intake','number','students/year, students','one',NULL);
INSERT INTO "property" VALUES('students','Students','number','students','one',NULL);
INSERT INTO "property" VALUES('undergraduates','Undergraduates','number','students','one',NULL);
INSERT INTO "property" VALUES('postgraduates','Postgraduates','number','students','one',NULL);
INSERT INTO "property" VALUES('doctoral','Doctoral students','number','students','one',NULL);
INSERT INTO "property" VALUES('faculty','Faculty','number','people','one',NULL);
INSERT INTO "property" VALUES('departments','Departments','number','departments','one',NULL);
INSERT INTO "property" VALUES('subjects','Subjects','number','subjects','one',NULL);
INSERT INTO "property" VALUES('programmes','Programmes','number','programmes','one',NULL);
INSERT INTO "property" VALUES('committees','Committees','number','committees','one',NULL);
INSERT INTO "property" VALUES('members','Members','number','people','one',NULL);
INSERT INTO "property" VALUES('other-members','Further members','number','people','one',NULL);
INSERT INTO "property" VALUES('projects','Research projects','number','projects','one',NULL);
INSERT INTO "property" VALUES('institutes','Institutes','number','institutes','one',NULL);
INSERT INTO "property" VALUES('area','Area','number','acre, m², ft²','one',NULL);
INSERT INTO "property" VALUES('share','Share of the campus','number','%','one',NULL);
INSERT INTO "property" VALUES('free-beds','Free beds','number','%','one',NULL);
INSERT INTO "property" VALUES('scheme-beds','Beds at insurance rates','number','%','one',NULL);
INSERT INTO "property" VALUES('buildings','Buildings','number','buildings','one',NULL);
INSERT INTO "property" VALUES('floors','Floors','number','floors','one',NULL);
INSERT INTO "property" VALUES('capacity','Capacity','number','people, students, cars','one',NULL);
INSERT INTO "property" VALUES('books','Printed books','number','books','one',NULL);
INSERT INTO "property" VALUES('cribs','Child cribs','number','cribs','one',NULL);
INSERT INTO "property" VALUES('donated-beds','Donated beds','number','beds','one',NULL);
INSERT INTO "property" VALUES('equipment','Equipment','number','operation tables, anaesthesia workstations','several',NULL);
INSERT INTO "property" VALUES('amount','Amount','number','crore INR, INR','one',NULL);
INSERT INTO "property" VALUES('distance-to-kolkata','Distance to Kolkata','number','km','one',NULL);
INSERT INTO "property" VALUES('distance-to-hooghly','Distance to the Hooghly','number','km','one',NULL);
CREATE TABLE unclaimed (
  -- Places that carry no fact.
  place INTEGER PRIMARY KEY REFERENCES place (id),
  reason TEXT NOT NULL
) STRICT;
INSERT INTO "unclaimed" VALUES(12,'heading');
INSERT INTO "unclaimed" VALUES(13,'heading');
CREATE INDEX place_document ON place (document);
CREATE INDEX name_entity ON name (entity);
CREATE INDEX name_evidence_place ON name_evidence (place);
CREATE INDEX claim_subject ON claim (subject, property);
CREATE INDEX claim_property ON claim (property);
CREATE INDEX claim_value_entity ON claim (value_entity) WHERE value_entity IS NOT NULL;
CREATE INDEX claim_value_earliest ON claim (value_earliest) WHERE value_earliest IS NOT NULL;
CREATE INDEX evidence_place ON evidence (place);
CREATE INDEX judgement_a ON judgement (a);
CREATE INDEX judgement_b ON judgement (b);
CREATE INDEX check_evidence_place ON check_evidence (place);
CREATE INDEX check_term_check ON check_term ("check");
CREATE INDEX check_term_entity ON check_term (entity, property);
CREATE INDEX check_term_property ON check_term (property);
CREATE INDEX check_filter_term ON check_filter (term);
CREATE INDEX check_filter_property ON check_filter (property);
CREATE INDEX check_filter_value_entity ON check_filter (value_entity) WHERE value_entity IS NOT NULL;
CREATE VIEW spot AS
  -- Places as a person writes them.
  SELECT place.id, document.key || ': ' || place.section || ' / ' || CASE place.spot
      WHEN 'heading' THEN 'heading'
      WHEN 'row' THEN 'row ' || place.row
      WHEN 'paragraph' THEN 'p' || place.paragraph
      WHEN 'sentence' THEN 'p' || place.paragraph || ' s' || place.sentence
      WHEN 'item' THEN 'item ' || place.item
    END AS at
  FROM place JOIN document ON document.id = place.document;
CREATE VIEW statement AS
  -- Claims in words, with their evidence.
  SELECT claim.id, claim.subject, subject.label AS subject_label, claim.property, property.label AS property_label,
    CASE WHEN claim.missing THEN '(left blank)' ELSE coalesce(claim.value_text,
      printf('%.15g', claim.value_number) || ' ' || claim.unit, target.label, claim.value_label, claim.value_date)
    END AS value,
    claim.value_entity, claim.start_date, claim.end_date, claim.as_of_date, claim.modality, claim.basis, claim.rank,
    claim.reason, claim.note,
    (SELECT group_concat(spot.at, '; ') FROM evidence JOIN spot ON spot.id = evidence.place
      WHERE evidence.claim = claim.id) AS evidence
  FROM claim
    JOIN entity AS subject ON subject.id = claim.subject
    JOIN property ON property.name = claim.property
    LEFT JOIN entity AS target ON target.id = claim.value_entity;
CREATE VIEW chronology AS
  -- What happened, in the order of time; what has no first day stands at its last.
  SELECT coalesce(claim.value_label, claim.value_date) AS date, subject.label AS subject_label, property.happening,
    claim.modality, claim.value_earliest, claim.value_latest, claim.subject, claim.id
  FROM claim
    JOIN entity AS subject ON subject.id = claim.subject
    JOIN property ON property.name = claim.property
  WHERE claim.value_date IS NOT NULL AND property.happening IS NOT NULL
  ORDER BY coalesce(claim.value_earliest, claim.value_latest), claim.value_latest, claim.id;
COMMIT;
