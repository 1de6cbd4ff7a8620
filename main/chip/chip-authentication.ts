import type { RandomSource } from '../crypto/random.ts';
import { oidContents } from '../document/der.ts';
import { encodeTlv } from '../document/tlv.ts';
import { concat, fromHex } from '../result/bytes.ts';
import { Failure } from '../result/failure.ts';
import { statusName, statusOk } from './apdu.ts';
import type { ChipChannel } from './channel.ts';
import {
  type ChipAuthenticationChoice,
  chooseChipAuthentication,
  offersChipAuthentication,
} from './chip-authentication-choice.ts';
import type { CipherSuite } from './key-derivation.ts';
import { SecureMessagingSession } from './secure-messaging.ts';
import type { KeyAgreement, SecurityInfo } from './security-infos.ts';
import { deriveSessionKeys } from './session-keys.ts';

/** How chip authentication was run, in the words of the standard. It proves nothing before an answer under the new keys. */
export interface ChipAuthenticationEvidence {
  readonly protocol: string;
  readonly agreement: KeyAgreement;
  readonly parameters: string;
  readonly cipher: CipherSuite;
  readonly command: 'MSE:Set KAT' | 'MSE:Set AT';
  /** The reference of the chip's key in hex; null where it has none. */
  readonly keyId: string | null;
}

export interface ChipAuthenticationResult {
  readonly evidence: ChipAuthenticationEvidence;
  /** Already that of the channel. `verifiedAnswers` above zero is the proof of the chip's key (9303-11 §6.2). */
  readonly session: SecureMessagingSession;
}

/**
 * Chip authentication version 1 (9303-11 §6.2) with the keys of DG14, under the session of the access protocol; then the
 * channel speaks under the new keys. Fails with `chip-authentication.not-offered`, `chip-authentication.unsupported`,
 * `chip-authentication.failed`, and as the channel does; where the chip refuses, the old session goes on. 3DES may go by
 * either command (§6.2.4): `begin` is the one that it begins with.
 */
export async function performChipAuthentication(
  channel: ChipChannel,
  infos: readonly SecurityInfo[],
  random: RandomSource,
  begin: ChipAuthenticationEvidence['command'] = 'MSE:Set KAT',
): Promise<ChipAuthenticationResult> {
  if (!offersChipAuthentication(infos)) throw new Failure('chip-authentication.not-offered');
  const choice = chosen(infos);
  const { group, cipher, protocol, keyId } = choice;
  const privateKey = group.randomPrivateKey(random);
  const own = group.power(group.generator, privateKey);
  using common = group.secretPower(choice.chipPublicKey, privateKey);
  if (own === null || common === null) throw new Failure('chip-authentication.failed', { step: 'key agreement' });
  const command = await agree(channel, choice, own, begin);
  using secret = group.secretOf(common.reveal());
  // The answer to the last command came under the old keys; what follows is under the new ones, from counter zero (§6.2.2).
  const session = new SecureMessagingSession(cipher, deriveSessionKeys(secret.reveal(), cipher));
  channel.startSession(session);
  const reference = keyId === null ? null : keyId.toString(16);
  const evidence = { protocol, agreement: group.agreement, parameters: group.name, cipher, command, keyId: reference };
  return { session, evidence };
}

function chosen(infos: readonly SecurityInfo[]): ChipAuthenticationChoice {
  try {
    const choice = chooseChipAuthentication(infos);
    if (choice !== null) return choice;
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    throw new Failure('chip-authentication.failed', { step: 'key', reason: thrown.code }, thrown);
  }
  throw new Failure('chip-authentication.unsupported');
}

// §6.2.4.1: 3DES goes by MSE:Set KAT. Chips that know it only by Set AT exist; a refusal leaves the session as it is.
async function agree(
  channel: ChipChannel,
  choice: ChipAuthenticationChoice,
  publicKey: Uint8Array,
  begin: ChipAuthenticationEvidence['command'],
): Promise<ChipAuthenticationEvidence['command']> {
  const reference = choice.keyId === null ? [] : [encodeTlv(0x84, keyReference(choice.keyId))];
  if (choice.cipher === '3DES' && begin === 'MSE:Set KAT') {
    const data = concat(encodeTlv(0x91, publicKey), ...reference);
    const { status } = await channel.sendFitting({ cla: 0x00, ins: 0x22, p1: 0x41, p2: 0xa6, data }, null);
    if (status === statusOk) return 'MSE:Set KAT';
  }
  const data = concat(encodeTlv(0x80, oidContents(choice.protocol)), ...reference);
  const selected = await channel.send({ cla: 0x00, ins: 0x22, p1: 0x41, p2: 0xa4, data });
  if (selected.status !== statusOk) throw refused('MSE:Set AT', selected.status);
  const template = encodeTlv(0x7c, encodeTlv(0x80, publicKey));
  const command = { cla: 0x00, ins: 0x86, p1: 0x00, p2: 0x00, data: template };
  const answer = await channel.sendFitting(command, 0);
  if (answer.status !== statusOk) throw refused('GENERAL AUTHENTICATE', answer.status);
  return 'MSE:Set AT';
}

function refused(step: string, status: number): Failure {
  return new Failure('chip-authentication.failed', { step, status: statusName(status) });
}

/** The reference in as few bytes as it needs: a chip of Malta refuses more. */
function keyReference(keyId: bigint): Uint8Array {
  const hex = (keyId < 0n ? 0n : keyId).toString(16);
  return fromHex(hex.length % 2 === 0 ? hex : `0${hex}`);
}
