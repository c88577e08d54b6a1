/** Where the pages of a prompt are. `main` is what an absent branch means. */
const search = (values: Record<string, string | undefined>): string => {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value !== undefined && !(name === 'branch' && value === 'main')) params.set(name, value);
  const text = params.toString();
  return text && `?${text}`;
};

export const promptLinks = {
  edit: (id: string, branch: string, version?: string) => `/prompts/${id}${search({ branch, version })}`,
  history: (id: string, branch: string, version?: string) => `/prompts/${id}/history${search({ branch, version })}`,
  compare: (id: string, branch: string, from?: string, to?: string) => `/prompts/${id}/compare${search({ branch, from, to })}`,
  playground: (id: string, branch: string) => `/prompts/${id}/playground${search({ branch })}`,
  merge: (id: string, source: string, target: string) => `/prompts/${id}/merge${search({ branch: target, source, target })}`,
  /** The draft of a branch merged with what was committed there meanwhile. */
  mergeDraft: (id: string, target: string) => `/prompts/${id}/merge${search({ branch: target, draft: 'mine', target })}`,
};
