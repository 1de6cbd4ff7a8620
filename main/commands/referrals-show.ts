import { holderChecksFor, holderViewFor } from '../holders/holder-view.ts';
import { goOnHindrance } from '../verification/decision.ts';
import type { Command, ExitStatus } from './command.ts';
import { deciderOf } from './decider.ts';
import { withHouse } from './folder-of-call.ts';
import { inspectionAnswer } from './inspection-answer.ts';
import { inspectionText } from './inspection-text.ts';
import { columns, printable } from './layout.ts';
import { orderRows } from './order-rows.ts';
import { judgedReferral, referralFacts, referralMeant } from './referral-case.ts';
import { referralAnswer, waitsInWords } from './referrals-list.ts';

// A case may be referred before anything was read.
const nothingRead = {
  document: null,
  access: null,
  reading: { exchanges: 0, bytesSent: 0, bytesReceived: 0, millis: 0, files: {} },
  specimen: false,
} as const;

export const command: Command = {
  positionals: 'ID',
  fewest: 1,
  most: 1,
  options: {},
  description: [
    'One case that waits, as it comes out today: what was read and answered stays as it was, lists and days are those of now. ID, or ' +
      'its first six characters or more, as referrals list tells it, or the number that a kiosk gave (its last six). The photo is seen at the desk alone (F7). An ordinary data ' +
      'folder needs its key (--passphrase-file).',
    'With --json: { "referral": as in referrals list } and the object of inspect (nothing where nothing was read), "purpose", ' +
      '"holder", "face", "order", "hindrance": why nobody can accept it now, else null; "putsOnFile": the document { "issuer", ' +
      '"kind", "number" } that goes on file as this person\'s where you accept it (knownDocuments of the policy), else null.',
  ],
  examples: ['styrk referrals show 3f2a9c --operator TF'],
  asFound: true,
  run: (call) =>
    withHouse<ExitStatus>(call, { key: 'needed', readers: 'machine' }, async (house, [operator]) => {
      const [beginning = ''] = call.given.positionals;
      const meant = referralMeant(house, beginning);
      const judged = await judgedReferral(house, meant, operator);
      const { referral, verdict, inspection, ground } = judged;
      const viewer = operator?.role ?? null;
      const checks = holderChecksFor(viewer, referral.holder, judged.checks);
      const hindrance = goOnHindrance(ground);
      const by = deciderOf(null, operator, house.operatingSystemUser);
      const facts = referralFacts(house, judged, { outcome: 'go-on', reason: null, by }, house.now());
      const row = referralAnswer(house, referral, operator);
      const isOpen = hindrance === null && !row.own;
      const toFile = isOpen ? house.documentToFile(facts) : null;
      const { purpose, order } = referral;
      const holder = referral.holder === null ? null : holderViewFor(viewer, referral.holder);
      const read = inspection ?? nothingRead;
      const told = { inspection: read, checks, verdict, training: call.training, taps: referral.taps };
      call.answer(
        {
          ...inspectionAnswer(told),
          referral: row,
          purpose,
          holder,
          face: ground.face,
          order: order?.order ?? null,
          hindrance,
          putsOnFile: toFile === null ? null : { issuer: toFile.issuer, kind: toFile.kind, number: toFile.number },
        },
        () => {
          const rows = [
            ['Case:', referral.id],
            ['Referred:', `${row.at} by ${printable(row.by)}`],
            ['May wait:', waitsInWords(row)],
            ...(referral.reason === null ? [] : [['In their words:', printable(referral.reason)]]),
            ['Purpose:', purpose],
            ['Faces:', ground.face === null ? 'not compared' : ground.face.answer],
            ...(order === null ? [] : orderRows(order.order)),
            ['Accept:', hindrance === null ? 'open to a colleague' : `closed (${hindrance})`],
            ...(toFile === null
              ? []
              : [
                  [
                    'On file:',
                    `where you accept, ${toFile.kind} ${toFile.issuer} ${printable(toFile.number)} goes on file as theirs and counts for a number from then on`,
                  ],
                ]),
          ];
          return `${columns(rows).join('\n')}\n${inspectionText(told, row.holderName === null ? null : printable(row.holderName))}`;
        },
      );
      return 0;
    }),
};
