/**
 * The lists of the search index in pieces (`search/case-set.ts`), and zones: of each run of 2,048 case numbers (`search/zones.ts`) the times between which
 * its cases were recorded and are due. A list in the order of these times looks up the cases of its words zone by zone and may stop early. The index is
 * made anew, because its terms are other ones too.
 */
export const searchZones = {
  version: 60,
  sql: `
DROP TABLE search_part;
CREATE TABLE search_part (
  part INTEGER NOT NULL, term TEXT NOT NULL, piece INTEGER NOT NULL, ns BLOB NOT NULL, PRIMARY KEY (part, term, piece)
) STRICT, WITHOUT ROWID;
UPDATE search_state SET signature = '', upto = 0;
DELETE FROM search_fresh;
CREATE TABLE search_zone (
  zone INTEGER PRIMARY KEY, recorded_from INTEGER NOT NULL, recorded_to INTEGER NOT NULL, due_from INTEGER NOT NULL, due_to INTEGER NOT NULL
) STRICT;
CREATE TRIGGER search_zone_left AFTER UPDATE OF recorded_at, due_at ON cases
WHEN old.recorded_at <> new.recorded_at OR old.due_at <> new.due_at
BEGIN
  UPDATE search_zone SET recorded_from = min(recorded_from, new.recorded_at), recorded_to = max(recorded_to, new.recorded_at),
    due_from = min(due_from, new.due_at), due_to = max(due_to, new.due_at)
  WHERE zone = new.n / 2048;
END;
`,
} as const;
