import { useQuery } from '@apollo/client/react';
import { TagsInput } from '@mantine/core';
import { useState } from 'react';
import { formProblem } from '../../../../api/api-errors';
import { promptTagsDocument } from '../library.operations';

/** A prompt's tags, saved as they are added and taken off, with those that others have as suggestions. */
export function SavedTags({ tags, onSave, readOnly }: { tags: readonly string[]; onSave: (tags: string[]) => Promise<void>; readOnly: boolean }) {
  const { data, previousData } = useQuery(promptTagsDocument);
  const [error, setError] = useState<string>();
  const [pending, setPending] = useState<readonly string[]>();
  const save = async (chosen: string[]) => {
    setError(undefined);
    setPending(chosen);
    try {
      await onSave(chosen);
    } catch (failure) {
      const { fieldErrors, general } = formProblem(failure, ['tags']);
      setError(fieldErrors['tags'] ?? general ?? undefined);
    }
    setPending(undefined);
  };
  return (
    <TagsInput
      label="Tags"
      readOnly={readOnly}
      placeholder={tags.length === 0 && !readOnly ? 'Type one and press Enter' : undefined}
      data={(data ?? previousData)?.promptTags.map(({ name }) => name) ?? []}
      value={[...(pending ?? tags)]}
      onChange={(chosen) => void save(chosen)}
      maxLength={40}
      maxTags={20}
      splitChars={[',']}
      maxDropdownHeight={200}
      error={error}
    />
  );
}
