import type { HolderView } from '../../preload/contract.ts';
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
