import { Radio } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { FolderColour } from '../../../../gql/graphql';
import { colourName, folderColours } from './folder-colours';
import classes from './folders.module.css';

/** Colours with their names: nobody has to tell them apart by sight. */
export function ColourPicker({ value, onChange }: { value: FolderColour; onChange: (colour: FolderColour) => void }) {
  return (
    <Radio.Group
      label="Colour"
      value={value}
      onChange={(chosen) => onChange(folderColours.find((colour) => colour === chosen) ?? 'GRAY')}
    >
      <div className={classes.colours}>
        {folderColours.map((colour) => (
          <Radio.Card key={colour} value={colour} className={classes.colour}>
            <span className={classes.dot} data-colour={colour} aria-hidden>{colour === value && <IconCheck size={12} stroke={3} />}</span>
            {colourName[colour]}
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  );
}
