import type { FailureCode } from '../../main/result/failure-codes.ts';
import type { ChangedOutcome, ChangedTerm, ComparedTerm } from '../../main/verification/compare-policies.ts';
import type { AcceptedDocuments } from '../../main/verification/document-patterns.ts';
import type { PolicyGap } from '../../main/verification/policy-gaps.ts';
import type { PolicyCondition } from '../../main/verification/terms.ts';
import type { Policy, PolicyRule } from '../../main/verification/types.ts';
import { failureWords } from '../failures/failures.ts';
import { conditionWords } from './condition-words.ts';
import { type Language, type Texts, textsIn } from './texts.ts';

const results = ['failed', 'undetermined', 'not supported', 'aborted'] as const;

/** One thing that a policy says: of a check, or of a field beside the rules. Two policies are compared by `key`. */
export interface PolicyEntry {
  /** The check, or the field. */
  readonly key: string;
  readonly about: string;
  readonly lines: readonly string[];
}

/** A policy in words, as it judges. */
export interface PolicyInWords {
  readonly checks: readonly PolicyEntry[];
  /** Fields of which nothing is asked are left out. */
  readonly terms: readonly PolicyEntry[];
}

/** What a policy says, check by check and field by field: nothing of it that no case is held to (docs/policies.md). */
export function policyEntries(policy: Policy, language: Language): PolicyInWords {
  const t = textsIn(language);
  const said = termLines(policy, language);
  const terms = Object.keys(said) as (keyof typeof said)[];
  return {
    checks: policy.rules.map((rule) => ({
      key: rule.check,
      about: t(`checks/${rule.check}/name`),
      lines: ruleLines(rule, language),
    })),
    terms: terms
      // The rules for documents are no errand: of its fields they have these alone.
      .filter((term) => policy.id !== 'document' || ofDocuments.includes(term))
      .map((term) => ({ key: term, about: t(`policy/terms/${term}`), lines: said[term] }))
      .filter(({ lines }) => lines.length > 0),
  };
}

const ofDocuments: readonly ComparedTerm[] = ['alternatives', 'combinations', 'documents', 'conditions'];

/** The name by which people know a policy. */
export function policyName(id: Policy['id'], t: Texts): string {
  return id === 'document' ? t('policy/document') : t(`purposes/${id}`);
}

/** A policy in words, as it judges: a paragraph for each check, then what the errand asks beside. */
export function policyWords(policy: Policy, language: Language): string[] {
  const t = textsIn(language);
  const { checks, terms } = policyEntries(policy, language);
  return [
    t('policy/title', { name: policyName(policy.id, t), version: policy.version }),
    '',
    ...checks.map(({ about, lines }) => `- ${about}. ${lines.join('; ')}.`),
    '',
    ...terms.flatMap(({ lines }) => lines.map((line) => `- ${line}`)),
  ];
}

function ruleLines({ outcomes, codes }: PolicyRule, language: Language): string[] {
  const t = textsIn(language);
  const byOutcome = Map.groupBy(results, (result) => outcomes[result]);
  const said = [...byOutcome].map(
    ([outcome, on]) =>
      `${on.map((result) => t(`policy/results/${result}`)).join(', ')}: ${t(`policy/outcomes/${outcome}`)}`,
  );
  const except = (Object.entries(codes) as [FailureCode, Policy['rules'][number]['outcomes']['failed']][]).map(
    ([code, outcome]) =>
      `${failureWords(language, code).happened.replace(/\.$/, '')} (${code}): ${t(`policy/outcomes/${outcome}`)}`,
  );
  return [...said, ...except];
}

function documentWords(documents: readonly AcceptedDocuments[]): string {
  return documents
    .map(({ issuer, codes, nationality }) => [issuer, codes.join('/'), nationality].filter(Boolean).join(' '))
    .join('; ');
}

function conditionLine(
  { condition, documents: meant, except, remainingMonths }: PolicyCondition,
  language: Language,
): string {
  const t = textsIn(language);
  const told =
    condition === 'validUntil'
      ? ({ kind: 'validUntil', date: t('policy/lastDay') } as const)
      : ({ kind: 'scope', scope: condition.scope } as const);
  return [
    t('policy/condition', {
      documents: meant === null ? t('policy/everyDocument') : documentWords(meant),
      condition: conditionWords(told, t),
    }),
    ...(except.length === 0 ? [] : [t('policy/except', { documents: documentWords(except) })]),
    ...(remainingMonths === null ? [] : [t('policy/remaining', { count: remainingMonths })]),
  ].join(' ');
}

function termLines(policy: Policy, language: Language) {
  const t = textsIn(language);
  const { documents, conditions, freshness, overrides, retention, identityLevels, age, permitFor, referralHours } =
    policy;
  const names = (checks: readonly Policy['rules'][number]['check'][]): string =>
    checks.map((id) => t(`checks/${id}/name`)).join(', ');
  const answered = (term: 'whyNotEid' | 'paper' | 'register'): string[] =>
    policy[term] === 'none' ? [] : [t(`policy/${term}/${policy[term]}`)];
  return {
    alternatives: policy.alternatives.map(({ checks, none }) =>
      t('policy/alternatives', { checks: names(checks), outcome: t(`policy/outcomes/${none}`) }),
    ),
    combinations: policy.combinations.map(({ all, outcome }) => {
      const together = all.map(
        ({ check, result }) => `${t(`checks/${check}/name`)} (${t(`policy/results/${result}`)})`,
      );
      return t('policy/combination', { together: together.join(' + '), outcome: t(`policy/outcomes/${outcome}`) });
    }),
    holder: [t(`policy/holder/${policy.holder}`)],
    documents: [
      documents === null ? t('policy/documentsAll') : t('policy/documents', { documents: documentWords(documents) }),
    ],
    evidenceMinutes: [t('policy/evidence', { count: policy.evidenceMinutes })],
    alone: policy.alone.length === 0 ? [] : [t('policy/alone', { checks: names(policy.alone) })],
    conditions: conditions.map((condition) => conditionLine(condition, language)),
    freshness: [
      freshness === null
        ? t('policy/readEachTime')
        : t('policy/freshness', {
            count: freshness.minutes,
            purposes: freshness.purposes.map((id) => t(`purposes/${id}`)).join(', '),
          }),
    ],
    overrides: overrides.map(({ roles, checks, reasons }) =>
      t('policy/override', {
        roles: roles.map((role) => t(`policy/roles/${role}`)).join(', '),
        checks: names(checks),
        reasons: reasons.length === 0 ? t('policy/anyReason') : reasons.join(' / '),
      }),
    ),
    retention: [
      retention === null
        ? t('policy/retentionUnsaid')
        : t(`policy/retention/${retention.keep}`, { count: retention.years }),
    ],
    machineComparison: [
      policy.machineComparison === null
        ? t('policy/machineOff')
        : t('policy/machineOn', {
            basis: policy.machineComparison.legalBasis,
            assessment: policy.machineComparison.impactAssessment,
          }),
    ],
    whyNotEid: answered('whyNotEid'),
    paper: answered('paper'),
    register: answered('register'),
    order: policy.order === 'none' ? [] : [t(`policy/order/${policy.order}`)],
    // Whose order counts is no matter where none is taken.
    orderSource: policy.orderSource === 'signed' && policy.order !== 'none' ? [t('policy/orderSigned')] : [],
    documentsInCase: [t(`policy/documentsInCase/${policy.documentsInCase}`)],
    permitFor:
      permitFor === null
        ? []
        : [
            [
              t('policy/permitFor', {
                documents:
                  permitFor.documents === null ? t('policy/everyDocument') : documentWords(permitFor.documents),
              }),
              ...(permitFor.except.length === 0
                ? []
                : [t('policy/except', { documents: documentWords(permitFor.except) })]),
            ].join(' '),
          ],
    referralHours: [
      referralHours === null ? t('policy/referralAsRead') : t('policy/referralHours', { count: referralHours }),
    ],
    directoryHours:
      policy.holder !== 'on-file'
        ? []
        : [
            policy.directoryHours === 0
              ? t('policy/directoryAsRead')
              : t('policy/directoryHours', { count: policy.directoryHours }),
          ],
    knownDocuments: policy.knownDocuments === 'none' ? [] : [t(`policy/knownDocuments/${policy.knownDocuments}`)],
    identityLevels:
      identityLevels === null
        ? []
        : [
            t('policy/identityLevels', {
              levels: identityLevels.map((level) => t(`policy/levels/${level}`)).join(', '),
            }),
          ],
    age: age === null ? [] : [t('policy/age', { limits: age.limits.join(', ') })],
    unattended: policy.unattended === 'refused' ? [] : [t('policy/unattended')],
    filmSigns: policy.filmSigns === 'reject' ? [t('policy/signsReject')] : [],
    faceCameras:
      policy.faceCameras === null ? [] : [t('policy/faceCameras', { cameras: policy.faceCameras.join(', ') })],
  } as const satisfies Partial<Readonly<Record<ComparedTerm, readonly string[]>>>;
}

/** What becomes stricter or looser, a line for each. */
export function changeWords(
  outcomes: readonly ChangedOutcome[],
  terms: readonly ChangedTerm[],
  language: Language,
): string[] {
  const t = textsIn(language);
  const words = (outcome: ChangedOutcome['from']): string =>
    outcome === null ? t('policy/notAsked') : t(`policy/outcomes/${outcome}`);
  return [
    ...outcomes.map(({ check, on, from, to, direction }) => {
      const when = on.includes('.') ? on : t(`policy/results/${on as (typeof results)[number] | 'absent'}`);
      return `${t(`policy/directions/${direction}`)}: ${t(`checks/${check}/name`)}, ${when}: ${words(from)} → ${words(to)}`;
    }),
    ...terms.map(
      ({ term, direction }) => `${t(`policy/directions/${direction}`)}: ${t(`policy/terms/${term}`)} (${term})`,
    ),
  ];
}

/** A gap as a sentence. */
export function gapWords({ gap, about }: PolicyGap, language: Language): string {
  return textsIn(language)(`policy/gaps/${gap}`, { about: about ?? '' });
}
