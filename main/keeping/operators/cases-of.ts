import type { PlainDate } from '../../result/plain-date.ts';
import type { RecordsRepository } from '../../store/types.ts';

const page = 200;

/** How many cases this operator decided since that day, by the records that open. */
export function casesOf(records: RecordsRepository, operatorId: string, since: PlainDate): number {
  let count = 0;
  let before = Number.MAX_SAFE_INTEGER;
  for (;;) {
    const found = records.list({ limit: page, before });
    for (const { writtenAt, content } of found) {
      if (writtenAt.slice(0, 10) < since) return count;
      if (content?.decision.by.operatorId === operatorId && content.decision.outcome !== 'abandoned') count += 1;
    }
    const last = found.at(-1);
    if (last === undefined || found.length < page) return count;
    before = last.number;
  }
}
