import { Arg, Authorized, Query, Resolver } from 'type-graphql';
import { PreviewScheduleInput, SchedulePreview } from '../../../../schema/schedules.js';
import { type Permission } from '../../auth/permissions.js';
import { type SchedulePreviews } from './schedule-preview.service.js';

@Resolver()
export class SchedulePreviewResolver {
  constructor(private readonly service: SchedulePreviews) {}

  @Authorized<Permission>('trigger:read')
  @Query(() => SchedulePreview, { description: 'When a cron expression is due, in words and as the next ten due times. BAD_USER_INPUT where it is no cron expression or is never due, or where there is no such time zone.' })
  previewSchedule(@Arg('input', () => PreviewScheduleInput) input: PreviewScheduleInput): SchedulePreview {
    return this.service.preview(input);
  }
}
