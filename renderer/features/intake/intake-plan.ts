import { z } from 'zod';
import type { CommandArgs } from '../../../shared/ipc/contract.ts';
import { numberedSources } from '../../../shared/model/commands/record-case.ts';
import { intakeClockToleranceMs } from '../../../shared/model/intake-fields.ts';
import type { ReadReport } from '../../../shared/model/intake-text/read-report.ts';
import { instantOf } from '../../../shared/model/intake-text/read-values.ts';
import { normalisePhone } from '../../../shared/model/phone.ts';
import { formatDateTime } from '../../../shared/time/shanghai.ts';
import type { IntakeDraft } from '../../data/intake-draft.ts';

export type IntakeField = keyof Omit<IntakeDraft, 'pasted' | 'instead'>;
/** What stands in the way of recording, by field; words in `intake:problem.*`. */
export interface Problem {
  field: IntakeField;
  key: 'source' | 'sourceNo' | 'link' | 'title' | 'recordedAt' | 'future';
}

const url = z.url({ protocol: /^https?$/ });

export function problemsOf(draft: IntakeDraft, now: number): Problem[] {
  const problems: Problem[] = [];
  if (draft.source === null) problems.push({ field: 'source', key: 'source' });
  if (draft.source !== null && numberedSources.includes(draft.source) && draft.sourceNo.trim() === '')
    problems.push({ field: 'sourceNo', key: 'sourceNo' });
  if (draft.source === 'publicOpinion' && !url.safeParse(draft.link.trim()).success)
    problems.push({ field: 'link', key: 'link' });
  if (draft.title.trim() === '') problems.push({ field: 'title', key: 'title' });
  const at = instantOf(draft.recordedAt);
  if (draft.recordedAt.trim() !== '' && at === null) problems.push({ field: 'recordedAt', key: 'recordedAt' });
  if (at !== null && at > now + intakeClockToleranceMs) problems.push({ field: 'recordedAt', key: 'future' });
  return problems;
}

/** The command's arguments. Only for a draft without problems. */
export function argsOf(draft: IntakeDraft): CommandArgs<'recordCase'> {
  const { source, category, link, recordedAt, parties, pasted: _, instead: __, ...rest } = draft;
  const at = instantOf(recordedAt);
  return {
    ...rest,
    source: source ?? 'other',
    category: category ?? 'other',
    lng: null,
    lat: null,
    link: source === 'publicOpinion' ? link.trim() : null,
    parties: parties
      .map(({ name, phone }) => ({ name: name.trim(), phone: plainPhone(phone) || null }))
      .filter(({ name, phone }) => name !== '' || phone !== null),
    ...(at !== null && { recordedAt: at }),
  };
}

/** The digits one dials where the field holds one number and no extension; else as it was typed. */
export function plainPhone(typed: string): string {
  const read = normalisePhone(typed);
  return read.ok && read.alternatives.length === 0 && read.extension === null ? read.digits : typed.trim();
}

/** The draft with what a pasted text says, where nothing was typed yet. */
export function filledFrom(draft: IntakeDraft, { fields }: ReadReport, pasted: string): IntakeDraft {
  const text = (typed: string, read: string | undefined): string => (typed.trim() === '' ? (read ?? '') : typed);
  const typedParties = draft.parties.some(({ name, phone }) => name.trim() !== '' || phone.trim() !== '');
  return {
    ...draft,
    pasted,
    source: draft.source ?? fields.source ?? null,
    category: draft.category ?? fields.category ?? null,
    sourceNo: text(draft.sourceNo, fields.sourceNo),
    link: text(draft.link, fields.link),
    title: text(draft.title, fields.title),
    address: text(draft.address, fields.address),
    recordedAt: text(draft.recordedAt, fields.recordedAt === undefined ? undefined : formatDateTime(fields.recordedAt)),
    detail: draft.detail.trim() === '' ? fields.detail : draft.detail,
    parties:
      typedParties || fields.parties.length === 0
        ? draft.parties
        : fields.parties.map(({ name, phone }) => ({ name, phone: phone === null ? '' : plainPhone(phone) })),
  };
}
