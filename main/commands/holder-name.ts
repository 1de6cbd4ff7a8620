import type { WithheldPerson } from '../holders/holder-view.ts';

/** Given names and surname, as people read them; of a protected identity whose details are withheld that it is one. */
export function holderName(person: { readonly givenNames: string; readonly surname: string } | WithheldPerson): string {
  const isWithheld = 'protected' in person && person.protected === 'withheld';
  return isWithheld ? '(protected identity)' : `${person.givenNames} ${person.surname}`;
}
