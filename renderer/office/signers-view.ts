import type { Language, PinView, SignerCertificateView, SigningView } from '../../preload/contract.ts';
import type { Texts } from '../../resources/texts/texts.ts';
import { dayAndTime, dayInWords } from '../parts/formats.ts';
import type { Mark } from '../parts/result-mark.tsx';
import { countryName, nameInShort } from './trust-view.ts';
import { updateKind } from './update-view.ts';

const groupLetters = 4;

/** A fingerprint in groups, as people read it aloud and compare it. */
export function fingerprintGroups(fingerprint: string): readonly string[] {
  const groups = Math.ceil(fingerprint.length / groupLetters);
  return Array.from({ length: groups }, (_, index) =>
    fingerprint.slice(index * groupLetters, (index + 1) * groupLetters),
  );
}

/** Who is pinned, in a few words: the name of the certificate, or that it is the key of a station. */
export function pinName({ kind, subject, certificate }: PinView, t: Texts): string {
  return kind === 'station-key' || certificate === null ? t('trust/signers/stationKey') : nameInShort(subject);
}

/** How a pin stands, and since when. */
export function pinWords({ state, at }: Pick<PinView, 'state' | 'at'>, language: Language, t: Texts): string {
  return t('trust/signers/since', { state: t(`trust/signers/states/${state}`), when: dayAndTime(language, at) });
}

/** The shape beside a pin: one person's word is nobody's. */
export const pinMarks: Readonly<Record<PinView['state'], Mark>> = {
  stands: 'successful',
  proposed: 'untold',
  withdrawing: 'refer',
};

/** What is looked at, in words: the file, what it is, and of which day. */
export function signingWords({ file, kind, date }: SigningView, language: Language, t: Texts) {
  return {
    question: t(kind === 'certificate' ? 'trust/signers/certificateIn' : 'trust/signers/signed', { file }),
    list: [updateKind(kind, t), date === null ? null : t('trust/dated', { date: dayInWords(language, date) })]
      .filter((part) => part !== null)
      .join(' · '),
  };
}

/** The certificates that are offered, what vouches for more first: the issuer before the signer. */
export function inOrderOfUse(certificates: SigningView['certificates']): SigningView['certificates'] {
  return certificates.toSorted((a, b) => Number(b.part === 'issuer') - Number(a.part === 'issuer'));
}

/** What a person compares of a certificate, but for its fingerprint. */
export function signerFields(
  certificate: SignerCertificateView,
  language: Language,
  t: Texts,
): readonly { readonly field: 'subject' | 'country' | 'issuer' | 'validity' | 'serial'; readonly value: string }[] {
  const { subject, country, names, issuer, serialNumber, notBefore, notAfter } = certificate;
  return [
    { field: 'subject', value: subject },
    { field: 'country', value: countryName({ code: country, names }, language, t) },
    { field: 'issuer', value: issuer },
    {
      field: 'validity',
      value: t('trust/validFromTo', { from: dayInWords(language, notBefore), to: dayInWords(language, notAfter) }),
    },
    { field: 'serial', value: serialNumber },
  ];
}

/** Whether what is looked at can be taken now: a list of which somebody stands for one certificate. */
export function isTakeable({ kind, certificates }: SigningView): boolean {
  return kind !== 'certificate' && certificates.some(({ state }) => state === 'stands' || state === 'withdrawing');
}
