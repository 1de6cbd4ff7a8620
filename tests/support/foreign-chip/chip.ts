import { type Answer, encoded, readCommand, type ShortCommand, said, statusBytes } from './apdu.ts';
import { BasicAccess } from './basic-access.ts';
import { ChipAuthentication } from './chip-authentication.ts';
import { dataObjects } from './data-objects.ts';
import { Files, type FilesBehaviour, type ForeignFile } from './files.ts';
import { PaceRun, paceSuite, type Random } from './pace.ts';
import type { SecureChannel } from './secure-channel.ts';
import { sha1 } from './suites.ts';

/** What was personalised into the chip. */
export interface ForeignDocument {
  readonly masterFile: readonly ForeignFile[];
  readonly application: readonly ForeignFile[];
  /** Number, birth date and expiry with their check digits (9303-11 §9.7.3). */
  readonly mrzInformation: string;
  readonly can: string | null;
  /** The static key of chip authentication on brainpoolP256r1; null where the chip has none. */
  readonly chipAuthenticationKey: bigint | null;
}

/** Where chips that the standard allows, or that are met in the field, differ. */
export interface ForeignBehaviour extends FilesBehaviour {
  readonly access: 'PACE' | 'BAC' | 'PACE and BAC';
  /** The answer to a wrong token of PACE, or to a wrong key of BAC (§4.4.4.2, §4.3.4.2: 6300 or any other). */
  readonly wrongKey: number;
  /** The answer to a plain SELECT of the application before PACE or BAC (9000, or 6982: §4.3.2, §4.4.2). */
  readonly plainSelect: number;
  /** Where a password that the chip does not have is refused: at MSE:Set AT, or when it is used (§4.4.4.1 note 1). */
  readonly unknownPassword: 'at MSE:Set AT' | 'when used';
  /** The answer to INTERNAL AUTHENTICATE. */
  readonly activeAuthentication: number;
  /** The most bytes in one protected answer, where it is less than fits a response of 256 bytes. */
  readonly mostRead: number;
  /** Asked for more than that: the answer is cut, or 6Cxx says how much can be (ISO/IEC 7816-4 §5.6). */
  readonly tooLong: 'cut' | 'corrected';
}

export const plainBehaviour: ForeignBehaviour = {
  access: 'PACE',
  wrongKey: 0x6300,
  plainSelect: 0x9000,
  shortIdentifiers: 'of the current DF',
  atPowerOn: 'MF',
  masterFileBy: 'either',
  unknownPassword: 'at MSE:Set AT',
  activeAuthentication: 0x6d00,
  mostRead: 256,
  tooLong: 'cut',
};

/** A contactless chip in the field: commands in, responses out, the same for the same random numbers. */
export class ForeignChip {
  readonly #document: ForeignDocument;
  readonly #behaviour: ForeignBehaviour;
  readonly #random: Random;
  readonly #files: Files;
  readonly #chipAuthentication: ChipAuthentication | null;
  #basicAccess: BasicAccess | null = null;
  #pace: PaceRun | null = null;
  #channel: SecureChannel | null = null;
  #nextChannel: SecureChannel | null = null;

  constructor(document: ForeignDocument, behaviour: ForeignBehaviour, random: Random) {
    this.#document = document;
    this.#behaviour = behaviour;
    this.#random = random;
    this.#files = new Files(document.masterFile, document.application, behaviour);
    const { chipAuthenticationKey } = document;
    this.#chipAuthentication = chipAuthenticationKey === null ? null : new ChipAuthentication(chipAuthenticationKey);
  }

  /** The field goes and comes. */
  reset(): void {
    this.#abort();
    this.#files.powerOn();
  }

  answer(bytes: Uint8Array): Uint8Array {
    const command = readCommand(bytes);
    if (command === null) return this.#secureMessagingError(0x6700);
    const channel = this.#channel;
    if ((command.cla & 0x0c) !== 0x0c) {
      // A plain command ends the session (§9.8.3); what it asks for is then asked without access.
      if (channel !== null) this.#abort();
      const response = this.#execute(command);
      this.#takeNextChannel();
      return encoded(response);
    }
    if (channel === null) return statusBytes(0x6988);
    const inside = channel.open(command);
    if (typeof inside === 'number') return this.#secureMessagingError(inside);
    const response = channel.seal(this.#execute(inside));
    this.#takeNextChannel();
    return response;
  }

  // §9.8.5: the status comes without secure messaging, keys and access rights go.
  #secureMessagingError(status: number): Uint8Array {
    this.#abort();
    return statusBytes(status);
  }

  #abort(): void {
    this.#channel = null;
    this.#pace = null;
    this.#basicAccess = null;
  }

  // The answer to the command that agreed the keys still goes under the old ones (§9.8.2).
  #takeNextChannel(): void {
    this.#channel = this.#nextChannel ?? this.#channel;
    this.#nextChannel = null;
  }

  #execute(command: ShortCommand): Answer {
    const { cla, ins, p1, p2, data } = command;
    const opened = this.#channel !== null;
    const where = (p1 << 8) | p2;
    // Nothing else may come between the commands of one PACE.
    if (ins !== 0x86) this.#pace = null;
    if (cla !== 0x00 && !(cla === 0x10 && ins === 0x86)) return said(ins === 0x86 ? 0x6e00 : 0x6884);
    if (ins === 0xa4) {
      const ofApplication = p1 === 0x04 && !opened && this.#behaviour.plainSelect !== 0x9000;
      return ofApplication ? said(this.#behaviour.plainSelect) : this.#files.select(command, opened);
    }
    if (ins === 0xb0) return this.#read(command, opened);
    if (ins === 0x22 && where === 0xc1a4) return this.#preparePace(data);
    if (ins === 0x22 && where === 0x41a4 && opened) return this.#chipAuthentication?.prepare(data) ?? said(0x6a88);
    if (ins === 0x86 && where === 0) return this.#generalAuthenticate(data, cla === 0x00);
    if (ins === 0x84 && where === 0) return this.#getChallenge(command);
    if (ins === 0x82 && where === 0) return this.#externalAuthenticate(data);
    if (ins === 0x88 && where === 0) return said(this.#behaviour.activeAuthentication);
    return said(0x6d00);
  }

  #read(command: ShortCommand, opened: boolean): Answer {
    const most = Math.min(this.#channel?.most ?? 256, this.#channel === null ? 256 : this.#behaviour.mostRead);
    const tooLong = (command.expected ?? 0) > most && this.#behaviour.tooLong === 'corrected';
    return tooLong ? said(0x6c00 | most) : this.#files.read(command, opened, most);
  }

  #preparePace(data: Uint8Array): Answer {
    const objects = dataObjects(data);
    if (this.#behaviour.access === 'BAC') return said(0x6d00);
    if (objects === null) return said(0x6a80);
    const value = (tag: number): Uint8Array | undefined => objects.find((object) => object.tag === tag)?.value;
    const oid = value(0x80);
    const suite = oid === undefined ? null : paceSuite(oid);
    if (oid === undefined || suite === null) return said(0x6a80);
    const { mrzInformation, can } = this.#document;
    const reference = value(0x83);
    if (reference?.length !== 1) return said(0x6a80);
    const passwords = new Map([
      [1, sha1(Buffer.from(mrzInformation, 'latin1'))],
      ...(can === null ? [] : [[2, Buffer.from(can, 'latin1')] as const]),
    ]);
    const password = passwords.get(reference[0] ?? 0);
    const parameters = value(0x84);
    const known = parameters === undefined || (parameters.length === 1 && parameters[0] === 13);
    if (!known || (password === undefined && this.#behaviour.unknownPassword === 'at MSE:Set AT')) return said(0x6a88);
    this.#pace = new PaceRun({ suite, oid, password, wrongToken: this.#behaviour.wrongKey }, this.#random);
    return said(0x9000);
  }

  #generalAuthenticate(data: Uint8Array, last: boolean): Answer {
    const run = this.#pace;
    if (run === null) {
      const done = this.#channel === null ? null : (this.#chipAuthentication?.authenticate(data) ?? null);
      this.#nextChannel = done?.channel ?? null;
      return done?.answer ?? said(0x6985);
    }
    const response = run.answer(data, last);
    this.#nextChannel = run.channel;
    if (response.status !== 0x9000 || run.channel !== null) this.#pace = null;
    return response;
  }

  #getChallenge({ expected }: ShortCommand): Answer {
    const { access, wrongKey, plainSelect } = this.#behaviour;
    if (access === 'PACE') return said(0x6d00);
    // A chip of BAC alone that lets nobody select in plain has its challenge asked for where it stands (§4.3.2).
    const mayBegin = this.#files.inApplication || (access === 'BAC' && plainSelect === 0x6982);
    if (!mayBegin || this.#channel !== null) return said(0x6985);
    if (expected !== 8) return said(0x6c08);
    this.#basicAccess = new BasicAccess(this.#document.mrzInformation, wrongKey, this.#random);
    return this.#basicAccess.getChallenge();
  }

  #externalAuthenticate(data: Uint8Array): Answer {
    const run = this.#basicAccess;
    if (run === null) return said(this.#behaviour.access === 'PACE' ? 0x6d00 : 0x6985);
    const { answer, channel } = run.authenticate(data);
    this.#nextChannel = channel;
    return answer;
  }
}
