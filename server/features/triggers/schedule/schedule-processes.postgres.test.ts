import { describeScheduledProcesses } from './schedule-processes.contract.js';

describeScheduledProcesses('PostgreSQL', { environment: {}, loseJobs: async ({ sql }) => void (await sql.query('TRUNCATE agenda_jobs')) });
