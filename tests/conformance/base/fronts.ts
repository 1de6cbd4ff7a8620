import { decryptTripleDesCbc } from '../../../main/crypto/des.ts';
import { digest } from '../../../main/crypto/hash.ts';
import { decodeTlv, decodeTlvs, encodeTlv, type Tlv } from '../../../main/document/tlv.ts';
import { concat } from '../../../main/result/bytes.ts';
import { type Command, parseCommand, type Response } from '../../../main/simulator/chip/apdu.ts';
import { createChip, type SimulatedChip } from '../../../main/simulator/chip/chip.ts';
import type { ChipProfile } from '../../../main/simulator/chip/chip-profile.ts';
import { deriveKey, keyUse } from '../../../main/simulator/chip/key-derivation.ts';
import { ChipSession } from '../../../main/simulator/chip/session.ts';

/** Transmits a command APDU to what lies behind. */
export type Transmit = (command: Uint8Array) => Uint8Array | null;

/** What stands before a chip and answers, or changes its answers, as no chip of the simulator would. */
export type Front = (chip: SimulatedChip, profile: ChipProfile) => Transmit;

export function statusWord(word: number): Uint8Array {
  return Uint8Array.of(word >> 8, word & 0xff);
}

const isProtected = (command: Uint8Array): boolean => ((command[0] ?? 0) & 0x0c) === 0x0c;

function isSelectApplication(command: Uint8Array): boolean {
  return command[1] === 0xa4 && command[2] === 0x04;
}

/** The application cannot be selected before PACE, so that no BAC can hide a failure of PACE (the plan's rule). */
export function untilPace(front: Front | undefined): Front {
  return (chip, profile) => {
    const transmit = front?.(chip, profile) ?? ((command) => chip.transmit(command));
    return (command) =>
      isSelectApplication(command) && !isProtected(command) ? statusWord(0x6982) : transmit(command);
  };
}

/** Answers a command without protection in the chip's place, where the function does not leave it to the chip by null. */
export function answering(answer: (command: Uint8Array) => Uint8Array | null): Front {
  return (chip) => (command) => (isProtected(command) ? null : answer(command)) ?? chip.transmit(command);
}

/** Changes the answer to one GENERAL AUTHENTICATE of PACE, counted from 1: the objects in 7C, or a whole answer. */
export function atPaceStep(
  step: 1 | 2 | 3 | 4,
  change: (objects: readonly Tlv[], command: Uint8Array) => Uint8Array,
): Front {
  return (chip) => {
    let steps = 0;
    return (command) => {
      const response = chip.transmit(command);
      if (isProtected(command) || command[1] !== 0x86 || ++steps !== step || response === null) return response;
      const template = response.length > 2 ? decodeTlv(response.subarray(0, -2)).children : [];
      return change(template, command);
    };
  };
}

/** 7C with these objects, and 9000. */
export function dynamicData(...objects: readonly Uint8Array[]): Uint8Array {
  return concat(encodeTlv(0x7c, ...objects), statusWord(0x9000));
}

/** The object of that tag under another one, the others as they are. */
export function retagged(from: number, to: number): (objects: readonly Tlv[]) => Uint8Array {
  return (objects) => dynamicData(...objects.map(({ tag, value, raw }) => (tag === from ? encodeTlv(to, value) : raw)));
}

/** The object of that tag with other contents. */
export function refilled(
  tag: number,
  fill: (value: Uint8Array, command: Uint8Array) => Uint8Array,
): (objects: readonly Tlv[], command: Uint8Array) => Uint8Array {
  return (objects, command) =>
    dynamicData(
      ...objects.map((object) => (object.tag === tag ? encodeTlv(tag, fill(object.value, command)) : object.raw)),
    );
}

/** The data object of a command's 7C. */
export function sentObject(command: Uint8Array, tag: number): Uint8Array {
  const parsed = parseCommand(command);
  const found = parsed === null ? undefined : decodeTlv(parsed.data).children.find((object) => object.tag === tag);
  if (found === undefined) throw new Error('the command has no such object');
  return found.value;
}

/** An answer under secure messaging, and what a fault needs to authenticate another one in its place. */
export interface ProtectedAnswer {
  readonly objects: readonly Tlv[];
  readonly authenticate: (objects: Uint8Array) => Uint8Array;
}

/** What happens inside a session that BAC has opened. */
export interface SessionFaults {
  /** The plain answer to a plain command; `respond` asks the chip. */
  readonly plain?: (command: Command, respond: () => Response) => Response;
  /** The protected answer to a plain command, as it goes out. */
  readonly protected?: (command: Command, answer: ProtectedAnswer) => Uint8Array | null;
}

/**
 * Stands between terminal and chip after BAC, with the keys of both: the session ends here, and the files come from a chip
 * of the same contents that asks for no access. Only for bases with BAC.
 */
export function insideSession(faults: SessionFaults): Front {
  return (chip, profile) => {
    const free = createChip(
      { chip: { ...profile, quirks: { ...profile.quirks, noAccessControl: true }, extendedLength: widest } },
      { random: (length) => new Uint8Array(length).fill(1) },
    );
    let session: Session | null = null;
    return (bytes) => {
      const command = parseCommand(bytes);
      if (command === null || !isProtected(bytes)) {
        session = null;
        const response = chip.transmit(bytes);
        if (isSelectApplication(bytes)) free.transmit(bytes);
        if (bytes[1] === 0x82 && command !== null && response?.length === 42)
          session = new Session(profile.passwords.mrzInformation ?? '', command.data, response);
        return response;
      }
      return session === null ? chip.transmit(bytes) : session.answer(command, faults, free);
    };
  };
}

/** Sees every plain command of BAC's session without changing anything, until the chip changes its keys. */
export function watchingSession(see: (command: Command) => void): Front {
  return (chip, profile) => {
    let session: Session | null = null;
    return (bytes) => {
      const command = parseCommand(bytes);
      const inner = command !== null && isProtected(bytes) ? (session?.look(command) ?? null) : null;
      if (inner !== null) see(inner);
      const response = chip.transmit(bytes);
      if (bytes[1] === 0x82 && command !== null && response?.length === 42)
        session = new Session(profile.passwords.mrzInformation ?? '', command.data, response);
      if (inner?.ins === 0x22) session = null;
      return response;
    };
  };
}

const widest = { maxCommand: 65_544, maxResponse: 65_538 };

/** BAC's session as both sides have it (9303-11 §4.3.3, §9.8.6.3). */
class Session {
  readonly #session: ChipSession;
  #counter: bigint;

  constructor(mrzInformation: string, sent: Uint8Array, received: Uint8Array) {
    const seed = digest('SHA-1', new TextEncoder().encode(mrzInformation)).subarray(0, 16);
    const open = (cryptogram: Uint8Array): Uint8Array =>
      decryptTripleDesCbc(deriveKey('3DES', seed, keyUse.encryption), new Uint8Array(8), cryptogram.subarray(0, 32));
    const [terminal, own] = [open(sent), open(received)];
    const secret = own.subarray(16).map((byte, index) => byte ^ (terminal[16 + index] ?? 0));
    const counter = concat(own.subarray(4, 8), terminal.subarray(4, 8));
    this.#session = new ChipSession('3DES', secret, counter);
    this.#counter = counter.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  }

  answer(command: Command, faults: SessionFaults, free: SimulatedChip): Uint8Array | null {
    const inner = this.#session.unprotect(command);
    this.#counter += 2n;
    if (typeof inner === 'number') return statusWord(inner);
    const respond = (): Response => {
      const bytes = free.transmit(encodeCommand(inner)) ?? statusWord(0x6f00);
      return { data: bytes.subarray(0, -2), status: ((bytes.at(-2) ?? 0) << 8) | (bytes.at(-1) ?? 0) };
    };
    const response = faults.plain?.(inner, respond) ?? respond();
    const answered = this.#session.protect(response, (inner.ins & 1) === 1);
    if (faults.protected === undefined) return answered;
    const objects = decodeTlvs(answered.subarray(0, -2));
    return faults.protected(inner, { objects, authenticate: (covered) => this.#authenticator(covered) });
  }

  /** The plain command; the counter goes on as if it had been answered. Null where it is none of this session. */
  look(command: Command): Command | null {
    const inner = this.#session.unprotect(command);
    this.#session.protect({ data: new Uint8Array(), status: 0x9000 }, false);
    return typeof inner === 'number' ? null : inner;
  }

  #authenticator(objects: Uint8Array): Uint8Array {
    const counter = Uint8Array.from({ length: 8 }, (_, index) =>
      Number((this.#counter >> BigInt(56 - 8 * index)) & 0xffn),
    );
    return encodeTlv(0x8e, this.#session.token(concat(counter, objects)));
  }
}

// Extended form throughout: what lies behind bears every length.
function encodeCommand({ cla, ins, p1, p2, data, expected }: Command): Uint8Array {
  const lc = data.length === 0 ? new Uint8Array() : Uint8Array.of(0, data.length >> 8, data.length & 0xff);
  const marker = data.length === 0 ? Uint8Array.of(0) : new Uint8Array();
  const le =
    expected === null ? new Uint8Array() : concat(marker, Uint8Array.of((expected >> 8) & 0xff, expected & 0xff));
  return concat(Uint8Array.of(cla, ins, p1, p2), lc, data, le);
}

/** Status word 9000 around objects, as a protected answer goes out. */
export function protectedAnswer(...objects: readonly Uint8Array[]): Uint8Array {
  return concat(...objects, statusWord(0x9000));
}
