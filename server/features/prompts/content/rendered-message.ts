import { z } from 'zod';

/** A message as a model is sent it, and as runs keep it. */
export const renderedMessageSchema = z.object({
  /** Of the message of the prompt that it came from. Absent in runs that were kept before this was. */
  messageId: z.string().optional(),
  role: z.enum(['SYSTEM', 'USER', 'ASSISTANT']),
  content: z.string(),
});

export type RenderedMessage = z.infer<typeof renderedMessageSchema>;
