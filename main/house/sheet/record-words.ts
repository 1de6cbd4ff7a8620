import { failureWords } from '../../../resources/failures/failures.ts';
import { conditionWords } from '../../../resources/texts/condition-words.ts';
import { type Language, languageFacts } from '../../../resources/texts/languages.ts';
import { type Texts, textsIn } from '../../../resources/texts/texts.ts';
import type { InspectedDocument } from '../../inspection/types.ts';
import { type Check, checkIds, remarksOf } from '../../result/check.ts';
import { type FailureCode, failureCodes } from '../../result/failure-codes.ts';
import type { CaseOrder } from '../../verification/order-case.ts';
import type { Decider } from '../../verification/types.ts';
import type { ExtractedRecord } from '../extract-records.ts';
import type { Sheet } from './sheet.ts';

type Content = ExtractedRecord['content'];

// What the pages tell in words; the rest of a record stands in the signed file alone, and is named.
const told: ReadonlySet<string> = new Set<keyof Content>([
  ...([
    'schema',
    'schemaVersion',
    'id',
    'training',
    'station',
    'stationKind',
    'purpose',
    'holder',
    'document',
  ] as const),
  ...(['second', 'checks', 'face', 'verdict', 'policy', 'decision', 'begunAt', 'endedAt', 'readAt'] as const),
  ...(['handledBy', 'referral', 'taps', 'whyNotEid', 'order'] as const),
]);

/** A record on pages: who, why, what was proved, the verdict, and beside it who decided what. */
export function writeRecord(sheet: Sheet, record: ExtractedRecord, language: Language): void {
  const t = textsIn(language);
  const { number, hash, content, tr03135 } = record;
  const at = (instant: string): string => instantInWords(language, instant);
  const {
    id,
    stationKind = null,
    station,
    purpose,
    holder,
    document,
    second,
    face,
    verdict,
    decision,
    policy,
  } = content;
  sheet.title(t('records/record', { number }));
  if (content.training) sheet.paragraph(t('sheet/training'));

  sheet.heading(t('sheet/decided'));
  sheet.fact(t('records/verdict'), t(`verdict/words/${verdict.verdict}`));
  for (const code of verdict.reasons) sheet.fact(t('sheet/because'), happened(language, code));
  for (const condition of verdict.conditions ?? []) sheet.fact(t('conditions/heading'), conditionWords(condition, t));
  sheet.fact(t('records/outcome'), t(`outcomes/${decision.outcome}`));
  if (decision.reason !== null) sheet.fact(t('records/reason'), decision.reason);
  if (decision.by !== undefined) sheet.fact(t('records/decidedBy'), decider(t, decision.by));
  for (const each of content.handledBy ?? []) sheet.fact(t('sheet/handledBy'), decider(t, each));
  const { referral } = content;
  if (referral !== undefined) {
    const by = referral.by === undefined ? '' : `${decider(t, referral.by)}, `;
    sheet.fact(t('outcomes/refer'), `${by}${at(referral.at)}, ${referral.recordId}`);
  }

  sheet.heading(t('sheet/visit'));
  sheet.fact(t('records/id'), id, 'mono');
  sheet.fact(t('records/fingerprint'), hash, 'mono');
  sheet.fact(t('records/purpose'), purpose === null ? t('records/noPurpose') : t(`purposes/${purpose}`));
  sheet.fact(t('records/began'), at(content.begunAt));
  sheet.fact(t('records/ended'), at(content.endedAt));
  if (typeof content.readAt === 'string') sheet.fact(t('sheet/readAt'), at(content.readAt));
  sheet.fact(t('records/taps'), String(content.taps));
  sheet.fact(
    t('records/station'),
    `${station.id}, ${t(`records/station-${stationKind ?? 'not-set'}`)}, Styrk ${station.appVersion}`,
  );
  if (policy !== null) {
    const { id: policyId, version, digest } = policy;
    sheet.fact(t('sheet/policy'), [policyId, version, digest].filter((part) => part !== undefined).join(' '));
  }
  if (typeof content.whyNotEid === 'string') sheet.fact(t('errand/whyNotEid'), content.whyNotEid);

  sheet.heading(t('records/holder'));
  if (holder === null) sheet.paragraph(t('records/noHolder'));
  else {
    const name = `${holder.givenNames} ${holder.surname}`.trim();
    sheet.fact(t('evidence/name'), holder.protected === true ? t('holder/protectedName', { name }) : name);
    sheet.fact(t('sheet/customerId'), holder.id);
    sheet.fact(t('evidence/personalNumber'), holder.personalNumber ?? t('common/none'));
    sheet.fact(t('evidence/birthDate'), holder.birthDate ?? t('common/unknown'));
  }
  if (content.order !== undefined) writeOrder(sheet, content.order, t, at);

  sheet.heading(t('records/document'));
  writeDocument(sheet, document, t);
  sheet.fact(
    t('records/face'),
    face === null ? t('common/none') : [t(`face/answer/${face.answer}`), face.reason].filter(Boolean).join(': '),
  );
  sheet.heading(t('evidence/checks'));
  sheet.fact('BSI TR-03135-1', tr03135 === null ? t('sheet/notRead') : t(`results/${tr03135.result}`));
  writeChecks(sheet, content.checks, verdict.passedOver, language);
  if (second !== undefined) {
    sheet.heading(t('second/label'));
    writeDocument(sheet, second.document, t);
    writeChecks(sheet, second.checks, [], language);
  }
  const rest = Object.keys(content).filter((field) => !told.has(field));
  if (rest.length > 0) sheet.paragraph(t('sheet/notShown', { fields: rest.join(', ') }));
}

/** Day and time with their zone, on this machine's clock; the text itself where it is no instant. */
export function instantInWords(language: Language, instant: string): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  const format = { dateStyle: 'medium', timeStyle: 'long' } as const;
  return new Intl.DateTimeFormat(languageFacts[language].locale, format).format(date);
}

function writeDocument(sheet: Sheet, document: InspectedDocument | null, t: Texts): void {
  if (document === null) {
    sheet.paragraph(t('sheet/notRead'));
    return;
  }
  const { type, code, issuer, number, expiry, holder } = document;
  sheet.fact(t('records/document'), `${t(`documentTypes/${type}`)} (${code})`);
  sheet.fact(t('evidence/issuer'), issuer);
  sheet.fact(t('evidence/number'), number, 'mono');
  sheet.fact(t('evidence/expiry'), expiry ?? t('common/unknown'));
  sheet.fact(t('evidence/name'), `${holder.givenNames} ${holder.surname}`.trim());
  sheet.fact(t('evidence/personalNumber'), holder.personalNumber ?? t('common/none'));
  sheet.fact(t('evidence/birthDate'), holder.birthDate ?? t('common/unknown'));
}

function writeOrder(
  sheet: Sheet,
  { order, source, boundBy }: CaseOrder,
  t: Texts,
  at: (instant: string) => string,
): void {
  const { issuer, text, amount, reference, expiresAt } = order;
  sheet.heading(t('order/title'));
  sheet.fact(t('order/text'), text);
  // Digit for digit as it was ordered.
  if (amount !== null) sheet.fact(t('order/amount'), `${amount.value} ${amount.currency}`);
  if (reference !== null) sheet.fact(t('order/reference'), reference);
  sheet.fact(t('order/issuer'), issuer);
  if (expiresAt !== null) sheet.fact(t('order/until'), at(expiresAt));
  sheet.paragraph(`${t(`order/source-${source}`)} ${t(`order/boundBy-${boundBy}`)}`);
}

function writeChecks(sheet: Sheet, checks: readonly Check[], passedOver: readonly string[], language: Language): void {
  const t = textsIn(language);
  for (const check of checks) {
    const { id, result, code } = check;
    // A record of an earlier or later app may name a check that this one does not know.
    const known = checkIds.includes(id);
    const remarks = remarksOf(check).filter((remark) => remark !== code);
    const words = [
      `${t(`results/${result}`)}.`,
      known ? t(`checks/${id}/${result}`) : null,
      ...[code, ...remarks].map((each) => (each === null ? null : happened(language, each))),
      passedOver.includes(id) ? `${t('evidence/passedOver')}.` : null,
    ];
    sheet.fact(known ? t(`checks/${id}/name`) : id, words.filter((each) => each !== null).join(' '));
  }
}

const knownCodes: ReadonlySet<string> = new Set(failureCodes);

function happened(language: Language, code: FailureCode): string {
  return knownCodes.has(code) ? failureWords(language, code).happened : code;
}

function decider(t: Texts, { sign, source }: Decider): string {
  return `${sign} (${t(`records/by-${source}`)})`;
}
