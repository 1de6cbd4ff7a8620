import { unpadMethod2 } from '../crypto/padding.ts';
import type { RandomSource } from '../crypto/random.ts';
import { encodeOid } from '../document/der.ts';
import { encodeTlv, find } from '../document/tlv.ts';
import { equal, equalSecret } from '../result/bytes.ts';
import { Failure } from '../result/failure.ts';
import { SecretBytes } from '../result/secret-bytes.ts';
import type { AccessResult } from './access.ts';
import { type AccessKey, pacePasswordKey } from './access-key.ts';
import type { ChipChannel } from './channel.ts';
import { suiteFunctions } from './cipher-suite.ts';
import type { CipherSuite } from './key-derivation.ts';
import { choosePace, type PaceChoice } from './pace-choice.ts';
import { authenticationStep, authenticationTemplate, objectOf, paceTags, selectPace } from './pace-commands.ts';
import type { MappedGenerator } from './pace-mapping.ts';
import { SecureMessagingSession } from './secure-messaging.ts';
import type { SecurityInfo } from './security-infos.ts';
import { deriveSessionKeys, type SessionKeys } from './session-keys.ts';

/** A nonce is some blocks long (9303-11 §4.4.3.3); nobody sends more than this. */
const maximumNonceLength = 64;

const encryptedChipAuthenticationData = 0x8a;

/**
 * PACE (9303-11 §4.4) in the master file, over a plain channel; then the channel speaks under secure messaging.
 * `infos` are those of EF.CardAccess. Fails with `access.not-offered` (no PACEInfo at all), `access.unsupported` (none that
 * this house knows, or the reader is too short for it), `access.can-unusable` (the chip has no card access number),
 * `access.wrong-key` and `access.wrong-key-maybe` (it refuses our token), `access.peer-key-invalid`, `access.pace-failed`,
 * `tlv.malformed`. After a failure the card must be reset before another
 * access protocol is tried. `naming` says whether MSE:Set AT names the parameters where they need not be named (DO 84).
 */
export async function performPace(
  channel: ChipChannel,
  infos: readonly SecurityInfo[],
  key: AccessKey,
  random: RandomSource,
  naming: 'parameters' | 'protocol alone' = 'parameters',
): Promise<AccessResult> {
  const choice = choosePace(infos);
  if (choice === null) {
    const offered = infos.some((info) => info.kind === 'PACEInfo');
    throw new Failure(offered ? 'access.unsupported' : 'access.not-offered', { protocol: 'PACE' });
  }
  const { mapping, group, info, parameterId } = choice;
  const named = naming === 'parameters' ? parameterId : null;
  await selectPace(channel, { info, parameterId: named }, key.kind);
  const { generator, chipPublicKey } = await mapNonce(channel, choice, key, random);
  using mapped = generator;
  const { keys, chipAuthenticationData } = await agree(channel, choice, mapped.reveal(), random);
  const session = new SecureMessagingSession(info.cipher, keys);
  channel.startSession(session);
  const evidence = { mapping: mapping.name, agreement: info.agreement, parameters: group.name, cipher: info.cipher };
  const mappingEvidence =
    mapping.name === 'CAM' && chipPublicKey !== null
      ? { group, parameterId, chipMappingKey: chipPublicKey, chipAuthenticationData }
      : null;
  return { session, evidence: { protocol: 'PACE', ...evidence }, mappingEvidence };
}

// Steps 1 and 2 of 9303-11 §4.4.1: the nonce is gone once it is mapped.
async function mapNonce(
  channel: ChipChannel,
  { mapping, group, info: { cipher } }: PaceChoice,
  key: AccessKey,
  random: RandomSource,
): Promise<MappedGenerator> {
  using nonce = await readNonce(channel, cipher, key);
  const exchangeMappingData = async (data: Uint8Array): Promise<Uint8Array> => {
    const template = await authenticationTemplate(channel, paceTags.mapping, data);
    // Integrated mapping answers with an empty object (§4.4.5.2.2), and some chips with none.
    return mapping.name === 'IM' ? new Uint8Array() : objectOf(paceTags.mapping, template);
  };
  return await mapping.map({ group, cipher, nonce, random, exchangeMappingData });
}

async function readNonce(channel: ChipChannel, cipher: CipherSuite, key: AccessKey): Promise<SecretBytes> {
  const { blockLength, decrypt } = suiteFunctions(cipher);
  const encrypted = await authenticationStep(channel, paceTags.nonce, null, key.kind);
  if (encrypted.length === 0 || encrypted.length % blockLength !== 0 || encrypted.length > maximumNonceLength)
    throw new Failure('access.pace-failed', { step: 'nonce', reason: 'length', length: encrypted.length });
  using passwordKey = pacePasswordKey(key, cipher);
  return new SecretBytes(decrypt(passwordKey.reveal(), new Uint8Array(blockLength), encrypted));
}

interface Agreement {
  readonly keys: SessionKeys;
  readonly chipAuthenticationData: Uint8Array | null;
}

// Steps 3 and 4 of 9303-11 §4.4.1 on the mapped generator: ephemeral keys, then the tokens that prove the password.
async function agree(
  channel: ChipChannel,
  choice: PaceChoice,
  generator: Uint8Array,
  random: RandomSource,
): Promise<Agreement> {
  const { info, group } = choice;
  const invalid = (reason: string): Failure => new Failure('access.peer-key-invalid', { step: 'agreement', reason });
  const privateKey = group.randomPrivateKey(random);
  const own = group.power(generator, privateKey);
  if (own === null) throw invalid('infinity');
  const answer = await authenticationStep(channel, paceTags.agreement, own);
  const peer = group.accept(answer);
  if (peer === null) throw invalid('point');
  // 9303-11 §4.4.1: the keys shall differ, else a chip could send ours back and then our own token.
  if (equal(peer, own)) throw invalid('echo');
  using common = group.secretPower(peer, privateKey);
  if (common === null) throw invalid('infinity');
  using secret = group.secretOf(common.reveal());
  const keys = deriveSessionKeys(secret.reveal(), info.cipher);
  try {
    return { keys, chipAuthenticationData: await proveKeys(channel, choice, keys, { own, peer }) };
  } catch (thrown) {
    keys[Symbol.dispose]();
    throw thrown;
  }
}

// Step 4: both tokens; what the chip sends beside its own for chip authentication mapping, null where that is nothing.
async function proveKeys(
  channel: ChipChannel,
  { info, group }: PaceChoice,
  keys: SessionKeys,
  { own, peer }: { readonly own: Uint8Array; readonly peer: Uint8Array },
): Promise<Uint8Array | null> {
  const { token } = suiteFunctions(info.cipher);
  const publicKeyTag = group.agreement === 'DH' ? 0x84 : 0x86;
  const tokenOver = (publicKey: Uint8Array): Uint8Array =>
    token(
      keys.messageAuthentication.reveal(),
      encodeTlv(0x7f49, encodeOid(info.protocol), encodeTlv(publicKeyTag, publicKey)),
    );
  // A number stands in every data object in its shortest form, so in the token too, also where the chip sent it padded
  // (§9.4.3). What such a chip puts in its own token no text tells.
  const template = await authenticationTemplate(channel, paceTags.token, tokenOver(peer));
  if (!equalSecret(objectOf(paceTags.token, template), tokenOver(own)))
    throw new Failure('access.pace-failed', { step: 'token', reason: 'chip token' });
  const encrypted = find(template, encryptedChipAuthenticationData)?.value ?? null;
  const readable = encrypted !== null && info.mapping === 'CAM';
  return readable ? decryptChipData(info.cipher, keys.encryption.reveal(), encrypted) : null;
}

// 9303-11 §4.4.3.5.3, §4.4.3.5.4: IV = E(KSenc, FF…FF), padding method 2.
function decryptChipData(cipher: CipherSuite, key: Uint8Array, encrypted: Uint8Array): Uint8Array | null {
  const { blockLength, decrypt, messagingIv } = suiteFunctions(cipher);
  if (cipher === '3DES' || encrypted.length === 0 || encrypted.length % blockLength !== 0) return null;
  const iv = messagingIv(key, new Uint8Array(blockLength).fill(0xff));
  return unpadMethod2(decrypt(key, iv, encrypted), blockLength);
}
