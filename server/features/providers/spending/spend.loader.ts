import { identityOf, type ReadMany, type RequestContext } from '../../../graphql/context.js';
import { groupBy } from '../../../group-by.js';
import { dayOf } from './periods.js';
import { type SpendStore, type Total } from './spend.store.js';

type Spent = Pick<Total, 'spentUsd' | 'reservedUsd'>;

const [firstDay, lastDay] = ['0000-00-00', '9999-99-99'];

/** What the subjects of a list came to, read in one query a request for each range of days. */
export class SpendLoader {
  private readonly read: ReadMany<Spent>;

  constructor(store: SpendStore) {
    this.read = async (workspaceId, keys) => {
      const ranges = groupBy(keys, (key) => key.slice(0, key.lastIndexOf(' ')));
      const found = await Promise.all(
        [...ranges].map(async ([range, ofRange]) => {
          const [from = firstDay, to = lastDay] = range.split(' ');
          const totals = await store.between(workspaceId, ofRange.map((key) => key.slice(range.length + 1)), from, to);
          return totals.map(({ subject, ...spent }): [string, Spent] => [`${range} ${subject}`, spent]);
        }),
      );
      return new Map(found.flat());
    };
  }

  /** From one day to another, both included; of all time where they are left out. @param subject the id of a workflow or of a prompt version */
  spending(context: RequestContext, subject: string, from?: Date, to?: Date): Promise<Spent> {
    const key = `${from ? dayOf(from) : firstDay} ${to ? dayOf(to) : lastDay} ${subject}`;
    return context.loaders.load(this.read, identityOf(context), key, () => ({ spentUsd: 0, reservedUsd: 0 }));
  }
}
