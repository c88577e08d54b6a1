import { EventEmitter } from 'node:events';
import { type BusTopic, type EventBus } from './event-bus.js';

/** The bus of a single process. Listeners are called in order, before `publish` returns. */
export class InProcessBus implements EventBus {
  private readonly emitter = new EventEmitter().setMaxListeners(0);

  publish: EventBus['publish'] = (topic, event) => {
    this.emitter.emit(topic, event);
  };

  subscribe: EventBus['subscribe'] = (topic, listener) => {
    this.emitter.on(topic, listener);
    return () => this.emitter.off(topic, listener);
  };

  hasListeners(topic: BusTopic): boolean {
    return this.emitter.listenerCount(topic) > 0;
  }
}
