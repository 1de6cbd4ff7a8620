import type { HolderView, RecordRow } from '../../preload/contract.ts';
import type { Texts } from '../../resources/texts/texts.ts';

// Letters that are written from the right, and signs that turn what stands around them (UAX 9).
const turning =
  /[\p{Bidi_Control}\p{Script=Adlam}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Nko}\p{Script=Syriac}\p{Script=Thaana}]/u;

/** A name as a sentence holds it: whatever way it is written, the words around it stand as they would without it (UAX 9, FSI and PDI). */
export function isolated(name: string): string {
  return turning.test(name) ? `\u2068${name}\u2069` : name;
}

/** Given names and surname; of a protected identity that it is one, alone where the names are kept from who looks. */
export function holderName(
  t: Texts,
  { givenNames, surname, protected: isProtected }: Pick<HolderView, 'givenNames' | 'surname' | 'protected'>,
): string {
  const name = isolated(`${givenNames} ${surname}`.trim());
  if (isProtected === undefined) return name;
  return isProtected === 'withheld' ? t('holder/protected') : t('holder/protectedName', { name });
}

/** The person of a row in a list, or why nobody is named there. */
export function nameInList(t: Texts, { holderName, nameless }: Pick<RecordRow, 'holderName' | 'nameless'>): string {
  if (holderName !== null) return holderName;
  if (nameless === 'protected') return t('holder/protected');
  return t(nameless === 'unreadable' ? 'common/unknown' : 'records/noHolder');
}

/** Why the customer came, as far as a row in a list says it. */
export function purposeInList(t: Texts, { purpose, nameless }: Pick<RecordRow, 'purpose' | 'nameless'>): string {
  if (purpose !== null) return t(`purposes/${purpose}`);
  return t(nameless === 'unreadable' ? 'common/unknown' : 'records/noPurpose');
}
