import type { Check, Detail } from '../result/check.ts';
import { printable } from './layout.ts';

/** The certificate path for a terminal: signer first, then who issued it, what brought that in, and when was signed. */
export function pathLines(checks: readonly Check[]): string[] {
  const path = listOf(detailOf(checks, 'passive-authentication.path').path);
  if (path.length === 0) return [];
  return ['Certificate path:', ...path.flatMap(stepLines), ...signingLines(checks), ''];
}

type Fields = Check['detail'];

function stepLines(step: Fields, index: number): string[] {
  const role = index === 0 ? 'signed by' : 'issued by';
  return [
    `  ${role} ${text(step.subject)} (${text(step.country)})`,
    `    ${text(step.keyKind)}, ${text(step.signatureAlgorithm)}, ${text(step.notBefore)} to ${text(step.notAfter)}`,
    `    ${text(step.fingerprint)}`,
    ...listOf(step.sources).map(sourceLine),
  ];
}

function sourceLine({ kind, digest, date, ageDays, until }: Fields): string {
  const dated = typeof date === 'string' ? ` of ${date}, ${text(ageDays)} days old` : '';
  const held = typeof until === 'string' ? `, holds until ${until}` : '';
  return `    from ${text(kind)}${dated}${held} (${text(digest).slice(0, 16)})`;
}

// Validity now and on the day of signing are two facts (9303-11 §5.1.1); most objects do not say when they were signed.
function signingLines(checks: readonly Check[]): string[] {
  const { signingTime, validAtSigning, signedInPeriod } = detailOf(checks, 'passive-authentication.validity');
  if (typeof signingTime !== 'string') return ['  no day of signing is stated'];
  const valid = validAtSigning === true ? 'all were valid then' : 'not all were valid then';
  return [`  signed on ${signingTime}: ${valid}${signedInPeriod === false ? ', outside the time of the key' : ''}`];
}

function detailOf(checks: readonly Check[], id: Check['id']): Fields {
  return checks.find((check) => check.id === id)?.detail ?? {};
}

function listOf(detail: Detail | undefined): readonly Fields[] {
  return Array.isArray(detail) ? detail.filter(isFields) : [];
}

function isFields(detail: Detail): detail is Fields {
  return typeof detail === 'object' && detail !== null && !Array.isArray(detail);
}

function text(detail: Detail | undefined): string {
  return typeof detail === 'string' || typeof detail === 'number' ? printable(String(detail)) : 'unknown';
}
