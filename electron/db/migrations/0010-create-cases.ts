/** The case table of version 10, its indexes and its search index. */
export const createCases = `
CREATE TABLE cases (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE, rev INTEGER NOT NULL, no TEXT NOT NULL, source TEXT NOT NULL, source_no TEXT NOT NULL,
  category TEXT NOT NULL, title TEXT NOT NULL, detail TEXT NOT NULL, address TEXT NOT NULL, lng REAL, lat REAL, position_kind TEXT,
  town_code TEXT, village_code TEXT, dispatch_state TEXT NOT NULL, dispatch_chain TEXT NOT NULL, binding_version INTEGER,
  parties TEXT NOT NULL, high_risk INTEGER NOT NULL, risk_reason TEXT, level TEXT NOT NULL, deadline_rule TEXT NOT NULL,
  due_at INTEGER NOT NULL, original_due_at INTEGER NOT NULL, recorded_at INTEGER NOT NULL, dispatched_at INTEGER, accepted_at INTEGER,
  on_scene_at INTEGER, first_action_at INTEGER, resolved_at INTEGER, closed_at INTEGER, called_back_at INTEGER, callback_result TEXT,
  voided_at INTEGER, merged_into_id TEXT, campaigns TEXT NOT NULL, petition_kind TEXT, petition_batch TEXT, petition_since INTEGER,
  urge_count INTEGER NOT NULL, last_urged_at INTEGER, last_urge_degree TEXT, call_count INTEGER NOT NULL, last_called_at INTEGER,
  updated_at INTEGER NOT NULL, extra TEXT
) STRICT;
-- Every count of the dictionary for every area in one pass that never touches the table.
CREATE INDEX cases_counts ON cases (
  town_code, village_code, recorded_at, closed_at, due_at, resolved_at, first_action_at, called_back_at, callback_result, level,
  high_risk, dispatch_state, petition_kind, merged_into_id, voided_at, source, category, campaigns
);
-- Orders of the queue, each with what decides whether a case is counted, so that the order of a whole list is read from the index alone.
CREATE INDEX cases_open ON cases (due_at, closed_at, merged_into_id, voided_at) WHERE closed_at IS NULL;
CREATE INDEX cases_due ON cases (due_at, closed_at, merged_into_id, voided_at);
CREATE INDEX cases_recorded ON cases (recorded_at, merged_into_id, voided_at);
CREATE INDEX cases_updated ON cases (updated_at, merged_into_id, voided_at);
CREATE INDEX cases_closed ON cases (closed_at);

-- Normalised words of a case and the pinyin of its title; search.ts writes and reads them.
CREATE TABLE case_text (n INTEGER PRIMARY KEY, words TEXT NOT NULL, syllables TEXT NOT NULL, initials TEXT NOT NULL) STRICT;
CREATE VIRTUAL TABLE case_search USING fts5 (grams, content='', contentless_delete=1, detail=none, tokenize='ascii');
`;
