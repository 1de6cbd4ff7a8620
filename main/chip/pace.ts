import type { CurvePoint } from '../crypto/curves.ts';
import { decodePoint, ecdhSharedSecret, encodePoint, multiplyPoint, randomPrivateKey } from '../crypto/points.ts';
import type { RandomSource } from '../crypto/random.ts';
import { encodeOid } from '../document/der.ts';
import { encodeTlv } from '../document/tlv.ts';
import { equal, equalSecret } from '../result/bytes.ts';
import { Failure } from '../result/failure.ts';
import type { AccessResult } from './access.ts';
import { type AccessKey, pacePasswordKey } from './access-key.ts';
import type { ChipChannel } from './channel.ts';
import { suiteFunctions } from './cipher-suite.ts';
import { deriveKey } from './key-derivation.ts';
import { choosePace, type PaceChoice } from './pace-choice.ts';
import { authenticationStep, paceTags, selectPace } from './pace-commands.ts';
import { SecureMessagingSession } from './secure-messaging.ts';
import type { SecurityInfo } from './security-infos.ts';

/** A nonce is some blocks long (9303-11 §4.4.3.3); nobody sends more than this. */
const maximumNonceLength = 64;

/**
 * PACE (9303-11 §4.4) in the master file, over a plain channel; then the channel speaks under secure messaging.
 * `infos` are those of EF.CardAccess. Fails with `access.not-offered` (no PACEInfo at all), `access.unsupported` (none that
 * this house knows), `access.wrong-key` (the chip refuses our token), `access.peer-key-invalid`, `access.pace-failed`.
 * After a failure the card must be reset before another access protocol is tried.
 */
export async function performPace(
  channel: ChipChannel,
  infos: readonly SecurityInfo[],
  key: AccessKey,
  random: RandomSource,
): Promise<AccessResult> {
  const choice = choosePace(infos);
  if (choice === null) {
    const offered = infos.some((info) => info.kind === 'PACEInfo');
    throw new Failure(offered ? 'access.unsupported' : 'access.not-offered', { protocol: 'PACE' });
  }
  await selectPace(channel, choice.info, key.kind);
  const nonce = await readNonce(channel, choice, pacePasswordKey(key, choice.info.cipher));
  const generator = await choice.mapping.map({
    curve: choice.curve,
    nonce,
    random,
    exchangeMappingData: (data) => authenticationStep(channel, paceTags.mapping, data),
  });
  nonce.fill(0);
  const session = await agree(channel, choice, generator, random);
  channel.startSession(session);
  const { mapping, curve, info } = choice;
  const evidence = { mapping: mapping.name, agreement: info.agreement, parameters: curve.name, cipher: info.cipher };
  return { session, evidence: { protocol: 'PACE', ...evidence } };
}

async function readNonce(channel: ChipChannel, { info }: PaceChoice, passwordKey: Uint8Array): Promise<Uint8Array> {
  const { blockLength, decrypt } = suiteFunctions(info.cipher);
  const encrypted = await authenticationStep(channel, paceTags.nonce, null);
  if (encrypted.length === 0 || encrypted.length % blockLength !== 0 || encrypted.length > maximumNonceLength)
    throw new Failure('access.pace-failed', { step: 'nonce', reason: 'length', length: encrypted.length });
  const nonce = decrypt(passwordKey, new Uint8Array(blockLength), encrypted);
  passwordKey.fill(0);
  return nonce;
}

// Steps 3 and 4 of 9303-11 §4.4.1 on the mapped generator: ephemeral keys, then the tokens that prove the password.
async function agree(
  channel: ChipChannel,
  { info, curve }: PaceChoice,
  generator: CurvePoint,
  random: RandomSource,
): Promise<SecureMessagingSession> {
  const invalid = (reason: string): Failure => new Failure('access.peer-key-invalid', { step: 'agreement', reason });
  const privateKey = randomPrivateKey(curve, random);
  const ownPoint = multiplyPoint(curve, generator, privateKey);
  if (ownPoint === null) throw invalid('infinity');
  const own = encodePoint(curve, ownPoint);
  const answer = await authenticationStep(channel, paceTags.agreement, own);
  const peer = decodePoint(curve, answer);
  if (peer === null) throw invalid('point');
  // 9303-11 §4.4.1: the keys shall differ, else a chip could send ours back and then our own token.
  if (equal(answer, own)) throw invalid('echo');
  const secret = ecdhSharedSecret(curve, privateKey, peer);
  const keys = {
    encryption: deriveKey(secret, 'encryption', info.cipher),
    messageAuthentication: deriveKey(secret, 'messageAuthentication', info.cipher),
  };
  secret.fill(0);
  const { token } = suiteFunctions(info.cipher);
  const tokenOver = (point: Uint8Array): Uint8Array =>
    token(keys.messageAuthentication, encodeTlv(0x7f49, encodeOid(info.protocol), encodeTlv(0x86, point)));
  const received = await authenticationStep(channel, paceTags.token, tokenOver(answer));
  if (!equalSecret(received, tokenOver(own)))
    throw new Failure('access.pace-failed', { step: 'token', reason: 'chip token' });
  return new SecureMessagingSession(info.cipher, keys);
}
