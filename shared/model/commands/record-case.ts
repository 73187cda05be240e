import { z } from 'zod';
import { type Source, sourceSchema } from '../codes.ts';
import type { CommandContext, Outcome } from '../effects.ts';
import { noRecords } from '../effects.ts';
import { intakeClockToleranceMs, reportFields, text, words } from '../intake-fields.ts';
import { recordedCase, recordedEvents } from '../recording.ts';
import { type CommandDefinition, undoSeconds } from './definition.ts';
import { refuse } from './outcomes.ts';

/** Sources that number their own reports: without that number nobody could find the report there again. */
export const numberedSources: readonly Source[] = ['police110', 'hotline12345'];

/** Somebody of whom a name or a number is known. */
const partyArgs = z
  .strictObject({ name: text(50).default(''), phone: words(100).nullable().default(null) })
  .refine(({ name, phone }) => name !== '' || phone !== null);

/**
 * What an operator knows of a report. Less is asked than of a source's own program (protocol/intake.ts): whoever takes a call at night records what there
 * is. The first of `parties` is the reporter.
 */
export const recordCaseArgs = z.object({
  ...reportFields,
  source: sourceSchema,
  /** The source's own number; empty where it gives none. */
  sourceNo: text(100).default(''),
  parties: z.array(partyArgs).max(50).default([]),
  /** Where it can be read: of 网络舆情. */
  link: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .nullable()
    .default(null),
});
export type RecordCaseArgs = z.infer<typeof recordCaseArgs>;

/** 录入: a report becomes a case. The only command on a case that does not exist yet; its number is given by the server, which knows the others. */
export const recordCase: CommandDefinition<typeof recordCaseArgs> = {
  args: recordCaseArgs,
  roles: ['dispatcher', 'townClerk', 'admin'],
  undo: { seconds: undoSeconds },
  needs: ['recording'],
  begins: record,
  apply: () => refuse('caseKnown'),
};

function record({ link, ...args }: RecordCaseArgs, context: CommandContext): Outcome {
  const { recording, at, operator } = context;
  if (!recording) return refuse('argumentsInvalid', 'caseId');
  if ((args.lng === null) !== (args.lat === null)) return refuse('argumentsInvalid', args.lng === null ? 'lng' : 'lat');
  if (args.sourceNo === '' && numberedSources.includes(args.source)) return refuse('sourceNoMissing');
  if (args.source === 'publicOpinion' && link === null) return refuse('linkMissing');
  const recordedAt = args.recordedAt ?? at;
  if (recordedAt > at + intakeClockToleranceMs) return refuse('recordedInFuture');
  for (const id of args.campaigns) if (!context.campaigns.has(id)) return refuse('campaignUnknown', id);
  if (recording.known !== null) return refuse('sourceNoKnown', recording.known);
  const report = { ...args, campaigns: [...new Set(args.campaigns)], recordedAt };
  const { row } = recordedCase(report, recording.rules, recording.caseId, at);
  if (recording.townCode !== null && row.townCode !== recording.townCode) return refuse('outsideTown');
  const events = recordedEvents(row, link === null ? {} : { link }, { id: context.commandId, actor: operator });
  return { ok: true, effects: { case: row, ...noRecords(), events } };
}
