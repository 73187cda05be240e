import { towns } from './model-county.ts';
import { commitGrowth } from './model-state.ts';
import type { DiskTrouble } from './mortal-db.ts';
import { confirmedOf, loseRow } from './oracle.ts';
import type { Chance } from './random.ts';
import type { World } from './world.ts';

const hourMs = 3_600_000;

/** What goes wrong. Each mends by itself after a while, or at the end. */
export const faultSteps = {
  partition({ desks, network, journal, timeline }: World, chance: Chance) {
    const desk = chance.pick(desks);
    const how = chance.pick(['refuse', 'silent'] as const);
    journal.fault('partition', `${desk.name} ${how}`);
    network.partitions.set(desk.name, how);
    timeline.after(chance.between(100, 40_000), () => network.partitions.delete(desk.name));
  },
  weather: rollWeather,
  kill({ desks }: World, chance: Chance) {
    chance.pick(desks).endProcess('kill', null);
  },
  killAtWrite({ desks }: World, chance: Chance) {
    chance.pick(desks).endProcess('kill', chance.between(1, 40));
  },
  powerCut({ desks }: World, chance: Chance) {
    chance.pick(desks).endProcess('powerCut', chance.hits(0.7) ? chance.between(1, 40) : null);
  },
  diskFull(world: World, chance: Chance) {
    trouble(world, chance, 'diskFull', { code: 'SQLITE_FULL', commits: 1, statements: 0.1, reads: 0 });
  },
  ioError(world: World, chance: Chance) {
    const code = chance.pick(['SQLITE_IOERR_WRITE', 'SQLITE_IOERR_FSYNC', 'SQLITE_IOERR_READ'] as const);
    const often = chance.pick([0.1, 0.5, 1]);
    const [reads, writes] = code === 'SQLITE_IOERR_READ' ? [often / 4, 0] : [0, often];
    trouble(world, chance, 'ioError', { code, commits: writes, statements: writes / 8, reads });
  },
  clockJump({ desks, journal }: World, chance: Chance) {
    const desk = chance.pick(desks);
    desk.skewMs = chance.between(-12 * hourMs, 12 * hourMs);
    journal.fault('clockJump', `${desk.name} ${desk.skewMs}`);
  },
  serverClockJump({ server, journal }: World, chance: Chance) {
    server.skewMs = chance.between(-12 * hourMs, 12 * hourMs);
    journal.fault('serverClockJump', String(server.skewMs));
  },
  serverRestart(world: World, chance: Chance) {
    stopServer(world, chance, 'serverRestart');
  },
  serverKill({ server }: World, chance: Chance) {
    server.diesAfterCommands = chance.between(0, 3);
  },
  backup({ server, journal }: World) {
    journal.say('backup');
    server.keepBackup();
  },
  rollback(world: World, chance: Chance) {
    stopServer(world, chance, 'rollback');
  },
  rollbackUnnamed(world: World, chance: Chance) {
    stopServer(world, chance, 'rollbackUnnamed');
  },
  choke({ desks, server, journal }: World, chance: Chance) {
    const id = chance.pick(desks).nextCommandId();
    journal.fault('choke', id);
    server.chokes.set(id, chance.between(1, 4));
  },
  permission({ desks, server, journal }: World, chance: Chance) {
    const desk = chance.pick(desks);
    const { n } = desk;
    desk.changedReach = true;
    const town = chance.pick([null, ...towns]);
    journal.fault('permission', `operator-${n} ${town ?? 'county'}`);
    if (town === null) server.state.townOf.delete(`operator-${n}`);
    else server.state.townOf.set(`operator-${n}`, town);
  },
  /** A row of the replica goes without a word. */
  damage({ desks, journal }: World, chance: Chance) {
    const desk = chance.pick(desks);
    const id = loseRow(desk.db);
    if (id === null) return;
    desk.lostRows.add(id);
    journal.fault('damage', `${desk.name} loses event ${id}`);
  },
  growth({ server, journal }: World) {
    if (server.state.grown) return;
    journal.fault('growth', 'cases have a field more, and what hangs on them a table');
    server.commit(commitGrowth);
  },
} as const;

export function rollWeather({ network, journal }: World, chance: Chance): void {
  const some = (most: number) => (chance.hits(0.5) ? chance.next() * most : 0);
  network.weather = { delay: some(0.3), duplicate: some(0.3), lostAnswer: some(0.3), cutBody: some(0.3) };
  journal.say(`weather ${JSON.stringify(network.weather)}`);
}

function trouble({ desks, journal, timeline }: World, chance: Chance, kind: 'diskFull' | 'ioError', how: DiskTrouble) {
  const desk = chance.pick(desks);
  journal.fault(kind, `${desk.name} ${JSON.stringify(how)}`);
  desk.trouble = how;
  timeline.after(chance.between(100, 40_000), () => {
    if (desk.trouble === how) desk.trouble = null;
  });
}

type Stop = 'serverRestart' | 'serverKill' | 'rollback' | 'rollbackUnnamed';

/** The server's process ends and comes back, with its data or with those of the backup, under a new name or without one. */
export function stopServer(world: World, chance: Chance, how: Stop): void {
  const { server, network, journal, timeline } = world;
  if (!server.up) return;
  journal.fault(how, `at rev ${server.state.rev}`);
  network.stopServer();
  timeline.after(chance.between(50, 20_000), () => {
    if (how === 'rollback' || how === 'rollbackUnnamed') restore(world, how === 'rollback');
    server.up = true;
    journal.say(`server up, ${server.epoch} rev ${server.state.rev}`);
  });
}

function restore({ desks, server, takenByRestore }: World, named: boolean): void {
  for (const desk of desks) for (const id of confirmedOf(desk)) takenByRestore.add(id);
  server.restoreBackup(named);
  for (const desk of desks) desk.restored(named, server.state.rev);
}
