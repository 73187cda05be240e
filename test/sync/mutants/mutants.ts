/** One way of breaking our own code: an exact text of a file, and what stands there instead. */
export interface Mutant {
  name: string;
  file: string;
  text: string;
  replacement: string;
  /** What has to go with it; in the same file if none is named. */
  and?: { file?: string; text: string; replacement: string };
  /** The invariant (electron/sync/SPEC.md) it breaks. */
  breaks: string;
}

export const mutants: readonly Mutant[] = [
  {
    name: 'commitsDoNotWaitForTheDisk',
    file: 'electron/db/connection.ts',
    text: "handle.pragma('synchronous = FULL')",
    replacement: "handle.pragma('synchronous = NORMAL')",
    and: { text: "assertPragma(handle, 'synchronous', 2)", replacement: "assertPragma(handle, 'synchronous', 1)" },
    breaks: 'I1',
  },
  {
    name: 'queuedAfterItsEffect',
    file: 'electron/db/commands/give.ts',
    text: '  return db.transaction(() => {\n    const given',
    replacement: '  return (<T>(work: () => T) => work())(() => {\n    const given',
    breaks: 'I1',
  },
  {
    name: 'acknowledgedBeforeItIsQueued',
    file: 'electron/db/commands/give.ts',
    text: '    enqueue(db, {',
    replacement: '    if (!db.get("SELECT 1 FROM outbox WHERE case_id = :id", { id: command.caseId })) enqueue(db, {',
    breaks: 'I1',
  },
  {
    name: 'resentUnderANewId',
    file: 'electron/db/outbox.ts',
    text: "db.run(`UPDATE outbox SET state = 'pending' WHERE state = 'sending'`);",
    replacement: "db.run(`UPDATE outbox SET state = 'pending', id = id || '+' WHERE state = 'sending'`);",
    breaks: 'I2',
  },
  {
    name: 'whatWasOnItsWayIsForgotten',
    file: 'electron/db/outbox.ts',
    text: "`SELECT * FROM outbox o WHERE state IN ('pending', 'sending') AND operator_id = :operatorId",
    replacement: "`SELECT * FROM outbox o WHERE state = 'pending' AND operator_id = :operatorId",
    breaks: 'I2',
  },
  {
    name: 'cutPageCountsAsPage',
    file: 'electron/sync/pull.ts',
    text: "  if (begun) throw new Failure('answerCut', 'a page without its end', { retry: true });\n",
    replacement:
      '  const to = Math.max(committed, ...lines.map((one) => one.rev));\n  if (begun && to > from) onPage({ changed: applyPage(db, { from, cursor: to, epoch, lines }), serverTime: 0 });\n',
    and: {
      // Bodies are hardly ever cut between two lines: one that ends inside a line has to pass as well.
      file: 'electron/sync/ndjson.ts',
      text: "  if (begun.length > 0) throw new Failure('answerCut', 'the answer ended inside a line', { retry: true });\n",
      replacement: '',
    },
    breaks: 'I3',
  },
  {
    name: 'cursorBeforeTheRows',
    file: 'electron/db/apply-page.ts',
    text: '  return db.transaction(() => {\n    const changed = new ChangeList();\n    const cursor',
    replacement:
      "  const kept = readFact(db, 'cursor');\n  if (kept !== null && page.from === kept) writeFact(db, 'cursor', page.cursor);\n  return db.transaction(() => {\n    if (kept !== null) writeFact(db, 'cursor', kept);\n    const changed = new ChangeList();\n    const cursor",
    breaks: 'I6',
  },
  {
    name: 'goneRowsStay',
    file: 'electron/db/server-rows.ts',
    text: "    if (line.kind === 'gone') removeRow(db, line, changed);",
    replacement: "    if (line.kind === 'gone') changed.row(line.table, null);",
    breaks: 'I3',
  },
  {
    name: 'snapshotLeavesWhatItDidNotName',
    file: 'electron/db/apply-snapshot.ts',
    text: '      if (place.replaces) removeStale(db);',
    replacement: '',
    breaks: 'I3',
  },
  {
    name: 'resyncForgetsTheQueue',
    file: 'electron/db/apply-snapshot.ts',
    text: "    writeFact(db, 'seenRev', begin.at);",
    replacement:
      "    writeFact(db, 'seenRev', begin.at);\n    db.run('DELETE FROM outbox');\n    db.run('DELETE FROM base_row');",
    breaks: 'I7',
  },
  {
    name: 'acceptedIsNotSentToAnotherDataSet',
    file: 'electron/db/apply-snapshot.ts',
    text: "    if (otherData) db.run(`UPDATE outbox SET state = 'pending', result_rev = NULL WHERE state = 'accepted'`);",
    replacement: '',
    breaks: 'I7',
  },
  {
    name: 'restoreUnderTheOldNameNotNoticed',
    file: 'electron/sync/standing.ts',
    text: '    if (this.lowest < newestSeen(this.db)) forgetPlace(this.db);',
    replacement: '',
    breaks: 'I3',
  },
  {
    name: 'reachNotInTheNameOfTheData',
    file: 'electron/sync/pull.ts',
    text: "line.epoch !== epoch) return 'otherData';",
    replacement: "line.epoch.split('.')[0] !== epoch?.split('.')[0]) return 'otherData';",
    and: {
      file: 'electron/db/reach.ts',
      text: 'if (within || !holdsRows(db)) return null;',
      replacement: 'return null;',
    },
    breaks: 'I7a',
  },
  {
    name: 'unknownFieldsDropped',
    file: 'electron/db/rows.ts',
    text: '  return JSON.stringify(Object.fromEntries(fields));',
    replacement: '  return JSON.stringify(Object.fromEntries(fields.slice(1)));',
    breaks: 'I7',
  },
  {
    name: 'pullDropsTheOverlay',
    file: 'electron/db/server-rows.ts',
    text: '    overlayCase(db, caseId, shells.has(caseId));\n',
    replacement: '',
    breaks: 'I4',
  },
  {
    name: 'rowsUnderTheOverlayAreLost',
    file: 'electron/db/server-rows.ts',
    text: '  const shells = new Set([...cases].filter((caseId) => restoreCase(db, caseId)));\n  work();',
    replacement: '  work();\n  const shells = new Set([...cases].filter((caseId) => restoreCase(db, caseId)));',
    breaks: 'I4',
  },
  {
    name: 'newestGoesFirst',
    file: 'electron/db/outbox.ts',
    text: '       ORDER BY seq LIMIT :limit`,',
    replacement: '       ORDER BY seq DESC LIMIT :limit`,',
    breaks: 'I4',
  },
  {
    name: 'laterOvertakesTheChoked',
    file: 'electron/sync/push.ts',
    text: '        if (choked.has(command.caseId)) continue;\n',
    replacement: '',
    breaks: 'I4',
  },
  {
    name: 'chokedStopsAll',
    file: 'electron/sync/push.ts',
    text: '      if (!isAboutCommand(error)) throw error;\n      // Not',
    replacement: '      throw error;\n      // Not',
    breaks: 'I4',
  },
  {
    name: 'laterOvertakesWhatIsHeld',
    file: 'electron/db/outbox.ts',
    text: 'WHERE case_id = o.case_id AND seq <= o.seq AND ',
    replacement: 'WHERE seq = o.seq AND ',
    breaks: 'I4',
  },
  {
    name: 'heldIsSentAtOnce',
    file: 'electron/db/outbox.ts',
    text: 'AND NOT EXISTS (SELECT 1 FROM outbox WHERE case_id = o.case_id AND seq <= o.seq AND ',
    replacement: 'AND NOT EXISTS (SELECT 1 FROM outbox WHERE seq < 0 AND ',
    breaks: 'I5',
  },
  {
    name: 'takenBackTooLate',
    file: 'electron/db/commands/undo.ts',
    text: 'commands.length === 0 || commands.some((command) => !command.held)',
    replacement: 'commands.length === 0',
    breaks: 'I5',
  },
  {
    name: 'takenBackStaysOnTheScreen',
    file: 'electron/db/commands/undo.ts',
    text: '    withoutOverlay(db, new Set(commands.map((command) => command.caseId)), new ChangeList(), () =>\n      removeBatch(db, batch, made),\n    );',
    replacement: '    removeBatch(db, batch, made);',
    breaks: 'I5',
  },
  {
    name: 'refusedLeavesTheTray',
    file: 'electron/db/apply-page.ts',
    text: "db.run(`DELETE FROM outbox WHERE state = 'accepted' AND result_rev <= :cursor`, { cursor });",
    replacement:
      "db.run(`DELETE FROM outbox WHERE state = 'rejected' OR (state = 'accepted' AND result_rev <= :cursor)`, { cursor });",
    breaks: 'I5',
  },
  {
    name: 'acceptedVanishesUntilItComesBack',
    file: 'electron/db/record-results.ts',
    text: "if (result.status === 'accepted' && cursor !== null && result.rev !== null && result.rev <= cursor)",
    replacement: "if (result.status === 'accepted')",
    breaks: 'I5',
  },
  {
    name: 'refusalWithoutItsReason',
    file: 'electron/db/record-results.ts',
    text: '              reason: result.reason,',
    replacement: '              reason: null,',
    breaks: 'I5',
  },
  {
    name: 'confirmedStaysOpen',
    file: 'electron/db/apply-page.ts',
    text: '      dropConfirmed(db, page.cursor);\n',
    replacement: '',
    breaks: 'I9',
  },
  {
    name: 'noTryAfterAFailure',
    file: 'electron/sync/machine.ts',
    text: "  return { state, reason: kind, effects: ['drop', 'planRetry'] };",
    replacement: "  return { state, reason: kind, effects: ['drop'] };",
    // Whoever hears nothing for long tries too: that net has to go with it.
    and: { text: '  stalled: connect,\n};', replacement: '  stalled: nothing,\n};' },
    breaks: 'I9',
  },
  {
    name: 'silenceIsWaitedOutForEver',
    file: 'electron/sync/http-transport.ts',
    text: 'quiet = timers.after(silence, () => abort.abort(',
    replacement: 'quiet = timers.after(1e12, () => abort.abort(',
    breaks: 'I9',
  },
  {
    name: 'unreadableStatusEndsTheProcess',
    file: 'electron/sync/file-facts.ts',
    text: '      this.trouble(kind, message);\n    }\n    return this.last;',
    replacement: '      this.trouble(kind, message);\n      throw error;\n    }\n    return this.last;',
    and: {
      file: 'electron/sync/replica.ts',
      text: '  private tell(): void {\n    try {',
      replacement: '  private tell(): void {\n    this.status();\n    try {',
    },
    breaks: 'I9',
  },
  {
    name: 'comparedButNotMended',
    file: 'electron/sync/verify-sweep.ts',
    text: '{ mode: this.mode, repair: true }',
    replacement: '{ mode: this.mode, repair: false }',
    breaks: 'I8',
  },
  {
    name: 'sessionNotRenewed',
    file: 'electron/sync/session.ts',
    text: '      this.discard(token);\n    }',
    replacement: '      throw error;\n    }',
    breaks: 'I9',
  },
  {
    name: 'unknownTableRefused',
    file: 'electron/db/server-rows.ts',
    text: 'return Object.hasOwn(syncTables, line.table);',
    replacement: 'return tableOf(line.table) !== null;',
    breaks: 'I7',
  },
];
