import { decodeTlv, findAll, type Tlv } from '../document/tlv.ts';
import { fromHex, toHex } from '../result/bytes.ts';
import { asFailure, type PlainFailure } from '../result/failure.ts';
import { type ResponseApdu, statusOk } from './apdu.ts';
import type { ChipChannel } from './channel.ts';
import { selectElementaryFile, selectMasterFile } from './directories.ts';
import { type ApplicationKind, applicationOf, knownApplications } from './known-applications.ts';

/** What a card without a travel document said of itself: names and identifiers of applications, nothing of a person. */
export interface CardSurvey {
  /** The applications that answered, by name. */
  readonly answered: readonly string[];
  /** The identifiers that EF.DIR lists, in hex. */
  readonly listed: readonly string[];
  readonly kinds: ReadonlySet<ApplicationKind | 'unknown'>;
}

const directoryFile = 0x2f00;
const applicationIdentifier = 0x4f;
const applicationTemplate = 0x61;
/** A card for several uses lists a handful; what states more wants to be looked at for ever. */
const mostListed = 10;
const longestIdentifier = 16;
const noSuchWayToRead = 0x6981;

/**
 * Asks a card what it is: which known applications it has, and what its EF.DIR lists (ISO/IEC 7816-4 §12.2.1.1). It ends with the
 * first application that says that the card is for paying or driving, those that most wrong cards are: one command, or two. Some
 * twenty short commands at most, none of which changes the card. Fails as the channel does where the card or the reader is gone; what
 * the card refuses or garbles is not there.
 */
export async function surveyCard(
  channel: ChipChannel,
  isOver: (failure: PlainFailure) => boolean,
): Promise<CardSurvey> {
  const answered: string[] = [];
  const kinds = new Set<ApplicationKind | 'unknown'>();
  for (const { name, kind, identifier } of knownApplications.filter(({ whole }) => whole)) {
    const taken = await unless(isOver, async () => {
      const command = { cla: 0x00, ins: 0xa4, p1: 0x04, p2: 0x0c, data: fromHex(identifier) };
      return (await channel.send(command)).status === statusOk;
    });
    if (taken !== true) continue;
    answered.push(name);
    kinds.add(kind);
    // A person laid the wrong card down, and waits to hear it: what else it holds changes nothing.
    if (kind !== 'identity') return { answered, listed: [], kinds };
  }
  const listed = (await unless(isOver, () => directoryOf(channel))) ?? [];
  for (const identifier of listed) kinds.add(applicationOf(identifier)?.kind ?? 'unknown');
  return { answered, listed, kinds };
}

async function unless<Value>(
  isOver: (failure: PlainFailure) => boolean,
  ask: () => Promise<Value>,
): Promise<Value | null> {
  try {
    return await ask();
  } catch (thrown) {
    const failure = asFailure(thrown);
    if (isOver(failure)) throw failure;
    return null;
  }
}

async function directoryOf(channel: ChipChannel): Promise<readonly string[]> {
  if (!(await selectMasterFile(channel, 'all'))) return [];
  if ((await selectElementaryFile(channel, directoryFile)).status !== statusOk) return [];
  const whole = await channel.send({ cla: 0x00, ins: 0xb0, p1: 0x00, p2: 0x00, expectedLength: 256 });
  if (whole.status !== noSuchWayToRead) return identifiersIn([whole]);
  // EF.DIR may be a file of records as well (ISO/IEC 7816-4 §12.2.1.1): READ RECORD of each in the current file.
  const records: ResponseApdu[] = [];
  for (let number = 1; number <= mostListed; number++) {
    const record = await channel.send({ cla: 0x00, ins: 0xb2, p1: number, p2: 0x04, expectedLength: 256 });
    if (record.data.length === 0) break;
    records.push(record);
  }
  return identifiersIn(records);
}

function identifiersIn(answers: readonly ResponseApdu[]): readonly string[] {
  const stated = answers
    .flatMap(({ data }) => objectsIn(data))
    .flatMap((node) => (node.tag === applicationTemplate ? findAll(node, applicationIdentifier) : [node]));
  const identifiers = stated
    .filter(({ value }) => value.length > 0 && value.length <= longestIdentifier)
    .map(({ value }) => toHex(value));
  return [...new Set(identifiers)].slice(0, mostListed);
}

// Templates and bare identifiers in a row; what follows them in a file of fixed size is padding, and no object.
function objectsIn(data: Uint8Array): readonly Tlv[] {
  const objects: Tlv[] = [];
  let rest = data;
  while (rest[0] === applicationTemplate || rest[0] === applicationIdentifier) {
    try {
      const object = decodeTlv(rest, { allowTrailing: true, maximumNodes: 100 });
      objects.push(object);
      rest = rest.subarray(object.raw.length);
    } catch {
      break;
    }
  }
  return objects;
}
