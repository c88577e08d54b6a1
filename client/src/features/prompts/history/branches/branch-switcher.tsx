import { useQuery } from '@apollo/client/react';
import { Button, Checkbox, Combobox, useCombobox } from '@mantine/core';
import { IconArchive, IconCheck, IconChevronDown, IconGitBranch, IconGitMerge, IconPencil, IconPlayerTrackNext, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { problemOf } from '../../../../api/api-errors';
import { usePermissions } from '../../../../api/use-permissions';
import { RelativeTime } from '../../../../ui/relative-time';
import { ReplayDialog } from '../../../executions/replay/replay-dialog';
import { asName } from '../labels/label-name';
import { promptLinks } from '../prompt-links';
import { AheadBehind } from './ahead-behind';
import { BranchDialog, RenameBranchDialog } from './branch-dialog';
import { branchesDocument, type Branch } from './branch.operations';
import classes from './branches.module.css';
import { useArchiveBranch } from './use-archive-branch';

interface BranchSwitcherProps {
  promptId: string;
  branch: Branch;
  /** What the page shows: a new branch begins there. */
  shown: { id: string; version: string };
  onSwitch: (name: string) => void;
}

/** Which line of versions the page is about: to switch, make, rename, archive and merge them. */
export function BranchSwitcher({ promptId, branch, shown, onSwitch }: BranchSwitcherProps) {
  const may = usePermissions();
  const mayWrite = may('prompt:write');
  const [search, setSearch] = useState('');
  const [withArchived, setWithArchived] = useState(false);
  const [dialog, setDialog] = useState<'create' | 'rename' | 'replay' | null>(null);
  const [newName, setNewName] = useState('');
  const { archive, unarchive, busy } = useArchiveBranch(promptId);
  const combobox = useCombobox({
    onDropdownOpen: () => combobox.focusSearchInput(),
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      combobox.focusTarget();
      setSearch('');
    },
  });
  const isMain = branch.name === 'main';
  const close = () => combobox.closeDropdown();

  return (
    <>
      <Combobox
        store={combobox}
        width="min(440px, calc(100vw - 32px))"
        position="bottom-start"
        shadow="md"
        transitionProps={{ duration: 80 }}
        onOptionSubmit={(name) => {
          close();
          if (name === '+') {
            setNewName(asName(search.trim()));
            setDialog('create');
          } else if (name !== branch.name) onSwitch(name);
        }}
      >
        <Combobox.Target targetType="button" withAriaAttributes={false}>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconGitBranch size={14} />}
            rightSection={<IconChevronDown size={14} />}
            onClick={() => combobox.toggleDropdown()}
            aria-haspopup="dialog"
            aria-expanded={combobox.dropdownOpened}
            aria-label={`Branch ${branch.name}`}
            className={classes.target}
          >
            <span className={classes.targetName}>{branch.name}</span>
            {!isMain && <AheadBehind ahead={branch.ahead} behind={branch.behind} />}
          </Button>
        </Combobox.Target>
        <Combobox.Dropdown>
          <Combobox.Search aria-label="Find a branch" placeholder={mayWrite ? 'Find a branch, or name a new one' : 'Find a branch'} value={search} onChange={({ currentTarget: { value } }) => setSearch(value)} />
          {combobox.dropdownOpened && (
            <BranchOptions promptId={promptId} current={branch.name} search={search} withArchived={withArchived} shown={mayWrite ? shown : undefined} />
          )}
          <Combobox.Footer className={classes.foot}>
            <Checkbox size="xs" label="Archived ones too" checked={withArchived} onChange={({ currentTarget: { checked } }) => setWithArchived(checked)} />
            {!isMain && mayWrite && (
              <div className={classes.footActions} role="group" aria-label={`What can be done with ${branch.name}`}>
                <Button size="compact-xs" variant="subtle" color="gray" leftSection={<IconGitMerge size={14} />} component={Link} to={promptLinks.merge(promptId, branch.name, 'main')} onClick={close}>Merge into main…</Button>
                <Button size="compact-xs" variant="subtle" color="gray" leftSection={<IconPencil size={14} />} onClick={() => {
                  close();
                  setDialog('rename');
                }}>Rename…</Button>
                <Button size="compact-xs" variant="subtle" color="gray" leftSection={<IconArchive size={14} />} loading={busy} onClick={() => {
                  close();
                  void (branch.archivedAt ? unarchive(branch) : archive(branch));
                }}>{branch.archivedAt ? 'Bring back' : 'Archive'}</Button>
                {may('execution:start') && <Button size="compact-xs" variant="subtle" color="gray" leftSection={<IconPlayerTrackNext size={14} />} onClick={() => {
                  close();
                  setDialog('replay');
                }}>Replay runs on it…</Button>}
              </div>
            )}
          </Combobox.Footer>
        </Combobox.Dropdown>
      </Combobox>
      <BranchDialog promptId={promptId} from={dialog === 'create' ? shown : null} initialName={newName} onClose={() => setDialog(null)} />
      <RenameBranchDialog promptId={promptId} branch={dialog === 'rename' ? branch : null} onClose={() => setDialog(null)} />
      {dialog === 'replay' && <ReplayDialog promptId={promptId} branch={branch.name} onClose={() => setDialog(null)} />}
    </>
  );
}

interface BranchOptionsProps {
  promptId: string;
  current: string;
  search: string;
  withArchived: boolean;
  /** Absent: no branch can be made. */
  shown: { version: string } | undefined;
}

function BranchOptions({ promptId, current, search, withArchived, shown }: BranchOptionsProps) {
  const { data, previousData, error } = useQuery(branchesDocument, { variables: { id: promptId, archived: withArchived } });
  const branches = (data ?? previousData)?.prompt.branches;
  const found = branches?.filter(({ name }) => name.includes(search.trim().toLowerCase())) ?? [];
  return (
    <Combobox.Options className={classes.options} aria-label="Branches">
      {error && !branches && <p className={classes.failure}>{problemOf(error).message}</p>}
      {!branches && !error && <Combobox.Empty>Loading…</Combobox.Empty>}
      {branches && found.length === 0 && <Combobox.Empty>No branch is called “{search}”.</Combobox.Empty>}
      {found.map((each) => <Combobox.Option key={each.id} value={each.name} active={each.name === current}><BranchOption branch={each} isCurrent={each.name === current} /></Combobox.Option>)}
      {shown && (
        <Combobox.Option value="+">
          <span className={classes.create}><IconPlus size={14} aria-hidden />New branch from {shown.version}…</span>
        </Combobox.Option>
      )}
    </Combobox.Options>
  );
}

function BranchOption({ branch: { name, ahead, behind, head, archivedAt }, isCurrent }: { branch: Branch; isCurrent: boolean }) {
  return (
    <span className={classes.option}>
      <span className={classes.check}>{isCurrent && <IconCheck size={14} aria-label="Shown now" />}</span>
      <span className={classes.name}>{name}</span>
      {archivedAt && <span className={classes.archived}><IconArchive size={12} aria-hidden />archived</span>}
      <AheadBehind ahead={ahead} behind={behind} />
      <span className={classes.head}>{head.version}, <RelativeTime time={head.createdAt} /></span>
    </span>
  );
}
