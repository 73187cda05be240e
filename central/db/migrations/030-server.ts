/** What only the server knows: revision counter, tombstones, accounts, tokens, answers to commands, intake, SMS outbox. */
export const server030 = `
-- One row: which data set this is, and the newest revision handed out. Its update commits with the rows of that revision.
CREATE TABLE meta (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  epoch text NOT NULL,
  rev bigint NOT NULL
);
INSERT INTO meta (epoch, rev) VALUES (replace(gen_random_uuid()::text, '-', ''), 0);
-- Rows that are gone, so that the feed can say so.
CREATE TABLE tombstone (
  table_name text NOT NULL,
  id text COLLATE "C" NOT NULL,
  rev bigint NOT NULL,
  PRIMARY KEY (table_name, id)
);
CREATE INDEX tombstone_rev ON tombstone (rev, table_name, id);
CREATE TABLE account (
  id text COLLATE "C" PRIMARY KEY,
  username text NOT NULL UNIQUE,
  password_hash text NOT NULL,
  name text NOT NULL,
  role text NOT NULL,
  town_code text,
  failures integer NOT NULL DEFAULT 0,
  locked_until bigint
);
-- Tokens are kept as SHA-256 only. A session is one sign-in: its refresh tokens follow each other.
CREATE TABLE token (
  hash text COLLATE "C" PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('access', 'refresh')),
  session_id text NOT NULL,
  account_id text NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  expires_at bigint NOT NULL,
  used_at bigint
);
CREATE INDEX token_session ON token (session_id);
CREATE INDEX token_expiry ON token (expires_at);
-- First answer to each command, committed with its effect: a resend gets it again.
CREATE TABLE command_result (
  id text COLLATE "C" PRIMARY KEY,
  account_id text NOT NULL,
  case_id text NOT NULL,
  name text NOT NULL,
  workstation text NOT NULL,
  answered_at bigint NOT NULL,
  status text NOT NULL,
  reason text,
  detail text,
  rev bigint
);
-- A source's own number takes in one case, however often it is posted.
CREATE TABLE intake_receipt (
  source text NOT NULL,
  source_no text NOT NULL,
  case_id text NOT NULL,
  received_at bigint NOT NULL,
  PRIMARY KEY (source, source_no)
);
-- Keys of the intake, as SHA-256. Source '*' may post for every source.
CREATE TABLE intake_key (
  hash text COLLATE "C" NOT NULL,
  source text NOT NULL,
  PRIMARY KEY (hash, source)
);
-- Case numbers: one counter a month.
CREATE TABLE case_counter (
  month text PRIMARY KEY,
  last bigint NOT NULL
);
-- What the delivery worker has to do for a message. Number and text stay here: they are no business of the replicas.
CREATE TABLE sms_outbox (
  message_id text COLLATE "C" PRIMARY KEY,
  phone text NOT NULL,
  body text NOT NULL,
  state text NOT NULL CHECK (state IN ('due', 'sent', 'done')),
  attempts integer NOT NULL DEFAULT 0,
  next_at bigint NOT NULL,
  leased_until bigint
);
CREATE INDEX sms_outbox_due ON sms_outbox (next_at) WHERE state <> 'done';
`;
