import { type Source, sourceSchema } from '../../shared/model/codes.ts';
import type { SeedAccount, SeedIntakeKey } from './types.ts';

const password = 'xianyou-demo';
const account = (
  n: number,
  username: string,
  name: string,
  role: SeedAccount['role'],
  townCode: string | null = null,
) => ({
  id: `01H00000000000000000000OP${n}`,
  username,
  password,
  name,
  role,
  townCode,
});

/** Demo accounts: fixed, so that documents and tests can name them. */
export const seedAccounts: SeedAccount[] = [
  account(1, 'dispatcher', '郑文彬', 'dispatcher'),
  account(2, 'leader', '林国栋', 'leader'),
  account(3, 'admin', '陈思远', 'admin'),
  account(4, 'clerk-350322100', '薛丽芳', 'townClerk', '350322100'),
  account(5, 'auditor', '黄志清', 'auditor'),
  account(6, 'dispatcher2', '吴雪梅', 'dispatcher'),
];

/** Those who sat at the desk in the history. */
export const deskOperators: readonly { id: string; name: string }[] = seedAccounts.filter(
  (row) => row.role === 'dispatcher',
);

export const seedIntakeKeys: SeedIntakeKey[] = sourceSchema.options.map((source: Source) => ({
  source,
  key: `demo-intake-${source}`,
}));
