import { Button, Menu } from '@mantine/core';
import { IconDownload, IconFileSpreadsheet, IconFileText } from '@tabler/icons-react';
import { useState } from 'react';
import { problemOf } from '../../api/api-errors';
import { download } from '../../api/download';
import type { AuditFilterInput } from '../../gql/graphql';
import { notifyFailure } from '../../ui/notify';
import { saveFile } from '../../ui/save-file';
import { exportAddress, isNarrowed } from './audit-filter';

/** Saves all entries that pass the page's filters as a file. */
export function ExportMenu({ filter, params }: { filter: AuditFilterInput; params: URLSearchParams }) {
  const [saving, setSaving] = useState(false);
  const save = async (format: 'csv' | 'jsonl') => {
    setSaving(true);
    try {
      saveFile(`audit-log.${format}`, await download(exportAddress(format, filter)), format === 'csv' ? 'text/csv' : 'application/jsonl');
    } catch (error) {
      notifyFailure(`The log could not be exported. ${problemOf(error).message}`);
    } finally {
      setSaving(false);
    }
  };
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} />} loading={saving}>Export</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{isNarrowed(params) ? 'What these filters show' : 'The whole log'}</Menu.Label>
        <Menu.Item leftSection={<IconFileSpreadsheet size={16} />} onClick={() => void save('csv')}>CSV, for spreadsheets</Menu.Item>
        <Menu.Item leftSection={<IconFileText size={16} />} onClick={() => void save('jsonl')}>JSON Lines, for programs</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
