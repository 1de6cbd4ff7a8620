import { bytesToUnsigned } from '../../crypto/points.ts';
import { encodeInteger, oidContents } from '../../document/der.ts';
import { encodeTlv } from '../../document/tlv.ts';
import { equal } from '../../result/bytes.ts';
import { type AgreementGroup, curveGroup, primeFieldGroup } from './agreement-group.ts';
import { answer, type Command, type Response, type StatusWord, status } from './apdu.ts';
import type { AccessStep } from './basic-access.ts';
import { chipAuthenticationProtocol } from './chip-authentication-protocols.ts';
import type { AgreementKey, ChipAuthenticationKey, ChipProfile } from './chip-profile.ts';
import { readDynamicData, readObjects } from './command-objects.ts';
import type { Cipher } from './key-derivation.ts';
import { ChipSession } from './session.ts';

interface Choice {
  readonly key: ChipAuthenticationKey;
  readonly cipher: Cipher;
}

/** Chip authentication version 1 seen from the chip (9303-11 §6.2.4). */
export class ChipAuthentication {
  readonly #keys: readonly ChipAuthenticationKey[];
  readonly #quirks: NonNullable<ChipProfile['quirks']>;
  #chosen: Choice | null = null;

  constructor({ chipAuthentication, quirks }: Pick<ChipProfile, 'chipAuthentication' | 'quirks'>) {
    this.#keys = chipAuthentication ?? [];
    this.#quirks = quirks ?? {};
  }

  /** Whether the chip knows it at all. */
  get offered(): boolean {
    return this.#keys.length > 0;
  }

  /** Whether GENERAL AUTHENTICATE is the next step of a run. */
  get running(): boolean {
    return this.#chosen !== null;
  }

  /** MSE:Set KAT: key agreement with 3DES in one command (9303-11 §6.2.4.1). */
  setKeyAgreementTemplate(command: Command): AccessStep {
    this.#chosen = null;
    const objects = readObjects(command.data);
    const terminalKey = objects?.get(0x91);
    if (objects === null || terminalKey === undefined || this.#quirks.tripleDesBySetAt === true)
      return ended(status.wrongData);
    const found = this.#key(objects.get(0x84), (key) => key.ciphers.includes('3DES'));
    return typeof found === 'number' ? ended(found) : agree({ key: found, cipher: '3DES' }, terminalKey, null);
  }

  /** MSE:Set AT: protocol and key (9303-11 §6.2.4.2). */
  setAuthenticationTemplate(command: Command): Response {
    this.#chosen = null;
    const objects = readObjects(command.data);
    const protocol = objects?.get(0x80);
    if (objects === null || protocol === undefined) return answer(status.wrongData);
    const cipherFor = (key: ChipAuthenticationKey): Cipher | undefined =>
      key.ciphers.find((cipher) => equal(oidContents(chipAuthenticationProtocol(key.key, cipher)), protocol));
    // 9303-11 §6.2.4.1: 3DES goes by MSE:Set KAT; only some chips take it here as well.
    const takes = (key: ChipAuthenticationKey): boolean => {
      const cipher = cipherFor(key);
      return cipher !== undefined && (cipher !== '3DES' || this.#quirks.tripleDesBySetAt === true);
    };
    const key = this.#key(objects.get(0x84), takes);
    if (typeof key === 'number') return answer(key);
    const cipher = cipherFor(key);
    if (cipher === undefined) return answer(status.wrongData);
    this.#chosen = { key, cipher };
    return answer(status.done);
  }

  /** GENERAL AUTHENTICATE: the terminal's key; the new session begins after the answer (9303-11 §6.2.4.2). */
  generalAuthenticate(command: Command): AccessStep {
    const chosen = this.#chosen;
    this.#chosen = null;
    if (chosen === null) return ended(status.conditionsOfUse);
    if (command.p1 !== 0 || command.p2 !== 0) return ended(status.wrongParameters);
    const terminalKey = readDynamicData(command.data)?.get(0x80);
    return terminalKey === undefined
      ? ended(status.wrongData)
      : agree(chosen, terminalKey, encodeTlv(0x7c, new Uint8Array()));
  }

  /** Any other command breaks the run. */
  forget(): void {
    this.#chosen = null;
  }

  // A reference is needed where there are several keys (9303-11 §6.2.4).
  #key(
    reference: Uint8Array | undefined,
    takes: (key: ChipAuthenticationKey) => boolean,
  ): ChipAuthenticationKey | StatusWord {
    const able = this.#keys.filter(takes);
    if (able.length === 0) return status.wrongData;
    if (reference === undefined) {
      const [only, ...more] = able;
      return only === undefined || more.length > 0 ? status.referenceNotFound : only;
    }
    if (this.#quirks.minimalKeyReference === true && !isMinimal(reference)) return status.wrongData;
    const number = bytesToUnsigned(reference);
    return able.find(({ keyId }) => keyId === number) ?? status.referenceNotFound;
  }
}

// The contents of an INTEGER in its shortest form (9303-11 §9.2.6 by way of Table 9: the key identifier as it stands there).
function isMinimal(reference: Uint8Array): boolean {
  return equal(encodeInteger(bytesToUnsigned(reference)).subarray(2), reference);
}

function agree({ key, cipher }: Choice, terminalKey: Uint8Array, data: Uint8Array | null): AccessStep {
  const { domain } = key.key;
  const session =
    domain.kind === 'ECDH'
      ? sessionOf(curveGroup(domain.curve), key.key, cipher, terminalKey)
      : sessionOf(primeFieldGroup(domain.parameters), key.key, cipher, terminalKey);
  if (session === null) return ended(status.wrongData);
  return { response: data === null ? answer(status.done) : answer(status.done, data), session };
}

function sessionOf<Element>(
  group: AgreementGroup<Element>,
  { privateKey }: AgreementKey,
  cipher: Cipher,
  terminalKey: Uint8Array,
): ChipSession | null {
  const terminal = group.decode(terminalKey);
  const shared = terminal === null ? null : group.power(terminal, privateKey);
  return shared === null ? null : new ChipSession(cipher, group.secret(shared));
}

function ended(word: StatusWord): AccessStep {
  return { response: answer(word), session: null };
}
