import { isWithheld, listedName } from '../holders/holder-view.ts';
import type { House } from '../house/house.ts';
import type { Referral } from '../house/referral.ts';
import { hadIt } from '../house/referral-deciders.ts';
import type { Operator } from '../store/operators/operator.ts';
import type { WaitingTime } from '../verification/referral-time.ts';
import { referralWaiting } from '../verification/referral-waiting.ts';
import type { Command, ExitStatus } from './command.ts';
import { withHouse } from './folder-of-call.ts';
import { nameInList } from './holder-name.ts';
import { columns, printable } from './layout.ts';

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: {},
  description: [
    'The cases that wait for a colleague, the longest waiting first: referred at the desk (F7) or by verify. Whoever had one does ' +
      'not decide it, and past the time that its policy gives it nobody approves it: reject it, and ask the customer to come back ' +
      'with the document. An ordinary data folder needs its key (--passphrase-file).',
    'One whose sealed data is damaged is named beside them and keeps none of them back: a backup may hold it (styrk backup restore).',
    'With --json: { "referrals": [ { "id", "at", "by", "purpose", "holderName", "nameless", "verdict", "reasons", "reason", ' +
      '"own", "until", "past", "from" } ] }; "nameless" says why nobody is named: nobody is known, or the identity is protected; "own": you ' +
      'had it; "until": how long a colleague may approve it (null: not at all), "past": that is over; "from": the station that handed it over, else null. "damaged": [ { "id", "at" } ].',
  ],
  examples: ['styrk referrals list --operator TE'],
  asFound: true,
  run: (call) =>
    withHouse<ExitStatus>(call, { key: 'needed', readers: 'machine' }, async (house, [operator]) => {
      const { waiting, damaged } = house.referrals();
      const referrals = waiting.map((referral) => referralAnswer(house, referral, operator));
      call.answer({ referrals, damaged: [...damaged] }, () => {
        if (referrals.length + damaged.length === 0) return 'No case waits.\n';
        const rows = referrals.map(({ id, at, by, purpose, reasons, own, until, past, from, ...name }) => [
          id,
          at,
          waitsInWords({ until, past }),
          purpose,
          printable(nameInList(name)),
          reasons.join(' '),
          `referred by ${printable(by)}${from === null ? '' : ` at ${from}`}${own ? ' (yours: a colleague decides)' : ''}`,
        ]);
        const unread = damaged.map(({ id, at }) => [
          printable(id),
          printable(at),
          'damaged: it does not open any more',
        ]);
        return `${[...columns(rows), ...columns(unread)].join('\n')}\n`;
      });
      return 0;
    }),
};

/** A referral as lists tell it to whoever looks. */
export function referralAnswer(
  house: Pick<House, 'policy' | 'now' | 'newestAt' | 'keeping'>,
  referral: Referral,
  operator: Operator | undefined,
) {
  const { id, at, by, purpose, holder, inspection, verdict, reason } = referral;
  const person = holder ?? inspection?.document?.holder ?? null;
  const name = listedName(person, isWithheld(operator?.role ?? null, holder));
  const own = hadIt(referral, operator?.id ?? null, house.keeping.operators.bearers);
  const { until, past } = referralWaiting(house, referral);
  const judged = { verdict: verdict.verdict, reasons: verdict.reasons };
  const from = referral.from?.station ?? null;
  return { id, at, by: by.sign, purpose, ...name, ...judged, reason, own, until, past, from };
}

/** How long a case may wait, for people. */
export function waitsInWords({ until, past }: WaitingTime): string {
  if (until === null) return 'too late: what was read is too old; reject it';
  return past ? `too late since ${until}: reject it` : `until ${until}`;
}
