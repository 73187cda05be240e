import { z } from 'zod';
import { instant } from '../model/case.ts';
import {
  type categorySchema,
  dispatchStateSchema,
  petitionBatchSchema,
  type petitionKindSchema,
  type Source,
  sourceSchema,
} from '../model/codes.ts';
import { code, intakeClockToleranceMs, reporterSchema, reportFields, text, words } from '../model/intake-fields.ts';

/**
 * What every source says. The bodies are strict: a misspelt field is answered with its name instead of being lost. `sourceNo` is the source's own
 * number of the report; source and number together name a case, so that a report sent twice is taken once.
 */
const common = {
  ...reportFields,
  sourceNo: words(100),
  reporter: reporterSchema.nullable().default(null),
  /** Others concerned, beside the reporter. */
  parties: z.array(reporterSchema).max(50).default([]),
  highRisk: z.boolean().default(false),
  riskReason: text(500).nullable().default(null),
  petitionBatch: petitionBatchSchema.nullable().default(null),
  petitionSince: instant.nullable().default(null),
};

/** Body of `POST /intake/{source}`: what the source must say beside the common fields. */
export const intakeSchemas = {
  /** 网格采集: from a grid; its village is known by the grid's or the village's code. */
  grid: z.strictObject({ ...common, gridCode: code.nullable().default(null) }),
  /** 下沉摸排: found by a team in the field. */
  outreach: z.strictObject({ ...common, teamId: code }),
  /** 群众自报: somebody stands behind it by name. */
  selfReport: z.strictObject({ ...common, reporter: reporterSchema }),
  /** 110 非警务: `sourceNo` is the alarm number. */
  police110: z.strictObject(common),
  /** 12345: `sourceNo` is the order number; `phone` is the caller's. */
  hotline12345: z.strictObject({ ...common, phone: words(100) }),
  /** 网络舆情: where it can be read. */
  publicOpinion: z.strictObject({ ...common, link: z.url().max(2000), platform: words(50) }),
  /** 其他: why it comes this way. */
  other: z.strictObject({ ...common, reason: words(500) }),
} as const satisfies Record<Source, z.ZodType>;
export type IntakeBody<S extends Source> = z.input<(typeof intakeSchemas)[S]>;

/** A report in the form common to all sources. `facts`: what is the source's own, kept with the case's first event. */
export interface IntakeCase {
  source: Source;
  sourceNo: string;
  title: string;
  detail: string;
  address: string;
  category: z.infer<typeof categorySchema>;
  lng: number | null;
  lat: number | null;
  villageCode: string | null;
  gridCode: string | null;
  parties: { name: string; phone: string | null }[];
  recordedAt: number;
  highRisk: boolean;
  riskReason: string | null;
  campaigns: string[];
  petitionKind: z.infer<typeof petitionKindSchema> | null;
  petitionBatch: z.infer<typeof petitionBatchSchema> | null;
  petitionSince: number | null;
  facts: Record<string, string>;
}
export type IntakeParsed = { ok: true; case: IntakeCase } | { ok: false; field: string; message: string };

/** Answer of `POST /intake/{source}`: 201, or 200 with `duplicate` when the source had sent this number before. */
export const intakeResultSchema = z.looseObject({
  id: z.string(),
  no: z.string(),
  duplicate: z.boolean(),
  dispatchState: dispatchStateSchema,
  villageCode: z.string().nullable(),
  rev: z.int(),
});
export type IntakeResult = z.infer<typeof intakeResultSchema>;

/** Reads the body of `POST /intake/{source}` at `now`. A refusal names the field, e.g. `sourceNo` or `parties.0.name`. */
export function parseIntake(source: string, body: unknown, now: number): IntakeParsed {
  const known = sourceSchema.safeParse(source);
  if (!known.success) return refuse('source', `unknown source; known: ${sourceSchema.options.join(', ')}`);
  const parsed = intakeSchemas[known.data].safeParse(body);
  if (!parsed.success) return refuseIssue(parsed.error.issues[0]);
  const { phone, gridCode, teamId, link, platform, reason, reporter, parties, recordedAt, ...rest } = {
    phone: null,
    gridCode: null,
    teamId: null,
    link: null,
    platform: null,
    reason: null,
    ...parsed.data,
  };
  if ((rest.lng === null) !== (rest.lat === null))
    return refuse(rest.lng === null ? 'lng' : 'lat', 'lng and lat come together');
  if (known.data === 'grid' && gridCode === null && rest.villageCode === null)
    return refuse('gridCode', 'gridCode or villageCode is required');
  if (rest.highRisk && !rest.riskReason) return refuse('riskReason', 'required when highRisk is true');
  if (recordedAt !== undefined && recordedAt > now + intakeClockToleranceMs)
    return refuse('recordedAt', 'lies in the future');
  const caller = phone === null ? reporter : { name: reporter?.name ?? '', phone };
  return {
    ok: true,
    case: {
      ...rest,
      source: known.data,
      gridCode,
      parties: caller === null ? parties : [caller, ...parties],
      recordedAt: recordedAt ?? now,
      facts: present({ gridCode, teamId, link, platform, reason }),
    },
  };
}

function present(facts: Record<string, string | null>): Record<string, string> {
  return Object.fromEntries(Object.entries(facts).filter((entry): entry is [string, string] => entry[1] !== null));
}

function refuseIssue(issue: z.core.$ZodIssue | undefined): IntakeParsed {
  if (issue === undefined) return refuse('body', 'not readable');
  if (issue.code === 'unrecognized_keys') {
    const path = [...issue.path, issue.keys[0] ?? ''];
    return refuse(path.join('.'), 'unknown field');
  }
  return refuse(issue.path.join('.') || 'body', issue.message);
}

function refuse(field: string, message: string): IntakeParsed {
  return { ok: false, field, message };
}
