import type { ApolloClient } from '@apollo/client';
import { forgetLists } from '../../library/library-changes';

/** Brings what the pages show of a prompt's history up to date after a version was made. Lists of prompts are asked for anew when they are shown next. */
export async function afterNewVersion(client: ApolloClient): Promise<void> {
  forgetLists(client.cache);
  // What is not refreshed now is when the page is entered again: the version is there already.
  await client.refetchQueries({ include: 'active' }).catch(() => undefined);
}
