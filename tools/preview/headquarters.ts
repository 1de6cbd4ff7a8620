import type { HeadquartersView } from '../../preload/contract.ts';

/* Scenes of the way to headquarters: all is well, it has failed for long, and none is set. */

const hex = (pair: string) => pair.repeat(32);

const station: HeadquartersView['station'] = {
  id: 'station-0123456789abcdef',
  publicKey: '3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29',
  role: 'styrk-station-0123456789abcdef',
};

/** Where headquarters is set and all of it goes well. */
export const headquarters: HeadquartersView = {
  now: '2026-11-29T09:20:00Z',
  station,
  set: {
    ...{ host: 'hq.bank.example', port: 5432, database: 'styrk', user: station.role },
    certificate: {
      subject: 'CN=styrk-station-0123456789abcdef',
      fingerprint: hex('5f'),
      notAfter: '2027-11-02',
      daysLeft: 338,
    },
    authority: { subject: 'CN=Fleet authority', fingerprint: hex('a1'), notAfter: '2036-10-30', daysLeft: 3_623 },
    ...{ identified: true, password: false, receives: true },
    sealingKey: '8f2c4e1ab07d53886c1f0e7a5b9d2c34e8f61a0b7c5d4e3f2a1b0c9d8e7f6a5b',
    issuingKey: '1d9e0c7b5a3f2e4d6c8b0a9f7e5d3c1b2a4f6e8d0c9b7a5f3e1d2c4b6a8f0e9d',
    ...{ setAt: '2026-11-02T14:12:00Z', setBy: ['A. Berg', 'C. Dahl'] },
  },
  delivery: {
    parts: [
      { part: 'records', newest: 9_214, delivered: 9_214, deliveredAt: '2026-11-29T09:12:44Z' },
      { part: 'checkpoints', newest: 9_214, delivered: 9_214, deliveredAt: '2026-11-29T09:12:44Z' },
      { part: 'answers', newest: 4_120, delivered: 4_120, deliveredAt: '2026-11-29T09:12:44Z' },
      { part: 'erasures', newest: 212, delivered: 212, deliveredAt: '2026-11-02T06:00:01Z' },
    ],
    waiting: 0,
    waitingSince: null,
    last: { triedAt: '2026-11-29T09:19:02Z', code: null, failingSince: null },
    wentBack: null,
    pulled: [
      { kind: 'blocked', number: 31, issuedAt: '2026-11-29T05:00:00Z', takenAt: '2026-11-29T05:04:10Z' },
      { kind: 'roster', number: 8, issuedAt: '2026-11-23T02:00:00Z', takenAt: '2026-11-23T02:11:47Z' },
      { kind: 'trust', number: 14, issuedAt: '2026-11-20T09:00:00Z', takenAt: '2026-11-20T09:02:31Z' },
    ],
    lastPull: { triedAt: '2026-11-29T09:14:10Z', code: null, failingSince: null },
  },
  chosen: null,
};

/** The same, away for two days, with a certificate that ends soon. */
export const headquartersFailing: HeadquartersView = {
  ...headquarters,
  set: headquarters.set && {
    ...headquarters.set,
    certificate: headquarters.set.certificate && {
      ...headquarters.set.certificate,
      notAfter: '2026-12-08',
      daysLeft: 9,
    },
  },
  delivery: headquarters.delivery && {
    ...headquarters.delivery,
    parts: headquarters.delivery.parts.map((part) => ({ ...part, delivered: Math.max(0, part.newest - 103) })),
    waiting: 309,
    waitingSince: '2026-11-27T07:40:00Z',
    last: { triedAt: '2026-11-29T09:16:40Z', code: 'service.unreachable', failingSince: '2026-11-27T07:41:00Z' },
    wentBack: { count: 1_204, at: '2026-11-26T11:02:00Z' },
    lastPull: { triedAt: '2026-11-29T09:18:12Z', code: 'service.unreachable', failingSince: '2026-11-27T07:50:00Z' },
  },
};

/** Where none is set. */
export const noHeadquarters: HeadquartersView = {
  ...headquarters,
  set: null,
  delivery: null,
  chosen: {
    files: [
      {
        ...{ part: 'certificate', name: 'styrk-station-0123456789abcdef.pem', publicKey: null },
        certificate: headquarters.set?.certificate ?? null,
      },
      { part: 'key', name: 'styrk-station-0123456789abcdef.key', certificate: null, publicKey: null },
      { part: 'authority', name: 'ca.pem', certificate: headquarters.set?.authority ?? null, publicKey: null },
      { part: 'sealing', name: 'sealing.pub', certificate: null, publicKey: headquarters.set?.sealingKey ?? null },
      { part: 'receiving', name: 'receiving.key', certificate: null, publicKey: null },
    ],
    ready: true,
    hindrance: null,
  },
};
