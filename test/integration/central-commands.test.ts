import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningCentral } from '../../central/server.ts';
import { ask, Desk } from '../builders/http-client.ts';
import { startTestPostgres, type TestPostgres } from '../builders/postgres.ts';
import { bangtou, evening, fengting, openCase, persons, startSmallCounty } from '../builders/small-county.ts';

let postgres: TestPostgres;
let central: RunningCentral;
let desk: Desk;
let clerk: Desk;
const urge = { degree: 'yellow', recipientIds: [persons.plain.id], note: '' };

beforeAll(async () => {
  postgres = await startTestPostgres();
  const cases = ['A', 'B', 'C', 'D', 'E', 'F'].map((id) => openCase(id));
  central = await startSmallCounty(await postgres.database(), [
    ...cases,
    openCase('other-town', bangtou),
    { ...openCase('closed'), closedAt: evening },
    openCase('unplaced', null),
  ]);
  desk = await Desk.signIn(central.url);
  clerk = await Desk.signIn(central.url, 'clerk');
});
afterAll(async () => {
  await central?.close();
  await postgres?.close();
});

async function caseRow(id: string): Promise<Record<string, unknown>> {
  return (await central.pool.query('SELECT * FROM cases WHERE id = $1', [id])).rows[0];
}

describe('commands', () => {
  it('a command takes effect once, however often it is sent', async () => {
    const command = desk.command('A', 'urgeResponsibles', urge);
    const [first, again] = await desk.send(command, command);
    const together = await Promise.all(Array.from({ length: 6 }, () => desk.send(command)));
    expect(first).toMatchObject({ status: 'accepted', duplicate: false });
    for (const result of [again, ...together.flat()])
      expect(result).toMatchObject({ status: 'accepted', duplicate: true, rev: first?.rev });
    expect(await caseRow('A')).toMatchObject({ urge_count: 1 });
    expect((await central.pool.query("SELECT * FROM message WHERE case_id = 'A'")).rows).toHaveLength(1);
    expect((await central.pool.query("SELECT * FROM case_event WHERE case_id = 'A'")).rows).toHaveLength(1);
  });

  it('a resend under a race of connections has one first answer', async () => {
    const command = desk.command('B', 'urgeResponsibles', urge);
    const results = (await Promise.all(Array.from({ length: 8 }, () => desk.send(command)))).flat();
    expect(results.filter((result) => !result.duplicate)).toHaveLength(1);
    expect(await caseRow('B')).toMatchObject({ urge_count: 1 });
  });

  it('a refused command keeps its refusal and holds up nothing behind it', async () => {
    const refused = desk.command('closed', 'urgeResponsibles', urge);
    const results = await desk.send(refused, desk.command('C', 'urgeResponsibles', urge));
    expect(results.map((result) => [result.status, result.reason])).toEqual([
      ['rejected', 'caseClosed'],
      ['accepted', null],
    ]);
    expect((await desk.send(refused))[0]).toMatchObject({ status: 'rejected', reason: 'caseClosed', duplicate: true });
  });

  it('an unknown command, an unknown case and malformed arguments are refusals, not a broken batch', async () => {
    const results = await desk.send(
      desk.command('D', 'flyToTheMoon', {}),
      desk.command('nowhere', 'urgeResponsibles', urge),
      desk.command('D', 'urgeResponsibles', { degree: 'purple' }),
      desk.command('D', 'acceptCase', { note: 'a\u0000b' }),
      desk.command('D', 'urgeResponsibles', { ...urge, recipientIds: ['nobody'] }),
    );
    expect(results.map((result) => result.reason)).toEqual([
      'commandUnknown',
      'caseUnknown',
      'argumentsInvalid',
      'argumentsInvalid',
      'personUnknown',
    ]);
  });

  it('a town clerk moves the cases of the own town only, and urges nobody', async () => {
    const results = await clerk.send(
      clerk.command('D', 'acceptCase', { note: '' }),
      clerk.command('other-town', 'acceptCase', { note: '' }),
      clerk.command('D', 'urgeResponsibles', urge),
    );
    expect(results.map((result) => result.reason)).toEqual([null, 'notPermitted', 'notPermitted']);
  });

  it('a case recorded at a desk gets its number, village, chain and deadline once, however often and by whom it is sent', async () => {
    const report = { source: 'hotline12345', sourceNo: 'desk-1', title: '路灯不亮', address: '枫亭镇秀峰村老协会旁' };
    const record = desk.command('desk-made-1', 'recordCase', report);
    const results = (await Promise.all([1, 2, 3].map(() => desk.send(record)))).flat();
    expect(results.filter(({ duplicate }) => !duplicate)).toMatchObject([{ status: 'accepted', reason: null }]);
    const row = await caseRow('desk-made-1');
    expect(row).toMatchObject({ village_code: fengting.id, dispatch_state: 'auto', deadline_rule: 'hotline' });
    expect(row.no).toMatch(/^XY-2023-08-\d{4,}$/);
    const [again, later, same, urged] = await desk.send(
      desk.command('desk-made-2', 'recordCase', { ...report, title: '同一件' }),
      desk.command('desk-made-3', 'recordCase', { ...report, sourceNo: 'desk-2' }),
      desk.command('desk-made-1', 'recordCase', { ...report, sourceNo: 'desk-3' }),
      desk.command('desk-made-1', 'urgeResponsibles', urge),
    );
    expect(again).toMatchObject({ status: 'rejected', reason: 'sourceNoKnown', detail: row.no });
    expect(later?.status).toBe('accepted');
    expect(same).toMatchObject({ reason: 'caseKnown' });
    expect(urged?.status).toBe('accepted');
    // The refused one used up no number.
    const serial = (no: unknown) => Number(String(no).slice(-4));
    expect(serial((await caseRow('desk-made-3')).no)).toBe(serial(row.no) + 1);
    const events = await central.pool.query(
      "SELECT kind, actor_id FROM case_event WHERE case_id = 'desk-made-1' ORDER BY id",
    );
    expect(events.rows.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['recorded', 'dispatched', 'urged']));
    expect(events.rows.find(({ kind }) => kind === 'recorded')?.actor_id).toBe('operator-dispatcher');
  });

  it('a town’s clerk records cases of the own town only, also where a rule finds the village', async () => {
    const report = { source: 'selfReport', title: '路灯不亮' };
    const results = await clerk.send(
      clerk.command('clerk-made-1', 'recordCase', { ...report, address: '枫亭镇秀峰村老协会旁' }),
      clerk.command('clerk-made-2', 'recordCase', { ...report, address: '榜头镇泉山村老协会旁' }),
      clerk.command('clerk-made-3', 'recordCase', { ...report, address: '说不清' }),
    );
    expect(results.map(({ reason }) => reason)).toEqual([null, 'outsideTown', 'outsideTown']);
  });

  it("nobody acts in another's name", async () => {
    const [result] = await desk.send(desk.command('D', 'urgeResponsibles', urge, { operatorId: 'operator-admin' }));
    expect(result).toMatchObject({ status: 'rejected', reason: 'notPermitted' });
  });

  it('a workstation whose clock is ahead does not act in the future', async () => {
    await desk.send(desk.command('E', 'acceptCase', { note: '' }, { issuedAt: evening + 86_400_000 }));
    await desk.send(desk.command('E', 'arriveOnScene', { note: '' }, { issuedAt: evening - 60_000 }));
    expect(await caseRow('E')).toMatchObject({ accepted_at: evening, on_scene_at: evening - 60_000 });
  });

  it("a call cannot overwrite another case's call", async () => {
    const call = { callId: 'call-1', personId: persons.plain.id };
    const results = await desk.send(
      desk.command('E', 'startCall', call),
      desk.command('F', 'startCall', call),
      desk.command('E', 'finishCall', { callId: 'call-1', outcome: 'answered', note: '已联系' }),
    );
    expect(results.map((result) => result.reason)).toEqual([null, 'argumentsInvalid', null]);
    const calls = await central.pool.query('SELECT case_id, outcome FROM call');
    expect(calls.rows).toEqual([{ case_id: 'E', outcome: 'answered' }]);
  });

  it('a case that no rule could place is given to a village by hand, with its chain and binding version', async () => {
    const args = { villageCode: fengting.id, reason: '来电核实' };
    const [result] = await desk.send(desk.command('unplaced', 'dispatchByHand', args));
    expect(result).toMatchObject({ status: 'accepted' });
    expect(await caseRow('unplaced')).toMatchObject({
      village_code: fengting.id,
      dispatch_state: 'manual',
      binding_version: 3,
    });
  });

  it('two workstations see each other within two seconds', async () => {
    const other = await Desk.signIn(central.url, 'admin');
    const stream = await fetch(`${central.url}/sync/notices`, { headers: other.headers });
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    const [result] = await desk.send(desk.command('F', 'urgeResponsibles', urge));
    const sent = Date.now();
    let heard = '';
    while (!heard.includes(`"rev":${result?.rev}`)) heard += (await reader?.read())?.value ?? '';
    expect(Date.now() - sent).toBeLessThan(2000);
    expect(heard).toContain('event: revision');
    await reader?.cancel();
  });

  it('a change of posts raises the binding version and counts the vacancies anew', async () => {
    const admin = await Desk.signIn(central.url, 'admin');
    const path = `/register/villages/${bangtou.id}/posts`;
    const body = { kind: 'partySecretary', rank: 1, personId: persons.plain.id };
    const given = await ask(central.url, path, body, admin.headers);
    expect(given.body.village).toMatchObject({ bindingVersion: 4, vacancies: ['leadOfficial', 'communityPolice'] });
    const left = await ask(central.url, path, { ...body, personId: null }, admin.headers);
    expect(left.body.village).toMatchObject({ bindingVersion: 5 });
    const posts = await central.pool.query('SELECT valid_to FROM post WHERE village_code = $1', [bangtou.id]);
    expect(posts.rows).toEqual([{ valid_to: evening }]);
    expect((await ask(central.url, path, body, desk.headers)).status).toBe(403);
  });
});
