/** What the prompts feature needs to know of the models that can be called. */
export interface ModelCatalogue {
  /** Whether there is a model of this id (`provider/name`). */
  hasModel(id: string): boolean;
  /** The model of prompts that name none. */
  readonly defaultModel: string;
}
