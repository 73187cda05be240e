/**
 * Undo: until `leaves_at` (server's clock) a command stays here and can be taken back, together with all of its `batch`. `choked_at`: when the
 * server last failed to handle it. `resent_as`: the new command a refused one was given again as.
 */
export const outboxUndo = {
  version: 40,
  sql: `
ALTER TABLE outbox ADD COLUMN batch TEXT;
ALTER TABLE outbox ADD COLUMN leaves_at INTEGER;
ALTER TABLE outbox ADD COLUMN choked_at INTEGER;
ALTER TABLE outbox ADD COLUMN resent_as TEXT;
CREATE INDEX outbox_held ON outbox (case_id, seq) WHERE leaves_at IS NOT NULL;
`,
} as const;
