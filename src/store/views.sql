CREATE INDEX place_document ON place (document);
CREATE INDEX entity_folded ON entity (folded);
CREATE INDEX entity_kind ON entity (kind);
CREATE INDEX kind_parent ON kind (parent) WHERE parent IS NOT NULL;
CREATE INDEX name_entity ON name (entity);
CREATE INDEX name_folded ON name (folded);
CREATE INDEX name_evidence_place ON name_evidence (place);
CREATE INDEX document_detail_document ON document_detail (document);
CREATE INDEX claim_detail_by_entity ON claim_detail (by_entity) WHERE by_entity IS NOT NULL;
CREATE INDEX claim_scope_claim ON claim_scope (claim);
CREATE INDEX claim_scope_entity ON claim_scope (entity) WHERE entity IS NOT NULL;
CREATE INDEX complete_entity ON complete (entity);
CREATE INDEX complete_evidence_place ON complete_evidence (place);
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
CREATE INDEX check_term_kind ON check_term (kind) WHERE kind IS NOT NULL;
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
      WHEN 'field' THEN place.field
      WHEN 'cell' THEN place.cell
      WHEN 'note' THEN 'note ' || place.note
      WHEN 'quote' THEN 'quote ' || place.quote || coalesce(' s' || place.sentence, '')
      WHEN 'page' THEN 'page ' || place.page
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
