import { createContext, useContext } from 'react';
import type { Problem } from '../draft-problems';
import type { Pins } from './pins';
import type { Extent, Trials } from './trial';

export interface TrialSession {
  trials: Trials;
  /** Keys of the steps that have been edited since they were tried. */
  changed: ReadonlySet<string>;
  pins: Pins;
  /** By input id, as it was typed. */
  texts: Readonly<Record<string, string>>;
  setText: (inputId: string, text: string) => void;
  /** By input id, what is wrong with what was typed. */
  textProblems: Readonly<Record<string, string>>;
  /** What keeps the steps from being tried. */
  findings: readonly Problem[];
  /** What stopped the last try, where it belongs to no field. */
  problem: string | null;
  start: (extent: Extent) => void;
  stop: () => void;
  pin: (stepKey: string, output: unknown) => void;
  unpin: (stepKey: string) => void;
}

/** Null where nothing can be tried: for those who may not start runs. */
export const TrialContext = createContext<TrialSession | null>(null);

export const useTrials = (): TrialSession | null => useContext(TrialContext);
