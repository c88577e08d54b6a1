/** What runs a prompt, as somebody reads it who is about to delete the prompt. */
export interface PromptUse {
  /** The workflow's name. */
  workflow: string;
  /** The step's name. */
  step: string;
}

/** What a feature that prompts may not know says of who runs them. */
export interface PromptUses {
  /** Steps of the newest versions of workflows that run the prompt, in the order of the workflows' names. */
  of(workspaceId: string, promptId: string): Promise<PromptUse[]>;
}
