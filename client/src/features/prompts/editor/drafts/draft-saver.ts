import { problemOf } from '../../../../api/api-errors';

/** What the server says of a draft that it keeps. */
export interface KeptDraft {
  /** Rises with each save. */
  revision: number;
  updatedAt: string;
}

/** Where drafts are kept. Both reject with an error of the API. */
export interface DraftKeeper<Content> {
  /** @param expectedRevision another one by now is a CONFLICT; undefined: whatever is there is replaced */
  save(content: Content, expectedRevision: number | undefined, leaving: boolean): Promise<KeptDraft>;
  discard(leaving: boolean): Promise<void>;
}

export type SavingState =
  /** There is nothing to keep. */
  | { status: 'none' }
  | { status: 'saving' }
  | { status: 'saved'; at: string }
  /** The server can't be reached: it is tried again until it can. */
  | { status: 'waiting' }
  | { status: 'refused'; message: string }
  /** Another device has saved meanwhile: nothing is saved until one of the two is chosen. */
  | { status: 'conflict' };

const pauseMs = 600;
const retryMs = 4_000;

/** Keeps what is being written on the server: a moment after the last change, one request at a time, until it is there. */
export class DraftSaver<Content> {
  private revision: number | undefined = 0;
  /** What is not saved yet; null: nothing is to be kept. */
  private unsaved: { content: Content | null } | undefined;
  private running: Promise<void> | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly keeper: DraftKeeper<Content>, private readonly onState: (state: SavingState) => void) {}

  private current: SavingState = { status: 'none' };

  get state(): SavingState {
    return this.current;
  }

  /** Whether the server has all that was written. */
  get settled(): boolean {
    return !this.unsaved && !this.running && this.current.status !== 'conflict';
  }

  /** The revision that the server is thought to have; undefined where that is not known. */
  get keptRevision(): number | undefined {
    return this.revision;
  }

  /** Begins from what the server has: what was not saved is forgotten. */
  begin(kept: KeptDraft | null): void {
    clearTimeout(this.timer);
    this.unsaved = undefined;
    this.revision = kept?.revision ?? 0;
    this.enter(kept ? { status: 'saved', at: kept.updatedAt } : { status: 'none' });
  }

  /** @param content null where nothing differs from what the draft began from */
  write(content: Content | null): void {
    this.unsaved = { content };
    if (this.current.status === 'conflict') return;
    if (this.current.status !== 'waiting') this.enter({ status: 'saving' });
    this.saveIn(pauseMs);
  }

  /** Saves now what is not saved yet. `leaving`: the page may be gone before the answer comes. */
  async flush({ leaving = false } = {}): Promise<void> {
    clearTimeout(this.timer);
    if (this.current.status === 'conflict') return;
    if (this.running && leaving) {
      // There is no time to wait for its answer, so its revision is not known.
      this.revision = undefined;
    } else if (this.running) {
      await this.running;
    }
    if (this.unsaved) await this.send(leaving);
  }

  /** Replaces what another device has saved. */
  keepMine(content: Content | null): Promise<void> {
    this.revision = undefined;
    this.unsaved = { content };
    this.enter({ status: 'saving' });
    return this.flush();
  }

  private send(leaving: boolean): Promise<void> {
    this.running = this.sendOnce(leaving).finally(() => (this.running = undefined));
    return this.running;
  }

  private async sendOnce(leaving: boolean): Promise<void> {
    const sent = this.unsaved;
    if (!sent) return;
    this.unsaved = undefined;
    try {
      const state = await this.store(sent.content, leaving);
      if (this.unsaved) this.saveIn(pauseMs);
      else this.enter(state);
    } catch (error) {
      // What was written since then replaces what could not be saved.
      this.unsaved ??= sent;
      this.fail(error);
    }
  }

  private async store(content: Content | null, leaving: boolean): Promise<SavingState> {
    if (content === null) {
      if (this.revision !== 0) await this.keeper.discard(leaving);
      this.revision = 0;
      return { status: 'none' };
    }
    const kept = await this.keeper.save(content, this.revision, leaving);
    this.revision = kept.revision;
    return { status: 'saved', at: kept.updatedAt };
  }

  private fail(error: unknown): void {
    const { code, message } = problemOf(error);
    if (code === 'CONFLICT') return this.enter({ status: 'conflict' });
    if (code !== 'UNREACHABLE' && code !== 'RATE_LIMITED') return this.enter({ status: 'refused', message });
    this.enter({ status: 'waiting' });
    this.saveIn(retryMs);
  }

  private saveIn(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), ms);
  }

  private enter(state: SavingState): void {
    this.current = state;
    this.onState(state);
  }
}
