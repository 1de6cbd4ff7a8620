import { expect, it } from 'vitest';
import { tlsAgent } from '../../../main/machine/tls-agent.ts';

// Node 24.21 ends of a server's brainpool certificate that it believes: what is not offered is not agreed on (RFC 8734 §3).
it('no group or signature over a brainpool curve is offered to a server, and its proof is always asked for', () => {
  const { options } = tlsAgent(['PEM']);
  expect(options).toMatchObject({ ca: ['PEM'], rejectUnauthorized: true, minVersion: 'TLSv1.2', keepAlive: false });
  expect([options.ecdhCurve, options.sigalgs].join()).toMatch(/P-256.*rsa_pss_rsae_sha256/);
  expect([options.ecdhCurve, options.sigalgs].join()).not.toMatch(/brainpool/i);
});
