import { oidContents } from '../document/der.ts';
import { decodeTlv, encodeTlv, find, type Tlv } from '../document/tlv.ts';
import { concat } from '../result/bytes.ts';
import { Failure } from '../result/failure.ts';
import type { AccessKey } from './access-key.ts';
import { type CommandApdu, type ResponseApdu, statusName, statusOk } from './apdu.ts';
import type { ChipChannel } from './channel.ts';
import type { PaceChoice } from './pace-choice.ts';

/** Data objects of GENERAL AUTHENTICATE (9303-11 §4.4.4.2): what we send, what the chip answers. */
interface StepTags {
  readonly name: 'nonce' | 'mapping' | 'agreement' | 'token';
  readonly sent: number;
  readonly received: number;
}

export const paceTags = {
  nonce: { name: 'nonce', sent: 0x80, received: 0x80 },
  mapping: { name: 'mapping', sent: 0x81, received: 0x82 },
  agreement: { name: 'agreement', sent: 0x83, received: 0x84 },
  token: { name: 'token', sent: 0x85, received: 0x86 },
} as const satisfies Record<string, StepTags>;

const dynamicAuthenticationData = 0x7c;
const passwordReferences = { mrz: 0x01, can: 0x02 } as const;

/** Referenced data not found: password or domain parameters (9303-11 §4.4.4.1). */
const notThere = 0x6a88;

// 63Cx warns that x tries are left; the password is set nevertheless (TR-03110-3 B.11.1).
function accepted(status: number): boolean {
  return status === statusOk || (status & 0xfff0) === 0x63c0;
}

/**
 * MSE:Set AT (9303-11 §4.4.4.1). The parameter id goes along: chips refuse without it, or need it because several PACEInfos
 * share an object identifier. It is conditional, so a chip that refuses it is asked once more without.
 * Fails with `access.can-unusable` where the chip has no such password, else with `access.pace-failed`.
 */
export async function selectPace(
  channel: ChipChannel,
  { info, parameterId }: Pick<PaceChoice, 'info' | 'parameterId'>,
  password: AccessKey['kind'],
): Promise<void> {
  const reference = Uint8Array.of(passwordReferences[password]);
  const required = [encodeTlv(0x80, oidContents(info.protocol)), encodeTlv(0x83, reference)];
  const parameter = parameterId === null ? [] : [encodeTlv(0x84, integerBytes(parameterId))];
  const withParameter = await setAuthenticationTemplate(channel, [...required, ...parameter]);
  if (accepted(withParameter.status)) return;
  if (parameter.length === 0) throw refused(withParameter, lacksPassword(password, withParameter.status));
  const without = await setAuthenticationTemplate(channel, required);
  if (!accepted(without.status)) throw refused(withParameter, lacksPassword(password, without.status));
}

function integerBytes(id: number): Uint8Array {
  return id > 0xff ? Uint8Array.of(id >> 8, id & 0xff) : Uint8Array.of(id);
}

function refused({ status }: ResponseApdu, noPassword: boolean): Failure {
  const code = noPassword ? 'access.can-unusable' : 'access.pace-failed';
  return new Failure(code, { step: 'MSE:Set AT', status: statusName(status) });
}

// A chip need not know a card access number (9303-11 §4.2 step 3). With the parameters left out nothing but the password can
// be missing; every chip of PACE has the one of the MRZ.
function lacksPassword(password: AccessKey['kind'] | null, status: number): boolean {
  return password === 'can' && status === notThere;
}

function setAuthenticationTemplate(channel: ChipChannel, objects: readonly Uint8Array[]): Promise<ResponseApdu> {
  const data = concat(...objects);
  return channel.send({ cla: 0x00, ins: 0x22, p1: 0xc1, p2: 0xa4, data });
}

/**
 * One GENERAL AUTHENTICATE of PACE, chained but for the last (9303-11 §4.4.4.3): `data` goes out in the step's object (null:
 * an empty template), the answer's template comes back. `password` is the one that this step is the first to use: some chips
 * say only then that they do not have it (§4.4.4.1 note 1). Fails with `access.can-unusable` there, with `access.wrong-key`
 * where the chip refuses our token, with `access.wrong-key-maybe` where its word may have another cause, with
 * `access.unsupported` where the reader does not bear the length, else with `access.pace-failed`.
 */
export async function authenticationTemplate(
  channel: ChipChannel,
  step: StepTags,
  data: Uint8Array | null,
  password: AccessKey['kind'] | null = null,
): Promise<Tlv> {
  const last = step === paceTags.token;
  const template = encodeTlv(dynamicAuthenticationData, ...(data === null ? [] : [encodeTlv(step.sent, data)]));
  const command: CommandApdu = { cla: last ? 0x00 : 0x10, ins: 0x86, p1: 0x00, p2: 0x00, data: template };
  const answer = await channel.sendFitting(command, template.length);
  if (answer.status !== statusOk) throw refusal(step, answer.status, password);
  const received = templateOf(answer.data);
  if (received === null) throw malformedAnswer(step);
  return received;
}

/** The same, for steps whose answer is one object: its contents. */
export async function authenticationStep(
  channel: ChipChannel,
  step: StepTags,
  data: Uint8Array | null,
  password: AccessKey['kind'] | null = null,
): Promise<Uint8Array> {
  return objectOf(step, await authenticationTemplate(channel, step, data, password));
}

/** The contents of the step's object in an answer. Fails with `access.pace-failed` where it is missing. */
export function objectOf(step: StepTags, template: Tlv): Uint8Array {
  const object = find(template, step.received);
  if (object === null) throw malformedAnswer(step);
  return object.value;
}

function malformedAnswer({ name }: StepTags): Failure {
  return new Failure('access.pace-failed', { step: name, reason: 'answer' });
}

/** By these some chips say at the token that it does not verify; the standard has them for other things as well. */
const wrongKeyMaybe: ReadonlySet<number> = new Set([0x6982, 0x6988]);

// 6300 at the end says that the passwords differ (9303-11 §4.4.4.2); 63Cx says it with the tries that are left.
function refusal(step: StepTags, status: number, password: AccessKey['kind'] | null): Failure {
  const fields = { step: step.name, status: statusName(status) };
  if (lacksPassword(password, status)) return new Failure('access.can-unusable', fields);
  if (step !== paceTags.token) return new Failure('access.pace-failed', fields);
  if (status === 0x6300 || (status & 0xfff0) === 0x63c0) return new Failure('access.wrong-key', fields);
  return new Failure(wrongKeyMaybe.has(status) ? 'access.wrong-key-maybe' : 'access.pace-failed', fields);
}

function templateOf(data: Uint8Array): Tlv | null {
  try {
    const template = decodeTlv(data);
    return template.tag === dynamicAuthenticationData ? template : null;
  } catch (thrown) {
    if (thrown instanceof Failure) return null;
    throw thrown;
  }
}
