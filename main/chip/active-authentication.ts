import type { RandomSource } from '../crypto/random.ts';
import { Failure } from '../result/failure.ts';
import type { ActiveAuthenticationKey } from './active-authentication-key.ts';
import { type LengthForm, statusName, statusOk } from './apdu.ts';
import type { ChipChannel } from './channel.ts';

/** The evidence of active authentication: what was asked and what the chip signed. Whoever has DG15 can verify it again. */
export interface ActiveAuthenticationAnswer {
  readonly challenge: Uint8Array;
  readonly response: Uint8Array;
}

const challengeLength = 8;
const wrongLength = 0x6700;

/** Above any signature that this house verifies. */
const maximumResponse = 1_024;

// Australia answers a short command cut at 231 bytes, China an extended one with nothing: one is tried, then the other,
// where the answer can be a matter of length.
function formsFor(channel: ChipChannel, signatureLength: number, extendedStated: boolean): readonly LengthForm[] {
  if (!channel.extendedLength) return ['short'];
  const fits = signatureLength <= channel.dataPerAnswer('short');
  return fits || !extendedStated ? ['short', 'extended'] : ['extended', 'short'];
}

/**
 * INTERNAL AUTHENTICATE with a fresh challenge (9303-11 §6.1.4); a second try in the other length form gets a challenge of
 * its own. `extendedStated` says that the chip's EF.ATR/INFO offers extended length. The signature is not verified here.
 * Fails with `active-authentication.failed`, with `active-authentication.unsupported` where the reader does not bear the
 * answer's length, and as the channel does.
 */
export async function challengeChip(
  channel: ChipChannel,
  key: ActiveAuthenticationKey,
  extendedStated: boolean,
  random: RandomSource,
): Promise<ActiveAuthenticationAnswer> {
  let status = 0;
  let length = 0;
  let extendedNotSent = false;
  for (const form of formsFor(channel, key.signatureLength, extendedStated)) {
    const challenge = random(challengeLength);
    const expectedLength = form === 'short' ? 256 : channel.dataPerAnswer('extended');
    const command = { cla: 0x00, ins: 0x88, p1: 0x00, p2: 0x00, data: challenge, expectedLength };
    const answer = await channel.send(command, form).catch(unlessNotSent(form));
    if (answer === null) {
      extendedNotSent = true;
      continue;
    }
    status = answer.status;
    length = answer.data.length;
    if (status === statusOk && isWhole(key, length)) return { challenge, response: answer.data.slice() };
    if (!mayBeLength(status)) break;
  }
  // The reader is too short for this key, or for a chip that asks for more: that says nothing about the chip.
  const tooLong = key.signatureLength > channel.dataPerAnswer('short');
  const shortAlone = extendedNotSent || !channel.extendedLength;
  if ((tooLong && shortAlone) || (status === wrongLength && extendedNotSent))
    throw new Failure('active-authentication.unsupported', { reason: 'extended length' });
  throw new Failure('active-authentication.failed', {
    step: 'INTERNAL AUTHENTICATE',
    status: statusName(status),
    length,
  });
}

// 9303-11 §9.3.1.2: the other length form follows a wrong length, data that wait, and a success whose data were cut. Any
// other word of the chip is its answer to the challenge, and is not asked for twice.
function mayBeLength(status: number): boolean {
  return status === statusOk || status === wrongLength || status >> 8 === 0x61;
}

// acsccid#42: some readers never send an extended command; the session goes on and the short one is tried.
function unlessNotSent(form: LengthForm): (thrown: unknown) => null {
  return (thrown) => {
    if (thrown instanceof Failure && thrown.code === 'reader.communication' && form === 'extended') return null;
    throw thrown;
  };
}

// A DER signature is some bytes longer or shorter than a plain one.
function isWhole(key: ActiveAuthenticationKey, length: number): boolean {
  return key.kind === 'RSA' ? length === key.signatureLength : length > 0 && length <= maximumResponse;
}
