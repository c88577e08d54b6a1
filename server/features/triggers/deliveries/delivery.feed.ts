import { Bell } from '../../../events/bell.js';
import { type EventBus } from '../../../events/event-bus.js';
import { type Identity } from '../../auth/identity.js';
import { type TriggersService } from '../trigger.service.js';
import { type DeliveriesService } from './delivery.service.js';
import { type DeliveryRecord } from './delivery.types.js';

const patienceMs = 30_000;
/** More that come at once than a person can read are left to the list. */
const mostTold = 50;

/** Follows the deliveries of a trigger: the bus says which to look at, the database what they are. */
export class DeliveryFeed {
  constructor(
    private readonly deliveries: Pick<DeliveriesService, 'byIds'>,
    private readonly triggers: Pick<TriggersService, 'find'>,
    private readonly bus: EventBus,
  ) {}

  /** From now on. Listening begins before this is returned. @throws NotFoundError */
  async follow({ workspaceId }: Identity, triggerId: string): Promise<AsyncIterableIterator<DeliveryRecord>> {
    await this.triggers.find(workspaceId, triggerId);
    const rung = new Set<string>();
    const bell = new Bell(this.bus, 'trigger.delivery', (event, before) => {
      if (event.triggerId !== triggerId) return before;
      rung.add(event.deliveryId);
      return before + 1;
    });
    return bell.endingWith(this.read(workspaceId, bell, rung));
  }

  private async *read(workspaceId: string, bell: Bell<'trigger.delivery'>, rung: Set<string>): AsyncGenerator<DeliveryRecord, void, undefined> {
    let heard = 0;
    try {
      while (!bell.closed) {
        await bell.rungPast(heard, patienceMs);
        if (bell.closed) return;
        heard = bell.announced;
        const ids = [...rung].slice(-mostTold);
        rung.clear();
        const found = await this.deliveries.byIds(workspaceId, ids);
        for (const id of ids) {
          const delivery = found.get(id);
          if (delivery) yield delivery;
        }
      }
    } finally {
      bell.close();
    }
  }
}
