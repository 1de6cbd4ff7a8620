import { fromHex } from '../result/bytes.ts';
import { Failure } from '../result/failure.ts';
import { type CommandApdu, type ResponseApdu, statusName, statusOk } from './apdu.ts';
import type { ChipChannel } from './channel.ts';

/** Application identifier of the eMRTD application (9303-10 §3.6.1.2). */
const applicationId = fromHex('A0000002471001');

const lastOfChainExpected = 0x6883;
const notThere: ReadonlySet<number> = new Set([0x6a82, 0x6a81, 0x6a83, 0x6a88, 0x6d00, 0x6e00, 0x6999, 0x6283]);

/**
 * SELECT of the eMRTD application, without Le: some chips refuse it (9303-10 §3.6.1.2). Chips that know no P2 `0C` are asked
 * once with `00`. Fails with `document.no-application`, or `access.refused` where the chip will not say.
 */
export async function selectEmrtdApplication(channel: ChipChannel): Promise<void> {
  const command = { cla: 0x00, ins: 0xa4, p1: 0x04, p2: 0x0c, data: applicationId };
  const asked = await channel.send(command);
  // selfxyz/self#73: a refused step of PACE leaves its chain open; the command that breaks it is refused, the next one not.
  const first = asked.status === lastOfChainExpected ? await channel.send(command) : asked;
  if (first.status === statusOk) return;
  const parameterRefused = first.status === 0x6a86 || first.status === 0x6700;
  const { status } = parameterRefused ? await channel.send({ ...command, p2: 0x00, expectedLength: 256 }) : first;
  if (status === statusOk) return;
  const code = parameterRefused || notThere.has(status) ? 'document.no-application' : 'access.refused';
  throw new Failure(code, { step: 'SELECT', status: statusName(status) });
}

// 9303-10 §3.6.1.1 knows only the first; the field has chips that take only one of the others.
const masterFileCommands: readonly CommandApdu[] = [
  { cla: 0x00, ins: 0xa4, p1: 0x00, p2: 0x0c },
  { cla: 0x00, ins: 0xa4, p1: 0x00, p2: 0x0c, data: fromHex('3F00') },
  { cla: 0x00, ins: 0xa4, p1: 0x02, p2: 0x0c, data: fromHex('3F00') },
];

/** SELECT of the master file in the forms that chips take; whether one was taken. */
export async function selectMasterFile(channel: ChipChannel): Promise<boolean> {
  for (const command of masterFileCommands) {
    if ((await channel.send(command)).status === statusOk) return true;
  }
  return false;
}

/** SELECT of an elementary file of the current directory, without Le (9303-10 §3.6.2). */
export function selectElementaryFile(channel: ChipChannel, id: number): Promise<ResponseApdu> {
  return channel.send({ cla: 0x00, ins: 0xa4, p1: 0x02, p2: 0x0c, data: Uint8Array.of(id >> 8, id & 0xff) });
}
