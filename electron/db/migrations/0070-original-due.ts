/** The index that counts without a rollup are read from also has the due a case first had: the metric `overdueByOriginal` looks at it. */
export const originalDue = {
  version: 70,
  sql: `
DROP INDEX cases_group;
CREATE INDEX cases_group ON cases (
  source, category, town_code, village_code, recorded_at, closed_at, due_at, updated_at, merged_into_id, voided_at, resolved_at,
  first_action_at, called_back_at, callback_result, level, high_risk, dispatch_state, petition_kind, original_due_at, campaigns
);
`,
} as const;
