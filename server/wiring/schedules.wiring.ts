import { SchedulePreviewResolver } from '../features/triggers/schedule/schedule-preview.resolver.js';
import { SchedulePreviews } from '../features/triggers/schedule/schedule-preview.service.js';
import { type Ground } from '../ground.js';

/** When schedules are due. */
export function wireSchedules({ now }: Ground) {
  return { resolvers: [new SchedulePreviewResolver(new SchedulePreviews(now))] };
}
