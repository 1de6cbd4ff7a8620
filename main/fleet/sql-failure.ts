import { Failure } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';

// By class or code of PostgreSQL's appendix A; the first that fits.
const states: readonly (readonly [RegExp, FailureCode])[] = [
  // Invalid authorization; a row or table that is not the station's.
  [/^28|^42501$/, 'service.refused'],
  [/^57014$/, 'service.too-slow'],
  [/^55P03$/, 'service.too-slow'],
  // A standby answers, while another server is the one that is written to.
  [/^25006$/, 'fleet.read-only'],
  // No such database.
  [/^3D000$/, 'fleet.no-database'],
  // No such schema, table or column.
  [/^3F000$|^42P01$|^42703$/, 'fleet.schema-older'],
];

const unproved = /CERT|SELF_SIGNED|UNABLE_TO|ALTNAME|INVALID_CA|INVALID_PURPOSE|CRL|ERR_SSL|EPROTO/;
const refusedByServer = /_ALERT_|SSL alert number \d/;
// What a server says of the certificate that it was shown (RFC 8446 §6.2).
const certificateAlerts: Readonly<Record<string, string>> = {
  42: 'bad_certificate',
  43: 'unsupported_certificate',
  44: 'certificate_revoked',
  45: 'certificate_expired',
  46: 'certificate_unknown',
  48: 'unknown_ca',
  116: 'certificate_required',
};
const unreachable = /^E(?:CONNREFUSED|NOTFOUND|AI_AGAIN|HOSTUNREACH|NETUNREACH|TIMEDOUT|NOENT|ACCES|ADDRNOTAVAIL)$/;

/**
 * What the client threw as a failure with a name: by PostgreSQL's code, by the system's, or by what the client says of TLS. Its
 * words may hold anything, a value that was sent among it, and stay away.
 */
export function sqlFailure(thrown: unknown, host: string): Failure {
  if (thrown instanceof Failure) return thrown;
  const { code, message, severity } = (thrown ?? {}) as { code?: unknown; message?: unknown; severity?: unknown };
  const reason = typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code) ? code : 'unknown';
  const said = typeof message === 'string' ? message : '';
  const alert = certificateAlerts[/SSL alert number (\d{1,3})/.exec(said)?.[1] ?? ''];
  const as = (found: FailureCode): Failure => new Failure(found, { host, reason: alert ?? reason }, thrown);
  if (typeof severity === 'string') return as(states.find(([form]) => form.test(reason))?.[1] ?? 'service.broken');
  if (refusedByServer.test(reason) || refusedByServer.test(said)) return as('service.refused');
  if (unproved.test(reason) || /does not support SSL|establishing an SSL/.test(said)) return as('service.not-trusted');
  if (unreachable.test(reason)) return as('service.unreachable');
  return as('service.broken');
}
