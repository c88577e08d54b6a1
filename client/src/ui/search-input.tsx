import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';

/** A search field whose value is kept in the page's address, a moment after the last key. */
export function SearchInput({ label, param = 'search' }: { label: string; param?: string }) {
  const [params, setParams] = useSearchParams();
  const inAddress = params.get(param) ?? '';
  const [typed, setTyped] = useState(inAddress);
  const [adopted, setAdopted] = useState(inAddress);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // The address may change while a change waits: what is set then begins with the address as it is by that time.
  const latest = useRef(setParams);
  useEffect(() => {
    latest.current = setParams;
  });
  useEffect(() => () => clearTimeout(timer.current), []);

  // The address changed by other means, such as the back button.
  if (adopted !== inAddress) {
    setAdopted(inAddress);
    if (typed.trim() !== inAddress) setTyped(inAddress);
  }

  const apply = (value: string) =>
    latest.current((current) => {
      const next = new URLSearchParams(current);
      if (value.trim()) next.set(param, value.trim());
      else next.delete(param);
      return next;
    }, { replace: true });

  const change = (value: string) => {
    setTyped(value);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => apply(value), 200);
  };
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={label}
      value={typed}
      maxLength={200}
      leftSection={<IconSearch size={16} />}
      rightSection={typed ? <CloseButton size="sm" aria-label="Clear the search" onClick={() => change('')} /> : null}
      onChange={(event) => change(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && typed) change('');
      }}
      w={{ base: '100%', xs: 280 }}
    />
  );
}
