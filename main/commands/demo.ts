import { textsIn } from '../../resources/texts/texts.ts';
import { holderChecksFor, personFor } from '../holders/holder-view.ts';
import type { House } from '../house/house.ts';
import { defaultDataDirectory } from '../machine/data-directory.ts';
import { Failure } from '../result/failure.ts';
import type { Operator } from '../store/operators/operator.ts';
import { faceComparison } from '../verification/face-check.ts';
import { closeCase } from './close-case.ts';
import type { Command, CommandCall } from './command.ts';
import { folderWords, withHouse } from './folder-of-call.ts';
import { holderName } from './holder-name.ts';
import { inspectionAnswer } from './inspection-answer.ts';
import { checkLines, verdictSentence } from './inspection-text.ts';
import { columns, wrapped } from './layout.ts';
import { tap } from './tap.ts';

const specimen = 'se-passport';
const purpose = 'renew-bankid';
const reason = 'scripted answer of the demo';
const text = textsIn('en');

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: {},
  description: [
    'A guided training case in the terminal, without reader, camera or window: a made-up customer renews a BankID with a ' +
      'specimen passport. Shows the steps and bytes as they happen, every check, the verdict, and the sealed record. Works in ' +
      "a data folder for training (default: the platform's place for training). The comparison of faces, which staff make " +
      'with their own eyes, is scripted here, and the record says so.',
    'With --json: the object of verify, and "chain": the answer of records check.',
  ],
  examples: ['styrk demo', 'styrk demo --data /tmp/styrk-demo'],
  run: async (call) => {
    const training = asTraining(call.json ? call : spoken(call));
    return withHouse(training, { key: 'needed', readers: 'training' }, (house, [operator]) =>
      play(house, training, operator),
    );
  },
};

function asTraining(call: CommandCall): CommandCall {
  if (call.training) return call;
  const directory = call.given.value('data') ?? defaultDataDirectory('training');
  return { ...call, training: true, directory };
}

// The story is the result: for people it goes to standard output, steps and all, in its order.
function spoken(call: CommandCall): CommandCall {
  const { out } = call.machine;
  return { ...call, machine: { ...call.machine, error: out }, note: (line) => out(`${line}\n`) };
}

async function play(house: House, call: CommandCall, operator: Operator | undefined): Promise<0> {
  const say = (...paragraphs: string[]): void => {
    for (const paragraph of paragraphs) call.machine.error(`\n${wrapped(paragraph, 96, '').join('\n')}\n`);
  };
  const show = (lines: readonly string[]): void =>
    call.machine.error(`${lines.map((line) => `  ${line}`).join('\n')}\n`);
  const begunAt = house.now();
  const choice = house.plate?.specimens().find(({ id }) => id === specimen);
  const holder = await house.holder(choice?.holder ?? '');
  if (choice === undefined || holder === null) throw new Failure('specimen.unknown', { specimen });

  // Somebody may have taken a register into this folder in which the customer's identity is protected.
  const viewer = operator?.role ?? null;
  const shown = personFor(viewer, holder);
  say(
    `Styrk ${house.version}, a training case. ${text('training/bannerText')}`,
    'A bank customer wants to renew a BankID. Before the bank says yes it must know: is the passport genuine, and is it this ' +
      "person's? Here is what staff do at the desk, step by step.",
    `1. Why? ${text(`purposes/${purpose}`)}: ${text(`purposeHelp/${purpose}`)}.`,
    `2. Who? The customer says a personal number, and the register knows it: ${holderName(shown)}, ` +
      `${shown.personalNumber}, born ${shown.birthDate}.`,
    '3. What opens the chip? The lines at the bottom of the photo page. A chip answers nobody who has not seen the page:',
  );
  show(choice.mrz);
  say('4. The passport is laid on the reader, and its chip is read:');

  const tapped = await tap(house, { specimen, reader: null, taps: 1, trace: null, order: { accessKey: null } }, call);
  const { inspection, taps } = tapped;
  const { exchanges, bytesSent, bytesReceived, millis } = inspection.reading;
  say(`Read in ${millis} ms: ${exchanges} exchanges, ${bytesSent} bytes to the chip, ${bytesReceived} bytes from it.`);

  say(
    "5. Is this the same person? At the desk staff compare the chip's photo with the customer, live from the camera, and " +
      'answer themselves; no machine answers for them. This demo has neither customer nor staff: the answer `same` is scripted.',
  );
  const face = faceComparison('same', reason);
  const ended = {
    purpose,
    holder,
    face,
    decider: null,
    operator,
    lapsed: operator !== undefined && house.keeping.operators.lapsed(operator),
    inspection,
    taps,
    begunAt,
    readAt: house.now(),
  } as const;
  const { facts, verdict, hindrance, ...closed } = closeCase(house, ended);
  const checks = holderChecksFor(viewer, holder, closed.checks);
  const judged = { inspection, checks, verdict, training: true, taps };

  say('6. What was found:');
  show(checkLines(checks, verdict));
  say(`Verdict: ${verdict.verdict}. ${verdictSentence(judged, holderName(shown))}`);
  if (verdict.passedOver.length > 0)
    say(
      `${text('decide/passedOver', { count: verdict.passedOver.length })} Outside training the policy of the errand says ` +
        'which of them send the case to a colleague.',
    );

  const record = await house.keepRecord(facts);
  const chain = await house.checkRecords();
  say('7. The case ends in a record: sealed, signed by this station, chained to the one before it. It keeps no photo.');
  show([`id    ${record.id}`, `hash  ${record.hash}`]);
  const words = chain.intact ? text('records/intact', { count: chain.records }) : text('records/broken');
  const where = folderWords(call).trim();
  say(words, 'What to try next (styrk is short for npm run -s styrk --):');
  show(
    columns([
      [`styrk records show ${record.id} ${where}`, 'the record as sealed'],
      [`styrk inspect ${where} --specimen forged-photo`, 'a portrait that was changed'],
      [`styrk inspect ${where} --specimen driving-licence`, 'no travel document at all'],
      ['styrk specimens', 'every document to try'],
      ['styrk doctor', 'what this machine lacks for real documents'],
      ['npm start', 'the desk, on a machine with a display'],
    ]),
  );

  call.answer(
    {
      ...inspectionAnswer(judged),
      purpose,
      holder: shown,
      record,
      decision: { ...facts.decision, code: hindrance },
      chain,
    },
    () => '',
  );
  return 0;
}
