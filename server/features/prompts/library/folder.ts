import { z } from 'zod';

export const folderColour = z.enum(['GRAY', 'RED', 'ORANGE', 'YELLOW', 'GREEN', 'TEAL', 'BLUE', 'PURPLE', 'PINK']);

export interface FolderRecord {
  id: string;
  name: string;
  colour: z.infer<typeof folderColour>;
  /** Undefined: at the top. */
  parentId: string | undefined;
}
