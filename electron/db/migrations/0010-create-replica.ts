import { createCases } from './0010-create-cases.ts';

/** First version: the synchronised tables, what the replica keeps beside them, and the outbox. `extra`: fields only a newer server knows. */
export const createReplica = {
  version: 10,
  sql: `
CREATE TABLE setting (id TEXT PRIMARY KEY, rev INTEGER NOT NULL, value TEXT, extra TEXT) STRICT;
CREATE TABLE calendar_day (id TEXT PRIMARY KEY, rev INTEGER NOT NULL, working INTEGER NOT NULL, name TEXT NOT NULL, extra TEXT) STRICT;
CREATE TABLE town (
  id TEXT PRIMARY KEY, rev INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, lng REAL NOT NULL, lat REAL NOT NULL, extra TEXT
) STRICT;
CREATE TABLE village (
  id TEXT PRIMARY KEY, rev INTEGER NOT NULL, name TEXT NOT NULL, official_name TEXT NOT NULL, kind TEXT NOT NULL,
  town_code TEXT NOT NULL, lng REAL NOT NULL, lat REAL NOT NULL, tier TEXT NOT NULL, tier_from INTEGER NOT NULL,
  department_id TEXT, binding_version INTEGER NOT NULL, vacancies TEXT NOT NULL, extra TEXT
) STRICT;
CREATE INDEX village_town ON village (town_code);
CREATE TABLE grid (id TEXT PRIMARY KEY, rev INTEGER NOT NULL, village_code TEXT NOT NULL, name TEXT NOT NULL, extra TEXT) STRICT;
CREATE TABLE department (id TEXT PRIMARY KEY, rev INTEGER NOT NULL, name TEXT NOT NULL, extra TEXT) STRICT;
CREATE TABLE person (
  id TEXT PRIMARY KEY, rev INTEGER NOT NULL, name TEXT NOT NULL, phone TEXT, title TEXT NOT NULL, town_code TEXT,
  synthetic INTEGER NOT NULL, extra TEXT
) STRICT;
CREATE TABLE post (
  id TEXT PRIMARY KEY, rev INTEGER NOT NULL, village_code TEXT NOT NULL, kind TEXT NOT NULL, person_id TEXT NOT NULL,
  rank INTEGER NOT NULL, binding_version INTEGER NOT NULL, valid_from INTEGER NOT NULL, valid_to INTEGER, extra TEXT
) STRICT;
CREATE INDEX post_village ON post (village_code, valid_to);
CREATE TABLE campaign (
  id TEXT PRIMARY KEY, rev INTEGER NOT NULL, name TEXT NOT NULL, starts_at INTEGER NOT NULL, ends_at INTEGER, extra TEXT
) STRICT;
${createCases}
CREATE TABLE case_event (
  id TEXT PRIMARY KEY, rev INTEGER NOT NULL, case_id TEXT NOT NULL, kind TEXT NOT NULL, at INTEGER NOT NULL,
  actor_id TEXT, actor_name TEXT, facts TEXT NOT NULL, note TEXT NOT NULL, extra TEXT
) STRICT;
CREATE INDEX case_event_case ON case_event (case_id, at);
CREATE TABLE call (
  id TEXT PRIMARY KEY, rev INTEGER NOT NULL, case_id TEXT NOT NULL, person_id TEXT, operator_id TEXT NOT NULL,
  started_at INTEGER NOT NULL, finished_at INTEGER, outcome TEXT NOT NULL, note TEXT NOT NULL, extra TEXT
) STRICT;
CREATE INDEX call_case ON call (case_id, started_at);
CREATE TABLE message (
  id TEXT PRIMARY KEY, rev INTEGER NOT NULL, case_id TEXT NOT NULL, command_id TEXT NOT NULL, person_id TEXT NOT NULL,
  degree TEXT NOT NULL, state TEXT NOT NULL, queued_at INTEGER NOT NULL, sent_at INTEGER, delivered_at INTEGER,
  failed_at INTEGER, failure TEXT, attempts INTEGER NOT NULL, extra TEXT
) STRICT;
CREATE INDEX message_case ON message (case_id, queued_at);

-- The pure server row of everything that a pending command changed; "row" is null where the server has none.
CREATE TABLE base_row (
  tbl TEXT NOT NULL, id TEXT NOT NULL, case_id TEXT NOT NULL, "row" TEXT, PRIMARY KEY (tbl, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX base_row_case ON base_row (case_id);

-- Named commands in the order they were given. They leave only when their effect has come back by the feed, or a person saw the refusal.
CREATE TABLE outbox (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, args TEXT NOT NULL, case_id TEXT NOT NULL,
  issued_at INTEGER NOT NULL, operator TEXT NOT NULL, operator_id TEXT NOT NULL, workstation TEXT NOT NULL, base_rev INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'accepted', 'rejected', 'dismissed')),
  reason TEXT, detail TEXT, result_rev INTEGER
) STRICT;
CREATE INDEX outbox_open ON outbox (case_id, seq) WHERE state IN ('pending', 'sending', 'accepted');
CREATE INDEX outbox_state ON outbox (state, seq);

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
`,
} as const;
