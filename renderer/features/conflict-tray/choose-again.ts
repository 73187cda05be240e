import { type UrgeDegree, urgeDegreeSchema } from '../../../shared/model/codes.ts';
import type { Conflict } from '../../../shared/model/unsent-view.ts';

/** Refused because of the persons it names: the same urging given again would be refused again. */
const personGone: readonly string[] = ['personUnknown', 'noRecipients'];

/** What of a refused urging goes into the form of a new one, whose persons are chosen from those responsible now; null: it is given again as it was. */
export function chosenAgain({ id, caseId, name, reason, title, fields }: Conflict): {
  caseIds: string[];
  instead: { commandId: string; degree: UrgeDegree };
  note: string;
} | null {
  if (name !== 'urgeResponsibles' || !personGone.includes(reason) || title === null) return null;
  const mine = (key: string) => fields.find((field) => field.key === key)?.mine ?? null;
  const [degree, note] = [mine('degree'), mine('note')];
  const known = urgeDegreeSchema.safeParse(degree?.kind === 'code' ? degree.code : null);
  return {
    caseIds: [caseId],
    instead: { commandId: id, degree: known.success ? known.data : 'yellow' },
    note: note?.kind === 'text' ? note.text : '',
  };
}
