import type { PlainDate } from '../../../main/result/plain-date.ts';
import type { CaseFacts } from '../../../main/verification/types.ts';

/** A whole case of a made-up person; the number is of Skatteverket's published test series. */
export function caseFacts(id: string, changes: Partial<CaseFacts> = {}): CaseFacts {
  return {
    id,
    training: true,
    stationKind: null,
    purpose: 'renew-bankid',
    holder: {
      id: 'customer-1',
      personalNumber: '199006022397',
      givenNames: 'Åsa Linnéa',
      surname: 'Öberg',
      birthDate: '1990-06-02',
    },
    document: {
      type: 'passport',
      code: 'P',
      issuer: 'SWE',
      number: 'AA123456',
      expiry: '2030-01-31' as PlainDate,
      holder: {
        surname: 'OEBERG',
        givenNames: 'AASA LINNEA',
        personalNumber: '199006022397',
        birthDate: '1990-06-02' as PlainDate,
        sex: 'F',
        nationality: 'SWE',
      },
    },
    access: { protocol: 'PACE', mapping: 'GM', agreement: 'ECDH', parameters: 'brainpoolP256r1', cipher: 'AES-128' },
    checks: [
      { id: 'passive-authentication.path', result: 'successful', code: null, detail: { sources: ['ab'.repeat(32)] } },
      { id: 'chip-authentication', result: 'undetermined', code: 'check.not-made', detail: {} },
    ],
    reading: { exchanges: 20, bytesSent: 900, bytesReceived: 19_000, millis: 812, files: {} },
    face: { answer: 'same', reason: null },
    verdict: { verdict: 'accept', reasons: [], decidedBy: null, passedOver: ['chip-authentication'], conditions: [] },
    policy: { id: 'renew-bankid', version: 1 },
    decision: { outcome: 'go-on', reason: null, by: { sign: 'anna', source: 'typed' } },
    begunAt: '2026-11-23T09:00:00Z',
    endedAt: '2026-11-23T09:03:12Z',
    readAt: '2026-11-23T09:01:40Z',
    taps: 1,
    ...changes,
  };
}
