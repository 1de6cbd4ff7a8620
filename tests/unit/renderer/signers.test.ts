import { describe, expect, it } from 'vitest';
import type { PinView, SignerCertificateView, SigningView } from '../../../preload/contract.ts';
import {
  fingerprintGroups,
  inOrderOfUse,
  isTakeable,
  pinMarks,
  pinName,
  pinWords,
  signerFields,
  signingWords,
} from '../../../renderer/office/signers-view.ts';
import { loadWords } from '../../../renderer/parts/language.ts';
import { languages } from '../../../resources/texts/languages.ts';
import { textsIn } from '../../../resources/texts/texts.ts';

/* Whose lists are taken, in words (docs/operators.md): what people compare stands there whole, and one person's word is nobody's. */

const t = textsIn('en');
const fingerprint = '2084aed7a991b3158e63ad750d3dc38bc6c9dcf5958f28d1162f49884e91ada8';
const certificate: SignerCertificateView = {
  fingerprint,
  subject: 'CN=csca-germany,OU=bsi,O=bund,C=DE',
  issuer: 'CN=csca-germany,OU=bsi,O=bund,C=DE',
  country: 'DE',
  names: null,
  serialNumber: '0a',
  notBefore: '2024-01-05',
  notAfter: '2037-07-05',
  validity: 'valid',
};
const pin: PinView = {
  fingerprint,
  kind: 'list-signer',
  subject: certificate.subject,
  state: 'stands',
  at: '2026-11-23T09:00:00Z',
  certificate,
};
const signing = (parts: SigningView['certificates'], kind: SigningView['kind'] = 'master-list'): SigningView => ({
  file: 'DE_ML.ml',
  kind,
  date: kind === 'certificate' ? null : '2026-05-28',
  certificates: parts,
  asIssuer: null,
});
const offered = (part: 'signer' | 'issuer' | 'certificate', state: PinView['state'] | null = null) => ({
  part,
  state,
  certificate,
});

describe('a fingerprint', () => {
  it('stands in groups of four, whole, in its order', () => {
    const groups = fingerprintGroups(fingerprint);
    expect(groups).toHaveLength(16);
    expect(groups.slice(0, 3)).toEqual(['2084', 'aed7', 'a991']);
    expect(groups.join('')).toBe(fingerprint);
    expect(fingerprintGroups('')).toEqual([]);
    expect(fingerprintGroups('abcde')).toEqual(['abcd', 'e']);
  });
});

describe('who is pinned', () => {
  it('is named by the certificate, and a station by what it is', () => {
    expect(pinName(pin, t)).toBe('csca-germany (DE)');
    expect(pinName({ ...pin, kind: 'station-key', certificate: null }, t)).toBe('Key of another station');
  });

  it('says how it stands and since when; what one proposed is not vouched for', () => {
    expect(pinWords(pin, 'en', t)).toMatch(/^Vouched for, .*2026/);
    expect(pinWords({ ...pin, state: 'proposed' }, 'en', t)).toContain('not vouched for yet');
    expect(pinMarks).toEqual({ stands: 'successful', proposed: 'untold', withdrawing: 'refer' });
  });
});

describe('by whom a list is signed', () => {
  it('is asked with the name of the file; a certificate stands for itself', () => {
    expect(signingWords(signing([]), 'en', t)).toEqual({
      question: 'Who signed DE_ML.ml?',
      list: 'Master list · dated 28 May 2026',
    });
    expect(signingWords(signing([], 'certificate'), 'en', t)).toEqual({
      question: 'The certificate in DE_ML.ml',
      list: 'Certificate',
    });
  });

  it('is offered with the issuer first, which counts for later signers too', () => {
    const shown = inOrderOfUse([offered('signer'), offered('issuer')]);
    expect(shown.map(({ part }) => part)).toEqual(['issuer', 'signer']);
  });

  it('is told with all that a person compares', () => {
    expect(signerFields(certificate, 'en', t)).toEqual([
      { field: 'subject', value: certificate.subject },
      { field: 'country', value: 'DE' },
      { field: 'issuer', value: certificate.issuer },
      { field: 'validity', value: '5 Jan 2024 to 5 Jul 2037' },
      { field: 'serial', value: '0a' },
    ]);
  });

  it.each([
    ['nobody stands for it', signing([offered('signer'), offered('issuer')]), false],
    ['one has proposed it', signing([offered('signer', 'proposed')]), false],
    ['two stand for its issuer', signing([offered('signer'), offered('issuer', 'stands')]), true],
    ['one asked to withdraw it', signing([offered('signer', 'withdrawing')]), true],
    ['it is a certificate', signing([offered('certificate', 'stands')], 'certificate'), false],
  ])('can be taken or not where %s', (_where, given, takeable) => {
    expect(isTakeable(given)).toBe(takeable);
  });
});

describe('in every language', () => {
  it.each(languages)(
    '%s says what follows from each, and that what came with the list proves nothing',
    async (language) => {
      expect(await loadWords(language)).toBe(true);
      const words = textsIn(language);
      const parts = ['signer', 'issuer', 'certificate'] as const;
      const said = parts.flatMap((part) => [
        words(`trust/signers/parts/${part}`),
        words(`trust/signers/follows/${part}`),
      ]);
      expect(new Set([...said, words('trust/signers/compare')]).size).toBe(7);
      // What people confirm outside the page has words of its own for both acts.
      for (const act of ['trust.pin', 'trust.unpin'] as const)
        expect(words(`confirm/acts/${act}`)).not.toBe(words(`confirm/why/${act}`));
    },
  );
});
