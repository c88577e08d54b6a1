import { Select } from '@mantine/core';

export interface FilterChoice {
  value: string;
  label: string;
}

interface ListFilterProps {
  label: string;
  /** What stands there while nothing is chosen. */
  any: string;
  width: number;
  choices: readonly FilterChoice[];
  /** What one is called that is none of the choices. */
  unknown?: string;
  value: string | null;
  onChange: (value: string | null) => void;
}

/** One filter over a list: nothing, or one of the choices. */
export function ListFilter({ label, any, width, choices, unknown, value, onChange }: ListFilterProps) {
  const known = !value || choices.some((choice) => choice.value === value);
  return (
    <Select
      aria-label={label}
      placeholder={any}
      w={{ base: 'calc(50% - 4px)', xs: width }}
      clearable
      searchable={choices.length > 8}
      nothingFoundMessage="None of this name"
      data={known ? choices : [...choices, { value, label: unknown ?? value }]}
      value={value}
      onChange={onChange}
    />
  );
}
