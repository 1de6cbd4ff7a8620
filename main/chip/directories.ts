import { fromHex } from '../result/bytes.ts';
import { Failure } from '../result/failure.ts';
import { type CommandApdu, type ResponseApdu, statusName, statusOk } from './apdu.ts';
import type { ChipChannel } from './channel.ts';

/** Application identifier of the eMRTD application (9303-10 §3.6.1.2). */
const applicationId = fromHex('A0000002471001');

const lastOfChainExpected = 0x6883;
/** The one status by which a chip says that there is no such application (ISO 7816-4 §5.1.5, §11.1.1). */
const fileOrApplicationNotFound = 0x6a82;

/**
 * SELECT of the eMRTD application, without Le: some chips refuse it (9303-10 §3.6.1.2). Chips that know no P2 `0C` are asked
 * once with `00`. Fails with `document.no-application` where the chip says that it has none, and with `access.refused`
 * where it refuses for another reason: a length or a parameter that it does not take is no word on what it holds.
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
  const code = status === fileOrApplicationNotFound ? 'document.no-application' : 'access.refused';
  throw new Failure(code, { step: 'SELECT', status: statusName(status) });
}

// 9303-10 §3.6.1.1 knows only the first; the field has chips that take only one of the others.
const masterFileCommands: readonly CommandApdu[] = [
  { cla: 0x00, ins: 0xa4, p1: 0x00, p2: 0x0c },
  { cla: 0x00, ins: 0xa4, p1: 0x00, p2: 0x0c, data: fromHex('3F00') },
  { cla: 0x00, ins: 0xa4, p1: 0x02, p2: 0x0c, data: fromHex('3F00') },
];

/** SELECT of the master file, in the standard's form alone or in all that chips take; whether one was taken. */
export async function selectMasterFile(
  channel: ChipChannel,
  forms: 'as the standard says' | 'all' = 'all',
): Promise<boolean> {
  for (const command of forms === 'all' ? masterFileCommands : masterFileCommands.slice(0, 1)) {
    if ((await channel.send(command)).status === statusOk) return true;
  }
  return false;
}

/** SELECT of an elementary file of the current directory, without Le (9303-10 §3.6.2). */
export function selectElementaryFile(channel: ChipChannel, id: number): Promise<ResponseApdu> {
  return channel.send({ cla: 0x00, ins: 0xa4, p1: 0x02, p2: 0x0c, data: Uint8Array.of(id >> 8, id & 0xff) });
}
