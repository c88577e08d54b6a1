import { draftOf, sameContent, type PromptDraft, type PromptVersion } from '../prompt-draft';
import { DraftSaver, type DraftKeeper, type KeptDraft, type SavingState } from './draft-saver';

/** What is kept of a draft, and the version that it was written on top of. */
export interface WrittenDraft {
  draft: PromptDraft;
  base: PromptVersion;
}

export interface DraftApi extends DraftKeeper<WrittenDraft> {
  /** What the server has: the newest version of the branch, and what was written on one of its versions and not committed. */
  load(): Promise<{ head: PromptVersion; kept: (WrittenDraft & KeptDraft) | null }>;
}

export interface DraftSnapshot {
  /** Undefined until it is loaded. */
  written: WrittenDraft | undefined;
  /** The newest version of the branch. */
  head: PromptVersion | undefined;
  /** Whether the draft differs from the version that it began from. */
  dirty: boolean;
  saving: SavingState;
  error: unknown;
}

/** One person's draft on one branch, while it is open: what they see at once, and what the server is told of it a moment later. */
export class DraftSession {
  private snapshot: DraftSnapshot = { written: undefined, head: undefined, dirty: false, saving: { status: 'none' }, error: undefined };
  private readonly listeners = new Set<() => void>();
  private readonly saver: DraftSaver<WrittenDraft>;
  private loading: Promise<void> | undefined;

  constructor(private readonly api: DraftApi) {
    this.saver = new DraftSaver(api, (saving) => this.show({ saving }));
  }

  readonly current = (): DraftSnapshot => this.snapshot;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Looks whether another device has saved something newer, unless something here is not saved yet. */
  load(): Promise<void> {
    return (this.loading ??= this.loadOnce().finally(() => (this.loading = undefined)));
  }

  /** The branch has another newest version. Without changes of one's own it takes the old one's place. */
  headIs(head: PromptVersion): void {
    if (this.snapshot.head?.id === head.id) return;
    this.show({ head });
    const { written, dirty } = this.snapshot;
    if (written && !dirty && this.saver.settled) this.show({ written: { draft: draftOf(head), base: head }, dirty: false });
  }

  change(change: (draft: PromptDraft) => PromptDraft): void {
    const { written } = this.snapshot;
    if (written) this.write({ ...written, draft: change(written.draft) });
  }

  /** Goes on with what was written on top of another version, or with something else on top of it. */
  startFrom(base: PromptVersion, draft?: PromptDraft): void {
    const { written } = this.snapshot;
    this.write({ base, draft: draft ?? written?.draft ?? draftOf(base) });
  }

  /** What was `sent` is a version now. What was written since then stays a draft, on top of it. */
  committed(version: PromptVersion, sent: PromptDraft): void {
    this.show({ head: version });
    const { written } = this.snapshot;
    this.startFrom(version, written && written.draft !== sent ? written.draft : draftOf(version));
  }

  /** @returns brings it back */
  discard(): () => void {
    const { written, head } = this.snapshot;
    if (!written || !head) return () => undefined;
    this.startFrom(head, draftOf(head));
    return () => this.startFrom(written.base, written.draft);
  }

  async useTheirs(): Promise<void> {
    const { head, kept } = await this.api.load();
    this.adopt(head, kept);
  }

  keepMine(): Promise<void> {
    const { written, dirty } = this.snapshot;
    return this.saver.keepMine(written && dirty ? written : null);
  }

  flush(options?: { leaving: boolean }): Promise<void> {
    return this.saver.flush(options);
  }

  private async loadOnce(): Promise<void> {
    try {
      await this.saver.flush();
      const known = this.saver.keptRevision;
      const { head, kept } = await this.api.load();
      const first = !this.snapshot.written;
      const newer = (kept?.revision ?? 0) !== known;
      // What was written and saved here while the answer was on its way is newer than it.
      const overtaken = !this.saver.settled || this.saver.keptRevision !== known;
      if (first || (newer && !overtaken)) this.adopt(head, kept);
      else this.headIs(head);
      this.show({ error: undefined });
    } catch (error) {
      if (!this.snapshot.written) this.show({ error });
    }
  }

  private adopt(head: PromptVersion, kept: (WrittenDraft & KeptDraft) | null): void {
    const written = kept ? { draft: kept.draft, base: kept.base } : { draft: draftOf(head), base: head };
    this.show({ head, written, dirty: differs(written) });
    this.saver.begin(kept);
  }

  private write(written: WrittenDraft): void {
    const dirty = differs(written);
    this.show({ written, dirty });
    this.saver.write(dirty ? written : null);
  }

  private show(change: Partial<DraftSnapshot>): void {
    this.snapshot = { ...this.snapshot, ...change };
    for (const listener of [...this.listeners]) listener();
  }
}

const differs = ({ draft, base }: WrittenDraft): boolean => !sameContent(draft, draftOf(base));
