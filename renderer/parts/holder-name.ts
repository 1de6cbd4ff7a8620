import type { HolderView, RecordRow } from '../../preload/contract.ts';
import type { Texts } from '../../resources/texts/texts.ts';

/** Given names and surname; of a protected identity that it is one, alone where the names are kept from who looks. */
export function holderName(
  t: Texts,
  { givenNames, surname, protected: isProtected }: Pick<HolderView, 'givenNames' | 'surname' | 'protected'>,
): string {
  const name = `${givenNames} ${surname}`.trim();
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
