import { type StepType } from '../../workflows/definition.js';
import { type StepRunner } from './step-runner.js';

export type StepRunners = Readonly<Record<StepType, StepRunner>>;
