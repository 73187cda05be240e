import { z } from 'zod';
import { caseSchema, dispatchStepSchema } from '../model/case.ts';
import {
  caseFilterSchema,
  caseSortSchema,
  countMetricSchema,
  scopeSchema,
  workFacetSchema,
} from '../model/case-filter.ts';
import { caseDetailSchema, caseRowSchema, pendingCommandSchema } from '../model/case-view.ts';
import {
  assigneeKindSchema,
  assignmentBasisSchema,
  callOutcomeSchema,
  postKindSchema,
  urgeDegreeSchema,
} from '../model/codes.ts';
import { recordCaseArgs } from '../model/commands/record-case.ts';
import { caseCommandNameSchema } from '../model/commands/registry.ts';
import { maxViews, savedViewSchema } from '../model/desk-view.ts';
import { campaignSchema, townSchema, villageSchema } from '../model/register.ts';
import { likenessSchema } from '../model/similar-cases.ts';
import { syncStatusSchema } from '../model/sync-status.ts';
import { chokedSchema, conflictSchema, undoableSchema } from '../model/unsent-view.ts';
import { operatorSchema } from '../protocol/auth.ts';
import { healedSchema } from './worker.ts';

/**
 * Every door between the page and the rest. Queries go to the reader, commands to the writer, shell calls to main; events come back. Types,
 * allow-list and parsers are derived from this file; a handler that is missing does not compile.
 */
function door<I extends z.ZodType, O extends z.ZodType>(args: I, result: O) {
  return { args, result };
}

const nothing = z.object({});
const warnedSchema = z.object({ count: z.int(), rows: z.array(z.object({ row: caseRowSchema, at: z.int() })) });
const counts = z.record(countMetricSchema, z.int());
const areaCounts = z.object({ code: z.string(), counts });

export const queries = {
  /** Everything that names things: towns, villages, campaigns, settings. Small; asked once and on change. */
  register: door(
    nothing,
    z.object({
      towns: z.array(townSchema),
      villages: z.array(villageSchema),
      campaigns: z.array(campaignSchema),
      settings: z.record(z.string(), z.json()),
    }),
  ),
  /** Villages by name, town, code, pinyin or the beginnings of syllables; every word must be found. */
  findVillages: door(
    z.object({ text: z.string().max(100), limit: z.int().min(1).max(50) }),
    z.object({ villages: z.array(z.object({ id: z.string(), name: z.string(), townName: z.string() })) }),
  ),
  /** All counts of the metric dictionary for the filter's scope and for each area just below it (filter.metric is not applied). */
  areaCounts: door(
    z.object({ filter: caseFilterSchema }),
    z.object({ total: areaCounts, areas: z.array(areaCounts), unplaced: areaCounts }),
  ),
  /**
   * How many of the filter's cases are of each source or category, by the filter's metric; the facet's own restriction is not applied, so each number is as
   * long as the list that choosing it alone opens. Codes without a case are missing.
   */
  facetCounts: door(
    z.object({ filter: caseFilterSchema, facet: z.enum(['source', 'category']) }),
    z.object({ counts: z.array(z.object({ code: z.string(), count: z.int() })) }),
  ),
  /** Readings of the Chinese characters of words, syllable by syllable in plain letters: what a name is found by. */
  syllables: door(
    z.object({ texts: z.array(z.string().max(200)).max(500) }),
    z.object({ syllables: z.array(z.array(z.string())) }),
  ),
  /** How many of the filter's cases wait for whom (filter.work is not applied): each as long as the list that it opens. */
  workCounts: door(z.object({ filter: caseFilterSchema }), z.record(workFacetSchema, z.int())),
  /**
   * Opens a list: its order is fixed until it is opened again, so that live changes never move the row under the cursor. The reader keeps the
   * 8 lists used last.
   */
  openList: door(
    z.object({ filter: caseFilterSchema, sort: caseSortSchema, limit: z.int().min(1).max(500) }),
    z.object({ listId: z.string(), total: z.int().nullable(), rows: z.array(caseRowSchema) }),
  ),
  /** Number of cases of an open list; null while they are still being counted. */
  listTotal: door(z.object({ listId: z.string() }), z.object({ total: z.int().nullable() })),
  /** Rows of an open list with their present values, in the list's order. */
  listRows: door(
    z.object({ listId: z.string(), offset: z.int().min(0), limit: z.int().min(1).max(500) }),
    z.object({ rows: z.array(caseRowSchema) }),
  ),
  /** Ids of a stretch of an open list: for choosing many at once. */
  listIds: door(
    z.object({ listId: z.string(), offset: z.int().min(0), limit: z.int().min(1).max(5000) }),
    z.object({ ids: z.array(z.string()) }),
  ),
  /** What opening the list again would bring: the "12 条新" pill. */
  listDelta: door(z.object({ listId: z.string() }), z.object({ added: z.int(), removed: z.int() })),
  caseDetail: door(z.object({ caseId: z.string() }), caseDetailSchema.nullable()),
  /** Clusters and points of the filtered cases inside a viewport, at a zoom level 0–18. */
  mapClusters: door(
    z.object({
      filter: caseFilterSchema,
      bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]),
      zoom: z.number().min(0).max(24),
    }),
    z.object({
      /** Cases of the filter that have no point at all: said on the map, not hidden. */
      withoutPoint: z.int(),
      features: z.array(
        z.object({
          lng: z.number(),
          lat: z.number(),
          count: z.int(),
          overdue: z.int(),
          highRisk: z.int(),
          /** Set for a cluster: ask `clusterCases`. */
          clusterId: z.int().nullable(),
          /** Set for a single case. */
          caseId: z.string().nullable(),
        }),
      ),
    }),
  ),
  /**
   * The cases of a cluster that `mapClusters` gave for the same filter, newest first; of one with more than a filter can name, the newest. `total`: how
   * many it has.
   */
  clusterCases: door(
    z.object({ filter: caseFilterSchema, clusterId: z.int() }),
    z.object({ caseIds: z.array(z.string()), total: z.int() }),
  ),
  /**
   * Whom a case can be given to (交办): by the links of its village, with the reason, and all departments and county leaders that hold the words (characters,
   * pinyin, initials). Names of persons masked by role.
   */
  assignees: door(
    z.object({ caseId: z.string(), text: z.string().max(100) }),
    z.object({
      villageName: z.string().nullable(),
      suggested: z.array(
        z.object({
          kind: assigneeKindSchema,
          basis: assignmentBasisSchema.exclude(['chosen']),
          id: z.string(),
          name: z.string(),
        }),
      ),
      departments: z.array(z.object({ id: z.string(), name: z.string() })),
      /** `villages`: those the leader is in charge of. */
      leaders: z.array(
        z.object({ id: z.string(), name: z.string(), title: z.string(), villages: z.array(z.string()) }),
      ),
    }),
  ),
  /** Cases that may be the same matter, the likeliest first, and what they have in common with it. */
  similarCases: door(
    z.object({ caseId: z.string() }),
    z.object({ proposals: z.array(z.object({ row: caseRowSchema, likeness: likenessSchema })) }),
  ),
  /** Who would get an urging of these cases: per case its responsibles. Used to word the confirmation and the cool-down. */
  urgePreview: door(
    z.object({ caseIds: z.array(z.string()).min(1).max(500) }),
    z.object({
      cases: z.array(
        z.object({
          caseId: z.string(),
          recipients: z.array(
            z.object({ personId: z.string(), name: z.string(), postKind: postKindSchema, dialable: z.boolean() }),
          ),
          lastUrgedAt: z.int().nullable(),
          /** Refusal reason if the case takes no urging now. */
          refusal: z.string().nullable(),
        }),
      ),
    }),
  ),
  /** What recording a report would make of it: its village and why, its deadline, and the case that its source's number has become here. */
  intakePlan: door(
    z.object({
      report: caseSchema.pick({
        source: true,
        sourceNo: true,
        category: true,
        petitionKind: true,
        villageCode: true,
        address: true,
      }),
      recordedAt: z.int(),
    }),
    z.object({
      villageCode: z.string().nullable(),
      chain: z.array(dispatchStepSchema),
      deadline: z.object({
        ruleId: z.string(),
        dueAt: z.int(),
        days: z.int(),
        working: z.boolean(),
        skipped: z.array(z.string()),
        uncoveredYears: z.array(z.int()),
      }),
      known: z.object({ id: z.string(), no: z.string(), title: z.string() }).nullable(),
    }),
  ),
  /**
   * Cases that came to be 临期, 逾期 or of high risk within (from, to], as they stand at `to`: how many, and the newest 20 of each with the instant they
   * came to it. The list of what was missed is the same question from where it was last read.
   */
  warnings: door(
    z.object({ from: z.int(), to: z.int(), scope: scopeSchema }),
    z.object({ amber: warnedSchema, red: warnedSchema, highRisk: warnedSchema }),
  ),
  /** Villages whose running 7 days stand out above their own 8 weeks before, the most above first, with the numbers and at most 500 of the cases. */
  spikes: door(
    z.object({ asOf: z.int() }),
    z.object({
      spikes: z.array(
        z.object({
          villageCode: z.string(),
          villageName: z.string(),
          n: z.int(),
          weeks: z.array(z.int()),
          mean: z.number(),
          least: z.int(),
          most: z.int(),
          threshold: z.number(),
          caseIds: z.array(z.string()),
        }),
      ),
    }),
  ),
  pendingCommands: door(nothing, z.object({ commands: z.array(pendingCommandSchema) })),
  /** What the operator gave last and that has not been sent yet, newest first. Its time is over at `leavesAt`, server's clock. */
  undoable: door(nothing, z.object({ batches: z.array(undoableSchema) })),
  /** Refused commands, oldest first, with what was wanted and what stands; at most 500 of `total`. And what the server cannot handle for now. */
  conflicts: door(
    nothing,
    z.object({ total: z.int(), conflicts: z.array(conflictSchema), choked: z.array(chokedSchema) }),
  ),
} as const;

export const commands = {
  signIn: door(z.object({ username: z.string(), password: z.string() }), z.object({ operator: operatorSchema })),
  signOut: door(nothing, nothing),
  /**
   * One urging per case, all in one transaction. `postKinds` empty: every responsible. `instead`: a refused urging of one of the cases, which leaves the
   * tray for it. Durable before it answers.
   */
  urge: door(
    z.object({
      caseIds: z.array(z.string()).min(1).max(500),
      degree: urgeDegreeSchema,
      postKinds: z.array(postKindSchema),
      note: z.string().max(500),
      instead: z.string().optional(),
    }),
    z.object({
      queued: z.array(z.object({ caseId: z.string(), commandId: z.string() })),
      /** Whether they wait to be taken back: the query `undoable` names them. */
      held: z.boolean(),
      refused: z.array(z.object({ caseId: z.string(), reason: z.string() })),
    }),
  ),
  /**
   * Any other step of the registry on one case or many, all in one transaction: durable before it answers, and taken back together. A case that the rules
   * refuse keeps none of the others back.
   */
  give: door(
    z.object({
      caseIds: z.array(z.string()).min(1).max(500),
      name: caseCommandNameSchema.exclude(['recordCase', 'urgeResponsibles', 'startCall', 'finishCall']),
      args: z.unknown(),
    }),
    z.object({
      given: z.array(z.object({ caseId: z.string(), commandId: z.string() })),
      held: z.boolean(),
      refused: z.array(z.object({ caseId: z.string(), reason: z.string(), detail: z.string().nullable() })),
    }),
  ),
  /**
   * 录入: a report becomes a case, shown at once without its number, which comes with the server's answer. Waits to be taken back. `refused` with the case
   * that the source's number has here already, if that is why.
   */
  recordCase: door(
    recordCaseArgs,
    z.object({
      recorded: z.object({ caseId: z.string(), commandId: z.string() }).nullable(),
      refused: z
        .object({ reason: z.string(), detail: z.string().nullable(), caseId: z.string().nullable() })
        .nullable(),
    }),
  ),
  /** Records the call and answers with the address for the telephone: `tel:+86…`; null when the person has no usable number. */
  startCall: door(
    z.object({ caseId: z.string(), personId: z.string().nullable() }),
    z.object({ callId: z.string(), personId: z.string(), personName: z.string(), uri: z.string().nullable() }),
  ),
  finishCall: door(
    z.object({
      caseId: z.string(),
      callId: z.string(),
      outcome: callOutcomeSchema.exclude(['unrecorded']),
      note: z.string().max(2000),
    }),
    z.object({ commandId: z.string() }),
  ),
  /** Takes back what was given together, as if it never had been. Refused (alreadyLeft) once its time is over. Answers with what was filled in. */
  undo: door(
    z.object({ batch: z.string() }),
    z.object({
      undone: z.array(z.object({ caseId: z.string(), name: z.string(), note: z.string(), args: z.unknown() })),
    }),
  ),
  /** 采用中心的: takes rejected commands off the tray once a person has seen them. */
  dismissRejected: door(z.object({ commandIds: z.array(z.string()).min(1).max(500) }), nothing),
  /** 保留我的: gives a rejected command again, as a new one on what stands now. When the rules refuse it the old one stays in the tray. */
  resendRejected: door(z.object({ commandId: z.string() }), z.object({ commandId: z.string() })),
  /** Tries the server now instead of at the next planned instant. */
  syncNow: door(nothing, nothing),
} as const;

/** What the writer tells the page. */
export const events = {
  syncStatus: syncStatusSchema,
  /** Rows changed and can be read: `tables` named, `caseIds` when few. */
  changed: z.object({ tables: z.array(z.string()), caseIds: z.array(z.string()).nullable() }),
} as const;

export const themeSchema = z.enum(['dark', 'light']);
export const localeSchema = z.enum(['zh-CN', 'en']);
export const preferencesSchema = z.object({
  theme: themeSchema,
  locale: localeSchema,
  fontScale: z.int().min(100).max(200),
  /** Width of the map side of the desk, per cent. */
  splitter: z.int().min(30).max(75),
  /** Where the desk was left. */
  scope: scopeSchema.nullable(),
  /** Saved views, in the order of the list. */
  views: z.array(savedViewSchema).max(maxViews),
  /** Single keys that were changed: the key as delivered and the one pressed instead. */
  keys: z.record(z.string().max(20), z.string().max(20)),
});
export type Preferences = z.infer<typeof preferencesSchema>;

/** Calls to main: what only the operating system can do. */
export const shell = {
  launchInfo: door(
    nothing,
    z.object({
      appVersion: z.string(),
      serverUrl: z.string(),
      demo: z.boolean(),
      preferences: preferencesSchema,
      /** Set when the replica could not be opened: kind of the failure. The page shows what to do. */
      fatal: z.object({ kind: z.string(), message: z.string(), detail: z.string().nullable() }).nullable(),
      /** Set when the replica was found damaged since the app was started, and was made anew. */
      healed: healedSchema.nullable(),
    }),
  ),
  savePreferences: door(preferencesSchema, nothing),
  /** Hands a `tel:` or `sip:` address to the system. False: nothing on this machine takes it. */
  dial: door(
    z.object({ uri: z.string().regex(/^(tel|sip):[+0-9A-Za-z@.*#-]+$/) }),
    z.object({ handedOver: z.boolean() }),
  ),
  /** Sets the replica aside (renamed, never deleted) and starts with a new one. */
  setReplicaAside: door(nothing, z.object({ movedTo: z.string() })),
  /** Keeps the address of the central server and starts the workers anew with it. The session with the old one ends. */
  saveServerUrl: door(z.object({ serverUrl: z.url({ protocol: /^https?$/ }) }), nothing),
  /** Moments of the start that only the page sees; written down when a start is being measured. */
  markMoment: door(z.object({ name: z.enum(['firstContent', 'firstHandledClick']) }), nothing),
  /** An error of the page that nobody caught: goes into a local report. */
  reportFault: door(z.object({ message: z.string().max(4000), stack: z.string().max(20_000) }), nothing),
  /** The address of ours that the app was opened with last and that no page has taken yet; cut off where it is too long to be one. */
  takeLink: door(nothing, z.object({ link: z.string().nullable() })),
  relaunch: door(nothing, nothing),
  openLogs: door(nothing, nothing),
} as const;

export type QueryName = keyof typeof queries;
export type QueryArgs<N extends QueryName> = z.infer<(typeof queries)[N]['args']>;
export type QueryResult<N extends QueryName> = z.infer<(typeof queries)[N]['result']>;
export type CommandName = keyof typeof commands;
export type CommandArgs<N extends CommandName> = z.infer<(typeof commands)[N]['args']>;
export type CommandResultOf<N extends CommandName> = z.infer<(typeof commands)[N]['result']>;
export type EventName = keyof typeof events;
export type EventPayload<N extends EventName> = z.infer<(typeof events)[N]>;
export type ShellName = keyof typeof shell;
export type ShellArgs<N extends ShellName> = z.infer<(typeof shell)[N]['args']>;
export type ShellResult<N extends ShellName> = z.infer<(typeof shell)[N]['result']>;

/** Handler table of a side: complete by type. */
export type QueryHandlers = { [N in QueryName]: (args: QueryArgs<N>) => QueryResult<N> };
export type CommandHandlers = { [N in CommandName]: (args: CommandArgs<N>) => Promise<CommandResultOf<N>> };
export type ShellHandlers = { [N in ShellName]: (args: ShellArgs<N>) => Promise<ShellResult<N>> };
