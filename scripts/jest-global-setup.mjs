import { build } from './build.mjs';

/** Some tests start, kill and restart the product as a process: they need it built, since starting it from source takes many times longer. */
export default async function setUp() {
  await build(['server'], { ifStale: true });
}
