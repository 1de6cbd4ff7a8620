import { failureWords } from '../../resources/failures/failures.ts';
import { readInputFile } from '../machine/input-file.ts';
import type { Against } from '../store/log/records-log.ts';
import type { Command } from './command.ts';
import { withHouse } from './folder-of-call.ts';
import { counted, printable } from './layout.ts';
import { anewText } from './operator-text.ts';
import { progressLine } from './progress-line.ts';
import { touchedText } from './touched-text.ts';

const largestFile = 1024 * 1024;

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: {
    quick: {
      kind: 'flag',
      value: '',
      help: 'holds what a check within the last 30 days found whole against its root, and reads the rest',
    },
    against: {
      kind: 'values',
      value: 'FILE',
      help: 'a checkpoint of this log that was kept elsewhere, or a receipt: whether this folder still continues it',
    },
  },
  description: [
    'Walks the whole chain of records: seals, hashes, order, signatures, and the signed end; and the log over it: leaves, tree ' +
      'and the newest checkpoint. Exit status 1 where something is broken, or where what verdicts rest on was changed from outside (trust.tampered). An older copy of the whole folder, and another history that the station signed itself, are told by what was kept elsewhere alone: what lies where checkpoints are written (styrk records anchor), and --against (log.older, log.forked, log.foreign). An ordinary ' +
      'data folder needs its key (--passphrase-file).',
    'With --quick, records that a check within the last 30 days found whole are held against its root: number, id, day, hashes, ' +
      'order and log, but not the bytes of their seals and signatures. It takes a tenth of the time. Ctrl-C ends it; nothing is changed.',
    'With --json: { "records": n, "rested": n: not read in full this time, "erased": n, "intact", "broken": [ { "id", "number", "code" } ], "log": { "origin", "size", "intact" }, "against": [ { "file", "size", "code" } ], "backwards": [ { "id", "number" } ], "acts": { "all": n, "broken": [n], "end": "fits" | "wrong" | "missing" }, "trust": { "whole", "touched": [ { "table", "key", "what" } ] } }; a record that is gone is named by ' +
      'its number, #7.',
  ],
  examples: ['styrk records check --training'],
  asFound: true,
  run: (call) =>
    withHouse(call, { key: 'needed', readers: 'machine' }, async (house) => {
      const line = progressLine(call.machine);
      const { records, rested, erased, intact, broken, log, backwards } = await house.checkRecords({
        quick: call.given.flag('quick'),
        signal: call.machine.stopSignal(),
        onProgress: ({ done, all }) => {
          if (call.machine.isTerminal) line.show('records', done, all);
        },
      });
      const against = call.given.values('against').map((file) => ({ file, ...house.log().against(textIn(file)) }));
      const isContinued = against.every(({ code }) => code === null);
      const { whole, touched } = house.keeping.integrity();
      const acts = house.keeping.acts.done();
      const told = { all: acts.all.length, broken: acts.broken, end: acts.end };
      call.answer(
        { records, rested, erased, intact, broken, log, against, backwards, acts: told, trust: { whole, touched } },
        () => {
          const trust = [
            ...(whole ? [] : [touchedText(touched)]),
            ...backwards.map(
              ({ id }) => `${printable(id)}: of an earlier time than records before it (clock.went-back)`,
            ),
            ...house.keeping.operators.namedAnew().map(anewText),
            ...against.map(({ file, size, code }) => `${printable(file)}: ${againstText(size, code)}`),
            ...acts.broken.map((number) => `Act ${number} of the administrators is not as it was signed.`),
            ...(acts.end === 'fits' ? [] : [endText[acts.end]]),
          ]
            .map((line) => `${line}\n`)
            .join('');
          if (intact) return `${trust}${wholeText({ records, erased, rested, origin: log.origin, against })}\n`;
          const lines = broken.map(({ id, number, code }) => {
            return `  ${printable(id ?? `#${number}`)}: ${failureWords('en', code).happened} (${code})`;
          });
          const ofLog = broken.every(({ code }) => /^(log|witness)\./.test(code));
          const what = ofLog ? 'The chain is whole, the log says otherwise.' : 'The chain is broken.';
          return `${trust}${[`${what} Tell your security officer.`, ...lines].join('\n')}\n`;
        },
      );
      return intact && isContinued && whole && acts.broken.length === 0 && acts.end === 'fits' ? 0 : 1;
    }),
};

function wholeText(found: {
  readonly records: number;
  readonly erased: number;
  readonly rested: number;
  readonly origin: string;
  readonly against: readonly Pick<Against, 'code'>[];
}): string {
  const { records, erased, rested, origin, against } = found;
  // What was kept elsewhere is held against a folder that may be whole, and be an older one or another history.
  const codes = [...new Set(against.flatMap(({ code }) => code ?? []))];
  const parts = [
    `The chain is whole${codes.length === 0 ? '' : ' in itself'}: ${counted(records, 'record')}, none changed.`,
    erased === 0 ? '' : ` ${erased} of them erased when they were due, each by a signed act.`,
    restedText(rested),
    codes.length === 0
      ? ` The log ${origin} says the same.`
      : ` What was kept elsewhere says otherwise (${codes.join(', ')}). Tell your security officer.`,
  ];
  return parts.join('');
}

const endText = {
  wrong:
    'The acts of the administrators do not end as the station signed it: acts were taken away at the end or put in. Nothing is erased. Tell your security officer.',
  missing:
    'The end of the acts of the administrators, which the station signed, is gone. Nothing is erased. Tell your security officer.',
};

function restedText(rested: number): string {
  if (rested === 0) return '';
  return ` ${rested} of them were read in full by an earlier check and held against its root: bytes of their seals were not read again.`;
}

function textIn(path: string): string {
  return new TextDecoder().decode(readInputFile(path, largestFile));
}

function againstText(size: number, code: Against['code']): string {
  if (code !== null) return `${failureWords('en', code).happened} (${code})`;
  return `this folder continues what was kept of ${counted(size, 'record')}`;
}
