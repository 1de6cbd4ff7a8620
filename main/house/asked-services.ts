import type { Holder } from '../holders/holder.ts';
import { personFor, type Viewer } from '../holders/holder-view.ts';
import { type HolderQuery, holderQueries } from '../holders/search.ts';
import { isDigitalIdCard, longestScanned } from '../result/digital-id-card.ts';
import { Failure } from '../result/failure.ts';
import type { PlainDate } from '../result/plain-date.ts';
import type { DigitalIdPerson } from '../services/digital-id-port.ts';
import type { DirectoryAnswer, DirectoryQuery } from '../services/directory.ts';
import type { StationServices } from '../services/station-services.ts';
import type { House } from './house.ts';

/** As `House.findInDirectory`: each way in which the text may be meant is asked, the surest first, until one finds somebody. */
export async function findInDirectory(
  services: Pick<StationServices, 'directory'>,
  query: string,
  { today, viewer }: { readonly today: PlainDate; readonly viewer: Viewer },
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
  return last === null ? null : { ...last, holders: last.holders.map((holder) => personFor(viewer, holder)) };
}

// What staff type for a customer's number may as well be the matter's: the directory knows which.
function asDirectoryQuery(query: HolderQuery): DirectoryQuery {
  if (query.kind === 'personal-number') return { by: 'number', value: query.personalNumber };
  if (query.kind === 'id') return { by: 'reference', value: query.id };
  return query.kind === 'reference'
    ? { by: 'reference', value: query.reference }
    : { by: 'name', value: query.words.join(' ') };
}

/** Who has this id in the bank's own directory; null where none is set or knows it. Fails as `Directory.find` does. */
export async function directoryHolder(
  services: Pick<StationServices, 'directory'>,
  id: string,
): Promise<Holder | null> {
  const found = await services.directory()?.find({ by: 'id', value: id });
  return found?.holders.find((holder) => holder.id === id) ?? null;
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
