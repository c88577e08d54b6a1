import { knownPrices, type Vendor } from './known-prices.data.js';
import { type StatedPrice } from './model-price.js';

/** What vendors put behind a model's name to mean one release of it: `-2026-11-17`, `-20261117`, `-001`, `-latest`. */
const release = /-(\d{4}-\d{2}-\d{2}|\d{8}|\d{3}|latest)$/;

/**
 * What the product knows that a vendor charges. A name is taken as it is, or without its release: what a vendor has renamed or made
 * smaller is another model, and has no price until somebody gives it one.
 */
export function knownPrice(vendor: Vendor, name: string): StatedPrice | undefined {
  const { source, sourceUrl, asOf, models } = knownPrices[vendor];
  const listed = [name, name.replace(release, '')].find((candidate) => Object.hasOwn(models, candidate));
  const price = listed === undefined ? undefined : models[listed];
  return price && { ...price, source, sourceUrl, asOf: new Date(asOf) };
}

/** Whose servers are at an address; undefined for anybody else's, whatever its models are called. */
export function vendorAt(baseUrl: string): Vendor | undefined {
  const { host } = new URL(baseUrl);
  return vendors.find((vendor) => knownPrices[vendor].host === host);
}

export const vendors: readonly Vendor[] = ['OPENAI', 'ANTHROPIC', 'GOOGLE'];

/** Names of the models whose prices are known. */
export function pricedModels(vendor: Vendor): string[] {
  return Object.keys(knownPrices[vendor].models);
}

/** What its models' ids begin with where a workspace has no provider of it. */
export function usualSlug(vendor: Vendor): string {
  return knownPrices[vendor].usualSlug;
}
