import { z } from 'zod';

const langfuseEntry = z.object({ name: z.string(), versions: z.array(z.number()), prompt: z.undefined().optional() });
const langfuseList = z.union([z.object({ data: z.array(langfuseEntry).min(1) }), z.array(langfuseEntry).min(1)]);

const storedId = z.string().startsWith('pmpt_');
const storedPrompt = z.union([z.object({ prompt: z.union([z.object({ id: storedId }), storedId]) }), z.object({ id: storedId, messages: z.undefined().optional(), instructions: z.undefined().optional(), input: z.undefined().optional() })]);
const storedPrompts = z.union([storedPrompt, z.array(z.unknown()).refine((entries) => entries.some((entry) => storedPrompt.safeParse(entry).success))]);

/** What to fetch instead of a document of another product that only names prompts, and does not hold them; undefined for any other. */
export function stubHint(document: unknown): string | undefined {
  if (langfuseList.safeParse(document).success) {
    return 'This is Langfuse’s list of prompts, which has their names and not their texts. Fetch each with GET /api/public/v2/prompts/{name}, and import what that answers, one by one or as an array.';
  }
  if (storedPrompts.safeParse(document).success) {
    return 'This only names a prompt that OpenAI keeps (pmpt_…). Open it in OpenAI’s dashboard, and import its text as the body of a request: { "name": …, "model": …, "instructions": … }.';
  }
  return undefined;
}
