import { directoryId, statedDirectoryId } from '../holders/directory-id.ts';
import type { Holder } from '../holders/holder.ts';
import { personFor, type Viewer } from '../holders/holder-view.ts';
import { holderQueries, type TypedQuery } from '../holders/search.ts';
import { isToldAlike } from '../holders/told-alike.ts';
import { isDigitalIdCard, longestScanned } from '../result/digital-id-card.ts';
import { Failure } from '../result/failure.ts';
import type { PlainDate } from '../result/plain-date.ts';
import type { DigitalIdPerson } from '../services/digital-id-port.ts';
import type { DirectoryAnswer, DirectoryQuery } from '../services/directory.ts';
import type { StationServices } from '../services/station-services.ts';
import type { HoldersRepository, UnlockedStore } from '../store/types.ts';
import { withKnownDocuments } from '../verification/case-holder.ts';
import type { House } from './house.ts';
import { matchesOnFile } from './matches-on-file.ts';

/**
 * As `House.findInDirectory`: each way in which the text may be meant is asked, the surest first, until one finds somebody. Whom the
 * same text finds on file, and of whom the directory says nothing else, is listed there already.
 */
export async function findInDirectory(
  services: Pick<StationServices, 'directory'>,
  query: string,
  {
    today,
    viewer,
    holders: onFile,
  }: { readonly today: PlainDate; readonly viewer: Viewer; readonly holders: Pick<HoldersRepository, 'find'> },
): ReturnType<House['findInDirectory']> {
  const directory = services.directory();
  if (directory === null) return null;
  const queries = holderQueries(query, today).map(asDirectoryQuery);
  const once = queries.filter(
    ({ by, value }, index) => queries.findIndex((each) => each.by === by && each.value === value) === index,
  );
  let last: DirectoryAnswer | null = null;
  for (const meant of once) {
    last = await directory.find(meant);
    if (last.holders.length > 0) break;
  }
  if (last === null) return null;
  const { holders, ...said } = last;
  const listed = holders.length === 0 ? [] : listedOnFile(onFile, query, today);
  const others = holders.filter((holder) => !listed.some((one) => isToldAlike(one, holder)));
  return { ...said, holders: others.map((holder) => personFor(viewer, ofDirectory(holder, said))) };
}

// Of too many none is listed.
function listedOnFile(holders: Pick<HoldersRepository, 'find'>, query: string, today: PlainDate): readonly Holder[] {
  try {
    return matchesOnFile(holders, query, today).map(({ holder }) => holder);
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code === 'holder.too-many') return [];
    throw thrown;
  }
}

// What staff type for a customer's number may as well be the matter's: the directory knows which.
function asDirectoryQuery(query: TypedQuery): DirectoryQuery {
  if (query.kind === 'personal-number') return { by: 'number', value: query.personalNumber };
  if (query.kind === 'id') return { by: 'reference', value: query.id };
  return query.kind === 'reference'
    ? { by: 'reference', value: query.reference }
    : { by: 'name', value: query.words.join(' ') };
}

/**
 * As `House.holder`: who is on file under this id, or in the bank's own directory, each by its own ids, with the documents that cases
 * put on file as theirs. Fails as `Directory.find` does.
 */
export async function holderOfId(
  { holders, knownDocuments }: Pick<UnlockedStore, 'holders' | 'knownDocuments'>,
  services: Pick<StationServices, 'directory'>,
  id: string,
): Promise<Holder | null> {
  const local = holders.get(id);
  const stated = statedDirectoryId(id);
  // A file of an earlier app may have brought such an id: nobody can say which of the two is meant.
  if (stated !== null && local !== null) return null;
  const found = stated === null ? local : await inDirectory(services, stated);
  return found === null ? null : withKnownDocuments(found, knownDocuments.of(found.id));
}

async function inDirectory(services: Pick<StationServices, 'directory'>, stated: string): Promise<Holder | null> {
  const found = (await services.directory()?.find({ by: 'id', value: stated })) ?? null;
  const holder = found?.holders.find(({ id }) => id === stated) ?? null;
  return holder === null || found === null ? null : ofDirectory(holder, found);
}

function ofDirectory(holder: Holder, { fetchedAt, code }: Pick<DirectoryAnswer, 'fetchedAt' | 'code'>): Holder {
  return { ...holder, id: directoryId(holder.id), directory: { saidAt: fetchedAt, code } };
}

/** As `House.verifyDigitalId`. */
export async function verifyDigitalId(
  services: Pick<StationServices, 'digitalId'>,
  content: string,
): Promise<DigitalIdPerson> {
  const text = content.trim();
  if (!isDigitalIdCard(text) || text.length > longestScanned) throw new Failure('bankid-card.not-valid');
  const port = services.digitalId();
  if (port === null) throw new Failure('bankid-card.needs-service');
  return port.verify(text);
}
