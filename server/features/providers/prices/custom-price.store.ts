import { type Database } from '../../../database/database.js';
import { type Prisma } from '../../../database/generated/sqlite/client.js';
import { type StatedPrice } from './model-price.js';

export interface CustomPrice {
  model: string;
  input: number;
  output: number;
  cachedInput: number | undefined;
  source: string;
}

/** What a workspace says that models cost. */
export class CustomPriceStore {
  constructor(private readonly database: Database) {}

  /** By the model's id. */
  async all(workspaceId: string): Promise<Map<string, StatedPrice>> {
    const rows = await this.database.prisma.customModelPrice.findMany({ where: { workspaceId } });
    return new Map(rows.map((row) => [row.model, toPrice(row)]));
  }

  async set(workspaceId: string, { model, ...price }: CustomPrice): Promise<void> {
    const data = { ...price, cachedInput: price.cachedInput ?? null };
    await this.database.prisma.customModelPrice.upsert({ where: { workspaceId_model: { workspaceId, model } }, create: { workspaceId, model, ...data }, update: data });
  }

  async remove(workspaceId: string, model: string): Promise<void> {
    await this.database.prisma.customModelPrice.deleteMany({ where: { workspaceId, model } });
  }
}

function toPrice({ input, output, cachedInput, source, updatedAt }: Prisma.CustomModelPriceModel): StatedPrice {
  return { input, output, cachedInput: cachedInput ?? undefined, source: source || 'Set by this workspace', asOf: updatedAt, custom: true };
}
