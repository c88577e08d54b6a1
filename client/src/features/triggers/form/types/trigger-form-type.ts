import type { IconBolt } from '@tabler/icons-react';
import { createElement, type FunctionComponent } from 'react';
import type { EditedTriggerFragment, TriggerType } from '../../../../gql/graphql';

interface SettingsFormProps<Settings> {
  value: Settings;
  onChange: (value: Settings) => void;
  /** By the path of the setting, such as `signature.header`. */
  errors: Readonly<Record<string, string | undefined>>;
  /** Absent: it is being made. */
  trigger?: EditedTriggerFragment | undefined;
}

interface AfterSaveProps {
  trigger: EditedTriggerFragment;
  /** Just made, and shown this once. */
  secret?: string | undefined;
}

/** What a trigger launches by, as whoever chooses among the types reads it. */
interface TriggerFormWords {
  type: TriggerType;
  label: string;
  description: string;
  icon: typeof IconBolt;
  /** What there is to do once it is saved, such as where to enter its address. Shown on its page. */
  AfterSave?: FunctionComponent<AfterSaveProps>;
}

interface TriggerFormParts<Settings> extends TriggerFormWords {
  /** What a new one begins with. */
  empty: () => Settings;
  /** @param settings as the API has them */
  read: (settings: unknown) => Settings;
  /** Absent: there is nothing to set. */
  Form?: FunctionComponent<SettingsFormProps<Settings>>;
  /** What launches, in a few words: `Weekdays at 09:00`. */
  summary: (settings: Settings) => string;
  /** An example of what arrives, by the names that paths begin with: what a mapping chooses from. */
  sample: (settings: Settings) => Readonly<Record<string, unknown>>;
}

/** A type of trigger as the client knows it. Its settings mean something to itself only. */
export interface TriggerFormType extends TriggerFormWords {
  empty: () => unknown;
  Form?: FunctionComponent<SettingsFormProps<unknown>>;
  summary: (settings: unknown) => string;
  sample: (settings: unknown) => Readonly<Record<string, unknown>>;
}

/** A type for the registry, from parts that know its settings. */
export function triggerFormType<Settings>({ read, Form, summary, sample, ...words }: TriggerFormParts<Settings>): TriggerFormType {
  return {
    ...words,
    ...(Form && { Form: ({ value, ...props }) => createElement(Form, { ...props, value: read(value) }) }),
    summary: (settings) => summary(read(settings)),
    sample: (settings) => sample(read(settings)),
  };
}

/** @returns the settings with what a new one begins with wherever they lack something */
export function withDefaults<Settings extends object>(empty: () => Settings): (settings: unknown) => Settings {
  return (settings) => ({ ...empty(), ...(typeof settings === 'object' ? settings : {}) });
}
