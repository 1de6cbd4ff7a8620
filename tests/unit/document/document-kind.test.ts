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
    ['PT', 'passport', 'stateless'],
    ['PS', 'passport', 'service'],
    ['PL', 'passport', 'laissez-passer'],
    ['PM', 'passport', 'military'],
    ['PX', 'passport', null],
    ['I', 'identity-card', null],
    ['ID', 'identity-card', null],
    ['IP', 'identity-card', null],
    ['AR', 'identity-card', null],
    ['C', 'identity-card', null],
    ['AC', 'crew-member-certificate', null],
    ['D', 'other', null],
    ['', 'other', null],
  ])('%s: %s %s (9303-4 §4.4, 9303-5 §4.2.2)', (code, kind, passport) => {
    expect(documentKind(code)).toBe(kind);
    expect(passportKind(code)).toBe(passport);
  });
});
