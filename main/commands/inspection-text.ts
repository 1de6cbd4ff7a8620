import { failureWords } from '../../resources/failures/failures.ts';
import { conditionWords } from '../../resources/texts/condition-words.ts';
import { textsIn } from '../../resources/texts/texts.ts';
import type { InspectedDocument } from '../inspection/types.ts';
import { type Check, type CheckResult, remarksOf } from '../result/check.ts';
import { registerAnswerIn } from '../verification/register-check.ts';
import type { Verdict } from '../verification/types.ts';
import type { JudgedInspection } from './inspection-answer.ts';
import { columns, printable } from './layout.ts';
import { pathLines } from './path-text.ts';

const marks: Readonly<Record<CheckResult, string>> = {
  successful: '✓',
  failed: '✗',
  undetermined: '?',
  'not supported': '–',
  aborted: '…',
};

const text = textsIn('en');
const passedOver = text('evidence/passedOver').toLowerCase();

/** The verdict in a sentence, its reasons, the document, every check and the certificate path, for a terminal. */
export function inspectionText(judged: JudgedInspection, subject: string | null = null): string {
  const { inspection, checks, verdict, training } = judged;
  return [
    ...(training ? [`TRAINING. ${text('training/bannerText')}`, ''] : []),
    verdictSentence(judged, subject),
    ...reasonLines(verdict),
    ...passedOverLines(checks, verdict),
    ...conditionLines(verdict),
    '',
    ...documentLines(inspection.document),
    ...checkLines(checks, verdict),
    '',
    ...pathLines(checks),
    ...(registerAnswerIn(checks) === null ? [text('decide/stolen')] : []),
    '',
  ].join('\n');
}

/** The verdict in one sentence: what was proved, or what stands against it. `subject` is the holder's name. */
export function verdictSentence({ inspection, checks, verdict }: JudgedInspection, subject: string | null): string {
  const document = text(`verdict/documents/${inspection.document?.type ?? 'other'}`);
  if (verdict.verdict === 'accept') {
    return subject === null
      ? text('verdict/acceptNobody', { document })
      : text('verdict/accept', { holder: subject, document });
  }
  return text(`verdict/${verdict.verdict}`, { because: because(checks, verdict) });
}

function because(checks: readonly Check[], { decidedBy, reasons }: Verdict): string {
  const deciding = checks.find(({ id }) => id === decidedBy);
  const [first = 'check.aborted'] = reasons;
  // The check's own words are general; its code says more where something is known to be wrong or gone.
  const words =
    deciding === undefined || deciding.code !== null
      ? failureWords('en', deciding?.code ?? first).happened
      : text(`checks/${deciding.id}/${deciding.result}`);
  return words.charAt(0).toLowerCase() + words.slice(1).replace(/\.$/, '');
}

function reasonLines({ reasons }: Verdict): string[] {
  return reasons.map((code) => `  - ${failureWords('en', code).happened} (${code})`);
}

// What the document does not have is told in its line; what could not be told is told here as well.
function passedOverLines(checks: readonly Check[], { passedOver: passed }: Verdict): string[] {
  return checks
    .filter(({ id, result }) => passed.includes(id) && result === 'undetermined')
    .map(({ id, code }) => {
      const happened = failureWords('en', code ?? 'check.aborted').happened;
      return `  ~ ${text(`checks/${id}/name`)}: ${happened} (${code}, ${passedOver})`;
    });
}

function conditionLines({ conditions }: Verdict): string[] {
  return conditions.map(
    (condition) => `  ! ${text('conditions/heading')}: ${printable(conditionWords(condition, text))}`,
  );
}

function documentLines(document: InspectedDocument | null): string[] {
  if (document === null) return [];
  const { holder } = document;
  const rows: readonly (readonly [string, string | null])[] = [
    [text('records/document'), `${text(`documentTypes/${document.type}`)}, ${document.issuer}`],
    [text('evidence/number'), document.number],
    [text('evidence/expiry'), document.expiry],
    [text('evidence/name'), `${holder.givenNames} ${holder.surname}`.trim()],
    [text('evidence/birthDate'), holder.birthDate],
    [text('evidence/personalNumber'), holder.personalNumber],
  ];
  return [...columns(rows.map(([name, value]) => [`${name}:`, printable(value ?? text('common/unknown'))])), ''];
}

/** Every check as mark, word, name and what it found. */
export function checkLines(checks: readonly Check[], verdict: Pick<Verdict, 'passedOver'>): string[] {
  return columns(
    checks.map((check) => [
      `${marks[check.result]} ${text(`results/${check.result}`)}`,
      text(`checks/${check.id}/name`),
      verdict.passedOver.includes(check.id) ? `${finding(check)} (${passedOver})` : finding(check),
    ]),
  );
}

function finding(check: Check): string {
  const { id, result, code, detail } = check;
  const words = `${text(`checks/${id}/${result}`)}${deviationsOf(detail)}`;
  const told = code === null || result === 'not supported' || code === 'check.not-made' ? [] : [code];
  const codes = [...new Set([...told, ...remarksOf(check)])];
  return codes.length === 0 ? words : `${words} [${codes.join(', ')}]`;
}

// What is not quite as its standard says and does no harm (`document.portrait`): said, and never the reason of a verdict.
function deviationsOf({ deviations }: Check['detail']): string {
  if (!Array.isArray(deviations) || deviations.length === 0) return '';
  return ` ${text('evidence/deviations', { which: deviations.join(', ') })}`;
}
