import { z } from 'zod';
import { create } from 'zustand';
import { categorySchema, petitionKindSchema, sourceSchema } from '../../shared/model/codes.ts';
import { recordCaseArgs } from '../../shared/model/commands/record-case.ts';
import { formatDateTime } from '../../shared/time/shanghai.ts';

const draftSchema = z.object({
  source: sourceSchema.nullable(),
  sourceNo: z.string(),
  link: z.string(),
  title: z.string(),
  detail: z.string(),
  address: z.string(),
  category: categorySchema.nullable(),
  villageCode: z.string().nullable(),
  parties: z.array(z.object({ name: z.string(), phone: z.string() })).min(1),
  petitionKind: petitionKindSchema.nullable(),
  /** As typed: `2023-08-21 19:05`; empty: now. */
  recordedAt: z.string(),
  campaigns: z.array(z.string()),
  /** The text it was filled from, as it was pasted. */
  pasted: z.string(),
  /** Refused command of the tray that this report takes the place of. */
  instead: z.string().nullable(),
});
export type IntakeDraft = z.infer<typeof draftSchema>;

export const blankDraft: IntakeDraft = {
  source: null,
  sourceNo: '',
  link: '',
  title: '',
  detail: '',
  address: '',
  category: null,
  villageCode: null,
  parties: [{ name: '', phone: '' }],
  petitionKind: null,
  recordedAt: '',
  campaigns: [],
  pasted: '',
  instead: null,
};
export const isBlank = (draft: IntakeDraft): boolean => JSON.stringify(draft) === JSON.stringify(blankDraft);

interface IntakeDrafts {
  /** What is being filled in. */
  draft: IntakeDraft;
  /** Reports that came back (taken back, refused) while another was being filled in: they follow it, the last first. */
  aside: readonly IntakeDraft[];
  write(patch: Partial<IntakeDraft>): void;
  /** It is recorded, or thrown away: what was put aside comes next. */
  next(): void;
}

/** The page's own memory of this window: what is typed outlives a reload, and goes with the window. */
const memory = 'intake';
const kept = z.object({ draft: draftSchema, aside: z.array(draftSchema) });

function remembered(): Pick<IntakeDrafts, 'draft' | 'aside'> {
  try {
    return kept.parse(JSON.parse(sessionStorage.getItem(memory) ?? ''));
  } catch {
    return { draft: blankDraft, aside: [] };
  }
}

export const useIntakeDraft = create<IntakeDrafts>()((set) => ({
  ...remembered(),
  write: (patch) => set(({ draft }) => ({ draft: { ...draft, ...patch } })),
  next: () => set(({ aside }) => ({ draft: aside.at(-1) ?? blankDraft, aside: aside.slice(0, -1) })),
}));
useIntakeDraft.subscribe(({ draft, aside }) => sessionStorage.setItem(memory, JSON.stringify({ draft, aside })));

/** Puts a report back into the form that was recorded and taken back, or refused (then `instead` is its command). False: it cannot be read. */
export function keepReport(args: unknown, instead: string | null = null): boolean {
  const parsed = recordCaseArgs.safeParse(args);
  if (!parsed.success) return false;
  const { lng: _lng, lat: _lat, link, parties, recordedAt, ...rest } = parsed.data;
  const back: IntakeDraft = {
    ...blankDraft,
    ...rest,
    instead,
    link: link ?? '',
    parties:
      parties.length === 0 ? blankDraft.parties : parties.map(({ name, phone }) => ({ name, phone: phone ?? '' })),
    recordedAt: recordedAt === undefined ? '' : formatDateTime(recordedAt),
  };
  const { draft, aside } = useIntakeDraft.getState();
  useIntakeDraft.setState(isBlank(draft) ? { draft: back } : { draft: back, aside: [...aside, draft] });
  return true;
}
