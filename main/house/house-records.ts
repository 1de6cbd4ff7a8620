import type { ListedRecord, UnlockedStore } from '../store/types.ts';
import { holderTaken } from '../verification/case-holder.ts';
import type { House, RecordSummary } from './house.ts';

type RecordCalls = Pick<House, 'refuseIfBusy' | 'keepRecord' | 'records' | 'record' | 'checkRecords' | 'checkDays'>;

/** What both doors ask of the records. `open` fails with `storage.locked` while the folder is locked. */
export function houseRecords(open: () => UnlockedStore, version: string, training: boolean): RecordCalls {
  const summary = (stored: ListedRecord): RecordSummary => summaryOf(stored, training);
  return {
    refuseIfBusy: (patienceMillis) => open().refuseIfBusy(patienceMillis),
    keepRecord: async (facts) => {
      const { atOnce, holders, records } = open();
      const { id, hash } = atOnce(() => {
        const taken = holderTaken(facts);
        if (taken !== null) holders.importAll([taken]);
        return records.append(facts, version);
      });
      return { id, hash };
    },
    records: async ({ limit, offset }) => {
      const { records } = open();
      const newest = records.list({ limit: 1 })[0]?.number ?? 0;
      return records.list({ limit, before: newest - offset + 1 }).map(summary);
    },
    record: async (id) => {
      const { records } = open();
      const { number, hash, content } = records.get(id);
      const { training, purpose, holder, verdict, decision, endedAt } = content;
      return {
        summary: summary({
          number,
          id,
          hash,
          writtenAt: endedAt,
          content: { training, purpose, holder, verdict, decision },
        }),
        content: { ...content },
      };
    },
    checkRecords: async () => open().records.check(),
    checkDays: () => open().records.backwards(),
  };
}

function summaryOf({ id, number, hash, writtenAt, content }: ListedRecord, training: boolean): RecordSummary {
  const holder = content?.holder ?? null;
  return {
    id,
    number,
    endedAt: writtenAt,
    hash,
    training,
    purpose: content?.purpose ?? null,
    holderName: holder === null || holder.protected === true ? null : `${holder.givenNames} ${holder.surname}`,
    verdict: content?.verdict.verdict ?? null,
    outcome: content?.decision.outcome ?? null,
  };
}
