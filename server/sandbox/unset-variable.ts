import { Drop } from 'liquidjs';

/** Stands for a variable that has no value, in a preview: it comes out as its own name, and so does whatever is asked of it. */
export class UnsetVariable extends Drop {
  readonly #path: string;

  constructor(path: string) {
    super();
    this.#path = path;
  }

  override liquidMethodMissing(key: string | number): UnsetVariable {
    return new UnsetVariable(typeof key === 'number' ? `${this.#path}[${key}]` : `${this.#path}.${key}`);
  }

  /** A loop over it goes round once. */
  *[Symbol.iterator](): Generator<UnsetVariable> {
    yield new UnsetVariable(`${this.#path}[0]`);
  }

  override toString(): string {
    return `{{ ${this.#path} }}`;
  }

  toJSON(): string {
    return this.toString();
  }
}
