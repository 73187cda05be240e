/** Whoever changes what an account may see, and by whatever means, tells every server: its workstations must not find out by chance. */
export const accountNotice070 = `
CREATE FUNCTION account_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('xianyou_account', OLD.id);
  RETURN NULL;
END $$;
CREATE TRIGGER account_changed AFTER UPDATE ON account FOR EACH ROW
  WHEN (OLD.role IS DISTINCT FROM NEW.role OR OLD.town_code IS DISTINCT FROM NEW.town_code) EXECUTE FUNCTION account_changed();
CREATE TRIGGER account_removed AFTER DELETE ON account FOR EACH ROW EXECUTE FUNCTION account_changed();
`;
