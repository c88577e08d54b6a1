/**
 * Where rolling a label back takes it: one step further back each time, never to a version that it was rolled back from. A move to the version that the
 * label was at before the one it is at is a step back itself, whoever made it.
 * @param moves all of the label's, oldest first
 * @param current where it is; undefined where it was removed, in which case it goes to where it stood
 * @returns undefined where there is nothing to go back to
 */
export function stepBack(moves: readonly { fromVersionId: string | null; toVersionId: string | null }[], current: string | undefined): string | undefined {
  const line: string[] = [];
  const arriveAt = (versionId: string | null) => {
    if (versionId === null || versionId === line.at(-1)) return;
    if (versionId === line.at(-2)) line.pop();
    else line.push(versionId);
  };
  for (const { fromVersionId, toVersionId } of moves) {
    // A history whose beginning is not known begins where its first move left.
    if (line.length === 0) arriveAt(fromVersionId);
    arriveAt(toVersionId);
  }
  return current === undefined ? line.at(-1) : line.at(-2);
}
