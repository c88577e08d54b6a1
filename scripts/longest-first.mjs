import TestSequencer from '@jest/test-sequencer';

/** Those that start and kill the product again and again. One of them begun last would have one core wait for it. */
const longest = ['commit-boundaries', 'schedule-processes.postgres', 'schedule-processes.mongo', 'random-kills', 'faults', 'processes', 'processes.mongo', 'model-faults', 'scheduler', 'job-queue', 'webhook-kills', 'start-up'];

/** Where nobody has timed the suites yet, the longest begin first all the same. */
export default class LongestFirst extends TestSequencer {
  sort(tests) {
    const placeOf = ({ path }) => longest.findIndex((name) => path.endsWith(`/${name}.test.ts`));
    const [known, others] = [tests.filter((test) => placeOf(test) >= 0), tests.filter((test) => placeOf(test) < 0)];
    return [...known.sort((one, other) => placeOf(one) - placeOf(other)), ...super.sort(others)];
  }
}
