import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { bankSystemIn } from '../../../main/answer/bank-system.ts';
import type { AskedClaim } from '../../../main/answer/claims.ts';
import { statementOf } from '../../../main/answer/statement.ts';
import { recordOf } from '../../../main/records/record.ts';
import { type Check, type CheckId, successful, unsuccessful } from '../../../main/result/check.ts';
import { parsePlainDate } from '../../../main/result/plain-date.ts';
import type { CaseFacts } from '../../../main/verification/types.ts';
import { bankFile, bankSigner } from '../../support/bank-side.ts';
import { anOrder } from '../../support/orders.ts';
import { resultsSchema } from '../../support/tr03135-schema.ts';
import { verifiedClaimsSchema } from '../../support/verified-claims-schema.ts';
import { caseFacts } from '../records/case-facts.ts';

/*
 * What a bank is told of a case (docs/decisions/0016): what was done and passed in the words of OpenID Identity Assurance, every
 * check in ours, and of the person what was asked for and nothing else.
 */

const proved: readonly Check[] = [
  successful('passive-authentication.hashes'),
  successful('passive-authentication.signature'),
  successful('passive-authentication.path', { sources: ['ab'.repeat(32)] }),
  successful('passive-authentication.revocation'),
  successful('passive-authentication.validity'),
  successful('passive-authentication.country'),
  successful('holder.birth-date', { source: 'DG1' }),
  successful('holder.personal-number', { kind: 'personal', source: 'DG1 optional data' }),
  successful('face.comparison', { answeredBy: 'staff', reason: null }),
  successful('face.presentation-attack', { station: 'attended', answeredBy: 'staff' }),
];

function answerTo(asks: readonly AskedClaim[], changes: Partial<CaseFacts> = {}, bank: Record<string, unknown> = {}) {
  const content = recordOf(
    caseFacts('case-1', { training: false, stationKind: 'attended', checks: proved, ...changes }),
    {
      id: 'station-1',
      appVersion: '1',
    },
  );
  const claims = statementOf({
    record: { id: 'case-1', hash: 'ab'.repeat(32) },
    content,
    signed: {
      order: anOrder({ nonce: 'n1' }),
      asks,
      digest: 'cd'.repeat(32),
      system: bankSystemIn(bankFile(bankSigner(), bank)),
    },
    orderHash: 'ef'.repeat(32),
    boundBy: 'station',
  });
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts what it takes out of an answer.
  return JSON.parse(JSON.stringify(claims)) as Record<string, any>;
}

const all: readonly AskedClaim[] = [
  'given_name',
  'family_name',
  'birthdate',
  'nationalities',
  'https://id.oidc.se/claim/personalIdentityNumber',
  'https://id.oidc.se/claim/coordinationNumber',
  'document',
];
const without = (id: CheckId, ...instead: readonly Check[]): readonly Check[] => [
  ...proved.filter((check) => check.id !== id),
  ...instead,
];

describe('an answer', () => {
  // OpenID Identity Assurance, "Embedded attachments": desc, content_type, content in base64.
  it('brings the results of BSI TR-03135 along where the system asks for them, and not where it does not', () => {
    expect(answerTo([]).styrk).not.toHaveProperty('attachments');
    const [attachment, ...more] = answerTo([], {}, { attachments: ['tr-03135'] }).styrk.attachments;
    expect(more).toEqual([]);
    expect(attachment).toMatchObject({ desc: 'BSI TR-03135 results', content_type: 'application/json' });
    const content = JSON.parse(Buffer.from(attachment.content, 'base64').toString());
    expect(v.safeParse(resultsSchema, content).issues).toBeUndefined();
    expect(content).toMatchObject({
      transaction: 'case-1',
      parts: [{ table: '5.17' }, { table: '5.22' }, { table: '5.44' }],
    });
  });

  it('fits the schema of OpenID Identity Assurance with everything that may be asked', () => {
    const { verified_claims: verified } = answerTo(all, {
      readAt: '2026-11-23T09:01:40.501Z',
      endedAt: '2026-11-23T09:03:12.999Z',
    });
    expect(v.safeParse(verifiedClaimsSchema, verified).issues).toBeUndefined();
    expect(verified).toEqual({
      verification: {
        trust_framework: 'styrk',
        time: '2026-11-23T09:03:12Z',
        verification_process: 'case-1',
        assurance_process: {
          policy: 'renew-bankid@1',
          assurance_details: [
            { assurance_type: 'evidence_validation', evidence_ref: [{ check_id: 'case-1/vcrypt' }] },
            { assurance_type: 'verification', evidence_ref: [{ check_id: 'case-1/pvp' }] },
          ],
        },
        evidence: [
          {
            type: 'document',
            check_details: [
              {
                check_method: 'vcrypt',
                check_id: 'case-1/vcrypt',
                time: '2026-11-23T09:01:40Z',
              },
              { check_method: 'pvp', check_id: 'case-1/pvp', time: '2026-11-23T09:03:12Z' },
            ],
            document_details: {
              type: 'passport',
              document_number: 'AA123456',
              date_of_expiry: '2030-01-31',
              issuer: { country_code: 'SWE' },
            },
          },
        ],
      },
      claims: {
        given_name: 'AASA LINNEA',
        family_name: 'OEBERG',
        birthdate: '1990-06-02',
        nationalities: ['SWE'],
        'https://id.oidc.se/claim/personalIdentityNumber': '199006022397',
      },
    });
  });

  it('tells the verification with no claim of the person where the document alone was asked for', () => {
    const { verified_claims: verified } = answerTo(['document']);
    expect(v.safeParse(verifiedClaimsSchema, verified).issues).toBeUndefined();
    expect(verified).toMatchObject({
      verification: { evidence: [{ document_details: { document_number: 'AA123456' } }] },
      claims: {},
    });
    expect(JSON.stringify(verified)).not.toContain('OEBERG');
  });

  it.each([
    ['a check that is named and not told', { verification: { evidence: [{ type: 'document' }] } }],
    ['a method left out', { verification: { evidence: [{ type: 'document', check_details: [{ check_id: 'a' }] }] } }],
    ['fractions of a second', { verification: { time: '2026-11-23T09:03:12.999Z' } }],
    ['no trust framework', { verification: { trust_framework: '' } }],
  ])('would not fit that schema with %s', (_, { verification }) => {
    const { verified_claims: verified } = answerTo(all);
    const changed = { ...verified, verification: { ...verified.verification, ...verification } };
    expect(v.safeParse(verifiedClaimsSchema, changed).success).toBe(false);
  });

  it('holds of the person what was asked for and nothing else, wherever one looks', () => {
    const text = JSON.stringify(answerTo(['birthdate']));
    expect(text).toContain('1990-06-02');
    for (const other of ['OEBERG', 'Öberg', 'AASA', '199006022397', 'AA123456', '2030-01-31', 'customer-1', 'anna'])
      expect(text).not.toContain(other);
    const nothing = answerTo([]);
    expect(nothing.verified_claims).toBeUndefined();
    expect(nothing.styrk.methods).toEqual(['vcrypt', 'pvp']);
    expect(JSON.stringify(nothing)).not.toContain('1990-06-02');
  });

  it('names order, nonce, record and policy, is fresh for an hour, and says the same whenever it is asked', () => {
    const claims = answerTo([]);
    expect(claims).toMatchObject({
      iss: 'station-1',
      aud: 'https://bank.example/branch',
      jti: 'case-1',
      iat: Date.parse('2026-11-23T09:03:12Z') / 1000,
      exp: Date.parse('2026-11-23T10:03:12Z') / 1000,
      nonce: 'n1',
      order: { id: 'order-1', sha256: 'ef'.repeat(32), token: 'cd'.repeat(32), boundBy: 'station' },
      styrk: {
        verdict: 'accept',
        decision: { outcome: 'go-on', by: 'typed' },
        record: { id: 'case-1', hash: 'ab'.repeat(32) },
      },
    });
    expect(answerTo([])).toEqual(claims);
  });

  // A system that is closed at night hears of the answer when it opens.
  it('is fresh for as long as its system says, between five minutes and a week', () => {
    const minutes = (answerMinutes: unknown) => {
      const { iat, exp } = answerTo([], {}, { answerMinutes });
      return (exp - iat) / 60;
    };
    expect([5, 720, 10_080].map(minutes)).toEqual([5, 720, 10_080]);
    for (const refused of [4, 10_081, 60.5, -60, '60', null]) expect(() => minutes(refused)).toThrow('bank.malformed');
  });

  it.each([
    ['staff stopped', { decision: { outcome: 'stop', reason: null, by: { sign: 'anna', source: 'typed' } } }],
    ['a state vouches for nothing', { checks: without('passive-authentication.path') }],
    [
      'revocation is not told',
      {
        checks: without(
          'passive-authentication.revocation',
          unsuccessful('passive-authentication.revocation', 'undetermined', 'revocation.no-list'),
        ),
      },
    ],
    [
      'somebody else stood there',
      {
        checks: without(
          'face.comparison',
          unsuccessful('face.comparison', 'failed', 'face.not-same', { answeredBy: 'staff' }),
        ),
      },
    ],
    [
      'nobody saw a living person',
      {
        checks: without(
          'face.presentation-attack',
          unsuccessful('face.presentation-attack', 'undetermined', 'check.not-made'),
        ),
      },
    ],
    ['no document was read', { document: null }],
  ] as const)('verifies nothing where %s, and says so check by check', (_, changes) => {
    const claims = answerTo(all, changes as Partial<CaseFacts>);
    expect(claims.verified_claims).toBeUndefined();
    const results = claims.styrk.checks as { id: string; result: string; code: string | null }[];
    const expected = ('checks' in changes ? changes.checks : proved).map(({ id, result, code }) => ({
      id,
      result,
      code,
    }));
    expect(results).toEqual(expected);
  });

  // 9303-3 §4.9: two digits of the year. The latest that can be is a child's, of somebody of a hundred too.
  it('gives a birth date only where its century was told or can be one alone', () => {
    const asked = (checks: readonly Check[], born: string | null, fromDocument = false) => {
      const { holder, document } = caseFacts('x');
      if (holder === null || document === null) throw new Error('nobody');
      const person = { ...document, holder: { ...document.holder, birthDate: parsePlainDate('2024-05-01') } };
      const onFile = {
        ...holder,
        birthDate: born === null ? null : parsePlainDate(born),
        ...(fromDocument ? { fromDocument } : {}),
      };
      return answerTo(['birthdate'], { document: person, holder: onFile, checks }).verified_claims?.claims.birthdate;
    };
    const by = (source: string) => without('holder.birth-date', successful('holder.birth-date', { source }));
    const open = unsuccessful('holder.birth-date', 'undetermined', 'holder.birth-date-century');
    expect(asked(by('DG11'), '1924-05-01')).toBe('1924-05-01');
    expect(asked(by('DG1 and number'), '1924-05-01')).toBe('1924-05-01');
    expect(asked(by('DG1'), '2024-05-01')).toBe('2024-05-01');
    expect(asked(without('holder.birth-date', open), '1924-05-01')).toBeUndefined();
    expect(asked(without('holder.birth-date'), null, true)).toBeUndefined();
  });

  it('gives a number only where it was found to be this person’s, and a coordination number under its own name', () => {
    const number = 'https://id.oidc.se/claim/personalIdentityNumber';
    const known = without(
      'holder.personal-number',
      successful('holder.personal-number', { source: 'known document', kind: 'passport' }),
    );
    const differs = without(
      'holder.personal-number',
      unsuccessful('holder.personal-number', 'undetermined', 'holder.no-personal-number'),
    );
    expect(answerTo([number, 'birthdate'], { checks: differs }).verified_claims.claims).toEqual({
      birthdate: '1990-06-02',
    });
    const holder = caseFacts('x').holder;
    const coordinated = holder === null ? null : { ...holder, personalNumber: '199006622391' };
    expect(answerTo(all, { holder: coordinated }).verified_claims.claims).toMatchObject({
      'https://id.oidc.se/claim/coordinationNumber': '199006622391',
    });
    expect(answerTo([number], { checks: known }).verified_claims).toBeUndefined();
  });
});
