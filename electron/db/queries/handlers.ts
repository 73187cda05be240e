import type { QueryHandlers } from '../../../shared/ipc/contract.ts';
import { shownCommands } from '../outbox.ts';
import type { ReadDb } from '../statements.ts';
import { syllablesOf } from '../text.ts';
import { readAreaCounts } from './area-counts.ts';
import { readAssignees } from './assignees.ts';
import { readCaseDetail } from './case-detail.ts';
import { readConflicts } from './conflicts.ts';
import { readFacetCounts } from './facet-counts.ts';
import { findVillages } from './find-villages.ts';
import { readIntakePlan } from './intake-plan.ts';
import { CaseLists } from './lists.ts';
import { readClusterCases, readMapClusters } from './map-clusters.ts';
import { readRegister } from './register.ts';
import { readSimilarCases } from './similar-cases.ts';
import { readSpikes } from './spikes.ts';
import { readUndoable } from './undoable.ts';
import { readUrgePreview } from './urge-preview.ts';
import { readWarnings } from './warnings.ts';
import { readWorkCounts } from './work-counts.ts';

/** Every query of the contract on one read-only connection. `later` runs work after the answer under way has gone out. */
export function queryHandlers(db: ReadDb, later: (work: () => void) => void): QueryHandlers {
  const lists = new CaseLists(db, later);
  return {
    register: () => readRegister(db),
    findVillages: (args) => findVillages(db, args),
    areaCounts: ({ filter }) => readAreaCounts(db, filter),
    facetCounts: (args) => readFacetCounts(db, args),
    syllables: ({ texts }) => ({ syllables: texts.map(syllablesOf) }),
    workCounts: ({ filter }) => readWorkCounts(db, filter),
    openList: (args) => lists.open(args),
    listTotal: (args) => lists.total(args),
    listRows: (args) => lists.rows(args),
    listIds: (args) => lists.ids(args),
    listDelta: (args) => lists.delta(args),
    caseDetail: ({ caseId }) => readCaseDetail(db, caseId),
    mapClusters: (args) => readMapClusters(db, args),
    clusterCases: (args) => readClusterCases(db, args),
    assignees: (args) => readAssignees(db, args),
    similarCases: (args) => readSimilarCases(db, args),
    urgePreview: (args) => readUrgePreview(db, args),
    intakePlan: (args) => readIntakePlan(db, args),
    warnings: (args) => readWarnings(db, args),
    spikes: ({ asOf }) => readSpikes(db, asOf),
    pendingCommands: () => ({ commands: shownCommands(db, null) }),
    undoable: () => readUndoable(db),
    conflicts: () => readConflicts(db),
  };
}
