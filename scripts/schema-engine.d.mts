export function schemaFor(engine: 'sqlite' | 'postgres', source: string): string;
export function migrationScript(engine: 'sqlite' | 'postgres', from: string | undefined, to: string): Promise<string>;
