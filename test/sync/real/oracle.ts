import type { RealCounty } from './county.ts';
import type { Given, Seat } from './seat.ts';

export interface Problem {
  promise: 'lost' | 'twice' | 'order' | 'strange' | 'tray' | 'takenBack' | 'diverged' | 'stuck';
  text: string;
}
interface Result {
  id: string;
  case_id: string;
  status: 'accepted' | 'rejected';
  rev: number | null;
}

/** What the server made of a run's commands, in the order of its transactions. */
export async function resultsOf(county: RealCounty, caseIds: readonly string[]): Promise<Result[]> {
  const found = await county.pool.query<Result>(
    'SELECT id, case_id, status, rev FROM command_result WHERE case_id = ANY($1) ORDER BY xmin::text::bigint',
    [caseIds],
  );
  return found.rows;
}

/** Everything that must hold once all desks are in step. `elsewhere`: commands that came without a desk. */
export async function judge(
  county: RealCounty,
  caseIds: readonly string[],
  seats: readonly Seat[],
  elsewhere: readonly Given[],
): Promise<Problem[]> {
  const results = await resultsOf(county, caseIds);
  const problems = await effects(county, caseIds, results, [...elsewhere, ...seats.flatMap(({ given }) => given)]);
  for (const seat of seats) {
    problems.push(...answers(seat, results), ...order(seat, results));
    problems.push(...(await replica(seat, results)));
  }
  return problems;
}

/** Each acknowledged command has one answer; what was refused or taken back never reached the server. */
function answers({ given, workstation }: Seat, results: readonly Result[]): Problem[] {
  const problems: Problem[] = [];
  for (const { id, name, said, takenBack } of given) {
    const times = results.filter((result) => result.id === id).length;
    const text = `${workstation} ${name} ${id}: ${times} answers`;
    if (takenBack && said === 'stands' && times > 0) problems.push({ promise: 'takenBack', text });
    if (!takenBack && said === 'stands' && times === 0) problems.push({ promise: 'lost', text });
    if (said === 'refused' && times > 0) problems.push({ promise: 'strange', text });
    if (times > 1) problems.push({ promise: 'twice', text });
  }
  return problems;
}

/** First in, first out for each case of a desk. */
function order({ given, workstation }: Seat, results: readonly Result[]): Problem[] {
  const place = new Map(results.map(({ id }, n) => [id, n]));
  const last = new Map<string, number>();
  const problems: Problem[] = [];
  for (const { id, caseId } of given) {
    const at = place.get(id);
    if (at === undefined) continue;
    if (at < (last.get(caseId) ?? -1)) problems.push({ promise: 'order', text: `${workstation} ${id} came too late` });
    last.set(caseId, at);
  }
  return problems;
}

/** The replica is the server's, and its tray holds what was refused. */
async function replica(seat: Seat, results: readonly Result[]): Promise<Problem[]> {
  const problems: Problem[] = [];
  let compared = await seat.process.ask({ t: 'compare' });
  for (let left = 3; left > 0 && !compared?.ok; left -= 1) compared = await seat.process.ask({ t: 'compare' });
  if (!compared?.ok) problems.push({ promise: 'diverged', text: `${seat.workstation} could not be compared` });
  for (const id of compared?.found ?? []) problems.push({ promise: 'diverged', text: `${seat.workstation} ${id}` });
  const own = new Set(seat.given.map(({ id }) => id));
  const refused = results.filter(({ id, status }) => own.has(id) && status === 'rejected');
  const expected = refused.map(({ id }) => `${id} rejected`).sort();
  const shown = [...((await seat.process.ask({ t: 'tray' }))?.found ?? [])].sort();
  if (shown.join() !== expected.join())
    problems.push({ promise: 'tray', text: `${seat.workstation} shows [${shown}] and not [${expected}]` });
  return problems;
}

/** Every accepted command left its lines once and counts once; nothing else did. */
async function effects(
  county: RealCounty,
  caseIds: readonly string[],
  results: readonly Result[],
  given: readonly Given[],
): Promise<Problem[]> {
  const problems: Problem[] = [];
  const nameOf = new Map(given.map(({ id, name }) => [id, name]));
  const ids = async (text: string) =>
    (await county.pool.query<{ id: string }>(text, [caseIds])).rows.map(({ id }) => id);
  const accepted = results.filter(({ status }) => status === 'accepted');
  for (const { id } of results.filter((result) => !nameOf.has(result.id)))
    problems.push({ promise: 'strange', text: `nobody gave ${id}` });
  const of = (name: string) => accepted.filter(({ id }) => nameOf.get(id) === name);
  const same = (what: string, found: readonly string[], wanted: readonly string[]) => {
    const [here, there] = [[...found].sort().join(), [...wanted].sort().join()];
    if (here !== there) problems.push({ promise: 'twice', text: `${what}: [${here}] and not [${there}]` });
  };
  same(
    'events',
    await ids('SELECT id FROM case_event WHERE case_id = ANY($1)'),
    accepted.map(({ id }) => `${id}:0`),
  );
  same(
    'messages',
    await ids('SELECT command_id AS id FROM message WHERE case_id = ANY($1)'),
    of('urgeResponsibles').map(({ id }) => id),
  );
  same(
    'calls',
    await ids('SELECT id FROM call WHERE case_id = ANY($1)'),
    of('startCall').map(({ id }) => `call-${id}`),
  );
  const counted = await county.pool.query<{ id: string; urge_count: number; call_count: number }>(
    'SELECT id, urge_count, call_count FROM cases WHERE id = ANY($1)',
    [caseIds],
  );
  for (const { id, urge_count, call_count } of counted.rows) {
    const [urges, calls] = ['urgeResponsibles', 'startCall'].map(
      (name) => of(name).filter((result) => result.case_id === id).length,
    );
    if (urge_count !== urges || call_count !== calls)
      problems.push({
        promise: 'twice',
        text: `${id} counts ${urge_count} urges, ${call_count} calls, not ${urges}, ${calls}`,
      });
  }
  return problems;
}
