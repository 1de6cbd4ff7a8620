import { failureWords } from '../../resources/failures/failures.ts';
import { conditionWords } from '../../resources/texts/condition-words.ts';
import { type Language, textsIn } from '../../resources/texts/texts.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import type { ChangedOutcome, ChangedTerm } from '../verification/compare-policies.ts';
import type { AcceptedDocuments } from '../verification/document-patterns.ts';
import type { PolicyGap } from '../verification/policy-gaps.ts';
import type { Policy, PolicyRule } from '../verification/types.ts';
import { printable } from './layout.ts';

const results = ['failed', 'undetermined', 'not supported', 'aborted'] as const;

/** A policy in words, as it judges: a paragraph for each check, then what the errand asks beside. */
export function policyWords(policy: Policy, language: Language): string[] {
  const t = textsIn(language);
  const name = policy.id === 'document' ? t('policy/document') : t(`purposes/${policy.id}`);
  return [
    t('policy/title', { name, version: policy.version }),
    '',
    ...policy.rules.map((rule) => `- ${ruleWords(rule, language)}`),
    ...policy.alternatives.map(
      ({ checks, none }) =>
        `- ${t('policy/alternatives', { checks: checks.map((id) => t(`checks/${id}/name`)).join(', '), outcome: t(`policy/outcomes/${none}`) })}`,
    ),
    ...policy.combinations.map(({ all, outcome }) => {
      const together = all.map(
        ({ check, result }) => `${t(`checks/${check}/name`)} (${t(`policy/results/${result}`)})`,
      );
      return `- ${t('policy/combination', { together: together.join(' + '), outcome: t(`policy/outcomes/${outcome}`) })}`;
    }),
    '',
    ...termWords(policy, language).map((line) => `- ${printable(line)}`),
  ];
}

function ruleWords({ check, outcomes, codes }: PolicyRule, language: Language): string {
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
  return `${t(`checks/${check}/name`)}. ${[...said, ...except].join('; ')}.`;
}

function documentWords(documents: readonly AcceptedDocuments[]): string {
  return documents
    .map(({ issuer, codes, nationality }) => [issuer, codes.join('/'), nationality].filter(Boolean).join(' '))
    .join('; ');
}

function termWords(policy: Policy, language: Language): string[] {
  const t = textsIn(language);
  const { documents, conditions, freshness, overrides, retention, identityLevels, age, permitFor, referralHours } =
    policy;
  return [
    t(`policy/holder/${policy.holder}`),
    documents === null ? t('policy/documentsAll') : t('policy/documents', { documents: documentWords(documents) }),
    t('policy/evidence', { count: policy.evidenceMinutes }),
    ...(policy.alone.length === 0
      ? []
      : [t('policy/alone', { checks: policy.alone.map((id) => t(`checks/${id}/name`)).join(', ') })]),
    ...conditions.map(({ condition, documents: meant, except, remainingMonths }) => {
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
    }),
    freshness === null
      ? t('policy/readEachTime')
      : t('policy/freshness', {
          count: freshness.minutes,
          purposes: freshness.purposes.map((id) => t(`purposes/${id}`)).join(', '),
        }),
    ...overrides.map(({ roles, checks, reasons }) =>
      t('policy/override', {
        roles: roles.map((role) => t(`policy/roles/${role}`)).join(', '),
        checks: checks.map((id) => t(`checks/${id}/name`)).join(', '),
        reasons: reasons.length === 0 ? t('policy/anyReason') : reasons.join(' / '),
      }),
    ),
    retention === null
      ? t('policy/retentionUnsaid')
      : t(`policy/retention/${retention.keep}`, { count: retention.years }),
    t('policy/machineOff'),
    ...(['whyNotEid', 'paper', 'register'] as const).flatMap((term) =>
      policy[term] === 'none' ? [] : [t(`policy/${term}/${policy[term]}`)],
    ),
    ...(policy.order === 'none' ? [] : [t(`policy/order/${policy.order}`)]),
    ...(policy.orderSource === 'signed' ? [t('policy/orderSigned')] : []),
    t(`policy/documentsInCase/${policy.documentsInCase}`),
    ...(permitFor === null
      ? []
      : [
          [
            t('policy/permitFor', {
              documents: permitFor.documents === null ? t('policy/everyDocument') : documentWords(permitFor.documents),
            }),
            ...(permitFor.except.length === 0
              ? []
              : [t('policy/except', { documents: documentWords(permitFor.except) })]),
          ].join(' '),
        ]),
    referralHours === null ? t('policy/referralAsRead') : t('policy/referralHours', { count: referralHours }),
    ...(policy.holder !== 'on-file'
      ? []
      : [
          policy.directoryHours === 0
            ? t('policy/directoryAsRead')
            : t('policy/directoryHours', { count: policy.directoryHours }),
        ]),
    ...(policy.knownDocuments === 'none' ? [] : [t(`policy/knownDocuments/${policy.knownDocuments}`)]),
    ...(identityLevels === null
      ? []
      : [
          t('policy/identityLevels', { levels: identityLevels.map((level) => t(`policy/levels/${level}`)).join(', ') }),
        ]),
    ...(age === null ? [] : [t('policy/age', { limits: age.limits.join(', ') })]),
    ...(policy.unattended === 'refused' ? [] : [t('policy/unattended')]),
  ];
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
  return printable(textsIn(language)(`policy/gaps/${gap}`, { about: about ?? '' }));
}
