/** Why a text is no cron expression that we run. Its message is for the person who wrote it: what is wrong, and what to write instead. */
export class CronError extends Error {
  override readonly name = 'CronError';
}
