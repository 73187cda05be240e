/** The register: settings, calendar, places, people and their posts. `rev` is the revision that last changed a row. */
export const register010 = `
CREATE TABLE setting (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  value jsonb NOT NULL
);
CREATE INDEX setting_rev ON setting (rev, id);
CREATE TABLE calendar_day (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  working boolean NOT NULL,
  name text NOT NULL
);
CREATE INDEX calendar_day_rev ON calendar_day (rev, id);
CREATE TABLE town (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  lng double precision NOT NULL,
  lat double precision NOT NULL
);
CREATE INDEX town_rev ON town (rev, id);
CREATE TABLE village (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  name text NOT NULL,
  official_name text NOT NULL,
  kind text NOT NULL,
  town_code text NOT NULL,
  lng double precision NOT NULL,
  lat double precision NOT NULL,
  tier text NOT NULL,
  tier_from bigint NOT NULL,
  department_id text,
  binding_version bigint NOT NULL,
  vacancies jsonb NOT NULL
);
CREATE INDEX village_rev ON village (rev, id);
CREATE TABLE grid (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  village_code text NOT NULL,
  name text NOT NULL
);
CREATE INDEX grid_rev ON grid (rev, id);
CREATE TABLE department (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  name text NOT NULL
);
CREATE INDEX department_rev ON department (rev, id);
CREATE TABLE person (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  name text NOT NULL,
  phone text,
  title text NOT NULL,
  town_code text,
  synthetic boolean NOT NULL
);
CREATE INDEX person_rev ON person (rev, id);
CREATE TABLE post (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  village_code text NOT NULL,
  kind text NOT NULL,
  person_id text NOT NULL,
  rank bigint NOT NULL,
  binding_version bigint NOT NULL,
  valid_from bigint NOT NULL,
  valid_to bigint
);
CREATE INDEX post_rev ON post (rev, id);
CREATE TABLE campaign (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  name text NOT NULL,
  starts_at bigint NOT NULL,
  ends_at bigint
);
CREATE INDEX campaign_rev ON campaign (rev, id);
`;
