import { describe, expect, it } from 'vitest';
import { recordFigures } from '../../../main/house/record-figures.ts';
import { recordOf } from '../../../main/records/record.ts';
import type { ListedRecord } from '../../../main/store/types.ts';
import type { CaseFacts } from '../../../main/verification/types.ts';
import { caseFacts } from '../records/case-facts.ts';

/* Past cases as whoever leads the branch counts them: by month and who decided. */

const station = { id: '0f'.repeat(16), appVersion: '1.0.0' };

/** Records that are there, the newest last; `null` has a seal that does not open. */
function folder(...cases: readonly (Partial<CaseFacts> | null)[]) {
  const all = cases.map((changes, index): ListedRecord => {
    const facts = caseFacts(`case-${index + 1}`, changes ?? {});
    const content = changes === null ? null : recordOf(facts, station);
    return { number: index + 1, id: facts.id, hash: 'ab'.repeat(32), writtenAt: facts.endedAt, content };
  });
  const asked: number[] = [];
  const list = ({ limit = 50, before = Number.MAX_SAFE_INTEGER }: { limit?: number; before?: number } = {}) => {
    asked.push(limit);
    return all
      .filter(({ number }) => number < before)
      .toReversed()
      .slice(0, limit);
  };
  return { all, asked, records: () => ({ list }) };
}

const by = (sign: string) => ({ sign, source: 'operator', operatorId: `id-${sign}` }) as const;
const decided = (sign: string, outcome: CaseFacts['decision']['outcome'] = 'go-on'): Partial<CaseFacts> => ({
  decision: { outcome, reason: outcome === 'go-on' ? null : 'why', by: by(sign) },
});

describe('the figures of a month', () => {
  it('count what each decided, for whom, and what was otherwise than the verdict', async () => {
    const on = { endedAt: '2026-11-10T12:00:00Z' };
    const refer = caseFacts('x').verdict;
    const referred = { verdict: { ...refer, verdict: 'refer' } } as const;
    const there = folder(
      { ...decided('TE'), endedAt: '2026-10-10T12:00:00Z' },
      { ...on, ...decided('TE') },
      { ...on, ...decided('TE', 'stop') },
      { ...on, ...referred, ...decided('TE', 'refer') },
      { ...on, ...referred, ...decided('SU'), referral: { recordId: 'case-4', at: on.endedAt, by: by('TE') } },
      { ...on, ...referred, ...decided('TF') },
      { ...on, ...decided('TF', 'abandoned') },
    );
    const figures = await recordFigures(there.records, '2026-11');
    const none = { cases: 0, goOn: 0, referred: 0, stopped: 0, abandoned: 0, ofColleagues: 0, otherwise: 0 };
    expect(figures).toEqual({
      tellers: [
        { ...none, sign: 'TE', cases: 3, goOn: 1, referred: 1, stopped: 1, otherwise: 1 },
        { ...none, sign: 'TF', cases: 2, goOn: 1, abandoned: 1, otherwise: 1 },
        { ...none, sign: 'SU', cases: 1, goOn: 1, ofColleagues: 1 },
      ],
      unread: 0,
      whole: true,
    });
    expect(await recordFigures(there.records, '2026-12')).toEqual({ tellers: [], unread: 0, whole: true });
  });

  it('say how many records tell nothing any more', async () => {
    const there = folder(null, decided('TE'));
    const month = (there.all[0]?.writtenAt ?? '').slice(0, 7);
    expect(await recordFigures(there.records, month)).toMatchObject({ unread: 1, tellers: [{ sign: 'TE', cases: 1 }] });
  });
});
