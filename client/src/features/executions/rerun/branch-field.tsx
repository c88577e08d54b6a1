import { useApolloClient } from '@apollo/client/react';
import { Autocomplete } from '@mantine/core';
import { IconGitBranch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { branchNamesDocument } from './rerun.operations';

interface BranchFieldProps {
  /** Whose branches are offered; any other may be typed. */
  promptIds: readonly string[];
  value: string;
  error: string | undefined;
  description: string;
  placeholder?: string;
  autoFocus?: boolean;
  onChange: (branch: string) => void;
}

/** A prompt branch for a whole run. */
export function BranchField({ promptIds, value, error, description, placeholder, autoFocus, onChange }: BranchFieldProps) {
  const names = useBranchNames(promptIds);
  return (
    <Autocomplete
      label="Prompt branch"
      description={description}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      placeholder={placeholder}
      leftSection={<IconGitBranch size={14} aria-hidden />}
      data={names}
      value={value}
      error={error}
      data-autofocus={autoFocus || undefined}
      onChange={onChange}
    />
  );
}

function useBranchNames(promptIds: readonly string[]): string[] {
  const client = useApolloClient();
  const [names, setNames] = useState<string[]>([]);
  const wanted = [...new Set(promptIds)].sort().join(' ');
  useEffect(() => {
    let left = false;
    const read = async (id: string) => (await client.query({ query: branchNamesDocument, variables: { id } })).data?.prompt.branches.map(({ name }) => name) ?? [];
    // What can't be read is only not offered.
    void Promise.allSettled(wanted.split(' ').filter(Boolean).map(read)).then((read) => {
      if (!left) setNames([...new Set(read.flatMap((result) => (result.status === 'fulfilled' ? result.value : [])))].sort());
    });
    return () => {
      left = true;
    };
  }, [client, wanted]);
  return names;
}
