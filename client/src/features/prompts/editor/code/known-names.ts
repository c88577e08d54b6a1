import { Facet } from '@codemirror/state';

/** Names that an editor may offer as one types. */
export const knownNames = Facet.define<readonly string[]>();
