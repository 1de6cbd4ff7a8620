import type { SecureMessagingDescription } from './secure-messaging.ts';

/** Where our commands left the recording: number of the exchange from 1, and both commands in hex (null: none). */
export interface ReplayDifference {
  readonly exchange: number;
  readonly expected: string | null;
  readonly sent: string | null;
}

export interface ReplayResult {
  readonly matches: boolean;
  /** How many commands were sent and compared. */
  readonly commands: number;
  readonly difference: ReplayDifference | null;
  /** Null where the protocol did not come to its end. */
  readonly secureMessaging: SecureMessagingDescription | null;
}

/**
 * Runs a recorded protocol again with the recorded private keys and answers. Fails with `transcript.malformed`, and
 * `transcript.protocol-unknown` for protocols that this version does not have.
 */
export function replayTranscript(_transcript: unknown): Promise<ReplayResult> {
  throw new Error('being written');
}
