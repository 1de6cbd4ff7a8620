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

// Those who keep the customers of a branch: not who makes the machine run, and not who looks at records afterwards.
const mayLook: readonly Viewer[] = ['supervisor'];

/** Whether this person's details are kept from who looks: the identity is protected, and their role does not see it. */
export function isWithheld(viewer: Viewer, holder: Pick<Holder, 'protected'> | null): boolean {
  return holder?.protected !== undefined && !mayLook.includes(viewer);
}

/**
 * A person on file as this viewer may see them. Of a protected identity (secrecy marking, protected registration:
 * offentlighets- och sekretesslagen 2009:400 22 kap. 1 §, folkbokföringslagen 1991:481 16 §) others than supervisors see that
 * it is one, and the id by which they go on; the checks compare all the same and say how they ended.
 */
export function holderViewFor(viewer: Viewer, holder: Holder): ShownHolder {
  const { id, givenNames, surname, birthDate } = holder;
  if (isWithheld(viewer, holder))
    return { id, personalNumber: null, givenNames: '', surname: '', birthDate: null, protected: 'withheld' };
  return {
    id,
    personalNumber: shownNumber(holder),
    givenNames,
    surname,
    birthDate,
    ...(holder.protected === undefined ? {} : { protected: 'shown' }),
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
  holder: Pick<Holder, 'protected'> | null,
  checks: readonly Check[],
): readonly Check[] {
  if (!isWithheld(viewer, holder)) return checks;
  const kept = (detail: Check['detail']): { readonly [key: string]: Detail } =>
    Object.fromEntries(Object.entries(detail).filter(([key]) => !onFileKeys.includes(key)));
  return checks.map((check) => (check.id.startsWith('holder.') ? { ...check, detail: kept(check.detail) } : check));
}
