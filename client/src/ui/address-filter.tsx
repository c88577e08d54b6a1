import { Select } from '@mantine/core';
import { useSearchParams } from 'react-router';

interface AddressFilterProps {
  /** Also in the page's address. */
  param: string;
  label: string;
  /** What stands there while nothing is chosen. */
  any: string;
  width: number;
  choices: readonly { value: string; label: string }[];
  /** What one is called that is none of the choices. */
  unknown?: string;
}

/** A choice that narrows a list, kept in the page's address. */
export function AddressFilter({ param, label, any, width, choices, unknown }: AddressFilterProps) {
  const [params, setParams] = useSearchParams();
  const value = params.get(param);
  const known = !value || choices.some((choice) => choice.value === value);
  const change = (next: string | null) =>
    setParams((current) => {
      const changed = new URLSearchParams(current);
      if (next) changed.set(param, next);
      else changed.delete(param);
      return changed;
    }, { replace: true });
  return (
    <Select
      aria-label={label}
      placeholder={any}
      w={{ base: 'calc(50% - 4px)', xs: width }}
      clearable
      searchable={choices.length > 8}
      nothingFoundMessage="None of this name"
      data={known ? [...choices] : [...choices, { value, label: unknown ?? value }]}
      value={value}
      onChange={change}
    />
  );
}
