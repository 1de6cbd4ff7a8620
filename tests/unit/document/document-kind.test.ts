import { describe, expect, it } from 'vitest';
import { documentKind } from '../../../main/document/document-kind.ts';

describe('the kind of a document by its code', () => {
  it.each([
    ['P', 'passport'],
    ['PP', 'passport'],
    ['PE', 'passport'],
    ['PD', 'passport'],
    ['PO', 'passport'],
    ['PR', 'passport'],
    ['PT', 'passport'],
    ['PS', 'passport'],
    ['PL', 'passport'],
    ['PM', 'passport'],
    ['PU', 'passport'],
    ['PX', 'passport'],
    ['I', 'identity-card'],
    ['ID', 'identity-card'],
    ['IP', 'identity-card'],
    ['C', 'identity-card'],
    ['AC', 'crew-member-certificate'],
    ['D', 'other'],
    ['', 'other'],
  ])('%s: %s (9303-4 §4.4, 9303-8 for PU, 9303-5 §4.2.2)', (code, kind) => {
    expect(documentKind(code, 'UTO')).toBe(kind);
  });

  // 9303-5 §4.2.2 note k leaves the second letter to the issuer.
  it.each([
    ['AR', 'ESP', 'residence-permit'],
    ['AR', 'D', 'residence-permit'],
    ['IR', 'SWE', 'residence-permit'],
    ['CR', 'UTO', 'residence-permit'],
    ['TR', 'GEO', 'residence-permit'],
    ['RP', 'EST', 'residence-permit'],
    ['C1', 'USA', 'residence-permit'],
    ['C2', 'USA', 'residence-permit'],
    ['C1', 'UTO', 'identity-card'],
    ['RP', 'UTO', 'other'],
    ['PR', 'D', 'passport'],
  ])('%s of %s is a %s', (code, issuer, kind) => {
    expect(documentKind(code, issuer)).toBe(kind);
  });
});
