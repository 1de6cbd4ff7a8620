import type { RecordContent } from '../records/types.ts';
import { type AskedClaim, claimOf } from './claims.ts';

/** Check methods of OpenID Identity Assurance that a station can pass. */
export type CheckMethod = 'vcrypt' | 'vpip' | 'pvp' | 'bvp';

/** What a case rests on, as far as it can be said in the words of that standard. */
type Ground = Pick<
  RecordContent,
  'checks' | 'document' | 'holder' | 'face' | 'decision' | 'policy' | 'endedAt' | 'readAt' | 'id'
>;

// All that passive authentication asks: a chip of which one of them is not proved is not told as proved.
const proofs = [
  'passive-authentication.hashes',
  'passive-authentication.signature',
  'passive-authentication.path',
  'passive-authentication.revocation',
  'passive-authentication.validity',
  'passive-authentication.country',
] as const;

/**
 * What was done and passed: `vcrypt` the chip's signatures, `vpip` the paper seen by staff, `pvp` staff's comparison of the
 * person who stood there, `bvp` a machine's. A check that ended in anything but `successful` is no method; it stands in the
 * station's own claim with its result.
 */
export function passedMethods({ checks, face }: Pick<Ground, 'checks' | 'face'>): readonly CheckMethod[] {
  const passed = (id: string): boolean => checks.some((check) => check.id === id && check.result === 'successful');
  const comparedBy = checks.find(({ id }) => id === 'face.comparison')?.detail.answeredBy;
  const present = passed('face.comparison') && passed('face.presentation-attack');
  const methods: readonly (readonly [CheckMethod, boolean])[] = [
    ['vcrypt', proofs.every(passed)],
    ['vpip', passed('document.paper')],
    ['pvp', present && comparedBy === 'staff' && face?.answer === 'same'],
    ['bvp', present && comparedBy === 'machine'],
  ];
  return methods.filter(([, done]) => done).map(([method]) => method);
}

/**
 * `verified_claims` (OpenID Identity Assurance Schema Definition 1.0) with the claims and the document that were asked for; null
 * where none is, or where they are nobody's: the case did not go on, the chip is not proved, or nobody was found to be its bearer.
 */
export function verifiedClaims(content: Ground, asks: readonly AskedClaim[], trustFramework: string): object | null {
  const { document, decision, policy, id, endedAt } = content;
  const methods = passedMethods(content);
  const bound = methods.includes('pvp') || methods.includes('bvp');
  if (decision.outcome !== 'go-on' || document === null || !methods.includes('vcrypt') || !bound) return null;
  const claims = Object.fromEntries(
    asks.flatMap((name) => {
      const value = name === 'document' ? undefined : claimOf(name, content);
      return value === undefined ? [] : [[name, value]];
    }),
  );
  // `claims` may be empty (§5.3) where the verification alone is wanted: here, where the document was asked for and no person.
  if (Object.keys(claims).length === 0 && !asks.includes('document')) return null;
  return {
    verification: {
      trust_framework: trustFramework,
      time: toTheSecond(endedAt),
      verification_process: id,
      assurance_process: {
        ...(policy === null ? {} : { policy: `${policy.id}@${policy.version}` }),
        assurance_details: methods.map((method) => ({
          assurance_type: method === 'pvp' || method === 'bvp' ? 'verification' : 'evidence_validation',
          evidence_ref: [{ check_id: checkIdOf(id, method) }],
        })),
      },
      evidence: [evidenceOf(content, methods, asks.includes('document'))],
    },
    claims,
  };
}

function evidenceOf(
  { document, id, endedAt, readAt }: Ground,
  methods: readonly CheckMethod[],
  asksDocument: boolean,
): object {
  // No `organization`: it names a legal entity other than the one that answers, and the station made these checks itself.
  const checked = methods.map((method) => ({
    check_method: method,
    check_id: checkIdOf(id, method),
    time: toTheSecond(method === 'vcrypt' ? (readAt ?? endedAt) : endedAt),
  }));
  const kinds = {
    passport: 'passport',
    'identity-card': 'idcard',
    'residence-permit': 'residence_permit',
    other: 'other',
  };
  const details =
    document === null || !asksDocument
      ? {}
      : {
          document_details: {
            type: kinds[document.type],
            document_number: document.number,
            ...(document.expiry === null ? {} : { date_of_expiry: document.expiry }),
            issuer: { country_code: document.issuer },
          },
        };
  return { type: 'document', check_details: checked, ...details };
}

// `YYYY-MM-DDThh:mm[:ss]TZD` (§5.4.2), in UTC: the records of a station have milliseconds.
function toTheSecond(instant: string): string {
  return instant.replace(/\.\d+Z$/, 'Z');
}

function checkIdOf(recordId: string, method: CheckMethod): string {
  return `${recordId}/${method}`;
}
