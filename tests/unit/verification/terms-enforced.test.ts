import { describe, expect, it } from 'vitest';
import { type Check, checkIds, successful, unsuccessful } from '../../../main/result/check.ts';
import type { FilmSign } from '../../../main/result/film-signs.ts';
import type { PlainDate } from '../../../main/result/plain-date.ts';
import { documentSeen } from '../../../main/verification/case-holder.ts';
import { closingHindrance } from '../../../main/verification/closing.ts';
import { decide } from '../../../main/verification/decision.ts';
import { withDirectoryAge } from '../../../main/verification/directory-age.ts';
import { errandChecks, errandFacts, noAnswers } from '../../../main/verification/errand-checks.ts';
import { injectionAttackCheck, presentationAttackCheck } from '../../../main/verification/film-checks.ts';
import { findingsOf, withFilm } from '../../../main/verification/film-findings.ts';
import { withIdentityLevel } from '../../../main/verification/identity-level.ts';
import { machineAdvice } from '../../../main/verification/machine-advice.ts';
import { parsePolicy } from '../../../main/verification/policy.ts';
import { type PolicyTerms, silentTerms } from '../../../main/verification/terms.ts';
import type { CaseFacts, Policy, Purpose } from '../../../main/verification/types.ts';
import { purposesUnattended } from '../../../main/verification/unattended.ts';
import { judge, mayGoOnAlone, reasonsToGoOn } from '../../../main/verification/verdict.ts';
import { failureCodeOf } from '../../support/failure-code.ts';
import { caseOrder } from '../../support/orders.ts';
import { policy as own } from '../../support/own-resources.ts';
import { caseFacts } from '../records/case-facts.ts';

/*
 * A term that a policy can state and nobody holds to would be a promise to nobody: each has a row that shows what comes of a case
 * in which what it asks is lacking. The rows are one for each term by their type; a new term does not compile without.
 */

const machine = { legalBasis: 'A', impactAssessment: 'B', supportsFrom: 800, againstBelow: 500 };
const context = { training: false, specimen: false, station: 'attended' } as const;
const today = '2026-11-23' as PlainDate;
const told: Readonly<Record<string, Check['detail']>> = {
  'document.type': { type: 'passport', code: 'P', issuer: 'SWE', nationality: 'SWE' },
  'document.expiry': { expiry: '2031-05-20', at: today },
};
const ofErrand = ['document.paper', 'register.validity', 'holder.age', 'document.second'];
/** Every check of a case well but those that are given. */
const wellBut = (...but: readonly Check[]): readonly Check[] => [
  ...checkIds
    .filter((id) => !ofErrand.includes(id) && !but.some((check) => check.id === id))
    .map((id) => successful(id, told[id] ?? {})),
  ...but,
];

const rule = (check: string, undetermined: 'refer' | 'reject' = 'refer') => ({
  check,
  outcomes: {
    successful: 'accept',
    failed: 'reject',
    undetermined,
    'not supported': 'refer',
    aborted: 'refer',
    absent: 'refer',
  },
});
/** A bank's policy on top of the app's own. */
const stated = (more: object, id: Purpose = 'large-transfer'): Policy => {
  const written = parsePolicy({ id, version: 90, documents: null, rules: [], ...more }, own(id));
  return {
    ...own(id),
    ...written,
    rules: [
      ...own(id).rules.filter(({ check }) => !written.rules.some((each) => each.check === check)),
      ...written.rules,
    ],
  };
};
const verdictOf = (policy: Policy, checks: readonly Check[]): string => {
  const { verdict, reasons } = judge(policy, checks, context);
  return `${verdict} ${reasons[0] ?? ''}`.trim();
};

const went = { outcome: 'go-on', reason: null, by: { sign: 'AB', source: 'typed' } } as const;
/** A case that was gone on with under this policy; nothing hinders it. */
const facts = (policy: Policy, more: Partial<CaseFacts> = {}): CaseFacts => ({
  ...caseFacts('case-1', { purpose: policy.id === 'document' ? null : policy.id, decision: went }),
  face: { answer: 'same', reason: null },
  verdict: { verdict: 'accept', reasons: [], decidedBy: null, passedOver: [], conditions: [] },
  readAt: '2026-11-23T09:01:40Z',
  endedAt: '2026-11-23T09:04:00Z',
  ...errandFacts(policy, noAnswers),
  ...more,
});
const closing = (policy: Policy, more: Partial<CaseFacts> = {}): string =>
  closingHindrance(facts(policy, more), policy, null) ?? 'open';

const asked = successful('register.validity');
const permits = { documentsInCase: 'passport-with-permit', permitFor: {} };
const referredAt = { recordId: 'case-0', at: '2026-11-23T09:03:00Z', by: went.by };
const orderFrom = (source: 'typed' | 'signed') => ({ ...caseOrder(), source });
const second = { document: null, access: null, checks: [], reading: null };
type Row = { readonly [what: string]: readonly [actual: () => string, expected: string] };

const same = { answer: 'same', reason: null } as const;
const film = { pictures: 40, measured: [], signs: [] } as const;
const filmedWith = (...signs: readonly FilmSign[]): readonly Check[] => {
  const found = { ...film, signs: signs.map((sign) => ({ sign, score: 700 })) };
  return [
    presentationAttackCheck(same, true, 'attended', found),
    ...injectionAttackCheck(same, true, 'attended', found),
  ];
};
const unanswered = presentationAttackCheck(same, true, 'attended', {
  ...film,
  challenge: { movement: 'not-answered' },
});
const passedOver = {
  successful: 'accept',
  failed: 'refer',
  undetermined: 'pass over',
  'not supported': 'pass over',
  aborted: 'refer',
  absent: 'refer',
};

const terms: { readonly [Term in keyof PolicyTerms]: Row } = {
  conditions: {
    'nobody can say when the document ends': [
      () =>
        verdictOf(
          stated({ conditions: [{ condition: 'validUntil' }] }),
          wellBut(unsuccessful('document.expiry', 'undetermined', 'document.expiry-unknown')),
        ),
      'refer document.expiry-unknown',
    ],
  },
  freshness: {
    'an earlier reading, where the policy reads each time': [
      () => closing(stated({}), { freshness: { recordId: 'r', readAt: '2026-11-23T09:01:40Z' } }),
      'freshness.past',
    ],
    'an earlier reading past its minutes': [
      () =>
        closing(own('step-up'), {
          readAt: '2026-11-23T08:30:00Z',
          freshness: { recordId: 'r', readAt: '2026-11-23T08:30:00Z' },
        }),
      'freshness.past',
    ],
  },
  overrides: {
    'a teller, where a supervisor may': [
      () => {
        const policy = stated({ overrides: [{ roles: ['supervisor'], checks: ['holder.name'], reasons: ['Seen'] }] });
        const near = wellBut(
          unsuccessful('holder.name', 'undetermined', 'holder.name-near'),
          successful('register.validity'),
        );
        return String([
          mayGoOnAlone(policy, near, context, 'teller'),
          mayGoOnAlone(policy, near, context, 'supervisor'),
        ]);
      },
      'false,true',
    ],
    'a reason that the bank does not take': [
      () => {
        const policy = stated({ overrides: [{ roles: ['teller'], checks: ['holder.name'], reasons: ['Seen'] }] });
        const near = wellBut(
          unsuccessful('holder.name', 'undetermined', 'holder.name-near'),
          successful('register.validity'),
        );
        const ground = {
          verdict: judge(policy, near, context),
          mayGoOnAlone: true,
          documentRead: true,
          face: { answer: 'same', reason: null },
          evidenceMinutes: 1,
          policy,
          personOpen: false,
          reasons: reasonsToGoOn(policy, near, context, 'teller'),
          orderHindrance: null,
        } as const;
        return failureCodeOf(() => decide(ground, 'go-on', 'I know her', went.by)) ?? 'open';
      },
      'decision.reason-not-listed',
    ],
  },
  retention: {
    'a record that does not say it': [
      () => {
        const policy = stated({ retention: { keep: 'reference', years: 5 } });
        const { retention: _, ...without } = facts(policy);
        return closingHindrance(without, policy, null) ?? 'open';
      },
      'record.malformed',
    ],
  },
  machineComparison: {
    'what a machine says without a threshold': [
      () => failureCodeOf(() => stated({ machineComparison: { legalBasis: 'A', impactAssessment: 'B' } })) ?? 'open',
      'policy.malformed',
    ],
    'a score below the threshold': [
      () => machineAdvice(machine, { consent: 'given', compared: true, score: 499 }, 'same').advice ?? 'none',
      'does-not-support',
    ],
    'a comparison without consent': [
      () => machineAdvice(machine, { consent: 'refused', compared: true, score: 990 }, 'same').advice ?? 'none',
      'none',
    ],
  },
  whyNotEid: {
    'nobody said why': [() => closing(stated({ whyNotEid: 'required' })), 'case.eid-reason-missing'],
    'white space': [() => closing(stated({ whyNotEid: 'required' }), { whyNotEid: ' ' }), 'case.eid-reason-missing'],
    said: [() => closing(stated({ whyNotEid: 'required' }), { whyNotEid: 'Har ingen' }), 'open'],
  },
  documentsInCase: {
    'a second document, where one is taken': [
      () => closing(stated({ documentsInCase: 'one' }), { second }),
      'document.second-kind',
    ],
    'a second document that does not belong to the first': [
      () =>
        verdictOf(
          stated({ documentsInCase: 'passport-with-permit' }),
          wellBut(unsuccessful('document.second', 'failed', 'document.second-other-person')),
        ),
      'refer document.second-other-person',
    ],
  },
  permitFor: {
    'a passport without its permit': [
      () => verdictOf(stated(permits), wellBut(asked)),
      'refer document.second-required',
    ],
    'a passport with its permit': [
      () => verdictOf(stated(permits), wellBut(asked, successful('document.second'))),
      'accept',
    ],
    'a passport that it is not for': [
      () =>
        verdictOf(
          stated({ ...permits, permitFor: { except: [{ issuer: 'SWE', codes: ['P*'], nationality: null }] } }),
          wellBut(asked),
        ),
      'accept',
    ],
    'an identity card, which has none beside it': [
      () =>
        verdictOf(
          stated(permits),
          wellBut(asked, successful('document.type', { ...told['document.type'], type: 'identity-card', code: 'ID' })),
        ),
      'accept',
    ],
    'a document of which nobody can say what it is': [
      () => verdictOf(stated(permits), wellBut(asked, successful('document.type'))),
      'refer document.second-required',
    ],
    'a permit for a purpose that takes one document': [
      () => failureCodeOf(() => stated({ ...permits, documentsInCase: 'one' })) ?? 'open',
      'policy.malformed',
    ],
  },
  order: {
    'no order': [() => closing(stated({ order: 'required' })), 'order.missing'],
  },
  orderSource: {
    'an order that staff typed': [
      () => closing(stated({ order: 'optional', orderSource: 'signed' }), { order: orderFrom('typed') }),
      'order.not-signed',
    ],
    'an order that the bank’s system signed': [
      () => closing(stated({ order: 'optional', orderSource: 'signed' }), { order: orderFrom('signed') }),
      'open',
    ],
    'no order, where a signed one may come': [
      () => closing(stated({ order: 'optional', orderSource: 'signed' })),
      'open',
    ],
    'a signed order where none has a place': [
      () => failureCodeOf(() => stated({ order: 'none', orderSource: 'signed' })) ?? 'open',
      'policy.malformed',
    ],
  },
  referralHours: {
    'decided past it': [
      () => closing(stated({ referralHours: 24 }), { referral: referredAt, endedAt: '2026-11-24T09:03:01Z' }),
      'referral.past',
    ],
    'decided the next day, within it': [
      () => closing(stated({ referralHours: 24 }), { referral: referredAt, endedAt: '2026-11-24T09:02:59Z' }),
      'open',
    ],
    'decided the next day, where the policy says nothing': [
      () => closing(stated({}), { referral: referredAt, endedAt: '2026-11-24T09:02:59Z' }),
      'referral.past',
    ],
  },
  directoryHours: {
    'a directory that has not answered for longer': [
      () => {
        const policy = stated({ directoryHours: 2 });
        const directory = { saidAt: '2026-11-23T06:59:59Z', code: 'service.unreachable' } as const;
        const around = { now: '2026-11-23T09:00:00Z', policy };
        return verdictOf(policy, withDirectoryAge(wellBut(asked), { directory }, around));
      },
      'refer holder.directory-old',
    ],
  },
  knownDocuments: {
    'the document of an accepted case, where the policy does not say so': [
      () => String(documentSeen(facts(stated({})), stated({}), () => null)),
      'null',
    ],
    'a document without a number that a supervisor approved, where the policy does not say `approved`': [
      () => {
        const approved = stated({ knownDocuments: 'approved' }, 'renew-bankid');
        const seen = [stated({ knownDocuments: 'accepted' }, 'renew-bankid'), approved].map((policy) => {
          const holder = {
            id: 'K-1',
            personalNumber: null,
            givenNames: 'ÅSA',
            surname: 'ÖBERG',
            birthDate: '1990-06-02',
          };
          const none = { issuer: 'SWE', onFile: true, inDocument: false };
          const number = unsuccessful('holder.personal-number', 'undetermined', 'holder.no-personal-number', none);
          const checks = wellBut(number, successful('register.validity'));
          const verdict = judge(policy, checks, context);
          const by = (id: string) => ({ sign: id, source: 'operator', operatorId: id }) as const;
          const decision = { outcome: 'go-on', reason: 'known', by: by('SU') } as const;
          const referral = { recordId: 'case-0', at: '2026-11-23T09:02:00Z', by: by('TE') };
          const more = { holder, checks, verdict, decision, referral };
          return documentSeen(facts(policy, more), policy, () => 'supervisor');
        });
        return seen.map((one) => one?.number ?? null).join(' ');
      },
      ' AA123456',
    ],
    'documents of whom a case takes from a document': [
      () => failureCodeOf(() => stated({ knownDocuments: 'accepted' }, 'new-customer')) ?? 'open',
      'policy.malformed',
    ],
  },
  register: {
    'nobody asked': [
      () => {
        const policy = stated({ register: 'required', rules: [rule('register.validity')] });
        const around = {
          inspection: { document: swedish, mrz: null, details: null },
          station: 'attended',
          at: today,
          now: '2026-11-23T09:00:00Z',
        } as const;
        return verdictOf(policy, wellBut(...errandChecks(policy, noAnswers, around)));
      },
      'refer register.not-asked',
    ],
  },
  paper: {
    'nobody looked': [
      () => {
        const policy = stated({ paper: 'required', rules: [rule('document.paper')] });
        const around = { inspection: null, station: 'attended', at: today, now: '2026-11-23T09:00:00Z' } as const;
        const [paper] = errandChecks(policy, noAnswers, around);
        return paper === undefined ? 'not made' : verdictOf(policy, wellBut(paper, successful('register.validity')));
      },
      'refer paper.not-seen',
    ],
  },
  identityLevels: {
    'a level that nobody has told': [
      () => {
        const policy = stated({ identityLevels: ['confirmed'] });
        const checks = wellBut(
          successful('holder.personal-number', { kind: 'coordination' }),
          successful('register.validity'),
        );
        return verdictOf(policy, withIdentityLevel(checks, { personalNumber: '197010632391' }, policy.identityLevels));
      },
      'refer holder.identity-level',
    ],
  },
  age: {
    'nobody was read': [
      () => {
        const policy = own('age');
        const around = { inspection: null, station: 'attended', at: today, now: '2026-11-23T09:00:00Z' } as const;
        const checks = wellBut(...errandChecks(policy, noAnswers, around)).filter(
          ({ id }) => !id.startsWith('holder.') || id === 'holder.age',
        );
        return verdictOf(policy, checks);
      },
      'refer check.aborted',
    ],
  },
  unattended: {
    'a kiosk, of what no policy lets it begin': [() => String(purposesUnattended(own, false)), ''],
    'a kiosk, of what one policy lets it begin': [
      () =>
        String(purposesUnattended((id) => (id === 'step-up' ? stated({ unattended: 'begun' }, id) : own(id)), false)),
      'step-up',
    ],
    'a kiosk in training': [() => String(purposesUnattended(own, true)), 'renew-bankid,replace-device'],
  },
  filmSigns: {
    'a sign in the film, where the policy says nothing': [
      () => verdictOf(stated({}), wellBut(asked, ...filmedWith('flat'))),
      'refer film.flat',
    ],
    'a sign that a policy’s rule would pass over': [
      () => {
        const lenient = { ...rule('face.presentation-attack'), outcomes: passedOver };
        return verdictOf(stated({ rules: [lenient] }), wellBut(asked, ...filmedWith('flat')));
      },
      'refer film.flat',
    ],
    'a sign, where the policy rejects them': [
      () => verdictOf(stated({ filmSigns: 'reject' }), wellBut(asked, ...filmedWith('frozen'))),
      'reject film.frozen',
    ],
    'a sign, for whoever stands there alone': [
      () => String(mayGoOnAlone(stated({}), wellBut(asked, ...filmedWith('flat')), context)),
      'false',
    ],
    'a policy that would accept beside one': [
      () => failureCodeOf(() => stated({ filmSigns: 'accept' })) ?? 'open',
      'policy.malformed',
    ],
    'what a kiosk asked for and nobody did, at the most for a person to decide': [
      () => {
        const lenient = { ...rule('face.presentation-attack'), outcomes: passedOver };
        return [stated({}), stated({ filmSigns: 'reject' }), stated({ rules: [lenient] })]
          .map((policy) => verdictOf(policy, wellBut(asked, unanswered)))
          .join();
      },
      'refer film.not-answered,refer film.not-answered,refer film.not-answered',
    ],
    'no sign': [() => verdictOf(stated({}), wellBut(asked, ...filmedWith())), 'accept'],
  },
  faceCameras: {
    'a camera that the policy does not name': [
      () => {
        const policy = stated({ faceCameras: ['Desk camera'] });
        const findings = findingsOf(withFilm(null, { ...film, camera: 'Another' }), policy.faceCameras);
        return verdictOf(policy, wellBut(asked, ...injectionAttackCheck(same, true, 'attended', findings)));
      },
      'refer film.camera-not-listed',
    ],
    'a camera that it names': [
      () => {
        const policy = stated({ faceCameras: ['Desk camera'] });
        const findings = findingsOf(withFilm(null, { ...film, camera: 'Desk camera' }), policy.faceCameras);
        return verdictOf(policy, wellBut(asked, ...injectionAttackCheck(same, true, 'attended', findings)));
      },
      'accept',
    ],
    'no camera at all': [() => failureCodeOf(() => stated({ faceCameras: [] })) ?? 'open', 'policy.malformed'],
  },
};

/** The other fields of a policy that ask for something. */
const fields: { readonly [Field in 'documents' | 'evidenceMinutes' | 'holder' | 'alone' | 'rules']: Row } = {
  documents: {
    'another document': [
      () =>
        verdictOf(
          { ...stated({}), documents: [{ issuer: 'FIN', codes: ['P*'], nationality: null }] },
          wellBut(successful('register.validity')),
        ),
      'refer document.type-not-accepted',
    ],
  },
  evidenceMinutes: {
    'read too long ago': [() => closing(stated({ evidenceMinutes: 2 })), 'case.evidence-old'],
    'a second document read too long ago': [
      () =>
        closing(stated({ documentsInCase: 'passport-with-permit' }), {
          second: { ...second, readAt: '2026-11-23T08:00:00Z' },
        }),
      'case.evidence-old',
    ],
    'by a clock that went back': [() => closing(stated({}), { endedAt: '2026-11-23T09:00:00Z' }), 'case.evidence-old'],
    'not read': [() => closing(stated({}), { readAt: null }), 'decision.no-reading'],
    'a document that says nothing': [() => closing(stated({}), { document: null }), 'decision.no-reading'],
  },
  holder: {
    'nobody on file': [
      () => verdictOf(stated({}), wellBut(unsuccessful('holder.name', 'undetermined', 'holder.not-found'))),
      'refer holder.not-found',
    ],
  },
  alone: {
    'a check that is not left to one person': [
      () =>
        String(
          mayGoOnAlone(
            stated({ alone: [] }),
            wellBut(unsuccessful('document.mrz', 'failed', 'mrz.check-digit')),
            context,
          ),
        ),
      'false',
    ],
  },
  rules: {
    'nobody compared the faces': [() => closing(stated({}), { face: null }), 'face.not-compared'],
    rejected: [
      () => closing(stated({}), { verdict: { ...facts(stated({})).verdict, verdict: 'reject' } }),
      'decision.not-allowed',
    ],
    'referred, and no reason given': [
      () => closing(stated({}), { verdict: { ...facts(stated({})).verdict, verdict: 'refer' } }),
      'decision.reason-missing',
    ],
  },
};

const swedish = {
  ...facts(own('large-transfer')).document,
  type: 'passport',
  issuer: 'SWE',
} as NonNullable<CaseFacts['document']>;

it('there is a row for each term, whatever is added', () => {
  expect(Object.keys(terms).toSorted()).toEqual(Object.keys(silentTerms).toSorted());
});

describe.each(Object.entries({ ...terms, ...fields }))('%s', (_, row) => {
  it.each(Object.entries(row))('%s', (_what, [actual, expected]) => {
    expect(actual()).toBe(expected);
  });
});

describe('the closing', () => {
  it('lets go on with what lacks nothing', () => {
    for (const id of ['large-transfer', 'renew-bankid', 'collect-card'] as const) expect(closing(own(id))).toBe('open');
  });

  // What gives nothing to anybody is always open, and leaves its record.
  it('hinders nothing else: referred, stopped and left cases are kept as they are', () => {
    const policy = stated({ order: 'required', whyNotEid: 'required' });
    for (const outcome of ['refer', 'stop', 'abandoned'] as const)
      expect(closing(policy, { decision: { ...went, outcome }, document: null, readAt: null, face: null })).toBe(
        'open',
      );
    expect(closing(policy)).toBe('order.missing');
  });

  it('is by a policy: without an errand nothing is gone on with', () => {
    expect(closingHindrance(facts(own('large-transfer')), null, null)).toBe('decision.no-reading');
  });
});
