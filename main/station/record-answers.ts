import { basename } from 'node:path';
import {
  longestHolderName,
  type MethodName,
  officeBounds,
  type ReceiptView,
  type RecordFilterInput,
  type RecordRow,
} from '../../preload/contract.ts';
import type { Viewer } from '../holders/holder-view.ts';
import type { House, RecordSummary } from '../house/house.ts';
import { writeNewFiles } from '../machine/output-file.ts';
import { longest, most } from '../result/bounds.ts';
import { Failure } from '../result/failure.ts';
import { nameOrder } from '../result/name-order.ts';
import { parsePlainDate } from '../result/plain-date.ts';
import type { Answers } from './answers.ts';
import type { CheckTending } from './check-tending.ts';
import { languageOf } from './interface-language.ts';

/** Records on one page of the office. */
const page = 50;

type RecordMethod = Extract<MethodName, `records.${string}`>;

/** What the office's pages ask of past cases. */
export function recordAnswers(around: {
  readonly house: House;
  readonly checking: CheckTending;
  /** Who is signed in: people are shown by role. */
  readonly viewer: () => Viewer;
  /** The sign of whoever is there. */
  readonly sign: () => string;
  /** Lets a person name a file that is not there yet; null where they named none. */
  readonly chooseNewFile: (name: string) => Promise<string | null>;
}): Pick<Answers, RecordMethod> {
  const { house, checking, viewer, sign, chooseNewFile } = around;
  return {
    'records.search': async (filter, before) => {
      const { records, next, behind } = await house.findRecords(queryOf(filter), { before, limit: page });
      return { rows: records.slice(0, most.records).map(recordRow), before: next, behind };
    },
    'records.show': async (id) => {
      const { summary, content } = await house.record(id, viewer());
      // The chip's portrait is for the face question alone; which files are kept is told.
      const { copies, ...told } = content as { readonly copies?: { readonly files: object } };
      const kept = copies === undefined ? {} : { copies: Object.keys(copies.files) };
      return { row: recordRow(summary), hash: summary.hash, content: { ...told, ...kept } };
    },
    'records.check': async () => {
      const { records, rested, erased, intact, broken, log, backwards } = await checking.check();
      const acts = house.keeping.acts.done();
      return {
        records,
        rested,
        erased,
        intact,
        broken: broken.slice(0, officeBounds.broken).map(({ id, number, code }) => ({ id, number, code })),
        brokenCount: broken.length,
        log: { size: log.size, intact: log.intact },
        backwards: backwards.length,
        actsWhole: acts.broken.length === 0 && acts.end === 'fits',
      };
    },
    'records.stopCheck': () => {
      checking.cancel();
      return null;
    },
    'records.figures': async (month) => {
      if (parsePlainDate(`${month}-01`) === null) throw new Failure('call.malformed', { part: 'arguments' });
      const { tellers, unread, whole } = await house.recordFigures(month);
      const inOrder = nameOrder(languageOf(house));
      const shown = tellers
        .toSorted((a, b) => b.cases - a.cases || inOrder(a.sign, b.sign))
        .slice(0, officeBounds.tellers);
      return {
        tellers: shown.map((each) => ({ ...each, sign: each.sign.slice(0, longest.sign) })),
        unread,
        whole: whole && shown.length === tellers.length,
      };
    },
    'records.receipt': (id) => receiptOf(house, id),
    'records.export': async (id) => {
      const { summary } = await house.record(id, viewer());
      const path = await chooseNewFile(`record-${summary.number}.json`);
      if (path === null) return null;
      const pagesPath = `${path.replace(/\.json$/i, '')}.pdf`;
      const { signed, pages, keepAct } = house.extract({ record: id }, 'bank');
      const { pdf } = await pages({ language: languageOf(house), file: basename(path) });
      const files = [
        [path, signed, 0o600],
        [pagesPath, pdf, 0o600],
      ] as const;
      writeNewFiles(files, () => keepAct([sign()]));
      return { file: shortName(path), pages: shortName(pagesPath) };
    },
  };
}

// Of a name that is too long its end tells more.
function shortName(path: string): string {
  return basename(path).slice(-longest.fileName);
}

/** The receipt of a record: that it is there, how the case ended, and what proves it. Nothing of a person. */
export async function receiptOf(house: Pick<House, 'record' | 'log'>, id: string): Promise<ReceiptView> {
  // Whoever asks is shown no more than anybody would be: of what is said here nothing tells of a person.
  const { summary } = await house.record(id, null);
  const { endedAt, purpose, outcome, training } = summary;
  const { text, number, hash } = house.log().receipt(id);
  return { recordId: id, number, hash, endedAt, purpose, outcome, training, proof: text };
}

function queryOf(filter: RecordFilterInput): Parameters<House['findRecords']>[0] {
  const said = Object.entries(filter).flatMap(([name, value]) => {
    const text = value?.trim() ?? '';
    if (text === '') return [];
    if ((name === 'from' || name === 'to') && parsePlainDate(text) === null)
      throw new Failure('call.malformed', { part: 'arguments' });
    return [[name, text]];
  });
  return Object.fromEntries(said) as Parameters<House['findRecords']>[0];
}

function recordRow(summary: RecordSummary): RecordRow {
  const { id, number, endedAt, training, purpose, holderName, nameless, verdict, outcome, decidedBy, erased } = summary;
  return {
    ...{ id, number, endedAt, training, purpose, nameless, verdict, outcome },
    // A name of a document may be longer than any on file: one such record must not hide the others.
    holderName: holderName?.slice(0, longestHolderName) ?? null,
    decidedBy: decidedBy?.slice(0, longest.sign) ?? null,
    erasedOn: erased?.on ?? null,
  };
}
