import type { ComponentType } from 'react';
import type { CaseDetail } from '../../../shared/model/case-view.ts';
import type { StepName } from '../../data/steps.ts';
import { VoidForm } from './forms/VoidForm.tsx';

export interface StepFormProps {
  caseIds: readonly string[];
  /** The one case; null for several, and while it is being read. */
  detail: CaseDetail | null;
}

/** The form of each step that wants something filled in. A new one: a file in `forms/` and its line here. `size`: width of its dialog, px. */
export const stepForms: Partial<Record<StepName, { Form: ComponentType<StepFormProps>; size?: number }>> = {
  voidCase: { Form: VoidForm },
};
