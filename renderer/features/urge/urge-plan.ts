import type { QueryResult } from '../../../shared/ipc/contract.ts';
import { type PostKind, postKindSchema } from '../../../shared/model/codes.ts';

type Preview = QueryResult<'urgePreview'>['cases'];
export interface UrgePlan {
  /** Cases that will be urged, in the order they were chosen. */
  send: string[];
  /** Urged within the cool-down; among `send` only when the operator says so. */
  cooling: { caseId: string; minutesAgo: number }[];
  refused: { caseId: string; reason: string }[];
  /** People by post among the cases that are not refused: what can be picked, and how many each post brings. */
  posts: { kind: PostKind; people: number }[];
  /** Messages that will go out. */
  messages: number;
}
interface Wish {
  cooldownMinutes: number;
  now: number;
  /** Posts left out. */
  without: ReadonlySet<PostKind>;
  /** Urge again what was just urged. */
  again: boolean;
}

/** What an urging would do, from who would get it and what the operator wishes: refused and just urged cases are set apart, never dropped unsaid. */
export function planOf(preview: Preview, { cooldownMinutes, now, without, again }: Wish): UrgePlan {
  const refused: UrgePlan['refused'] = [];
  const cooling: UrgePlan['cooling'] = [];
  const send: string[] = [];
  const people = new Map<PostKind, number>();
  let messages = 0;
  for (const { caseId, recipients, lastUrgedAt, refusal } of preview) {
    if (refusal !== null) {
      refused.push({ caseId, reason: refusal });
      continue;
    }
    for (const { postKind } of recipients) people.set(postKind, (people.get(postKind) ?? 0) + 1);
    const wanted = recipients.filter(({ postKind }) => !without.has(postKind));
    if (wanted.length === 0) {
      refused.push({ caseId, reason: 'noRecipients' });
      continue;
    }
    const minutesAgo = lastUrgedAt === null ? null : Math.max(0, Math.floor((now - lastUrgedAt) / 60_000));
    const cools = minutesAgo !== null && minutesAgo < cooldownMinutes;
    if (cools) cooling.push({ caseId, minutesAgo });
    if (cools && !again) continue;
    send.push(caseId);
    messages += wanted.length;
  }
  const posts = postKindSchema.options.flatMap((kind) => {
    const count = people.get(kind) ?? 0;
    return count === 0 ? [] : [{ kind, people: count }];
  });
  return { send, cooling, refused, posts, messages };
}

/** Minutes of the setting `urgeCooldownMinutes`; 30 when it is not there. */
export function cooldownOf(settings: Readonly<Record<string, unknown>>): number {
  const value = settings.urgeCooldownMinutes;
  return typeof value === 'number' && value >= 0 ? value : 30;
}
