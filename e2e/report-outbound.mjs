// Loaded into the server before anything else: says of each connection to another machine, and of each name that is looked up, where it went.
import { subscribe } from 'node:diagnostics_channel';

const ownMachine = /^(127\.|::1$|localhost$|0\.0\.0\.0$)/;

subscribe('net.client.socket', ({ socket }) => {
  socket.once('lookup', (_error, _address, _family, host) => report(host));
  socket.on('connectionAttempt', (address) => report(address));
});

function report(host) {
  if (host && !ownMachine.test(host)) console.error(`OUTBOUND ${host}`);
}
