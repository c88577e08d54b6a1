import { type ModelMessage } from './provider.js';

/** What the messages ask for, told apart from the text that they ask it about. */
export interface Task {
  material: string;
  form: 'summary' | 'bullets' | 'headline' | 'questions' | 'keywords';
  /** How many sentences, points, questions or words; undefined where the messages don't say. */
  count: number | undefined;
  maxWords: number | undefined;
}

const verbs =
  'summari[sz]e|write|draft|list|extract|give|create|generate|produce|make|turn|rewrite|condense|shorten|distil|find|identify|name|pick|ask|answer|explain|describe|' +
  'translate|review|analy[sz]e|compose|suggest|provide|tell|read|use|return|respond|reply|keep|output|what|which|how|why|who|when|where|can you|could you';
const instructive = new RegExp(
  `^(?:(?:please|now|then|next|finally)[\\s,]+)*(?:(?:${verbs})\\b|you are\\b|your (?:task|job)\\b|act as\\b|here (?:is|are)\\b|the following\\b|below (?:is|are)\\b|from (?:the|these|this)\\b|based on\\b|in (?:one|two|three|four|five|\\d+)\\b|do not\\b|don't\\b|as an?\\b)`,
  'i',
);
const LONGEST_INSTRUCTION = 800;

/** The newest message with a text to work on counts; failing that an older one, so that "now a headline" works on what was said before. */
export function readTask(messages: readonly ModelMessage[]): Task {
  const parted = messages.map((message) => ({ role: message.role, ...part(message.content, message.role) }));
  const byAge = parted.toReversed();
  const asking = byAge.find(({ role, instruction }) => role === 'USER' && instruction !== '');
  const telling =
    byAge.find(({ role, material }) => role === 'USER' && material !== '') ??
    byAge.find(({ material }) => material !== '');
  const ofSystem = parted.filter(({ role }) => role === 'SYSTEM').map(({ instruction }) => instruction);
  const wanted = [asking?.instruction ?? '', ...ofSystem].map((text) => wishOf(text));
  return {
    material: telling?.material ?? '',
    form: wanted.find(({ form }) => form)?.form ?? 'summary',
    count: wanted.find(({ count }) => count !== undefined)?.count,
    maxWords: wanted.find(({ maxWords }) => maxWords !== undefined)?.maxWords,
  };
}

function part(content: string, role: ModelMessage['role']): { instruction: string; material: string } {
  if (role === 'ASSISTANT') return { instruction: '', material: content.trim() };
  const blocks = content.replace(/\r\n?/g, '\n').split(/\n\s*\n/).map((block) => block.trim()).filter(Boolean);
  const instructions: string[] = [];
  while (blocks.length > 0 && isInstruction(blocks[0] ?? '')) instructions.push(blocks.shift() ?? '');
  while (blocks.length > 0 && isInstruction(blocks.at(-1) ?? '')) instructions.push(blocks.pop() ?? '');
  const [first = ''] = blocks;
  if (instructions.length > 0 && blocks.length > 0) {
    return { instruction: instructions.join('\n'), material: withoutLabels(blocks.join('\n\n')) };
  }
  if (blocks.length === 0) {
    const [opening = '', ...rest] = instructions;
    const cut = cutOpening(opening);
    return { instruction: [cut.instruction, ...rest].join('\n'), material: withoutLabels(cut.material) };
  }
  if (role === 'SYSTEM' && content.length < LONGEST_INSTRUCTION) return { instruction: content, material: '' };
  // In a language whose verbs are not known here, a short opening before a much longer text is taken as what to do with it.
  const restLength = content.length - first.length;
  if (role === 'USER' && blocks.length > 1 && !first.startsWith('#') && /[.:?!。：？]$/.test(first) && first.length < 200 && restLength > 4 * first.length) {
    return { instruction: first, material: withoutLabels(blocks.slice(1).join('\n\n')) };
  }
  return { instruction: '', material: withoutLabels(blocks.join('\n\n')) };
}

function isInstruction(block: string): boolean {
  if (block.length > LONGEST_INSTRUCTION || /^(?:[-*+•]|\d+[.)])\s/.test(block)) return false;
  return instructive.test(block) || (block.endsWith(':') && !block.includes('\n'));
}

/** `Summarise this: the text` and `Summarise this.` + line break + the text. */
function cutOpening(block: string): { instruction: string; material: string } {
  const cut = /^([^\n]{0,300}?[:：])\s*(\S[\s\S]*)$/.exec(block) ?? /^([^\n]*)\n([\s\S]+)$/.exec(block);
  if (cut) return { instruction: cut[1] ?? '', material: cut[2] ?? '' };
  return { instruction: block, material: '' };
}

function withoutLabels(material: string): string {
  return material
    .split('\n')
    .filter((line) => !/^[^\n.!?]{1,40}[:：]$/.test(line.trim()))
    .join('\n')
    .trim();
}

const nouns = '(?:bullet points?|bullets?|bulleted list|key points?|main points?|points?|notes|list|headlines?|titles?|summary|summaries|questions?|sentences?|text|draft)';
const reference = new RegExp(
  `\\b(?:from|of|for|on|using|based on|with|about|to|into account)\\s+(?:the|these|those|this|that|its|your|following|each)\\s+(?:[\\w-]+\\s+){0,2}?${nouns}\\b|\\b(?:these|those|this|the following)\\s+(?:[\\w-]+\\s+)?${nouns}\\b`,
  'gi',
);
const numbers = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

function wishOf(instruction: string): { form: Task['form'] | undefined; count: number | undefined; maxWords: number | undefined } {
  const text = instruction.replace(/(\w)-(?=\w)/g, '$1 ').replace(reference, ' ').toLowerCase();
  const form = formOf(text);
  const counted: Record<Task['form'], string> = {
    summary: 'sentences?',
    bullets: 'bullets?|points?|takeaways?|items?|facts?|highlights?|lines?',
    headline: 'headlines?|titles?',
    questions: 'questions?',
    keywords: 'keywords?|key words?|tags?',
  };
  const noun = counted[form ?? 'summary'];
  const number =
    new RegExp(`\\b(\\d{1,2}|${numbers.join('|')})\\s+(?:[\\w']+\\s+){0,2}?(?:${noun})\\b`).exec(text)?.[1] ??
    new RegExp(`\\b(?:an?|single)\\s+(?:short\\s+|single\\s+)*(?:${noun})\\b`).exec(text)?.[0];
  const words = /\b(\d{1,4})\s+words?\b/.exec(text)?.[1];
  return { form, count: number === undefined ? undefined : toNumber(number), maxWords: words === undefined ? undefined : Number(words) };
}

/** What a wish in lower case asks for. */
export function formOf(text: string): Task['form'] | undefined {
  if (/\bquestions?\b/.test(text) && !/\banswers?\b/.test(text)) return 'questions';
  if (/\b(?:headlines?|titles?|subject line|tagline)\b/.test(text)) return 'headline';
  if (/\b(?:keywords?|key words|tags)\b/.test(text)) return 'keywords';
  const found = /\b(?:(bullet\w*|points?|takeaways|list|action items|highlights|facts)|(summar\w+|sentences?|paragraphs?|abstract|tl;?dr))\b/.exec(text);
  if (!found) return undefined;
  return found[1] ? 'bullets' : 'summary';
}

function toNumber(word: string): number {
  return Math.max(numbers.indexOf(word), Number(word) || 1);
}

/** The words of a text or a name such as `dueDate`, in lower case, one space between them. */
export function plainWords(text: string): string {
  const parted = text.replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2');
  return parted
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .join(' ');
}
