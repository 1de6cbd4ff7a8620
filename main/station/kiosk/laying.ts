import type { CaseView } from '../../../preload/contract.ts';
import { type ChipPlace, chipPlaces, type KioskState } from '../../../preload/kiosk-contract.ts';
import places from '../../../resources/chip-places.json' with { type: 'json' };

/** What the lines of a document say of it. */
type Printed = Pick<NonNullable<CaseView['printed']>, 'type' | 'issuer' | 'expiry'>;

/** Where the chip of this document sits, and so how it is laid. Where no source says it, both ways of laying are shown. */
export function layingOf(printed: Printed | null): KioskState['laying'] {
  if (printed === null || printed.type === 'other') return { kind: 'unknown', place: 'unknown' };
  // A card holds its chip itself, wherever in it: it is laid down flat.
  if (printed.type !== 'passport') return { kind: 'card', place: 'card' };
  return { kind: 'passport', place: placeOf(printed) };
}

function placeOf({ issuer, expiry }: Printed): ChipPlace {
  // A series is known by its issue, which no line says: by the last day of documents that can be of no other one.
  const row = places.places.find(
    (each) =>
      each.issuer === issuer &&
      expiry !== null &&
      (each.expiresFrom === null || expiry >= each.expiresFrom) &&
      (each.expiresUntil === null || expiry <= each.expiresUntil),
  );
  return chipPlaces.find((place) => place === row?.place) ?? 'unknown';
}
