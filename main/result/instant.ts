import { addDays, parsePlainDate } from './plain-date.ts';

const form = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.(\d{1,3}))?Z$/;

const minutesPerDay = 1_440;

/** Whether the text is an instant of UTC, `YYYY-MM-DDTHH:MM:SSZ` with up to three digits of a second (ISO 8601). */
export function isInstant(text: string): boolean {
  return parsePlainDate(form.exec(text)?.[1] ?? '') !== null;
}

/** Whether the instant `one` lies before `other`; both as `isInstant` takes them. */
export function isBefore(one: string, other: string): boolean {
  return comparable(one) < comparable(other);
}

// Of one length, so that they compare as texts.
function comparable(instant: string): string {
  return `${instant.slice(0, 19)}.${(form.exec(instant)?.[3] ?? '').padEnd(3, '0')}`;
}

/** The instant so many minutes later. */
export function minutesAfter(instant: string, minutes: number): string {
  const day = parsePlainDate(instant.slice(0, 10));
  if (day === null) throw new RangeError('no instant');
  const total = Number(instant.slice(11, 13)) * 60 + Number(instant.slice(14, 16)) + minutes;
  const ofDay = ((total % minutesPerDay) + minutesPerDay) % minutesPerDay;
  const two = (number: number): string => String(number).padStart(2, '0');
  const date = addDays(day, Math.floor(total / minutesPerDay));
  return `${date}T${two(Math.floor(ofDay / 60))}:${two(ofDay % 60)}${instant.slice(16)}`;
}

/**
 * Whether `instant` lies at most so many minutes before `now`. Not where it is still to come, by a clock that went back, nor where
 * either is no instant: of what nobody can tell the age it counts as too old.
 */
export function isWithin(instant: string, now: string, minutes: number): boolean {
  if (!isInstant(instant) || !isInstant(now) || isBefore(now, instant)) return false;
  return !isBefore(minutesAfter(instant, minutes), now);
}
