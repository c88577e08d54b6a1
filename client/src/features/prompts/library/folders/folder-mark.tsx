import { IconFolderFilled } from '@tabler/icons-react';
import type { FolderColour } from '../../../../gql/graphql';
import { colourName } from './folder-colours';
import classes from './folders.module.css';

/** A folder's icon in its colour, whose name shows on hover. */
export function FolderMark({ colour }: { colour: FolderColour }) {
  return (
    <span className={classes.mark} data-colour={colour} title={colourName[colour]} aria-hidden>
      <IconFolderFilled size={16} />
    </span>
  );
}
