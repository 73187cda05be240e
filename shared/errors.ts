/** Kinds of failure that reach an operator. Words and advice: locales `error.<kind>.title` and `.advice`. */
export const failureKinds = [
  'wrongPassword',
  'accountLocked',
  'sessionExpired',
  'notSignedIn',
  'notPermitted',
  'serverUnreachable',
  'serverNotOurs',
  'protocolTooOld',
  'protocolTooNew',
  'answerMalformed',
  'answerCut',
  'badArguments',
  'unknownCase',
  'alreadyLeft',
  'replicaTooNew',
  'replicaNotSqlite',
  'replicaReadOnly',
  'replicaInUse',
  'replicaDamaged',
  'diskFull',
  'diskFailing',
  'replicaNotDurable',
  'sqliteTooOld',
  'timeout',
  'cancelled',
  'internal',
] as const;
export type FailureKind = (typeof failureKinds)[number];

/** The one error class that crosses a process: kind for the words, message for the log (no personal data), retry for what to offer. */
export class Failure extends Error {
  readonly kind: FailureKind;
  readonly retry: boolean;
  readonly detail: string | null;

  constructor(kind: FailureKind, message: string, options: { retry?: boolean; detail?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'Failure';
    this.kind = kind;
    this.retry = options.retry ?? false;
    this.detail = options.detail ?? null;
  }
}

export interface FailureShape {
  kind: FailureKind;
  message: string;
  retry: boolean;
  detail: string | null;
}

/** What is sent across a port; anything unforeseen becomes `internal` with its message. */
export function shapeOfFailure(error: unknown): FailureShape {
  if (error instanceof Failure)
    return { kind: error.kind, message: error.message, retry: error.retry, detail: error.detail };
  return {
    kind: 'internal',
    message: error instanceof Error ? error.message : String(error),
    retry: false,
    detail: null,
  };
}

export function failureFromShape(shape: FailureShape): Failure {
  return new Failure(shape.kind, shape.message, { retry: shape.retry, detail: shape.detail ?? undefined });
}
