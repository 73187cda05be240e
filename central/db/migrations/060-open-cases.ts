/** Open cases by id: a snapshot sends them first, and there are few among many. */
export const openCases060 = `
CREATE INDEX cases_open ON cases (id) WHERE closed_at IS NULL;
`;
