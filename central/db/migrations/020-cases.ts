/** Cases and what hangs on them. */
export const cases020 = `
CREATE TABLE cases (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  no text NOT NULL,
  source text NOT NULL,
  source_no text NOT NULL,
  category text NOT NULL,
  title text NOT NULL,
  detail text NOT NULL,
  address text NOT NULL,
  lng double precision,
  lat double precision,
  position_kind text,
  town_code text,
  village_code text,
  dispatch_state text NOT NULL,
  dispatch_chain jsonb NOT NULL,
  binding_version bigint,
  parties jsonb NOT NULL,
  high_risk boolean NOT NULL,
  risk_reason text,
  level text NOT NULL,
  deadline_rule text NOT NULL,
  due_at bigint NOT NULL,
  original_due_at bigint NOT NULL,
  recorded_at bigint NOT NULL,
  dispatched_at bigint,
  accepted_at bigint,
  on_scene_at bigint,
  first_action_at bigint,
  resolved_at bigint,
  closed_at bigint,
  called_back_at bigint,
  callback_result text,
  voided_at bigint,
  merged_into_id text,
  campaigns jsonb NOT NULL,
  petition_kind text,
  petition_batch text,
  petition_since bigint,
  urge_count bigint NOT NULL,
  last_urged_at bigint,
  last_urge_degree text,
  call_count bigint NOT NULL,
  last_called_at bigint,
  updated_at bigint NOT NULL
);
CREATE INDEX cases_rev ON cases (rev, id);
CREATE TABLE case_event (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  case_id text NOT NULL,
  kind text NOT NULL,
  at bigint NOT NULL,
  actor_id text,
  actor_name text,
  facts jsonb NOT NULL,
  note text NOT NULL
);
CREATE INDEX case_event_rev ON case_event (rev, id);
CREATE TABLE call (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  case_id text NOT NULL,
  person_id text,
  operator_id text NOT NULL,
  started_at bigint NOT NULL,
  finished_at bigint,
  outcome text NOT NULL,
  note text NOT NULL
);
CREATE INDEX call_rev ON call (rev, id);
CREATE TABLE message (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  case_id text NOT NULL,
  command_id text NOT NULL,
  person_id text NOT NULL,
  degree text NOT NULL,
  state text NOT NULL,
  queued_at bigint NOT NULL,
  sent_at bigint,
  delivered_at bigint,
  failed_at bigint,
  failure text,
  attempts bigint NOT NULL
);
CREATE INDEX message_rev ON message (rev, id);
CREATE INDEX cases_place ON cases (town_code, village_code, recorded_at);
CREATE INDEX cases_recorded ON cases (recorded_at);
CREATE INDEX case_event_case ON case_event (case_id);
CREATE INDEX call_case ON call (case_id);
CREATE INDEX message_case ON message (case_id);
`;
