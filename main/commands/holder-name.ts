import type { ListedName, WithheldPerson } from '../holders/holder-view.ts';

const protectedIdentity = '(protected identity)';

/** Given names and surname, as people read them; of a protected identity whose details are withheld that it is one. */
export function holderName(person: { readonly givenNames: string; readonly surname: string } | WithheldPerson): string {
  const isWithheld = 'protected' in person && person.protected === 'withheld';
  return isWithheld ? protectedIdentity : `${person.givenNames} ${person.surname}`;
}

/** The person of a row, or why nobody is named. */
export function nameInList({ holderName, nameless }: ListedName): string {
  if (holderName !== null) return holderName;
  if (nameless === 'protected') return protectedIdentity;
  return nameless === 'unreadable' ? '-' : 'no holder';
}
