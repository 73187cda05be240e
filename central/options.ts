import { parseArgs } from 'node:util';

/** A flag that cannot be used; `message` is for the person who typed it. */
export class BadFlag extends Error {}

export interface MainOptions {
  databaseUrl: string | null;
  embedded: string | null;
  port: number;
  host: string;
  /** The database was restored from a backup since it was last served. */
  restored: boolean;
  seed: { number: number; anchor: number | null; cases: number | null } | null;
  clockStart: number | null;
  simulate: { perDay: number; speed: number } | null;
  sms: { dir: string } | { url: string } | null;
  intakeKeys: Map<string, string>;
  logLevel: string;
}

export const usage = `npm run central -- --database-url postgres://… | --embedded DIR
  --port N (0: a free one)  --host 127.0.0.1
  --seed-if-empty [--seed N] [--anchor ISO|today] [--cases N]
  --restored                the database comes from a backup: workstations synchronise afresh and keep their queues
  --clock-start ISO         the server's clock starts there
  --simulate 31/day --speed N
  --sms-dir DIR | --sms-url URL
  --intake-key SOURCE=KEY   more than once; SOURCE * is every source
  --log-level info`;

/** Reads the command line and, for secrets, the environment: DATABASE_URL, XIANYOU_INTAKE_KEYS (`source=key`, comma between). Throws BadFlag. */
export function readOptions(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): MainOptions {
  const values = parse(argv);
  const databaseUrl = values['database-url'] ?? (values.embedded === undefined ? env.DATABASE_URL : undefined) ?? null;
  if (databaseUrl === null && values.embedded === undefined) throw new BadFlag(usage);
  if (values['sms-dir'] !== undefined && values['sms-url'] !== undefined)
    throw new BadFlag('--sms-dir and --sms-url exclude each other');
  const keys = [...(values['intake-key'] ?? []), ...(env.XIANYOU_INTAKE_KEYS ?? '').split(',').filter(Boolean)];
  return {
    databaseUrl,
    embedded: values.embedded ?? null,
    port: integer('--port', values.port ?? '0', 0, 65_535),
    host: values.host ?? '127.0.0.1',
    restored: values.restored ?? false,
    seed: values['seed-if-empty'] ? seedOf(values) : null,
    clockStart: values['clock-start'] === undefined ? null : instant('--clock-start', values['clock-start']),
    simulate: values.simulate === undefined ? null : simulateOf(values.simulate, values.speed ?? '1'),
    sms: smsOf(values['sms-dir'], values['sms-url']),
    intakeKeys: new Map(keys.map(keyOf)),
    logLevel: values['log-level'] ?? 'info',
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        'database-url': { type: 'string' },
        embedded: { type: 'string' },
        port: { type: 'string' },
        host: { type: 'string' },
        restored: { type: 'boolean' },
        'seed-if-empty': { type: 'boolean' },
        seed: { type: 'string' },
        anchor: { type: 'string' },
        cases: { type: 'string' },
        'clock-start': { type: 'string' },
        simulate: { type: 'string' },
        speed: { type: 'string' },
        'sms-dir': { type: 'string' },
        'sms-url': { type: 'string' },
        'intake-key': { type: 'string', multiple: true },
        'log-level': { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new BadFlag(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

function seedOf(values: { seed?: string; anchor?: string; cases?: string }): NonNullable<MainOptions['seed']> {
  const { seed = '1', anchor = 'today', cases } = values;
  return {
    number: integer('--seed', seed, 0, 2 ** 31),
    anchor: anchor === 'today' ? null : instant('--anchor', anchor),
    cases: cases === undefined ? null : integer('--cases', cases, 1, 10_000_000),
  };
}

function simulateOf(rate: string, speed: string): NonNullable<MainOptions['simulate']> {
  const perDay = /^(\d+)\/day$/.exec(rate)?.[1];
  if (perDay === undefined) throw new BadFlag(`--simulate takes a rate such as 31/day, not ${rate}`);
  return { perDay: integer('--simulate', perDay, 1, 10_000_000), speed: integer('--speed', speed, 1, 1_000_000) };
}

function smsOf(dir: string | undefined, url: string | undefined): MainOptions['sms'] {
  if (dir !== undefined) return { dir };
  if (url === undefined) return null;
  if (!URL.canParse(url)) throw new BadFlag('--sms-url is no address');
  return { url };
}

function keyOf(text: string): [key: string, source: string] {
  const at = text.indexOf('=');
  if (at < 1 || at === text.length - 1) throw new BadFlag('--intake-key takes SOURCE=KEY');
  return [text.slice(at + 1), text.slice(0, at)];
}

function integer(flag: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max)
    throw new BadFlag(`${flag} takes a whole number from ${min} to ${max}, not ${text}`);
  return value;
}

function instant(flag: string, text: string): number {
  const t = Date.parse(text);
  if (Number.isNaN(t)) throw new BadFlag(`${flag} takes an instant such as 2023-08-21T20:00:00+08:00, not ${text}`);
  return t;
}
