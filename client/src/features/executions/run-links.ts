/** Where pages about several runs are. */
export const compareLink = (base: string, other: string): string => `/runs/compare?${new URLSearchParams({ base, other }).toString()}`;

/** Where an arrival at a trigger is shown, and what became of it. */
export const deliveryLink = (triggerId: string, deliveryId: string): string => `/triggers/${triggerId}?tab=deliveries&delivery=${deliveryId}`;
