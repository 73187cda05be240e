import type { QueryArgs, QueryResult } from '../../../shared/ipc/contract.ts';
import { maskName } from '../../../shared/model/mask.ts';
import { seesPersonalData } from '../../../shared/model/permissions.ts';
import { readOperator } from '../meta.ts';
import { tryCommand } from '../rebase.ts';
import { readRow } from '../rows.ts';
import type { ReadDb } from '../statements.ts';
import { dialUri, personsOf, readHolders } from './responsibles.ts';

/** Who would get an urging of each case, and whether the case takes one: asked of the same rule that will decide. */
export function readUrgePreview(db: ReadDb, { caseIds }: QueryArgs<'urgePreview'>): QueryResult<'urgePreview'> {
  const operator = readOperator(db);
  const plain = operator !== null && seesPersonalData(operator.role);
  return {
    cases: caseIds.map((caseId) => {
      const found = readRow(db, 'case', caseId);
      const persons = personsOf(readHolders(db, found?.villageCode ?? null));
      const outcome =
        operator === null
          ? null
          : tryCommand(db, found, {
              id: 'preview',
              name: 'urgeResponsibles',
              args: { degree: 'yellow', recipientIds: persons.map(({ person }) => person.id), note: '' },
              caseId,
              issuedAt: found?.updatedAt ?? 0,
              operator,
            });
      return {
        caseId,
        recipients: persons.map(({ person, postKind }) => ({
          personId: person.id,
          name: plain ? person.name : maskName(person.name),
          postKind,
          dialable: dialUri(person) !== null,
        })),
        lastUrgedAt: found?.lastUrgedAt ?? null,
        refusal: outcome === null ? 'notPermitted' : outcome.ok ? null : outcome.reason,
      };
    }),
  };
}
