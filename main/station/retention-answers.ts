import { type MeantRecordsInput, type MethodName, officeBounds } from '../../preload/contract.ts';
import { type TextKey, textsIn } from '../../resources/texts/texts.ts';
import type { House } from '../house/house.ts';
import { numbersText } from '../records/record-numbers.ts';
import { stoppedAfter } from '../records/retention.ts';
import { Failure } from '../result/failure.ts';
import { cleanText } from '../result/hidden-characters.ts';
import { type PlainDate, parsePlainDate } from '../result/plain-date.ts';
import type { Answers } from './answers.ts';
import type { AskedAct, Confirmed } from './confirmation.ts';
import { confirmersOf, type DangerousAct } from './dangerous-acts.ts';
import { languageOf } from './interface-language.ts';

type RetentionMethod = Extract<MethodName, `retention.${string}`>;
type Rows = readonly (readonly [label: 'records' | 'event' | 'on' | 'authority' | 'reason' | 'until', value: string])[];

/** So many go at one time: the desk waits no longer. */
const erasedAtOnce = 20;

/**
 * How long records are kept, as the office says it (AMLR 2024/1624 art. 77; docs/retention.md). What decides when one is erased is
 * confirmed outside the page, and done to the very records that people read there.
 */
export function retentionAnswers(around: {
  readonly house: Pick<House, 'keeping' | 'today' | 'keyKind' | 'operatingSystemUser'>;
  readonly confirm: (asked: AskedAct) => Promise<Confirmed>;
  readonly changed: () => null;
}): Pick<Answers, RetentionMethod> {
  const { house, confirm, changed } = around;
  const { operators, retention } = house.keeping;
  const text = (key: TextKey): string => textsIn(languageOf(house))(key);

  const confirmed = async (act: DangerousAct, rows: Rows): Promise<readonly string[]> => {
    if (house.keyKind() === 'locked') throw new Failure('storage.locked');
    const { by } = await confirm({
      language: languageOf(house),
      words: {
        what: text(`confirm/acts/${act}`),
        why: text(`confirm/why/${act}`),
        rows: rows.map(([label, value]) => ({ label: text(`retention/rows/${label}`), value })),
      },
      by: confirmersOf(act, operators),
      secret: null,
    });
    const signs = 'names' in by ? by.names : by.operators.map(({ sign }) => sign);
    return signs.length > 0 ? signs : [house.operatingSystemUser];
  };
  /** An act on records: asked, and done to those that were asked for. A case may have ended meanwhile. */
  const onRecords = async (
    act: DangerousAct,
    given: MeantRecordsInput,
    rows: Rows,
    do_: (
      meant: MeantRecordsInput,
      by: readonly string[],
      read: readonly number[],
    ) => { readonly records: readonly number[] },
  ) => {
    const meant = 'record' in given ? { record: given.record.trim() } : { customer: given.customer.trim() };
    const read = retention.meant(meant);
    const by = await confirmed(act, [['records', numbersText(read)], ...rows]);
    const { records } = do_(meant, by, read);
    changed();
    return numbersOf(records);
  };

  return {
    'retention.state': () => {
      const { due, next, holds, erased } = retention.state();
      return {
        today: house.today(),
        due: numbersOf(due),
        next,
        holds: holds.slice(0, officeBounds.holds).map(({ hold, until, records, authority, reason }) => ({
          ...{ hold, until, authority, reason },
          ...numbersOf(records),
        })),
        erased,
        erasures: retention.erasures(officeBounds.erasures).map(({ on, keep, years, event, records }) => ({
          ...{ on, keep, years, event: event?.kind ?? null, eventOn: event?.on ?? null },
          ...numbersOf(records),
        })),
      };
    },
    'retention.event': (given, said) => {
      const event = said === null ? null : { kind: said.kind, on: dayOf(said.on) };
      const rows: Rows =
        event === null
          ? [['event', text('retention/events/taken-back')]]
          : [
              ['event', text(`retention/events/${event.kind}`)],
              ['on', event.on],
            ];
      return onRecords('retention.event', given, rows, (meant, by, read) => retention.report(meant, event, by, read));
    },
    'retention.hold': (given, said) => {
      const [authority, reason] = [cleanText(said.authority), cleanText(said.reason)];
      if (authority === '' || reason === '') throw new Failure('decision.reason-missing');
      const until = dayOf(said.until);
      const rows: Rows = [
        ['until', until],
        ['authority', authority],
        ['reason', reason],
      ];
      return onRecords('retention.hold', given, rows, (meant, by, read) =>
        retention.hold(meant, { authority, reason, until }, by, read),
      );
    },
    'retention.release': async (hold) => {
      const held = retention.state().holds.find((each) => each.hold === hold);
      if (held === undefined) throw new Failure('retention.hold-unknown');
      const by = await confirmed('retention.release', [
        ['records', numbersText(held.records)],
        ['until', held.until],
        ['authority', held.authority ?? text('common/unknown')],
      ]);
      retention.release(hold, by);
      return changed();
    },
    'retention.erase': async () => {
      const due = numbersText(retention.state().due);
      const signs = await confirmed('retention.erase', [['records', due === '' ? text('common/none') : due]]);
      const erased: number[] = [];
      for (;;) {
        const now = await retention.eraseDue({ signs, most: erasedAtOnce }).catch((thrown: unknown) => {
          if (erased.length > 0) changed();
          throw stoppedAfter(erased.length, thrown);
        });
        erased.push(...now.erased);
        if (now.left > 0 && now.erased.length > 0) continue;
        changed();
        return { erased: erased.length, left: now.left, cleaned: now.cleaned };
      }
    },
  };
}

function numbersOf(records: readonly number[]): { readonly numbers: string; readonly count: number } {
  const all = numbersText(records);
  const cut = all.length <= officeBounds.numbers ? all : `${all.slice(0, officeBounds.numbers - 1)}…`;
  return { numbers: cut, count: records.length };
}

function dayOf(given: string): PlainDate {
  const day = parsePlainDate(given);
  if (day === null) throw new Failure('call.malformed', { part: 'arguments' });
  return day;
}
