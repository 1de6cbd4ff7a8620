import type { Answer, Arguments } from '../../preload/contract.ts';
import type { Texts } from '../../resources/texts/catalogue.ts';

/* Policies as a station has them that headquarters sent one to; what they say is made up of the app's own words. */

type Asked = Arguments<'policies.explain'>;
const ids = ['document', 'renew-bankid', 'large-transfer', 'step-up', 'new-customer', 'replace-device'] as const;

export const all: Answer<'policies.all'> = {
  policies: ids.map((id) => ({
    ...{ id, version: id === 'large-transfer' ? 12 : 4, ownVersion: id === 'large-transfer' ? 13 : 4 },
    from: id === 'large-transfer' ? { takenAt: '2026-10-12T09:30:00Z', station: 'Huvudkontoret' } : null,
  })),
  chosen: { file: 'stor-overforing-2027.json', id: 'large-transfer', version: 12, refusal: 'policy.version-reused' },
};

/** What differs between the editions, so that there is something to compare. */
export function explain(t: Texts, id: Asked[0], edition: Asked[1]): Answer<'policies.explain'> {
  const isOther = edition !== 'in-force';
  const checks = [
    'passive-authentication.signature',
    'passive-authentication.revocation',
    'chip-authentication',
    'document.expiry',
    'holder.name',
    'holder.birth-date',
    'face.comparison',
  ] as const;
  const outcome = (key: 'failed' | 'undetermined', to: 'refer' | 'reject' | 'pass over') =>
    `${t(`policy/results/${key}`)}: ${t(`policy/outcomes/${to}`)}`;
  return {
    name: id === 'document' ? t('policy/document') : t(`purposes/${id}`),
    version: isOther ? 13 : 12,
    checks: checks.map((key) => ({
      key,
      about: t(`checks/${key}/name`),
      lines: [
        outcome('failed', isOther && key === 'holder.name' ? 'refer' : 'reject'),
        outcome('undetermined', isOther && key === 'passive-authentication.revocation' ? 'pass over' : 'refer'),
      ],
    })),
    terms: [
      { key: 'holder', about: t('policy/terms/holder'), lines: [t('policy/holder/on-file')] },
      {
        ...{ key: 'evidenceMinutes', about: t('policy/terms/evidenceMinutes') },
        lines: [t('policy/evidence', { count: isOther ? 30 : 15 })],
      },
      { key: 'freshness', about: t('policy/terms/freshness'), lines: [t('policy/readEachTime')] },
      ...(isOther
        ? [{ key: 'register', about: t('policy/terms/register'), lines: [t('policy/register/required')] }]
        : []),
      { key: 'machineComparison', about: t('policy/terms/machineComparison'), lines: [t('policy/machineOff')] },
    ],
    gaps: edition === 'chosen' ? [t('policy/gaps/freshness-of-nothing')] : [],
  };
}
