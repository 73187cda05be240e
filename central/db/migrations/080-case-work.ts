/** 会商, 延期, 提级, 交办: what is done around a case. They go with their case from town to town. */
export const caseWork080 = `
CREATE TABLE consultation (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  case_id text NOT NULL,
  level text NOT NULL,
  held_at bigint NOT NULL,
  participants text NOT NULL,
  options jsonb NOT NULL,
  conclusion text NOT NULL,
  recorded_at bigint NOT NULL,
  recorded_by text NOT NULL
);
CREATE TABLE extension (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  case_id text NOT NULL,
  state text NOT NULL,
  reason text NOT NULL,
  from_due_at bigint NOT NULL,
  new_due_at bigint NOT NULL,
  late boolean NOT NULL,
  asked_at bigint NOT NULL,
  asked_by text NOT NULL,
  decided_at bigint,
  decided_by text,
  decision text NOT NULL
);
CREATE TABLE escalation (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  case_id text NOT NULL,
  from_level text NOT NULL,
  to_level text NOT NULL,
  state text NOT NULL,
  reason text NOT NULL,
  consultations bigint NOT NULL,
  override boolean NOT NULL,
  at bigint NOT NULL,
  by text NOT NULL,
  ended_at bigint,
  ended_by text,
  end_note text NOT NULL
);
CREATE TABLE assignment (
  id text COLLATE "C" PRIMARY KEY,
  rev bigint NOT NULL,
  case_id text NOT NULL,
  kind text NOT NULL,
  assignee_id text NOT NULL,
  assignee_name text NOT NULL,
  state text NOT NULL,
  basis text NOT NULL,
  reason text NOT NULL,
  at bigint NOT NULL,
  by text NOT NULL,
  ended_at bigint,
  ended_by text,
  end_note text NOT NULL
);
CREATE INDEX consultation_rev ON consultation (rev, id);
CREATE INDEX consultation_case ON consultation (case_id);
CREATE INDEX extension_rev ON extension (rev, id);
CREATE INDEX extension_case ON extension (case_id);
CREATE INDEX escalation_rev ON escalation (rev, id);
CREATE INDEX escalation_case ON escalation (case_id);
CREATE INDEX assignment_rev ON assignment (rev, id);
CREATE INDEX assignment_case ON assignment (case_id);
CREATE INDEX cases_merged_into ON cases (merged_into_id) WHERE merged_into_id IS NOT NULL;

CREATE OR REPLACE FUNCTION case_changed_town() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.town_code IS NOT NULL THEN
    INSERT INTO left_town
      SELECT OLD.town_code, part.table_name, part.id, NEW.rev FROM (
        SELECT 'case' AS table_name, NEW.id AS id
        UNION ALL SELECT 'caseEvent', id FROM case_event WHERE case_id = NEW.id
        UNION ALL SELECT 'call', id FROM call WHERE case_id = NEW.id
        UNION ALL SELECT 'message', id FROM message WHERE case_id = NEW.id
        UNION ALL SELECT 'consultation', id FROM consultation WHERE case_id = NEW.id
        UNION ALL SELECT 'extension', id FROM extension WHERE case_id = NEW.id
        UNION ALL SELECT 'escalation', id FROM escalation WHERE case_id = NEW.id
        UNION ALL SELECT 'assignment', id FROM assignment WHERE case_id = NEW.id) AS part
      ON CONFLICT (town_code, table_name, id) DO UPDATE SET rev = EXCLUDED.rev;
  END IF;
  UPDATE case_event SET rev = NEW.rev WHERE case_id = NEW.id;
  UPDATE call SET rev = NEW.rev WHERE case_id = NEW.id;
  UPDATE message SET rev = NEW.rev WHERE case_id = NEW.id;
  UPDATE consultation SET rev = NEW.rev WHERE case_id = NEW.id;
  UPDATE extension SET rev = NEW.rev WHERE case_id = NEW.id;
  UPDATE escalation SET rev = NEW.rev WHERE case_id = NEW.id;
  UPDATE assignment SET rev = NEW.rev WHERE case_id = NEW.id;
  RETURN NULL;
END $$;
`;
