import { describe, expect, it } from 'vitest';
import { documentKind, passportKind } from '../../../main/document/document-kind.ts';

describe('the kind of a document by its code', () => {
  it.each([
    ['P', 'passport', null],
    ['PP', 'passport', 'ordinary'],
    ['PE', 'passport', 'emergency'],
    ['PD', 'passport', 'diplomatic'],
    ['PO', 'passport', 'official'],
    ['PR', 'passport', 'refugee'],
    ['PT', 'passport', 'alien'],
    ['PS', 'passport', 'stateless'],
    ['PL', 'passport', 'laissez-passer'],
    ['PM', 'passport', 'military'],
    ['PU', 'passport', 'single-sheet'],
    ['PX', 'passport', null],
    ['I', 'identity-card', null],
    ['ID', 'identity-card', null],
    ['IP', 'identity-card', null],
    ['C', 'identity-card', null],
    ['AC', 'crew-member-certificate', null],
    ['D', 'other', null],
    ['', 'other', null],
  ])('%s: %s %s (9303-4 §4.4, 9303-8 for PU, 9303-5 §4.2.2)', (code, kind, passport) => {
    expect(documentKind(code, 'UTO')).toBe(kind);
    expect(passportKind(code)).toBe(passport);
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
