import { type WorkflowPreview } from '../../../../schema/workflow-previews.js';
import { toStepExecutions } from '../step-execution.view.js';
import { type Preview } from './preview.js';
import { type Attempted } from './preview.service.js';

export function toAttempted({ findings, preview }: Attempted): WorkflowPreview {
  return preview ? toPreview(preview) : { findings, steps: [] };
}

export function toPreview({ execution, steps, definition }: Preview): WorkflowPreview {
  return { id: execution.id, status: execution.status, findings: [], steps: toStepExecutions(steps, definition.steps) };
}
