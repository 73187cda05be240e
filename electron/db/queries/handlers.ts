import type { QueryHandlers } from '../../../shared/ipc/contract.ts';
import { shownCommands } from '../outbox.ts';
import type { ReadDb } from '../statements.ts';
import { readAreaCounts } from './area-counts.ts';
import { readCaseDetail } from './case-detail.ts';
import { readConflicts } from './conflicts.ts';
import { CaseLists } from './lists.ts';
import { readClusterCases, readMapClusters } from './map-clusters.ts';
import { readRegister } from './register.ts';
import { readUndoable } from './undoable.ts';
import { readUrgePreview } from './urge-preview.ts';

/** Every query of the contract on one read-only connection. `later` runs work after the answer under way has gone out. */
export function queryHandlers(db: ReadDb, later: (work: () => void) => void): QueryHandlers {
  const lists = new CaseLists(db, later);
  /** Lets go of a list's snapshot first, so that the query sees the newest data. */
  const fresh =
    <A, R>(query: (args: A) => R) =>
    (args: A): R => {
      lists.settle();
      return query(args);
    };
  return {
    register: fresh(() => readRegister(db)),
    areaCounts: fresh(({ filter }) => readAreaCounts(db, filter)),
    openList: (args) => lists.open(args),
    listRows: (args) => lists.rows(args),
    listIds: (args) => lists.ids(args),
    listDelta: (args) => lists.delta(args),
    caseDetail: fresh(({ caseId }) => readCaseDetail(db, caseId)),
    mapClusters: fresh((args) => readMapClusters(db, args)),
    clusterCases: fresh((args) => readClusterCases(db, args)),
    urgePreview: fresh((args) => readUrgePreview(db, args)),
    pendingCommands: fresh(() => ({ commands: shownCommands(db, null) })),
    undoable: fresh(() => readUndoable(db)),
    conflicts: fresh(() => readConflicts(db)),
  };
}
