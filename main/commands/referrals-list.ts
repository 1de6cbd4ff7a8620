import { isWithheld, listedName } from '../holders/holder-view.ts';
import type { Referral } from '../house/referral.ts';
import { hadIt } from '../house/referral-deciders.ts';
import type { Operator } from '../store/operators/operator.ts';
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
      'not decide it. An ordinary data folder needs its key (--passphrase-file).',
    'With --json: { "referrals": [ { "id", "at", "by", "purpose", "holderName", "nameless", "verdict", "reasons", "reason", ' +
      '"own" } ] }; "nameless" says why nobody is named: nobody is known, or the identity is protected; "own": you had it.',
  ],
  examples: ['styrk referrals list --operator TE'],
  asFound: true,
  run: (call) =>
    withHouse<ExitStatus>(call, { key: 'needed', readers: 'machine' }, async (house, [operator]) => {
      const referrals = house.referrals().map((referral) => referralAnswer(referral, operator));
      call.answer({ referrals }, () => {
        if (referrals.length === 0) return 'No case waits.\n';
        const rows = referrals.map(({ id, at, by, purpose, reasons, own, ...name }) => [
          id,
          at,
          purpose,
          printable(nameInList(name)),
          reasons.join(' '),
          `referred by ${printable(by)}${own ? ' (yours: a colleague decides)' : ''}`,
        ]);
        return `${columns(rows).join('\n')}\n`;
      });
      return 0;
    }),
};

/** A referral as lists tell it to whoever looks. */
export function referralAnswer(referral: Referral, operator: Operator | undefined) {
  const { id, at, by, purpose, holder, inspection, verdict, reason } = referral;
  const person = holder ?? inspection?.document?.holder ?? null;
  const name = listedName(person, isWithheld(operator?.role ?? null, holder));
  const own = hadIt(referral, operator?.id ?? null);
  return { id, at, by: by.sign, purpose, ...name, verdict: verdict.verdict, reasons: verdict.reasons, reason, own };
}
