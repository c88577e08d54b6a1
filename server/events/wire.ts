export interface WireListener {
  onMessage(message: string): void;
  /** The connection is back; messages sent meanwhile are lost. */
  onRestored(): void;
  onProblem(error: unknown): void;
}

/** What carries messages between processes. It connects again by itself whenever it is cut. */
export interface Wire {
  /** The longest message that it takes, in bytes. */
  readonly maxBytes: number;
  /** Whether messages get through at the moment. */
  readonly connected: boolean;
  /** Begins to listen. Settles once it does, or once it is known that this takes longer; it goes on trying. */
  start(listener: WireListener): Promise<void>;
  /** Reaches every process that listens, this one included. @throws where the message is lost */
  send(message: string): Promise<void>;
  close(): Promise<void>;
}
