import { refuseFirst } from '../house/referral-deciders.ts';
import { Failure } from '../result/failure.ts';
import { decide, isSameVerdict } from '../verification/decision.ts';
import { unusable } from './arguments.ts';
import type { Command, ExitStatus } from './command.ts';
import { deciderOf } from './decider.ts';
import { withHouse } from './folder-of-call.ts';
import { keepPatiently } from './keep-patiently.ts';
import { goneHolder, judgedReferral, referralFacts, referralMeant } from './referral-case.ts';

const outcomes = { accept: 'go-on', reject: 'stop' } as const;

export const command: Command = {
  positionals: 'ID accept|reject',
  fewest: 2,
  most: 2,
  options: {
    reason: { kind: 'value', value: 'TEXT', help: 'why you decide so; needed to accept what the policy refers' },
    sign: {
      kind: 'value',
      value: 'TEXT',
      help: 'in training without operators: who decides, another than who referred it',
    },
  },
  description: [
    'Decides a case that waits (ID as styrk referrals show takes it), by the own sign-in of a colleague who never had it. It is judged once more first: accept is closed ' +
      "where the document is forged or was read too long ago, and a reject of the policy is nobody's to lift. The record names both, " +
      'and the case waits no more. An ordinary data folder needs its key (--passphrase-file).',
    'With --json: { "id", "outcome": "go-on" | "stop", "verdict", "record": { "id", "hash" }, "answer" }: "answer" is the signed ' +
      'answer to a signed order. Exit status: 0 decided, 2 refused (referral.own, referral.gone, decision.not-allowed, ..).',
  ],
  examples: [
    "styrk referrals decide 3f2a9c accept --reason 'knows her from before, the name is her maiden name' --operator TF",
    'styrk referrals decide 3f2a9c reject --operator TF',
  ],
  asFound: true,
  run: (call) =>
    withHouse<ExitStatus>(call, { key: 'needed', readers: 'machine' }, async (house, [operator]) => {
      const [beginning = '', word = ''] = call.given.positionals;
      const outcome = Object.entries(outcomes).find(([name]) => name === word)?.[1];
      if (outcome === undefined) throw unusable('accept or reject', { argument: 'accept|reject' });
      const sign = call.given.value('sign');
      if (operator !== undefined && sign !== null)
        throw unusable('here operators decide by their own sign-in', { option: '--sign' });
      house.refuseIfBusy(call.machine.patienceMillis);
      const begunAt = house.now();
      const referral = referralMeant(house, beginning);
      const by = deciderOf(sign, operator, house.operatingSystemUser);
      refuseFirst(referral, by, house.keeping.operators.bearers);
      if (outcome === 'go-on') await goneHolder(house, referral);
      const judgedAt = house.writtenElsewhere();
      const judged = await judgedReferral(house, referral, operator);
      const decision = decide(judged.ground, outcome, call.given.value('reason'), by);
      const facts = referralFacts(house, judged, decision, begunAt);
      const record = await keepPatiently(house, facts, call, {
        queue: { take: referral.id },
        asRole: operator?.role,
        again: {
          judgedAt,
          judge: async () => {
            await goneHolder(house, referral);
            const now = await judgedReferral(house, referral, operator);
            if (!isSameVerdict(now.verdict, judged.verdict)) throw new Failure('decision.verdict-changed');
            return referralFacts(house, now, decide(now.ground, outcome, decision.reason, by), begunAt);
          },
        },
      });
      const { order } = referral;
      const answer =
        order?.source === 'signed' ? (house.answers.taken(order.order.issuer, order.order.id)?.answer ?? null) : null;
      call.answer({ id: referral.id, outcome, verdict: judged.verdict.verdict, record, answer }, () =>
        record === null ? 'Record: none\n' : `Decided: ${outcome}\nRecord:  ${record.id}\nHash:    ${record.hash}\n`,
      );
      return record === null ? 3 : 0;
    }),
};
