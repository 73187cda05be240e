import { z } from 'zod';
import { sourceSchema } from '../model/codes.ts';
import { loginRequestSchema, refreshRequestSchema, sessionSchema } from './auth.ts';
import { commandBatchSchema, commandResultsSchema } from './commands.ts';
import { digestAnswerSchema, digestRequestSchema, rowsAnswerSchema, rowsRequestSchema } from './digest.ts';
import { changeLineSchema, noticeSchema, snapshotLineSchema } from './feed.ts';
import { healthSchema } from './health.ts';
import { intakeResultSchema, intakeSchemas } from './intake.ts';
import { problemSchema } from './problem.ts';
import { syncTables } from './tables.ts';
import { protocolHeader, protocolVersion, serverTimeHeader } from './version.ts';
import { villagePostResultSchema, villagePostSchema } from './village-post.ts';

type Json = Record<string, unknown>;

/** Named schemas of the document: every one is the schema that the server parses with. */
const components: Record<string, { schema: z.ZodType; io: 'input' | 'output' }> = {
  LoginRequest: { schema: loginRequestSchema, io: 'input' },
  RefreshRequest: { schema: refreshRequestSchema, io: 'input' },
  Session: { schema: sessionSchema, io: 'output' },
  CommandBatch: { schema: commandBatchSchema, io: 'input' },
  CommandResults: { schema: commandResultsSchema, io: 'output' },
  ChangeLine: { schema: changeLineSchema, io: 'output' },
  SnapshotLine: { schema: snapshotLineSchema, io: 'output' },
  Notice: { schema: noticeSchema, io: 'output' },
  DigestRequest: { schema: digestRequestSchema, io: 'input' },
  DigestAnswer: { schema: digestAnswerSchema, io: 'output' },
  RowsRequest: { schema: rowsRequestSchema, io: 'input' },
  RowsAnswer: { schema: rowsAnswerSchema, io: 'output' },
  Health: { schema: healthSchema, io: 'output' },
  Problem: { schema: problemSchema, io: 'output' },
  VillagePost: { schema: villagePostSchema, io: 'input' },
  VillagePostResult: { schema: villagePostResultSchema, io: 'output' },
  IntakeResult: { schema: intakeResultSchema, io: 'output' },
};
for (const source of sourceSchema.options)
  components[`Intake_${source}`] = { schema: intakeSchemas[source], io: 'input' };
for (const [table, schema] of Object.entries(syncTables)) components[`Row_${table}`] = { schema, io: 'output' };

const tags = ['auth', 'sync', 'intake', 'register', 'service'] as const;
type Tag = (typeof tags)[number];

interface Operation {
  summary: string;
  tag: Tag;
  /** What stands in braces in the path. */
  path?: Record<string, string>;
  query?: Record<string, { description: string; required: boolean; schema: Json }>;
  body?: string;
  /** Status → what it brings. */
  answers: Record<string, { description: string; type?: string; schema?: string }>;
  open?: boolean;
}

const integer = { type: 'integer', minimum: 0 };
const rowsForm = {
  description: 'How rows are sent: one object a line (default), or many rows a line by position.',
  required: false,
  schema: { type: 'string', enum: ['objects', 'arrays'] },
};
const ndjson = 'application/x-ndjson';

const operations: Record<string, { get?: Operation; post?: Operation }> = {
  '/auth/login': {
    post: {
      summary: 'Signs an operator in at a workstation.',
      tag: 'auth',
      body: 'LoginRequest',
      answers: { 200: { description: 'Signed in.', schema: 'Session' } },
      open: true,
    },
  },
  '/auth/refresh': {
    post: {
      summary:
        'Exchanges a refresh token for new tokens; it counts until its successor is used, then using it ends the session.',
      tag: 'auth',
      body: 'RefreshRequest',
      answers: { 200: { description: 'New tokens.', schema: 'Session' } },
      open: true,
    },
  },
  '/auth/logout': {
    post: {
      summary: 'Ends the session of the access token.',
      tag: 'auth',
      answers: { 204: { description: 'Signed out.' } },
    },
  },
  '/sync/snapshot': {
    get: {
      summary: 'All rows as of one revision, one JSON object a line; resumed after a mark.',
      tag: 'sync',
      query: {
        at: { description: 'Revision of the snapshot that is resumed.', required: false, schema: integer },
        after: { description: 'The last mark that was applied.', required: false, schema: { type: 'string' } },
        rows: rowsForm,
      },
      answers: {
        200: { description: 'begin, row (or rows) and mark lines, then end.', type: ndjson, schema: 'SnapshotLine' },
      },
    },
  },
  '/sync/changes': {
    get: {
      summary: 'Rows changed after a revision, in whole revisions.',
      tag: 'sync',
      query: {
        cursor: { description: 'Last revision held in full.', required: true, schema: integer },
        limit: {
          description: 'Rows wanted at most, default 2000; a revision is never split.',
          required: false,
          schema: integer,
        },
        pages: {
          description: 'Pages wanted in one answer at most, each with its end line; default 1.',
          required: false,
          schema: integer,
        },
        rows: rowsForm,
      },
      answers: {
        200: {
          description: 'row, gone and commit lines, or rows and gone lines, then end.',
          type: ndjson,
          schema: 'ChangeLine',
        },
      },
    },
  },
  '/sync/notices': {
    get: {
      summary:
        'Server-sent events: `revision` for each new revision, `operator` with who is listening when their account changes.',
      tag: 'sync',
      answers: { 200: { description: 'Data of each event.', type: 'text/event-stream', schema: 'Notice' } },
    },
  },
  '/sync/commands': {
    post: {
      summary: 'Commands of the outbox, in order; each is applied once, its first answer is repeated on a resend.',
      tag: 'sync',
      body: 'CommandBatch',
      answers: { 200: { description: 'One result for each command, in the order sent.', schema: 'CommandResults' } },
    },
  },
  '/sync/digest': {
    post: {
      summary: "Compares a replica's rows with the server's, range of ids by range of ids.",
      tag: 'sync',
      body: 'DigestRequest',
      answers: { 200: { description: 'A verdict for each range, all of one instant.', schema: 'DigestAnswer' } },
    },
  },
  '/sync/rows': {
    post: {
      summary: 'Rows of one table by their ids: what a comparison found to differ.',
      tag: 'sync',
      body: 'RowsRequest',
      answers: { 200: { description: 'The rows as they stand; an id without a row is gone.', schema: 'RowsAnswer' } },
    },
  },
  '/register/villages/{code}/posts': {
    post: {
      summary: "Gives one of a village's 3+N posts to a person, or leaves it vacant; administrators only.",
      tag: 'register',
      path: { code: 'Code of the village.' },
      body: 'VillagePost',
      answers: {
        200: { description: 'The village with its new binding version and vacancies.', schema: 'VillagePostResult' },
      },
    },
  },
  '/health': {
    get: {
      summary: 'Whether the server works, which data set it holds, and its time.',
      tag: 'service',
      answers: { 200: { description: 'It works.', schema: 'Health' } },
      open: true,
    },
  },
  '/docs': {
    get: {
      summary: 'This document as a page.',
      tag: 'service',
      answers: { 200: { description: 'A page.', type: 'text/html' } },
      open: true,
    },
  },
};
for (const source of sourceSchema.options)
  operations[`/intake/${source}`] = {
    post: {
      summary: `Takes a report from the source ${source}; the same sourceNo is taken once.`,
      tag: 'intake',
      body: `Intake_${source}`,
      answers: {
        201: { description: 'A new case.', schema: 'IntakeResult' },
        200: { description: 'Sent before: the case it had become.', schema: 'IntakeResult' },
      },
    },
  };

/** The OpenAPI 3.1 document of the central server, made of the schemas that it parses with. */
export function openapiDocument(): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: '仙游县基层治理指挥调度 · 中心服务接口',
      version: String(protocolVersion),
      description: `Both sides send ${protocolHeader}; every answer carries ${serverTimeHeader} (epoch milliseconds). Instants are UTC epoch milliseconds, positions WGS84 degrees.`,
    },
    tags: tags.map((name) => ({ name })),
    paths: Object.fromEntries(Object.entries(operations).map(([path, methods]) => [path, pathOf(path, methods)])),
    components: {
      schemas: Object.fromEntries(
        Object.entries(components).map(([name, { schema, io }]) => [name, schemaOf(schema, io)]),
      ),
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    },
  };
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}

function pathOf(path: string, methods: { get?: Operation; post?: Operation }): Json {
  return Object.fromEntries(
    Object.entries(methods).map(([method, operation]) => [method, operationOf(path, method, operation)]),
  );
}

function operationOf(path: string, method: string, operation: Operation): Json {
  const parameters: Json[] = [
    ...Object.entries(operation.path ?? {}).map(([name, description]) => ({
      name,
      in: 'path',
      description,
      required: true,
      schema: { type: 'string' },
    })),
    ...Object.entries(operation.query ?? {}).map(([name, rest]) => ({ name, in: 'query', ...rest })),
  ];
  return {
    operationId: `${method}${path.replaceAll(/\/\{?(\w)/g, (_, letter: string) => letter.toUpperCase()).replaceAll('}', '')}`,
    summary: operation.summary,
    tags: [operation.tag],
    security: operation.open ? [] : [{ bearer: [] }],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(operation.body
      ? { requestBody: { required: true, content: content('application/json', operation.body) } }
      : {}),
    responses: {
      ...Object.fromEntries(
        Object.entries(operation.answers).map(([status, answer]) => [
          status,
          {
            description: answer.description,
            ...(answer.type || answer.schema
              ? { content: content(answer.type ?? 'application/json', answer.schema) }
              : {}),
          },
        ]),
      ),
      default: {
        description: 'A refusal: its kind, and the field it is about.',
        content: content('application/json', 'Problem'),
      },
    },
  };
}

function content(type: string, schema: string | undefined): Json {
  return { [type]: schema ? { schema: { $ref: `#/components/schemas/${schema}` } } : {} };
}
