import type { Response } from '../chip/apdu.ts';
import type { ChipProfile } from '../chip/chip-profile.ts';
import type { CertificateContent } from '../issuing/certificate-content.ts';
import type { SecurityObjectContent } from '../issuing/security-object.ts';

/** What of a document is issued otherwise. Each gets what would have been and gives what is; null takes it away. */
export interface IssueHooks {
  /** A data group before its hash goes into EF.SOD. */
  readonly dataGroup?: (number: number, contents: Uint8Array) => Uint8Array | null;
  readonly securityObject?: (content: SecurityObjectContent) => SecurityObjectContent;
  /** The document signer's certificate. */
  readonly certificate?: (content: CertificateContent) => CertificateContent;
  /** A file after everything was signed. */
  readonly file?: (name: string, contents: Uint8Array) => Uint8Array | null;
  readonly profile?: (profile: ChipProfile) => ChipProfile;
}

/** The command to which an answer belongs. */
export interface AnsweredCommand {
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  readonly data: Uint8Array;
  /** Whether it came under secure messaging. */
  readonly secured: boolean;
  /** The how many-th command of this instruction in this presentation, from 1. */
  readonly occurrence: number;
  /** The file that it read; null for other commands, and where nothing was read. */
  readonly file: string | null;
}

/** Changes what a chip answers. */
export interface AnswerHooks {
  /** Milliseconds for which the answer is held back; infinitely many for one that never comes. */
  readonly holds?: (command: AnsweredCommand) => number;
  /** Before secure messaging protects it. */
  readonly answer?: (response: Response, command: AnsweredCommand) => Response;
  /** As it goes out, status word included; null: the chip leaves the field instead. */
  readonly wire?: (bytes: Uint8Array, command: AnsweredCommand) => Uint8Array | null;
}
