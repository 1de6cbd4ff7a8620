import { digest } from '../../crypto/hash.ts';
import { bytesToUnsigned } from '../../crypto/points.ts';
import type { RandomSource } from '../../crypto/random.ts';
import { oidContents } from '../../document/der.ts';
import { concat, equal } from '../../result/bytes.ts';
import { byteLength, curveGroup, primeFieldGroup } from './agreement-group.ts';
import { answer, type Command, type Response, type StatusWord, status } from './apdu.ts';
import type { AccessStep } from './basic-access.ts';
import type { ChipProfile, PaceProfile } from './chip-profile.ts';
import { readDynamicData, readObjects } from './command-objects.ts';
import { integratedNumber, integratedPoint } from './integrated-mapping.ts';
import { readPaceProtocol } from './pace-protocols.ts';
import { beginPaceRun, type PaceRun } from './pace-run.ts';
import { standardisedCurve, standardisedPrimeField } from './standardised-domain.ts';

type PaceSide = Pick<ChipProfile, 'pace' | 'passwords' | 'mappingKey' | 'quirks'>;

/** PACE seen from the chip: what is chosen, and the commands of the chosen run (9303-11 §4.4.4). */
export class PasswordAuthenticatedConnection {
  readonly #profile: PaceSide;
  readonly #random: RandomSource;
  #run: PaceRun | null = null;

  constructor(profile: PaceSide, random: RandomSource) {
    this.#profile = profile;
    this.#random = random;
  }

  /** MSE:Set AT (9303-11 §4.4.4.1). */
  setAuthenticationTemplate(command: Command): Response {
    this.#run = null;
    if (command.p1 !== 0xc1 || command.p2 !== 0xa4) return answer(status.wrongParameters);
    const objects = readObjects(command.data);
    const protocol = objects?.get(0x80);
    const password = objects?.get(0x83);
    if (protocol === undefined || password === undefined) return answer(status.wrongData);
    const offered = this.#profile.pace.filter((offer) => equal(oidContents(offer.protocol), protocol));
    if (offered.length === 0) return answer(status.wrongData);
    const parameter = objects?.get(0x84);
    if (this.#refuses(parameter)) return answer(status.lengthAgainstParameters);
    const [offer] = chosen(offered, parameter);
    const secret = this.#password(password);
    if (offer === undefined || secret === null) return answer(status.referenceNotFound);
    this.#run = this.#begin(offer, secret);
    return answer(status.done);
  }

  #refuses(parameter: Uint8Array | undefined): boolean {
    const wish = this.#profile.quirks?.parameterReference;
    return (wish === 'required' && parameter === undefined) || (wish === 'refused' && parameter !== undefined);
  }

  // 9303-11 §9.7.3: the MRZ goes in as its SHA-1, the CAN as it is printed.
  #password(reference: Uint8Array): Uint8Array | null {
    const { mrzInformation, can } = this.#profile.passwords;
    const [kind] = reference;
    if (reference.length !== 1) return null;
    if (kind === 1 && mrzInformation !== null) return digest('SHA-1', new TextEncoder().encode(mrzInformation));
    return kind === 2 && can !== null ? new TextEncoder().encode(can) : null;
  }

  #begin({ protocol, parameterId }: PaceProfile, password: Uint8Array): PaceRun {
    const { agreement, mapping, cipher } = readPaceProtocol(protocol);
    const common = { protocol, cipher, password };
    if (agreement === 'DH') {
      const parameters = standardisedPrimeField(parameterId);
      const integrated = (nonce: Uint8Array, other: Uint8Array) => integratedNumber(parameters, cipher, nonce, other);
      const length = byteLength(parameters.prime);
      const padded = (key: Uint8Array): Uint8Array => concat(new Uint8Array(length - key.length), key);
      return beginPaceRun(
        {
          ...common,
          group: primeFieldGroup(parameters),
          integrated: mapping === 'IM' ? integrated : null,
          proof: null,
          publicKeyForm: this.#profile.quirks?.paddedDhKeys === true ? padded : null,
        },
        this.#random,
      );
    }
    const curve = standardisedCurve(parameterId);
    const integrated = (nonce: Uint8Array, other: Uint8Array) => integratedPoint(curve, cipher, nonce, other);
    return beginPaceRun(
      {
        ...common,
        group: curveGroup(curve),
        integrated: mapping === 'IM' ? integrated : null,
        proof: mapping === 'CAM' ? { privateKey: this.#mappingKey(), order: curve.parameters.n } : null,
        publicKeyForm: null,
      },
      this.#random,
    );
  }

  #mappingKey(): bigint {
    const key = this.#profile.mappingKey;
    if (key === undefined) throw new RangeError('chip authentication mapping without a key');
    return key.privateKey;
  }

  /** GENERAL AUTHENTICATE: nonce, mapping, key agreement, tokens, the first three chained (9303-11 §4.4.4.2, §4.4.4.3). */
  generalAuthenticate(command: Command): AccessStep {
    const run = this.#run;
    this.#run = null;
    const chained = (command.cla & 0x10) !== 0;
    if (run === null) return ended(status.conditionsOfUse);
    if (command.p1 !== 0 || command.p2 !== 0) return ended(status.wrongParameters);
    if (chained && run.atLastStep) return ended(status.lastOfChainExpected);
    if (!chained && !run.atLastStep) return ended(status.conditionsOfUse);
    const objects = readDynamicData(command.data);
    if (objects === null) return ended(status.wrongData);
    const step = run.next(objects);
    if (step.response.status === status.done && step.session === null) this.#run = run;
    return step;
  }

  /** Whether a run waits for its next command. */
  get running(): boolean {
    return this.#run !== null;
  }

  /** Any other command breaks the chain. */
  forget(): void {
    this.#run = null;
  }
}

// The reference may be left out where it is not needed to tell the parameters apart (9303-11 §4.4.4.1).
function chosen(offered: readonly PaceProfile[], parameter: Uint8Array | undefined): readonly PaceProfile[] {
  if (parameter === undefined) return offered.length === 1 ? offered : [];
  return offered.filter((offer) => bytesToUnsigned(parameter) === BigInt(offer.parameterId));
}

function ended(word: StatusWord): AccessStep {
  return { response: answer(word), session: null };
}
