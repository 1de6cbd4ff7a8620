import type { HolderMatch } from '../holders/holder.ts';
import { holderQueries } from '../holders/search.ts';
import { most } from '../result/bounds.ts';
import type { PlainDate } from '../result/plain-date.ts';
import type { HoldersRepository } from '../store/types.ts';

/**
 * Whom a search text finds on file, in the surest of the ways in which it may be meant that finds anybody, as who reads `language`
 * looks for them. Fails with `holder.too-many`.
 */
export function matchesOnFile(
  holders: Pick<HoldersRepository, 'find'>,
  query: string,
  today: PlainDate,
  language?: string,
): readonly HolderMatch[] {
  for (const meant of Map.groupBy(holderQueries(query, today), ({ kind }) => kind).values()) {
    const found = meant.flatMap((one) => holders.find(one, most.holders, language));
    if (found.length === 0) continue;
    return [...new Map(found.map((match) => [match.holder.id, match])).values()].slice(0, most.holders);
  }
  return [];
}
