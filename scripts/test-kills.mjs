// npm run test:kills [-- how many]: kills the server at random instants, 500 times unless told, and checks that no run was lost and no effect doubled. For every night.
import { jest, runTask } from './run-tasks.mjs';

const [kills = '500'] = process.argv.slice(2);
const passed = await runTask(`${kills} kills`, jest('server/features/executions/random-kills.test.ts'), { loud: true, env: { KILLS: kills } });
process.exit(passed ? 0 : 1);
