/** A refresh token knows the one it was exchanged for: a lost answer can then be told from a stolen token. */
export const tokenParent040 = `
ALTER TABLE token ADD COLUMN parent text COLLATE "C";
`;
