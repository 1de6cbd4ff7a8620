import type { CommandApdu, LengthForm, ResponseApdu } from './apdu.ts';
import type { CipherSuite } from './key-derivation.ts';

/** Keys and counter in lower-case hex, for a replay only. */
export interface SecureMessagingDescription {
  readonly cipher: '3DES' | 'AES';
  readonly ksEnc: string;
  readonly ksMac: string;
  readonly ssc: string;
}

export interface SecureMessagingSession {
  readonly cipher: CipherSuite;
  /** True once a plain, malformed or wrongly authenticated answer came: nothing is sent any more. */
  readonly ended: boolean;
  /** The command under secure messaging. Fails with `secure-messaging.ended`. */
  protect(command: CommandApdu, form: LengthForm): Uint8Array;
  /** The answer inside. Fails with `secure-messaging.unprotected-answer`, `.mac-wrong`, `.malformed`, and is then ended. */
  unprotect(response: Uint8Array): ResponseApdu;
  end(): void;
  /** Keys and counter: for replays, never for logs. */
  describe(): SecureMessagingDescription;
}
