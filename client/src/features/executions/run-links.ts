/** Where pages about several runs are. */
export const compareLink = (base: string, other: string): string => `/runs/compare?${new URLSearchParams({ base, other }).toString()}`;
