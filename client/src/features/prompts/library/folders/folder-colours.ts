import type { FolderColour } from '../../../../gql/graphql';

/** In the order in which they are offered. */
export const folderColours = ['GRAY', 'RED', 'ORANGE', 'YELLOW', 'GREEN', 'TEAL', 'BLUE', 'PURPLE', 'PINK'] as const satisfies FolderColour[];

export const colourName: Record<FolderColour, string> = {
  GRAY: 'Grey', RED: 'Red', ORANGE: 'Orange', YELLOW: 'Yellow', GREEN: 'Green', TEAL: 'Teal', BLUE: 'Blue', PURPLE: 'Purple', PINK: 'Pink',
};
