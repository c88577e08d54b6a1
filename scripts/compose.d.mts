export function processesOf(text: string, given: Readonly<Record<string, string | undefined>>): { name: string; environment: Record<string, string> }[];
