// What jsdom has not, and the client or its libraries ask for. Nothing is measured, seen or scrolled here.
import { TextDecoder, TextEncoder } from 'node:util';
import { deserialize, serialize } from 'node:v8';

class Unmeasured {
  observe() {}
  unobserve() {}
  disconnect() {}
}

const absent = {
  TextDecoder,
  TextEncoder,
  structuredClone: (value) => deserialize(serialize(value)),
  matchMedia: (media) => ({ matches: false, media, addEventListener() {}, removeEventListener() {} }),
  ResizeObserver: Unmeasured,
  IntersectionObserver: Unmeasured,
};
for (const [name, value] of Object.entries(absent)) {
  if (!(name in globalThis)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}
document.fonts ??= new EventTarget();
Element.prototype.scrollIntoView ??= () => undefined;
