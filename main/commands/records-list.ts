import type { House, RecordSummary } from '../house/house.ts';
import { parsePlainDate } from '../result/plain-date.ts';
import { purposes, verdicts } from '../verification/types.ts';
import { unusable } from './arguments.ts';
import type { Command, CommandCall, ExitStatus, ParsedArguments } from './command.ts';
import { erasureText } from './erasure-text.ts';
import { withHouse } from './folder-of-call.ts';
import { nameInList } from './holder-name.ts';
import { columns, printable } from './layout.ts';
import { progressLine } from './progress-line.ts';

type Query = Parameters<House['findRecords']>[0];
type Page = Awaited<ReturnType<House['findRecords']>>;

const usualLimit = 50;
const mostOnPage = 1_000;

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: {
    from: { kind: 'value', value: 'DAY', help: 'of this day and later, YYYY-MM-DD' },
    to: { kind: 'value', value: 'DAY', help: 'of this day and earlier' },
    teller: { kind: 'value', value: 'SIGN', help: 'decided by whoever signs so' },
    purpose: { kind: 'value', value: 'NAME', help: purposes.join(', ') },
    verdict: { kind: 'value', value: 'WORD', help: verdicts.join(', ') },
    document: { kind: 'value', value: 'NUMBER', help: 'of the document with this number' },
    limit: { kind: 'value', value: 'N', help: `so many on a page (${usualLimit}; at most ${mostOnPage})` },
    before: { kind: 'value', value: 'N', help: 'the page after the one that ended with this record' },
  },
  description: [
    'A page of the sealed records of this station, newest first: all of them, or those that everything given fits. An ordinary data ' +
      'folder needs its key (--passphrase-file). A search looks at so many records for one page: it may be short, or empty, and ' +
      'say where it goes on. What erased records said is not found.',
    'With --json: { "records": [ { "id", "number", "endedAt", "training", "purpose", "holderName", "nameless", "verdict", ' +
      '"outcome", "decidedBy", "hash", "erased" } ], "next": the number for --before of the next page, null where nothing more can come }; ' +
      'what a broken seal hides is null, and so is what was erased: "erased" says when, and why. "nameless" says why nobody is named: nobody ' +
      'was chosen, the identity is protected, or what is kept does not say.',
  ],
  examples: [
    'styrk records list --training',
    'styrk records list --training --teller AB --from 2026-11-01 --verdict refer',
  ],
  asFound: true,
  run: (call) =>
    withHouse<ExitStatus>(call, { key: 'needed', readers: 'machine' }, async (house) => {
      const page = { before: whole(call.given, 'before', null), limit: whole(call.given, 'limit', usualLimit) ?? 1 };
      if (page.limit > mostOnPage) throw unusable(`at most ${mostOnPage}`, { option: '--limit' });
      const { records, next } = await found(house, queryOf(call.given), page, call);
      call.answer({ records, next }, () => {
        const more = next === null ? '' : `More may be there: --before ${next}\n`;
        if (records.length === 0) return more === '' ? 'No record.\n' : more;
        const rows = records.map((record) => [
          `${record.number}`,
          record.endedAt,
          record.id,
          record.purpose ?? 'no purpose',
          verdictText(record),
          printable(nameInList(record)),
        ]);
        return `${columns(rows).join('\n')}\n${more}`;
      });
      return 0;
    }),
};

// Nobody is told a page in which the newest records are left out.
async function found(house: House, query: Query, page: Parameters<House['findRecords']>[1], call: CommandCall) {
  const line = progressLine(call.machine);
  let answer: Page = await house.findRecords(query, page);
  const all = answer.behind;
  while (answer.behind > 0) {
    if (call.machine.isTerminal) line.show('records taken into the index', all - answer.behind, all);
    answer = await house.findRecords(query, page);
  }
  return answer;
}

function queryOf(given: ParsedArguments): Query {
  const day = (option: string) => {
    const text = given.value(option);
    const parsed = text === null ? null : parsePlainDate(text);
    if (text !== null && parsed === null)
      throw unusable('a day of the calendar, YYYY-MM-DD', { option: `--${option}` });
    return parsed;
  };
  const oneOf = (option: string, words: readonly string[]): string | null => {
    const text = given.value(option);
    if (text !== null && !words.includes(text)) throw unusable(`one of ${words.join(', ')}`, { option: `--${option}` });
    return text;
  };
  const asked = {
    from: day('from'),
    to: day('to'),
    teller: given.value('teller'),
    purpose: oneOf('purpose', purposes),
    verdict: oneOf('verdict', verdicts),
    document: given.value('document'),
  };
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== null)) as Query;
}

function whole(given: ParsedArguments, option: string, otherwise: number | null): number | null {
  const text = given.value(option);
  if (text === null) return otherwise;
  const number = Number(text);
  if (!/^[0-9]{1,15}$/.test(text) || number < 1) throw unusable('a number, 1 or more', { option: `--${option}` });
  return number;
}

function verdictText({ verdict, outcome, erased }: RecordSummary): string {
  if (erased !== null) return erasureText(erased);
  return verdict === null ? 'the seal does not open' : `${verdict}, ${outcome}`;
}
