import { register010 } from './010-register.ts';
import { cases020 } from './020-cases.ts';
import { server030 } from './030-server.ts';
import { tokenParent040 } from './040-token-parent.ts';
import { townScope050 } from './050-town-scope.ts';
import { openCases060 } from './060-open-cases.ts';
import { accountNotice070 } from './070-account-notice.ts';
import { caseWork080 } from './080-case-work.ts';

/** In order; numbered in tens. A migration that has been released is never edited: what is missing comes with the next number. */
export const migrations: readonly { version: number; sql: string }[] = [
  { version: 10, sql: register010 },
  { version: 20, sql: cases020 },
  { version: 30, sql: server030 },
  { version: 40, sql: tokenParent040 },
  { version: 50, sql: townScope050 },
  { version: 60, sql: openCases060 },
  { version: 70, sql: accountNotice070 },
  { version: 80, sql: caseWork080 },
];
