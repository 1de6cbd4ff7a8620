import { encodings, type RowEncoding } from '../holders/import/read-rows.ts';
import type { House } from '../house/house.ts';
import { asFailure } from '../result/failure.ts';
import { unusable } from './arguments.ts';
import type { Command, CommandCall } from './command.ts';
import { withHouse } from './folder-of-call.ts';
import { reportText, wordsOfNote } from './holders-import-text.ts';
import { printable } from './layout.ts';

type Order = Parameters<House['importRoster']>[0];
type Progress = Parameters<Parameters<House['importRoster']>[1]['onProgress']>[0];

export const command: Command = {
  positionals: 'FILE',
  fewest: 1,
  most: 1,
  options: {
    map: {
      kind: 'values',
      value: 'FIELD=COLUMN',
      help: 'the column that holds a field and has another name, for example --map id=Kund; several times',
    },
    encoding: { kind: 'value', value: 'NAME', help: `${encodings.join(' or ')}, where it is not to be found out` },
    'dry-run': { kind: 'flag', value: '', help: 'reads everything and tells what would come of it; nothing is taken' },
    partial: { kind: 'flag', value: '', help: 'takes the good rows and leaves out the others' },
    rejects: {
      kind: 'value',
      value: 'FILE',
      help: 'a new file for the rows that are left out, each as it stood and after a line that says why (with --partial)',
    },
  },
  description: [
    'Takes a register of holders: CSV (comma, semicolon or tab; the first line names the columns) or JSON Lines, in UTF-8 or ' +
      'Windows-1252. Columns: id, personalNumber, givenNames, surname, birthDate (YYYY-MM-DD), reference, identityLevel ' +
      '(confirmed, probable, unconfirmed), dormant, deceased, emigrated, protected (a day, or yes); other numbers as ' +
      'number.country, number.value, number.validFrom, number.validTo, number.replacedBecause (number2.… for a second); documents ' +
      'that somebody has seen as document.issuer, .kind, .number, .seenBy, .seenOn. Usual Swedish names are known; columns of other ' +
      'names are told and not used.',
    'All rows are taken or none: bad ones are named by line, unless --partial leaves them out. A holder whose id is known is replaced. ' +
      'Nobody is found before everything is there; an import that was ended, or killed, goes on where it was when the same file is ' +
      'imported again. What is stored is sealed, and found by keyed tokens alone.',
    'An ordinary data folder needs its key (--passphrase-file).',
    'Two holders may have one number: both are taken, and the lines are named of which somebody else on file has the number.',
    'With --json: { "read", "added", "replaced", "rejected", "encoding", "unused": names of columns, "resumed", "taken", ' +
      '"sharing": lines of which somebody else has the number, "rejects": [{ "line", "reason" }], ' +
      '"remarks": [{ "line", "remark" }], "notes": [{ "kind", "note", "count", "lines": the first of them }] }',
  ],
  examples: [
    'styrk holders import register.csv --passphrase-file /run/secrets/styrk',
    'styrk holders import register.csv --dry-run --training',
    'styrk holders import register.csv --partial --rejects left-out.csv --training',
  ],
  run: async (call) => {
    const order = orderOf(call);
    const show = progressOf(call);
    const report = await withHouse(call, { key: 'needed', readers: 'machine' }, async (house) =>
      house.importRoster(order, { signal: call.machine.stopSignal(), onProgress: show }),
    ).catch((thrown: unknown) => {
      // The failure names line and reason for a program; whoever mends the file is told what the line lacks.
      const { code, fields } = asFailure(thrown);
      const words = code === 'holder.import-malformed' ? wordsOfNote(String(fields.reason)) : null;
      if (words !== null) call.note(`Line ${fields.line}: ${words}.`);
      throw thrown;
    });
    const named = (kind: 'fault' | 'remark') =>
      report.notes
        .filter((each) => each.kind === kind)
        .flatMap(({ note, lines }) => lines.map((line) => ({ line, note })))
        .sort((a, b) => a.line - b.line);
    const { notes, ...counts } = report;
    call.answer(
      {
        ...counts,
        sharing: notes.filter(({ kind }) => kind === 'sharing').flatMap(({ lines }) => lines),
        rejects: named('fault').map(({ line, note }) => ({ line, reason: note })),
        remarks: named('remark').map(({ line, note }) => ({ line, remark: note })),
        notes,
      },
      () => reportText(report),
    );
    return 0;
  },
};

function orderOf(call: CommandCall): Order {
  const { given } = call;
  const [path = ''] = given.positionals;
  const mapping = given.values('map').map((text) => {
    const at = text.indexOf('=');
    if (at < 1) throw unusable('FIELD=COLUMN', { option: '--map' });
    return [text.slice(0, at), text.slice(at + 1)] as const;
  });
  const named = given.value('encoding');
  const encoding = named === null ? null : (encodings.find((known) => known === named) ?? null);
  if (named !== null && encoding === null) throw unusable(`one of ${encodings.join(', ')}`, { option: '--encoding' });
  const rejects = given.value('rejects');
  const partial = given.flag('partial');
  if (rejects !== null && !partial) throw unusable('with --partial alone', { option: '--rejects' });
  return {
    path,
    mapping,
    encoding: encoding satisfies RowEncoding | null,
    partial,
    rejects,
    dryRun: given.flag('dry-run'),
  };
}

const stages = { looking: 'looks through the file', taking: 'takes rows', indexing: 'makes the index' } as const;

function progressOf({ machine }: CommandCall): (progress: Progress) => void {
  if (!machine.isTerminal) return () => undefined;
  return ({ stage, part, people, perSecond, secondsLeft }) => {
    const done = [`${Math.round(part * 100)} %`];
    if (people > 0) done.push(`${people} people`);
    if (perSecond > 0) done.push(`${perSecond} a second`);
    if (secondsLeft !== null) done.push(`${Math.ceil(secondsLeft)} s left`);
    machine.error(`\r\u001b[K  ${printable(`${stages[stage]}: ${done.join(', ')}`)}`);
    if (stage === 'indexing' && part === 1) machine.error('\n');
  };
}
