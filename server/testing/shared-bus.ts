import { pino } from 'pino';
import { type SharedBusHarness } from '../events/event-bus.contract.js';
import { SharedBus } from '../events/shared-bus.js';
import { type Wire } from '../events/wire.js';
import { CuttableLink } from './cuttable-link.js';

/** Buses for the contract suite that reach a server by a link that can be cut. @param connect a wire to the server at an address */
export async function sharedBusHarness(server: string, connect: (url: string) => Wire): Promise<SharedBusHarness> {
  const { port } = new URL(server);
  const link = await CuttableLink.to(Number(port));
  const linked = new URL(server);
  linked.host = new URL(link.url).host;
  const buses: SharedBus[] = [];
  const direct = connect(server);
  await direct.start({ onMessage: () => undefined, onRestored: () => undefined, onProblem: () => undefined });
  return {
    open: async () => {
      const bus = await SharedBus.open(connect(linked.toString()), pino({ level: 'silent' }));
      buses.push(bus);
      return bus;
    },
    disturb: (message) => direct.send(message),
    cut: () => {
      link.cut();
      return () => link.mend();
    },
    drop: async () => {
      await Promise.all(buses.map((bus) => bus.close()));
      await direct.close();
      await link.dispose();
    },
  };
}
