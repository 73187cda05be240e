/**
 * The search index, and indexes by which the queue is read.
 *
 * The search index: for each part of 65,536 cases and each term the numbers of the cases that have it (`search/`), made in one pass a part. What changed
 * since stands in `search_fresh`, put there by the database itself so that no writer can forget it, and so does every case above `upto`: their texts are
 * read. An index of other terms than the program's (`signature`) is made anew.
 */
export const searchAndQueue = {
  version: 30,
  sql: `
DROP TABLE case_search;
DROP TABLE case_text;
CREATE TABLE search_part (part INTEGER NOT NULL, term TEXT NOT NULL, ns BLOB NOT NULL, PRIMARY KEY (part, term)) STRICT, WITHOUT ROWID;
CREATE TABLE search_fresh (n INTEGER PRIMARY KEY) STRICT;
CREATE TABLE search_state (id INTEGER PRIMARY KEY CHECK (id = 1), signature TEXT NOT NULL, upto INTEGER NOT NULL) STRICT;
INSERT INTO search_state VALUES (1, '', 0);
-- No OR IGNORE: inside a trigger the outer statement's way with conflicts would replace it.
CREATE TRIGGER search_changed AFTER UPDATE OF title, address, no, source_no ON cases
WHEN old.title <> new.title OR old.address <> new.address OR old.no <> new.no OR old.source_no <> new.source_no
BEGIN
  INSERT INTO search_fresh (n) SELECT new.n WHERE new.n NOT IN (SELECT n FROM search_fresh);
END;
CREATE TRIGGER search_gone AFTER DELETE ON cases BEGIN
  INSERT INTO search_fresh (n) SELECT old.n WHERE old.n NOT IN (SELECT n FROM search_fresh);
END;

-- All cases of sources, categories and places, with what decides each metric and each order: lists of few cases are gathered from it alone.
DROP INDEX cases_counts;
CREATE INDEX cases_group ON cases (
  source, category, town_code, village_code, recorded_at, closed_at, due_at, updated_at, merged_into_id, voided_at, resolved_at,
  first_action_at, called_back_at, callback_result, level, high_risk, dispatch_state, petition_kind, campaigns
);
DROP INDEX cases_village;
CREATE INDEX cases_village ON cases (village_code, recorded_at, closed_at, due_at, updated_at, merged_into_id, voided_at);
CREATE INDEX cases_petition ON cases (petition_kind, recorded_at) WHERE petition_kind IS NOT NULL;
DROP INDEX cases_recorded;
DROP INDEX cases_updated;
CREATE INDEX cases_recorded ON cases (recorded_at, merged_into_id, voided_at, closed_at, due_at);
CREATE INDEX cases_updated ON cases (updated_at, merged_into_id, voided_at, closed_at, due_at);
`,
} as const;
