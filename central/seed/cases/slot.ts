import type { Case } from '../../../shared/model/case.ts';
import type { Category, Source } from '../../../shared/model/codes.ts';
import type { Place } from '../register/places.ts';

/** How a case that is open at the anchor stands there. `pending`: no rule could place it. */
export type OpenClass = 'overdue' | 'dueSoon' | 'running' | 'pending';

/** One case before its text and history are drawn: everything the figures depend on. */
export interface Slot {
  /** Stream of the case's own generator: a change to one case moves no other. */
  key: number;
  at: number;
  source: Source;
  category: Category;
  petitionKind: Case['petitionKind'];
  petitionBatch: Case['petitionBatch'];
  petitionSince: number | null;
  deadlineRule: string;
  originalDueAt: number;
  dueAt: number;
  /** Null: closed by the anchor, or recorded after it. */
  open: OpenClass | null;
  /** Closed after its due. */
  late: boolean;
  /** Not resolved by the anchor, whether closed or not. */
  unresolved: boolean;
  /** The call-back was dissatisfied: reopened, handled again, closed again. */
  dissatisfied: boolean;
  highRisk: boolean;
  campaigns: string[];
  place: Place;
  /** Given to its village by hand, because no rule could. */
  manual: boolean;
  /** Index of the drawn example it is, else null. */
  featured: number | null;
  /** A second record follows it: the same case again, or a slip of the pen. Such records count nowhere. */
  shadow: 'merged' | 'void' | null;
  /** `year`, `previous`: all moments of a closed case lie before the anchor. `after`: free. `older`: as previous, with a short timeline. */
  era: 'older' | 'previous' | 'year' | 'after';
}
