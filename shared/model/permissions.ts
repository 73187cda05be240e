import type { Role } from './codes.ts';

/**
 * Who sees names, phones and ID numbers unmasked [C]: those who must reach the people of a case. Administrators and auditors work on accounts and
 * records and do not need them. The wall and exports are masked for everyone.
 */
const unmasked: Record<Role, boolean> = {
  dispatcher: true,
  leader: true,
  townClerk: true,
  admin: false,
  auditor: false,
};

export function seesPersonalData(role: Role): boolean {
  return unmasked[role];
}

/** A town clerk sees and moves the cases of one town; everyone else those of the county. `operatorTown` null: no bound. */
export function maySeeTown(operatorTown: string | null, townCode: string | null): boolean {
  return operatorTown === null || operatorTown === townCode;
}
