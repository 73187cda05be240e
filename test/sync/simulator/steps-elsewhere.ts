import type { Case } from '../../../shared/model/case.ts';
import type { Message } from '../../../shared/model/message.ts';
import { countyCase, placeOf, towns } from './model-county.ts';
import { commitGone, commitRows, rowsOf } from './model-state.ts';
import type { Chance } from './random.ts';
import { someCase, type World } from './world.ts';

type Step = (world: World, chance: Chance) => void;

/** A step on one of the few cases, if the server is up and has it. */
const onCase =
  (work: (world: World, one: Case) => void): Step =>
  (world, chance) => {
    const one = rowsOf(world.server.state, 'case').get(someCase(chance)) as Case | undefined;
    if (world.server.up && one) work(world, one);
  };
const change = ({ server }: World, row: Case) => server.commit((state) => commitRows(state, [{ table: 'case', row }]));

/** Things that no desk here did. */
export const serverSteps = {
  casesElsewhere: (world) => {
    if (!world.server.up) return;
    const row = countyCase(world.cases++, 0);
    world.journal.say(`elsewhere ${row.id} comes in`);
    change(world, row);
  },
  messageElsewhere: ({ server, timeline }, chance) => {
    const messages = [...rowsOf(server.state, 'message').values()] as Message[];
    const queued = messages.filter((message) => message.state === 'queued');
    if (!server.up || queued.length === 0) return;
    const row = { ...chance.pick(queued), state: 'sent' as const, sentAt: timeline.now, attempts: 1 };
    server.commit((state) => commitRows(state, [{ table: 'message', row }]));
  },
  retitledElsewhere: onCase((world, one) => {
    world.journal.say(`elsewhere ${one.id} gets another title`);
    change(world, { ...one, title: `题目 ${world.timeline.now}` });
  }),
  closedElsewhere: onCase((world, one) => {
    if (one.closedAt !== null) return;
    world.journal.fault('closedElsewhere', one.id);
    change(world, { ...one, closedAt: world.timeline.now });
  }),
  caseGone: onCase(({ journal, server }, { id }) => {
    journal.fault('caseGone', id);
    server.commit((state) => commitGone(state, id));
  }),
  caseMoves: onCase((world, one) => {
    const place = placeOf(one.townCode === towns[0] ? 1 : 0);
    world.journal.fault('caseMoves', `${one.id} to ${place.townCode}`);
    change(world, { ...one, ...place });
  }),
} as const satisfies Record<string, Step>;
