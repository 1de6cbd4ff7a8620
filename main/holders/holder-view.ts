import type { Check, Detail } from '../result/check.ts';
import type { PlainDate } from '../result/plain-date.ts';
import type { Holder } from './holder.ts';
import { allNumbers } from './match-personal-number.ts';
import { numberKey } from './numbers/read-number.ts';

/** Whoever looks: a member of staff by their role, or null where nobody is signed in. */
export type Viewer = 'teller' | 'supervisor' | 'administrator' | 'auditor' | null;

/** A person on file as somebody is shown them. */
export interface ShownHolder {
  readonly id: string;
  /** Sweden's twelve digits, or where there is none a number of another state after its code. */
  readonly personalNumber: string | null;
  readonly givenNames: string;
  readonly surname: string;
  readonly birthDate: PlainDate | null;
  /** There for a protected identity alone: whether its details are shown to who looks. */
  readonly protected?: 'shown' | 'withheld';
}

/** All that others see of a protected identity: that it is one, and the id by which they go on. */
export interface WithheldPerson {
  readonly id: string;
  readonly personalNumber: null;
  readonly givenNames: '';
  readonly surname: '';
  readonly birthDate: null;
  readonly protected: 'withheld';
}

/** A person on file, or one of a record, as far as it says whether the identity is protected. */
interface Protectable {
  readonly protected?: unknown;
}

// Those who keep the customers of a branch: not who makes the machine run, and not who looks at records afterwards. Where nobody
// signs in nobody is known to be one of them.
const mayLook: readonly Viewer[] = ['supervisor'];

/** Why a list names nobody: nobody was chosen, the identity is protected, or what is kept of the case does not say. */
export type Nameless = 'nobody' | 'protected' | 'unreadable';

/** The name of a person in a list, or why none stands there. */
export interface ListedName {
  readonly holderName: string | null;
  readonly nameless: Nameless | null;
}

/** How a list names a person: null where nobody is known; `hidden` where nobody is to be found by it. */
export function listedName(
  person: { readonly givenNames: string; readonly surname: string } | null,
  hidden: boolean,
): ListedName {
  if (hidden) return { holderName: null, nameless: 'protected' };
  if (person === null) return { holderName: null, nameless: 'nobody' };
  return { holderName: `${person.givenNames} ${person.surname}`, nameless: null };
}

/** Whether this person's details are kept from who looks: the identity is protected, and their role does not see it. */
export function isWithheld(viewer: Viewer, holder: Protectable | null): boolean {
  return holder?.protected !== undefined && !mayLook.includes(viewer);
}

/**
 * A person whole where this viewer may see them so, else what is told of a protected identity. Both doors show people by this or by
 * what rests on it: `holderViewFor`, `holderChecksFor`, and of records `contentFor`.
 */
export function personFor<Person extends Protectable & { readonly id: string }>(
  viewer: Viewer,
  person: Person,
): Person | WithheldPerson {
  if (!isWithheld(viewer, person)) return person;
  return { id: person.id, personalNumber: null, givenNames: '', surname: '', birthDate: null, protected: 'withheld' };
}

/**
 * A person on file as this viewer may see them. Of a protected identity (secrecy marking, protected registration:
 * offentlighets- och sekretesslagen 2009:400 22 kap. 1 §, folkbokföringslagen 1991:481 16 §) others than supervisors see that
 * it is one, and the id by which they go on; the checks compare all the same and say how they ended.
 */
export function holderViewFor(viewer: Viewer, holder: Holder | WithheldPerson): ShownHolder {
  const shown = personFor<Holder | WithheldPerson>(viewer, holder);
  if (shown.protected === 'withheld') return shown;
  const { id, givenNames, surname, birthDate } = shown;
  return {
    id,
    personalNumber: shownNumber(shown),
    givenNames,
    surname,
    birthDate,
    ...(shown.protected === undefined ? {} : { protected: 'shown' }),
  };
}

/** The number by which people know somebody: Sweden's, else the first that is theirs today, after its country's code. */
export function shownNumber(holder: Pick<Holder, 'personalNumber' | 'numbers'>): string | null {
  const current = allNumbers(holder).find(({ validTo }) => validTo === null);
  return holder.personalNumber ?? (current === undefined ? null : numberKey(current));
}

/** What a check of the holder says of the register's side. */
const onFileKeys: readonly string[] = ['onFile', 'possible'];

/** The checks as this viewer may see them: of a person whose details are withheld they do not tell what is on file. */
export function holderChecksFor(
  viewer: Viewer,
  holder: Protectable | null,
  checks: readonly Check[],
): readonly Check[] {
  if (!isWithheld(viewer, holder)) return checks;
  const kept = (detail: Check['detail']): { readonly [key: string]: Detail } =>
    Object.fromEntries(Object.entries(detail).filter(([key]) => !onFileKeys.includes(key)));
  return checks.map((check) => (check.id.startsWith('holder.') ? { ...check, detail: kept(check.detail) } : check));
}
