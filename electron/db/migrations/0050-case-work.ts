/** 会商, 延期, 提级, 交办. Their rows from before are fetched alone (held-tables.ts). */
export const caseWork = {
  version: 50,
  sql: `
CREATE TABLE consultation (
  id TEXT PRIMARY KEY, rev INTEGER NOT NULL, case_id TEXT NOT NULL, level TEXT NOT NULL, held_at INTEGER NOT NULL,
  participants TEXT NOT NULL, options TEXT NOT NULL, conclusion TEXT NOT NULL, recorded_at INTEGER NOT NULL, recorded_by TEXT NOT NULL,
  extra TEXT
) STRICT;
CREATE INDEX consultation_case ON consultation (case_id, held_at);
CREATE TABLE extension (
  id TEXT PRIMARY KEY, rev INTEGER NOT NULL, case_id TEXT NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL,
  from_due_at INTEGER NOT NULL, new_due_at INTEGER NOT NULL, late INTEGER NOT NULL, asked_at INTEGER NOT NULL, asked_by TEXT NOT NULL,
  decided_at INTEGER, decided_by TEXT, decision TEXT NOT NULL, extra TEXT
) STRICT;
CREATE INDEX extension_case ON extension (case_id, asked_at);
CREATE INDEX extension_asked ON extension (case_id) WHERE state = 'asked';
CREATE TABLE escalation (
  id TEXT PRIMARY KEY, rev INTEGER NOT NULL, case_id TEXT NOT NULL, from_level TEXT NOT NULL, to_level TEXT NOT NULL,
  state TEXT NOT NULL, reason TEXT NOT NULL, consultations INTEGER NOT NULL, override INTEGER NOT NULL, at INTEGER NOT NULL,
  by TEXT NOT NULL, ended_at INTEGER, ended_by TEXT, end_note TEXT NOT NULL, extra TEXT
) STRICT;
CREATE INDEX escalation_case ON escalation (case_id, at);
CREATE INDEX escalation_open ON escalation (to_level, case_id) WHERE state = 'open';
CREATE TABLE assignment (
  id TEXT PRIMARY KEY, rev INTEGER NOT NULL, case_id TEXT NOT NULL, kind TEXT NOT NULL, assignee_id TEXT NOT NULL,
  assignee_name TEXT NOT NULL, state TEXT NOT NULL, basis TEXT NOT NULL, reason TEXT NOT NULL, at INTEGER NOT NULL,
  by TEXT NOT NULL, ended_at INTEGER, ended_by TEXT, end_note TEXT NOT NULL, extra TEXT
) STRICT;
CREATE INDEX assignment_case ON assignment (case_id, at);
CREATE INDEX assignment_open ON assignment (case_id) WHERE state = 'open';
CREATE INDEX cases_merged_into ON cases (merged_into_id) WHERE merged_into_id IS NOT NULL;
`,
};
