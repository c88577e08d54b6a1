/** What is to be known of the models that a workspace can call. */
export interface ModelCatalogue {
  /** Whether there is a model of this id (`provider/name`). */
  hasModel(id: string): boolean;
  /** The model of prompts that name none. */
  readonly defaultModel: string;
}

export interface ModelCatalogues {
  of(workspaceId: string): Promise<ModelCatalogue>;
  /** The model of prompts that name none, in every workspace. */
  readonly defaultModel: string;
}
