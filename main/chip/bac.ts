import type { RandomSource } from '../crypto/random.ts';
import { concat, equal, equalSecret } from '../result/bytes.ts';
import { Failure } from '../result/failure.ts';
import { SecretBytes } from '../result/secret-bytes.ts';
import type { AccessResult } from './access.ts';
import { bacSeed } from './access-key.ts';
import { statusName, statusOk } from './apdu.ts';
import type { ChipChannel } from './channel.ts';
import { macLength, suiteFunctions } from './cipher-suite.ts';
import { SecureMessagingSession } from './secure-messaging.ts';
import { deriveSessionKeys, type SessionKeys } from './session-keys.ts';

const nonceLength = 8;
const keyPartLength = 16;
const cryptogramLength = 32;
const answerLength = cryptogramLength + macLength;

const { encrypt, decrypt, token: mac } = suiteFunctions('3DES');
const zeroIv = new Uint8Array(8);

// Statuses by which chips in the field say that the cryptogram does not verify. Each may have another cause as well.
const wrongKeyStatuses: ReadonlySet<number> = new Set([0x6300, 0x6982, 0x6988]);

const instructionUnknown = 0x6d00;

// By these some chips refuse the Le field of the command, though the worked example of 9303-11 D.3 sends it.
const refusesLe: ReadonlySet<number> = new Set([0x6a88, 0x6700]);

/**
 * Basic access control (9303-11 §4.3) with the MRZ's information; the application must be selected, by a plain SELECT.
 * On success the channel speaks under secure messaging. Fails with `access.wrong-key-maybe` where the chip refuses our
 * cryptogram, `access.not-offered` where it does not know GET CHALLENGE, `access.bac-failed` for anything else that it does
 * wrong. Never tries a key twice: only a refused
 * Le field is left out in a second run with a new challenge.
 */
export async function performBac(
  channel: ChipChannel,
  information: string,
  random: RandomSource,
): Promise<AccessResult> {
  using seed = bacSeed(information);
  using keys = deriveSessionKeys(seed.reveal(), '3DES');
  const session =
    (await authenticate(channel, keys, random, 'with Le')) ?? (await authenticate(channel, keys, random, 'without Le'));
  if (session === null) throw new Failure('access.bac-failed', { step: 'EXTERNAL AUTHENTICATE' });
  channel.startSession(session);
  const evidence = { protocol: 'BAC', mapping: null, agreement: null, parameters: null, cipher: '3DES' } as const;
  return { session, evidence, mappingEvidence: null };
}

// Null where the chip refuses the Le field.
async function authenticate(
  channel: ChipChannel,
  keys: SessionKeys,
  random: RandomSource,
  form: 'with Le' | 'without Le',
): Promise<SecureMessagingSession | null> {
  const challenge = await getChallenge(channel);
  const nonce = random(nonceLength);
  using keyPart = new SecretBytes(random(keyPartLength));
  using plain = new SecretBytes(concat(nonce, challenge, keyPart.reveal()));
  const cryptogram = encrypt(keys.encryption.reveal(), zeroIv, plain.reveal());
  const data = concat(cryptogram, mac(keys.messageAuthentication.reveal(), cryptogram));
  const command = { cla: 0x00, ins: 0x82, p1: 0x00, p2: 0x00, data };
  const answer = await channel.send(form === 'with Le' ? { ...command, expectedLength: answerLength } : command);
  if (form === 'with Le' && refusesLe.has(answer.status)) return null;
  if (answer.status !== statusOk) {
    const code = wrongKeyStatuses.has(answer.status) ? 'access.wrong-key-maybe' : 'access.bac-failed';
    throw new Failure(code, { step: 'EXTERNAL AUTHENTICATE', status: statusName(answer.status) });
  }
  using chipKeyPart = openAnswer(keys, answer.data, challenge, nonce);
  const other = chipKeyPart.reveal();
  using seed = new SecretBytes(keyPart.reveal().map((byte, index) => byte ^ (other[index] ?? 0)));
  // 9303-11 §9.8.6.3: the four last bytes of both nonces, the chip's first.
  const counter = concat(challenge.subarray(4), nonce.subarray(4));
  return new SecureMessagingSession('3DES', deriveSessionKeys(seed.reveal(), '3DES'), counter);
}

async function getChallenge(channel: ChipChannel): Promise<Uint8Array> {
  const { data, status } = await channel.send({
    cla: 0x00,
    ins: 0x84,
    p1: 0x00,
    p2: 0x00,
    expectedLength: nonceLength,
  });
  // A chip that does not know the command has no BAC: nothing was tried, and no key is to blame.
  if (status === instructionUnknown) {
    throw new Failure('access.not-offered', { protocol: 'BAC', status: statusName(status) });
  }
  if (status !== statusOk || data.length !== nonceLength)
    throw new Failure('access.bac-failed', { step: 'GET CHALLENGE', status: statusName(status), length: data.length });
  return data;
}

// K.IC out of E.IC ‖ M.IC (9303-11 §4.3.3); both nonces must come back.
function openAnswer(keys: SessionKeys, data: Uint8Array, challenge: Uint8Array, nonce: Uint8Array): SecretBytes {
  const wrong = (reason: string): Failure => new Failure('access.bac-failed', { step: 'answer', reason });
  if (data.length !== answerLength) throw wrong('length');
  const cryptogram = data.subarray(0, cryptogramLength);
  if (!equalSecret(mac(keys.messageAuthentication.reveal(), cryptogram), data.subarray(cryptogramLength)))
    throw wrong('mac');
  using opened = new SecretBytes(decrypt(keys.encryption.reveal(), zeroIv, cryptogram));
  const plain = opened.reveal();
  if (!equal(plain.subarray(0, 8), challenge) || !equal(plain.subarray(8, 16), nonce)) throw wrong('nonce');
  return new SecretBytes(plain.slice(16));
}
