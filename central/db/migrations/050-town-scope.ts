/**
 * A town's clerk holds the rows of one town. A row that comes into a town or leaves one must reach that town's workstations although nothing else
 * about it changed: what hangs on a case takes part in the revision that moves it, and the town it left keeps a note that it is gone there.
 */
export const townScope050 = `
CREATE TABLE left_town (
  town_code text COLLATE "C" NOT NULL,
  table_name text NOT NULL,
  id text COLLATE "C" NOT NULL,
  rev bigint NOT NULL,
  PRIMARY KEY (town_code, table_name, id)
);
CREATE INDEX left_town_rev ON left_town (town_code, rev);
CREATE INDEX cases_town ON cases (town_code, id);

CREATE FUNCTION case_changed_town() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.town_code IS NOT NULL THEN
    INSERT INTO left_town
      SELECT OLD.town_code, part.table_name, part.id, NEW.rev FROM (
        SELECT 'case' AS table_name, NEW.id AS id
        UNION ALL SELECT 'caseEvent', id FROM case_event WHERE case_id = NEW.id
        UNION ALL SELECT 'call', id FROM call WHERE case_id = NEW.id
        UNION ALL SELECT 'message', id FROM message WHERE case_id = NEW.id) AS part
      ON CONFLICT (town_code, table_name, id) DO UPDATE SET rev = EXCLUDED.rev;
  END IF;
  UPDATE case_event SET rev = NEW.rev WHERE case_id = NEW.id;
  UPDATE call SET rev = NEW.rev WHERE case_id = NEW.id;
  UPDATE message SET rev = NEW.rev WHERE case_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER case_changed_town AFTER UPDATE OF town_code ON cases FOR EACH ROW
  WHEN (OLD.town_code IS DISTINCT FROM NEW.town_code) EXECUTE FUNCTION case_changed_town();

-- County staff (no town) are known to every town: who becomes a town's own is gone from all others.
CREATE FUNCTION person_changed_town() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.town_code IS NOT NULL THEN
    INSERT INTO left_town
      SELECT town.id, 'person', NEW.id, NEW.rev FROM town
      WHERE town.id <> NEW.town_code AND town.id = COALESCE(OLD.town_code, town.id)
      ON CONFLICT (town_code, table_name, id) DO UPDATE SET rev = EXCLUDED.rev;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER person_changed_town AFTER UPDATE OF town_code ON person FOR EACH ROW
  WHEN (OLD.town_code IS DISTINCT FROM NEW.town_code) EXECUTE FUNCTION person_changed_town();
`;
