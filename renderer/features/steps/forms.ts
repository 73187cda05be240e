import type { ComponentType } from 'react';
import type { CaseDetail } from '../../../shared/model/case-view.ts';
import type { StepName } from '../../data/steps.ts';
import { ActionForm } from './forms/ActionForm.tsx';
import { AskExtensionForm } from './forms/AskExtensionForm.tsx';
import { AssignForm } from './forms/AssignForm.tsx';
import { BatchForm } from './forms/BatchForm.tsx';
import { CallBackForm } from './forms/CallBackForm.tsx';
import { CampaignForm } from './forms/CampaignForm.tsx';
import { CloseForm } from './forms/CloseForm.tsx';
import { ConsultForm } from './forms/ConsultForm.tsx';
import { DecideExtensionForm } from './forms/DecideExtensionForm.tsx';
import { EscalateForm } from './forms/EscalateForm.tsx';
import { MergeForm, UnmergeForm } from './forms/MergeForm.tsx';
import { DispatchForm, TransferForm } from './forms/MoveForm.tsx';
import { ResolveForm } from './forms/ResolveForm.tsx';
import { ReturnAssignmentForm, ReturnEscalationForm } from './forms/ReturnForm.tsx';
import { RiskForm } from './forms/RiskForm.tsx';
import { VoidForm } from './forms/VoidForm.tsx';

export interface StepFormProps {
  caseIds: readonly string[];
  /** The one case, live; null when there are several. */
  detail: CaseDetail | null;
}

/** The form of each step that wants something filled in. A new one: a file in `forms/` and its line here. `size`: width of its dialog, px. */
export const stepForms: Partial<Record<StepName, { Form: ComponentType<StepFormProps>; size?: number }>> = {
  recordAction: { Form: ActionForm },
  resolveCase: { Form: ResolveForm },
  closeCase: { Form: CloseForm },
  callBack: { Form: CallBackForm },
  markRisk: { Form: RiskForm },
  askExtension: { Form: AskExtensionForm },
  decideExtension: { Form: DecideExtensionForm },
  transferCase: { Form: TransferForm },
  dispatchByHand: { Form: DispatchForm },
  tagCampaign: { Form: CampaignForm },
  setPetitionBatch: { Form: BatchForm },
  voidCase: { Form: VoidForm },
  recordConsultation: { Form: ConsultForm, size: 620 },
  escalateCase: { Form: EscalateForm },
  returnEscalation: { Form: ReturnEscalationForm },
  assignCase: { Form: AssignForm, size: 620 },
  returnAssignment: { Form: ReturnAssignmentForm },
  mergeCase: { Form: MergeForm, size: 760 },
  unmergeCase: { Form: UnmergeForm, size: 760 },
};
