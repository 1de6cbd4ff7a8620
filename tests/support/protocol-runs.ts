import { performBac } from '../../main/chip/bac.ts';
import { ChipChannel } from '../../main/chip/channel.ts';
import { performChipAuthentication } from '../../main/chip/chip-authentication.ts';
import { selectEmrtdApplication } from '../../main/chip/directories.ts';
import { deriveKey } from '../../main/chip/key-derivation.ts';
import { performPace } from '../../main/chip/pace.ts';
import { SecureMessagingSession } from '../../main/chip/secure-messaging.ts';
import { parseSecurityInfos } from '../../main/chip/security-infos.ts';
import { type CurveName, curveByName, curveNames } from '../../main/crypto/curves.ts';
import { unsignedToBytes } from '../../main/crypto/points.ts';
import type { RandomSource } from '../../main/crypto/random.ts';
import { encodeInteger, encodeOid } from '../../main/document/der.ts';
import { encodeTlv } from '../../main/document/tlv.ts';
import { equal, fromHex } from '../../main/result/bytes.ts';
import { Failure } from '../../main/result/failure.ts';
import {
  type AgreementGroup,
  byteLength,
  curveGroup,
  primeFieldGroup,
} from '../../main/simulator/chip/agreement-group.ts';
import { parseCommand } from '../../main/simulator/chip/apdu.ts';
import { createChip } from '../../main/simulator/chip/chip.ts';
import { chipAuthenticationProtocol } from '../../main/simulator/chip/chip-authentication-protocols.ts';
import type { AgreementKey, ChipProfile } from '../../main/simulator/chip/chip-profile.ts';
import { integratedNumber, integratedPoint, nonceLengths } from '../../main/simulator/chip/integrated-mapping.ts';
import { type Cipher, ciphers } from '../../main/simulator/chip/key-derivation.ts';
import { ChipSession } from '../../main/simulator/chip/session.ts';
import { standardisedCurve, standardisedPrimeField } from '../../main/simulator/chip/standardised-domain.ts';
import { publicKeyInfo } from '../../main/simulator/issuing/clone-protection.ts';
import { extendedReader } from './chip-cards.ts';

/*
 * Whole runs of PACE and chip authentication against the simulated chip, with keys that are random or made so that a chosen
 * value begins with a zero byte. The values are computed here with the chip's own arithmetic, apart from the code under test.
 */

const information = 'T22000129364081251010318';
const contents = fromHex('60145f0104303130365f36063034303030305c026175');

/** What is made to begin with a zero byte; null: nothing, all keys are as they come. */
export type Zeroed = 'terminal key x' | 'terminal key y' | 'chip key x' | 'shared secret' | null;
export const zeroedValues: readonly Zeroed[] = [
  'terminal key x',
  'terminal key y',
  'chip key x',
  'shared secret',
  null,
];

export type Mapping = 'GM' | 'IM' | 'CAM';

export interface PaceOffer {
  readonly mapping: Mapping;
  readonly agreement: 'DH' | 'ECDH';
  readonly parameterId: number;
  readonly cipher: Cipher;
}

const curveIds = Array.from({ length: 11 }, (_, index) => index + 8);
const withoutIntegratedMapping = 10;

/** Every mapping, agreement, parameter set and cipher of 9303-11 §4.4 and §9.5.1 that exist together. */
export const paceOffers: readonly PaceOffer[] = (['GM', 'IM', 'CAM'] as const).flatMap((mapping) =>
  [0, 1, 2, ...curveIds].flatMap((parameterId) => {
    const agreement = parameterId < 8 ? ('DH' as const) : ('ECDH' as const);
    if (mapping === 'CAM' && agreement === 'DH') return [];
    if (mapping === 'IM' && parameterId === withoutIntegratedMapping) return [];
    const usable = ciphers.filter((cipher) => mapping !== 'CAM' || cipher !== '3DES');
    return usable.map((cipher) => ({ mapping, agreement, parameterId, cipher }));
  }),
);

const protocolArcs = { 'GM DH': 1, 'GM ECDH': 2, 'IM DH': 3, 'IM ECDH': 4, 'CAM ECDH': 6, 'CAM DH': 6 } as const;

function paceProtocol({ mapping, agreement, cipher }: PaceOffer): string {
  return `0.4.0.127.0.7.2.2.4.${protocolArcs[`${mapping} ${agreement}`]}.${ciphers.indexOf(cipher) + 1}`;
}

/** Values in the order in which they are drawn; asking for more, or for another length, is an error. */
function inThisOrder(...draws: readonly ((length: number) => Uint8Array)[]): RandomSource & { left(): number } {
  const rest = [...draws];
  const source = (length: number): Uint8Array => {
    const next = rest.shift();
    if (next === undefined) throw new RangeError('drawn too often');
    return next(length);
  };
  return Object.assign(source, { left: () => rest.length });
}

const exactly = (value: bigint) => (length: number) => unsignedToBytes(value, length);
const bytesOf = (value: Uint8Array) => () => value;

function number(random: RandomSource, below: bigint): bigint {
  const drawn = BigInt(`0x${Buffer.from(random(byteLength(below) + 8)).toString('hex')}`);
  return (drawn % (below - 2n)) + 2n;
}

/** A group with what the search for zero bytes needs. */
interface Domain<Element> {
  readonly group: AgreementGroup<Element>;
  readonly order: bigint;
  /** Length of a field element. */
  readonly length: number;
  /** The coordinates, or the number alone, each at full length. */
  readonly coordinates: (element: Element) => readonly Uint8Array[];
}

const searchedAtMost = 20_000;

// The first exponent after a random one at which `base` to its power begins with a zero byte, at little cost for each step.
function exponentWhere<Element>(
  domain: Domain<Element>,
  base: Element,
  random: RandomSource,
  coordinate: 0 | 1,
): { readonly exponent: bigint; readonly element: Element } {
  const { group, order } = domain;
  let exponent = number(random, order - BigInt(searchedAtMost));
  let element = group.power(base, exponent);
  for (let step = 0; step < searchedAtMost && element !== null; step++) {
    if (domain.coordinates(element).at(coordinate)?.[0] === 0) return { exponent, element };
    element = group.combine(element, base);
    exponent++;
  }
  throw new RangeError('no such value');
}

interface Keys<Element> {
  readonly terminal: bigint;
  readonly chip: bigint;
  readonly shared: Element;
}

// Private keys of both sides over a generator.
function agreementKeys<Element>(
  domain: Domain<Element>,
  generator: Element,
  zeroed: Zeroed,
  random: RandomSource,
): Keys<Element> {
  const { group, order } = domain;
  const chip = zeroed === 'chip key x' ? exponentWhere(domain, generator, random, 0).exponent : number(random, order);
  const chipKey = group.power(generator, chip);
  if (chipKey === null) throw new RangeError('chip key');
  const terminal = (): bigint => {
    // Numbers have no second coordinate: theirs is the only one.
    const second = domain.coordinates(generator).length === 1 ? 0 : 1;
    if (zeroed === 'terminal key x') return exponentWhere(domain, generator, random, 0).exponent;
    if (zeroed === 'terminal key y') return exponentWhere(domain, generator, random, second).exponent;
    return zeroed === 'shared secret' ? exponentWhere(domain, chipKey, random, 0).exponent : number(random, order);
  };
  const own = terminal();
  const shared = group.power(chipKey, own);
  if (shared === null) throw new RangeError('shared secret');
  return { terminal: own, chip, shared };
}

// Whether the promised zero is where it was promised.
function assertZero<Element>(domain: Domain<Element>, generator: Element, keys: Keys<Element>, zeroed: Zeroed): void {
  if (zeroed === null) return;
  const { group } = domain;
  const key = (exponent: bigint): readonly Uint8Array[] => {
    const element = group.power(generator, exponent);
    return element === null ? [] : domain.coordinates(element);
  };
  const values = {
    'terminal key x': key(keys.terminal)[0],
    'terminal key y': key(keys.terminal).at(-1),
    'chip key x': key(keys.chip)[0],
    'shared secret': group.secret(keys.shared),
  } as const;
  const value = values[zeroed];
  if (value?.[0] !== 0 || value.length !== domain.length) throw new Error(`${zeroed} does not begin with zero`);
}

function curveDomain(parameterId: number) {
  const curve = standardisedCurve(parameterId);
  return curveDomainOf(curve.name);
}

function curveDomainOf(name: CurveName) {
  const curve = curveByName(name);
  return {
    curve,
    group: curveGroup(curve),
    order: curve.parameters.n,
    length: curve.fieldLength,
    coordinates: ({ x, y }: { readonly x: bigint; readonly y: bigint }) => [
      unsignedToBytes(x, curve.fieldLength),
      unsignedToBytes(y, curve.fieldLength),
    ],
  };
}

function numberDomain(id: number) {
  const parameters = standardisedPrimeField(id);
  const length = byteLength(parameters.prime);
  return {
    parameters,
    group: primeFieldGroup(parameters),
    order: parameters.order,
    length,
    coordinates: (value: bigint) => [unsignedToBytes(value, length)],
  };
}

interface Draws {
  readonly terminal: ReturnType<typeof inThisOrder>;
  readonly chip: ReturnType<typeof inThisOrder>;
}

function planned<Element>(
  domain: Domain<Element>,
  { mapping, cipher }: PaceOffer,
  zeroed: Zeroed,
  random: RandomSource,
  integrated: (nonce: Uint8Array, terminalNonce: Uint8Array) => Element | null,
): Draws {
  const { group } = domain;
  if (zeroed === null) {
    // As often as a draw is refused, another is made.
    const free = Object.assign((length: number) => random(length), { left: () => 0 });
    return { terminal: free, chip: free };
  }
  if (mapping === 'IM') {
    const nonce = random(nonceLengths(cipher).chip);
    const terminalNonce = random(nonceLengths(cipher).terminal);
    const generator = integrated(nonce, terminalNonce);
    if (generator === null) throw new RangeError('mapping');
    const keys = agreementKeys(domain, generator, zeroed, random);
    assertZero(domain, generator, keys, zeroed);
    return {
      terminal: inThisOrder(bytesOf(terminalNonce), exactly(keys.terminal)),
      chip: inThisOrder(bytesOf(nonce), exactly(keys.chip)),
    };
  }
  const nonce = random(16);
  // The key agreement of the mapping gets the same zeros as that of the session.
  const first = agreementKeys(domain, group.generator, zeroed, random);
  assertZero(domain, group.generator, first, zeroed);
  const scaled = group.power(group.generator, BigInt(`0x${Buffer.from(nonce).toString('hex')}`));
  const generator = scaled === null ? null : group.combine(scaled, first.shared);
  if (generator === null) throw new RangeError('mapping');
  const keys = agreementKeys(domain, generator, zeroed, random);
  assertZero(domain, generator, keys, zeroed);
  return {
    terminal: inThisOrder(exactly(first.terminal), exactly(keys.terminal)),
    chip: inThisOrder(bytesOf(nonce), exactly(first.chip), exactly(keys.chip)),
  };
}

function profileWith(changes: Partial<ChipProfile>): ChipProfile {
  return {
    answerToReset: new Uint8Array(),
    masterFile: [],
    applications: [
      {
        identifier: fromHex('a0000002471001'),
        fileControlInformation: null,
        files: [{ name: 'EF.COM', identifier: 0x011e, shortIdentifier: 0x1e, contents, access: 'protected' }],
      },
    ],
    basicAccessControl: false,
    pace: [],
    passwords: { mrzInformation: information, can: '123456' },
    extendedLength: { maxCommand: 4_096, maxResponse: 4_096 },
    leavesField: null,
    ...changes,
  };
}

function channelTo(profile: ChipProfile, random: RandomSource): ChipChannel {
  const chip = createChip({ chip: profile }, { random });
  const transmit = async (command: Uint8Array): Promise<Uint8Array> => {
    const answer = chip.transmit(command);
    if (answer === null) throw new Failure('card.removed');
    return answer;
  };
  return new ChipChannel({ limits: extendedReader, transmit });
}

async function readsUnderTheNewKeys(channel: ChipChannel): Promise<void> {
  const read = await channel.send({ cla: 0, ins: 0xb0, p1: 0x9e, p2: 0, expectedLength: contents.length });
  if (read.status !== 0x9000 || !equal(read.data, contents)) throw new Error('the file is another');
}

/** One run of PACE and a file read under its keys. Throws where anything is not as it must be. */
export async function runPace(offer: PaceOffer, zeroed: Zeroed, random: RandomSource): Promise<void> {
  const { parameterId, cipher, mapping } = offer;
  const protocol = paceProtocol(offer);
  const curve = offer.agreement === 'ECDH' ? curveDomain(parameterId) : null;
  const field = offer.agreement === 'DH' ? numberDomain(parameterId) : null;
  const draws =
    curve !== null
      ? planned(curve, offer, zeroed, random, (nonce, other) => integratedPoint(curve.curve, cipher, nonce, other))
      : field !== null
        ? planned(field, offer, zeroed, random, (nonce, other) =>
            integratedNumber(field.parameters, cipher, nonce, other),
          )
        : null;
  if (draws === null) throw new RangeError('offer');
  const mappingKey: Partial<ChipProfile> =
    mapping === 'CAM' && curve !== null
      ? { mappingKey: { domain: { kind: 'ECDH', curve: curve.curve }, privateKey: number(random, curve.order) } }
      : {};
  const channel = channelTo(profileWith({ pace: [{ protocol, parameterId }], ...mappingKey }), draws.chip);
  const info = encodeTlv(0x30, encodeOid(protocol), encodeInteger(2), encodeInteger(parameterId));
  const key = { kind: 'mrz', information } as const;
  const { evidence } = await performPace(channel, parseSecurityInfos(encodeTlv(0x31, info)), key, draws.terminal);
  if (evidence.protocol !== 'PACE' || evidence.mapping !== mapping) throw new Error('another protocol');
  if (draws.terminal.left() + draws.chip.left() > 0) throw new Error('keys were not used');
  await selectEmrtdApplication(channel);
  await readsUnderTheNewKeys(channel);
}

export interface ChipAuthenticationRunOffer {
  /** A curve, or the number of a group of RFC 5114. */
  readonly domain: CurveName | 0 | 1 | 2;
  readonly cipher: Cipher;
  readonly form: 'named' | 'explicit' | 'standardised' | 'X9.42' | 'PKCS#3';
}

/** Every domain and cipher of chip authentication, in every form in which DG14 gives them. */
export const chipAuthenticationOffers: readonly ChipAuthenticationRunOffer[] = ciphers.flatMap((cipher) => [
  ...curveNames.flatMap((domain) =>
    (['named', 'explicit', 'standardised'] as const).map((form) => ({ domain, cipher, form })),
  ),
  ...([0, 1, 2] as const).flatMap((domain) => (['X9.42', 'PKCS#3'] as const).map((form) => ({ domain, cipher, form }))),
]);

function chipKeys(
  domain: ChipAuthenticationRunOffer['domain'],
  zeroed: Zeroed,
  random: RandomSource,
): { readonly key: AgreementKey; readonly terminal: bigint } {
  if (typeof domain === 'number') {
    const field = numberDomain(domain);
    const keys = agreementKeys(field, field.group.generator, zeroed, random);
    assertZero(field, field.group.generator, keys, zeroed);
    return {
      key: { domain: { kind: 'DH', parameters: field.parameters }, privateKey: keys.chip },
      terminal: keys.terminal,
    };
  }
  const curve = curveDomainOf(domain);
  const keys = agreementKeys(curve, curve.group.generator, zeroed, random);
  assertZero(curve, curve.group.generator, keys, zeroed);
  return { key: { domain: { kind: 'ECDH', curve: curve.curve }, privateKey: keys.chip }, terminal: keys.terminal };
}

/** One run of chip authentication after BAC, and a file read under its keys. Throws where anything is not as it must be. */
export async function runChipAuthentication(
  { domain, cipher, form }: ChipAuthenticationRunOffer,
  zeroed: Zeroed,
  random: RandomSource,
): Promise<void> {
  const keyId = (random(1)[0] ?? 0) % 4 === 0 ? undefined : ((random(1)[0] ?? 0) << 8) | 1;
  const { key, terminal } = chipKeys(domain, zeroed, random);
  const known = keyId === undefined ? null : BigInt(keyId);
  const chipAuthentication = [{ keyId: known, key, ciphers: [cipher] }];
  const channel = channelTo(profileWith({ basicAccessControl: true, chipAuthentication }), random);
  await selectEmrtdApplication(channel);
  await performBac(channel, information, random);
  const reference = keyId === undefined ? [] : [encodeInteger(keyId)];
  const info = encodeTlv(0x30, encodeOid(chipAuthenticationProtocol(key, cipher)), encodeInteger(1), ...reference);
  const infos = parseSecurityInfos(encodeTlv(0x31, info, publicKeyInfo(key, form, keyId)));
  const draws = inThisOrder(exactly(terminal));
  const { session } = await performChipAuthentication(channel, infos, draws);
  if (draws.left() > 0) throw new Error('keys were not used');
  await readsUnderTheNewKeys(channel);
  if (session.verifiedAnswers === 0) throw new Error('nothing came under the new keys');
}

const secureMessagingLengths = [0, 1, 7, 8, 9, 15, 16, 17, 111, 119, 127, 128, 223, 224, 231];

/**
 * Round trips of secure messaging under one pair of keys, both sides counting on: commands and answers of many lengths, with
 * an even and an odd instruction. Throws where anything comes out otherwise than it went in.
 */
export function roundTrips(cipher: Cipher, count: number, random: RandomSource): void {
  const secret = random(32);
  const counterLength = cipher === '3DES' ? 8 : 16;
  // Near the top as well: the counter goes round (9303-11 §9.8.6.3).
  const counter = (random(1)[0] ?? 0) < 32 ? new Uint8Array(counterLength).fill(0xff) : random(counterLength);
  const chip = new ChipSession(cipher, secret, counter);
  const keys = {
    encryption: deriveKey(secret, 'encryption', cipher),
    messageAuthentication: deriveKey(secret, 'messageAuthentication', cipher),
  };
  const terminal = new SecureMessagingSession(cipher, keys, counter);
  for (let trip = 0; trip < count; trip++) {
    const [pick = 0, odd = 0, other = 0] = random(3);
    const data = random(secureMessagingLengths[pick % secureMessagingLengths.length] ?? 0);
    const ins = odd % 2 === 0 ? 0xb0 : 0xb1;
    const command = { cla: 0, ins, p1: pick & 0x7f, p2: other, data, expectedLength: 256 } as const;
    const parsed = parseCommand(terminal.protect(command, 'extended'));
    const inner = parsed === null ? 0x6700 : chip.unprotect(parsed);
    if (typeof inner === 'number' || !equal(inner.data, data) || inner.p2 !== other || inner.expected !== 256)
      throw new Error(`${cipher}: the command came out otherwise`);
    const answer = random(secureMessagingLengths[other % secureMessagingLengths.length] ?? 0);
    const status = other % 7 === 0 ? 0x6282 : 0x9000;
    const back = terminal.unprotect(chip.protect({ data: answer, status }, ins % 2 === 1));
    if (!equal(back.data, answer) || back.status !== status)
      throw new Error(`${cipher}: the answer came out otherwise`);
  }
}
