import type { RandomSource } from '../../crypto/random.ts';
import type { Specimen } from '../documents/specimen.ts';
import type { AnsweredCommand } from '../faults/fault-hooks.ts';
import type { ChipFaults } from '../faults/faults.ts';
import { AccessAttempts } from './access-attempts.ts';
import { internalAuthenticate } from './active-authentication.ts';
import { answer, type Command, encodeResponse, parseCommand, type Response, status } from './apdu.ts';
import { type AccessStep, BasicAccess } from './basic-access.ts';
import { ChipAuthentication } from './chip-authentication.ts';
import type { ChipProfile } from './chip-profile.ts';
import { refusal } from './chip-refusals.ts';
import { FileSystem } from './file-system.ts';
import { instruction } from './instructions.ts';
import { PasswordAuthenticatedConnection } from './pace.ts';
import type { ChipSession } from './session.ts';

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
  /** How many milliseconds the answer to the last command is held back; infinitely many where it never comes. */
  readonly heldMillis: number;
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
  readonly #chipAuthentication: ChipAuthentication;
  readonly #attempts: AccessAttempts;
  readonly #random: RandomSource;
  #session: ChipSession | null = null;
  #present = true;
  #left = false;
  #commands = 0;
  #answered: AnsweredCommand | null = null;
  #heldMillis = 0;
  readonly #occurrences = new Map<number, number>();

  constructor(profile: ChipProfile, { random, faults = {} }: ChipOptions) {
    const { mrzInformation } = profile.passwords;
    this.#profile = profile;
    this.#faults = faults;
    this.#files = new FileSystem(profile);
    this.#basicAccess =
      profile.basicAccessControl && mrzInformation !== null ? new BasicAccess(mrzInformation, random) : null;
    this.#pace = new PasswordAuthenticatedConnection(profile, random);
    this.#chipAuthentication = new ChipAuthentication(profile);
    this.#attempts = new AccessAttempts(profile.quirks);
    this.#random = random;
  }

  get atr(): Uint8Array {
    return this.#profile.answerToReset;
  }

  get present(): boolean {
    return this.#present;
  }

  get heldMillis(): number {
    return this.#heldMillis;
  }

  enterField(): void {
    this.#present = true;
    this.#commands = 0;
    this.#occurrences.clear();
    this.#attempts.reset();
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
    this.#answered = null;
    this.#heldMillis = 0;
    const response = this.#changedOnTheWire(this.#respond(command), command);
    if (response === null || this.#leavesHere()) return this.#leave();
    this.#hold();
    return this.#corrupt(response);
  }

  // The chip itself answers at once: who carries its answer waits as long as it is held back.
  #hold(): void {
    if (this.#commands === this.#faults.muteAtCommand) this.#heldMillis = Number.POSITIVE_INFINITY;
    const answered = this.#answered;
    if (answered === null) return;
    for (const { holds } of this.#faults.answers ?? [])
      this.#heldMillis = Math.max(this.#heldMillis, holds?.(answered) ?? 0);
  }

  #leave(): null {
    this.#present = false;
    this.#heldMillis = 0;
    this.reset();
    return null;
  }

  // Once, at the first read beyond the place: laid back, it is read on.
  #leavesHere(): boolean {
    const place = this.#profile.leavesField;
    const read = this.#files.lastRead;
    if (place === null || read === null || this.#left) return false;
    this.#left = read.file === place.file && read.end > place.offset;
    return this.#left;
  }

  // What goes out; the header is that of the wire, so that faults can tell commands apart without the session's keys.
  #changedOnTheWire(response: Uint8Array, command: Uint8Array): Uint8Array | null {
    const hooks = this.#faults.answers ?? [];
    const answered = this.#answered;
    if (hooks.length === 0 || command.length < 4 || answered === null) return response;
    return hooks.reduce<Uint8Array | null>(
      (bytes, { wire }) => (bytes === null || wire === undefined ? bytes : wire(bytes, answered)),
      response,
    );
  }

  // The answer as the faults change it, before it is protected.
  #changed(response: Response, { ins, p1, p2, data }: Command): Response {
    const occurrence = (this.#occurrences.get(ins) ?? 0) + 1;
    this.#occurrences.set(ins, occurrence);
    const secured = this.#session !== null;
    const answered = { ins, p1, p2, data, secured, occurrence, file: this.#files.lastRead?.file ?? null };
    this.#answered = answered;
    return (this.#faults.answers ?? []).reduce(
      (made, { answer: change }) => change?.(made, answered) ?? made,
      response,
    );
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
    if (command.extended && this.#profile.quirks?.extendedLengthRefused === 'protected')
      return session.protect(answer(status.wrongLength), (inner.ins & 1) === 1);
    const most = session.longestData(shortOr(command, this.#mostResponse));
    const response = this.#execute(inner, most);
    if (this.#commands === this.#faults.plainAnswerAtCommand) return this.#plain(response);
    const answered = session.protect(response, (inner.ins & 1) === 1);
    // 9303-11 §6.2.4.2: the answer goes out under the old keys, all that follows under the new ones.
    this.#session = this.#opening ?? session;
    this.#opening = null;
    return answered;
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
    const refused = this.#faults.shortLengthOnly === true || this.#profile.quirks?.extendedLengthRefused === 'plain';
    return extendedLength !== null && !refused && length <= extendedLength.maxCommand;
  }

  #execute(command: Command, most: number): Response {
    return this.#changed(this.#perform(command, most), command);
  }

  #perform(command: Command, most: number): Response {
    const { ins } = command;
    if ((command.cla & ~chaining) !== 0) return answer(status.classUnknown);
    const chained = (command.cla & chaining) !== 0;
    if (chained && ins !== instruction.generalAuthenticate) return answer(status.chainingNotSupported);
    if (ins !== instruction.generalAuthenticate) this.#pace.forget();
    if (ins !== instruction.externalAuthenticate) this.#basicAccess?.forget();
    if (ins !== instruction.generalAuthenticate) this.#chipAuthentication.forget();
    const allowed = this.#session !== null || this.#profile.quirks?.noAccessControl === true;
    const atOnce = Math.min(most, this.#faults.longestRead ?? most);
    const refused = refusal(command, this.#profile.quirks);
    if (refused !== null) return answer(refused);
    switch (ins) {
      case instruction.select:
        return this.#files.select(command, allowed);
      case instruction.readBinary:
        return this.#files.readBinary(command, allowed, atOnce);
      case instruction.readBinaryOdd:
        return this.#files.readBinaryOdd(command, allowed, atOnce);
      default:
        return this.#authenticate(command, most);
    }
  }

  #authenticate(command: Command, most: number): Response {
    switch (command.ins) {
      case instruction.getChallenge:
        if (this.#basicAccess === null) return answer(status.instructionUnknown);
        return this.#mayBasicAccess() ? this.#basicAccess.challenge(command) : answer(status.conditionsOfUse);
      case instruction.externalAuthenticate:
        return this.#externalAuthenticate(command);
      case instruction.manageSecurityEnvironment:
        return this.#manageSecurityEnvironment(command);
      case instruction.generalAuthenticate:
        return this.#generalAuthenticate(command);
      case instruction.internalAuthenticate:
        return this.#internalAuthenticate(command, most);
      default:
        return answer(status.instructionUnknown);
    }
  }

  #externalAuthenticate(command: Command): Response {
    if (this.#basicAccess === null) return answer(status.instructionUnknown);
    if (!this.#mayBasicAccess()) return answer(status.conditionsOfUse);
    const withoutLe = this.#profile.quirks?.externalAuthenticateWithoutLe === true;
    if (withoutLe && command.expected !== null) return answer(status.referenceNotFound);
    return this.#open(this.#basicAccess.authenticate(command));
  }

  #manageSecurityEnvironment(command: Command): Response {
    const { p1, p2 } = command;
    const paceOffered = this.#profile.pace.length > 0;
    if (!paceOffered && !this.#chipAuthentication.offered) return answer(status.instructionUnknown);
    if (this.#session === null) {
      if (!paceOffered) return answer(status.conditionsOfUse);
      if (this.#attempts.blocked) return answer(status.authenticationBlocked);
      return this.#pace.setAuthenticationTemplate(command);
    }
    if (p1 !== 0x41 || !this.#files.inApplication) return answer(status.conditionsOfUse);
    if (!this.#chipAuthentication.offered) return answer(status.wrongParameters);
    if (p2 === 0xa4) return this.#chipAuthentication.setAuthenticationTemplate(command);
    if (p2 === 0xa6) return this.#open(this.#chipAuthentication.setKeyAgreementTemplate(command));
    return answer(status.wrongParameters);
  }

  #generalAuthenticate(command: Command): Response {
    if (this.#chipAuthentication.running) return this.#open(this.#chipAuthentication.generalAuthenticate(command));
    if (this.#profile.pace.length === 0) return answer(status.instructionUnknown);
    return this.#openAtMasterFile(this.#pace.generalAuthenticate(command));
  }

  // 9303-11 §6.1: only after access control, with the key of the application.
  #internalAuthenticate(command: Command, most: number): Response {
    const { activeAuthentication, quirks } = this.#profile;
    if (activeAuthentication === undefined) return answer(status.instructionUnknown);
    const allowed = this.#session !== null || quirks?.noAccessControl === true;
    if (!allowed || !this.#files.inApplication) return answer(status.accessNotAllowed);
    if (quirks?.activeAuthenticationExtended === true && !command.extended) return answer(status.wrongLength);
    return internalAuthenticate(activeAuthentication, command, most, this.#random);
  }

  // Never two accesses in one session (9303-11 §4.1), and BAC inside the application alone (§4.3.2).
  #mayBasicAccess(): boolean {
    return this.#session === null && this.#files.inApplication && !this.#attempts.blocked;
  }

  #open({ response, session }: AccessStep): Response {
    this.#opening = session;
    if (session !== null) this.#attempts.succeeded();
    const counted = this.#attempts.counted(response.status);
    if (response.status === status.authenticationFailed) this.#heldMillis = this.#attempts.delay;
    return { ...response, status: counted };
  }

  #openAtMasterFile(step: AccessStep): Response {
    if (step.session !== null) this.#files.selectMasterFile();
    return this.#open(step);
  }

  #forgetAccess(): void {
    this.#pace.forget();
    this.#chipAuthentication.forget();
    this.#basicAccess?.forget();
  }
}

function shortOr(command: Command, extended: number): number {
  return command.extended ? extended : Math.min(extended, shortResponse);
}
