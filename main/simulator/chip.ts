import type { RandomSource } from '../crypto/random.ts';
import { answer, type Command, encodeResponse, parseCommand, type Response, status } from './apdu.ts';
import { type AccessStep, BasicAccess } from './basic-access.ts';
import type { ChipProfile } from './chip-profile.ts';
import type { ChipFaults } from './faults.ts';
import { FileSystem } from './file-system.ts';
import { PasswordAuthenticatedConnection } from './pace.ts';
import type { ChipSession } from './session.ts';
import type { Specimen } from './specimen.ts';

/** A chip that plays a specimen. It keeps its state between commands, as a card does while it has power. */
export interface SimulatedChip {
  /** The answer to reset. */
  readonly atr: Uint8Array;
  /** Whether it lies in the field. */
  readonly present: boolean;
  /** A new presentation: the chip comes (back) into the field and starts afresh. */
  enterField(): void;
  /** Power off and on: session and selection are gone, the presentation goes on. */
  reset(): void;
  /** The response APDU; null when the chip left the field, from then on until `enterField`. */
  transmit(command: Uint8Array): Uint8Array | null;
}

export interface ChipOptions {
  readonly random: RandomSource;
  readonly faults?: ChipFaults;
}

/** Makes the chip of a specimen, lying in the field. */
export function createChip({ chip }: Pick<Specimen, 'chip'>, options: ChipOptions): SimulatedChip {
  return new Chip(chip, options);
}

const instruction = {
  manageSecurityEnvironment: 0x22,
  externalAuthenticate: 0x82,
  getChallenge: 0x84,
  generalAuthenticate: 0x86,
  select: 0xa4,
  readBinary: 0xb0,
  readBinaryOdd: 0xb1,
} as const;

const chaining = 0x10;
const secureMessaging = 0x0c;
const shortCommand = 261;
const shortResponse = 258;

class Chip implements SimulatedChip {
  readonly #profile: ChipProfile;
  readonly #faults: ChipFaults;
  readonly #files: FileSystem;
  readonly #basicAccess: BasicAccess | null;
  readonly #pace: PasswordAuthenticatedConnection;
  #session: ChipSession | null = null;
  #present = true;
  #left = false;
  #commands = 0;

  constructor(profile: ChipProfile, { random, faults = {} }: ChipOptions) {
    const { mrzInformation } = profile.passwords;
    this.#profile = profile;
    this.#faults = faults;
    this.#files = new FileSystem(profile);
    this.#basicAccess =
      profile.basicAccessControl && mrzInformation !== null ? new BasicAccess(mrzInformation, random) : null;
    this.#pace = new PasswordAuthenticatedConnection(profile, random);
  }

  get atr(): Uint8Array {
    return this.#profile.answerToReset;
  }

  get present(): boolean {
    return this.#present;
  }

  enterField(): void {
    this.#present = true;
    this.#left = false;
    this.#commands = 0;
    this.reset();
  }

  reset(): void {
    this.#session = null;
    this.#files.selectMasterFile();
    this.#forgetAccess();
  }

  transmit(command: Uint8Array): Uint8Array | null {
    if (!this.#present) return null;
    this.#commands++;
    if (this.#commands === this.#faults.leaveAtCommand) return this.#leave();
    this.#files.lastRead = null;
    const response = this.#respond(command);
    return this.#leavesHere() ? this.#leave() : this.#corrupt(response);
  }

  #leave(): null {
    this.#present = false;
    this.reset();
    return null;
  }

  // Once in each presentation, at the first read beyond the place.
  #leavesHere(): boolean {
    const place = this.#profile.leavesField;
    const read = this.#files.lastRead;
    if (place === null || read === null || this.#left) return false;
    this.#left = read.file === place.file && read.end > place.offset;
    return this.#left;
  }

  #corrupt(response: Uint8Array): Uint8Array {
    if (this.#commands !== this.#faults.corruptAnswerAtCommand) return response;
    const middle = Math.floor((response.length - 2) / 2);
    return response.map((byte, index) => (index === middle ? byte ^ 0x01 : byte));
  }

  #respond(bytes: Uint8Array): Uint8Array {
    const command = parseCommand(bytes);
    if (command === null || !this.#bears(command, bytes.length)) return this.#plain(answer(status.wrongLength));
    // 9303-11 §9.8.3, §9.8.5: a command without protection ends the session, and is then what it is without one.
    if ((command.cla & secureMessaging) !== secureMessaging) {
      this.#session = null;
      return this.#plain(this.#execute(command, shortOr(command, this.#mostResponse) - 2));
    }
    const session = this.#session;
    if (session === null) return this.#plain(answer(status.secureMessagingObjectWrong));
    const inner = session.unprotect(command);
    if (typeof inner === 'number') return this.#plain(answer(inner));
    const most = session.longestData(shortOr(command, this.#mostResponse));
    const response = this.#execute(inner, most);
    if (this.#commands === this.#faults.plainAnswerAtCommand) return this.#plain(response);
    return session.protect(response, (inner.ins & 1) === 1);
  }

  // What goes out plain leaves no session behind: the other side must not go on either (9303-11 §9.8.5).
  #plain(response: Response): Uint8Array {
    const opened = this.#opening;
    this.#opening = null;
    this.#session = opened;
    return encodeResponse(response);
  }

  #opening: ChipSession | null = null;

  get #mostResponse(): number {
    return this.#profile.extendedLength?.maxResponse ?? shortResponse;
  }

  #bears(command: Command, length: number): boolean {
    if (!command.extended) return length <= shortCommand;
    const { extendedLength } = this.#profile;
    return extendedLength !== null && this.#faults.shortLengthOnly !== true && length <= extendedLength.maxCommand;
  }

  #execute(command: Command, most: number): Response {
    const { ins } = command;
    if ((command.cla & ~chaining) !== 0) return answer(status.classUnknown);
    const chained = (command.cla & chaining) !== 0;
    if (chained && ins !== instruction.generalAuthenticate) return answer(status.chainingNotSupported);
    if (ins !== instruction.generalAuthenticate) this.#pace.forget();
    if (ins !== instruction.externalAuthenticate) this.#basicAccess?.forget();
    const allowed = this.#session !== null;
    const atOnce = Math.min(most, this.#faults.longestRead ?? most);
    switch (ins) {
      case instruction.select:
        return this.#files.select(command, allowed);
      case instruction.readBinary:
        return this.#files.readBinary(command, allowed, atOnce);
      case instruction.readBinaryOdd:
        return this.#files.readBinaryOdd(command, allowed, atOnce);
      default:
        return this.#authenticate(command, allowed);
    }
  }

  #authenticate(command: Command, allowed: boolean): Response {
    const paceOffered = this.#profile.pace.length > 0;
    switch (command.ins) {
      case instruction.getChallenge:
        if (this.#basicAccess === null) return answer(status.instructionUnknown);
        return this.#mayBasicAccess(allowed) ? this.#basicAccess.challenge(command) : answer(status.conditionsOfUse);
      case instruction.externalAuthenticate:
        if (this.#basicAccess === null) return answer(status.instructionUnknown);
        if (!this.#mayBasicAccess(allowed)) return answer(status.conditionsOfUse);
        return this.#open(this.#basicAccess.authenticate(command));
      case instruction.manageSecurityEnvironment:
        if (!paceOffered) return answer(status.instructionUnknown);
        return allowed ? answer(status.conditionsOfUse) : this.#pace.setAuthenticationTemplate(command);
      case instruction.generalAuthenticate:
        if (!paceOffered) return answer(status.instructionUnknown);
        return this.#openAtMasterFile(this.#pace.generalAuthenticate(command));
      default:
        return answer(status.instructionUnknown);
    }
  }

  // Never two accesses in one session (9303-11 §4.1), and BAC inside the application alone (§4.3.2).
  #mayBasicAccess(allowed: boolean): boolean {
    return !allowed && this.#files.inApplication;
  }

  #open({ response, session }: AccessStep): Response {
    this.#opening = session;
    return response;
  }

  #openAtMasterFile(step: AccessStep): Response {
    if (step.session !== null) this.#files.selectMasterFile();
    return this.#open(step);
  }

  #forgetAccess(): void {
    this.#pace.forget();
    this.#basicAccess?.forget();
  }
}

function shortOr(command: Command, extended: number): number {
  return command.extended ? extended : Math.min(extended, shortResponse);
}
