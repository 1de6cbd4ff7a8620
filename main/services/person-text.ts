import * as v from 'valibot';
import { longest } from '../result/bounds.ts';
import { hasHiddenCharacters } from '../result/hidden-characters.ts';

/**
 * A name as another system states it: no sign that moves the cursor, turns the direction or hides (as import refuses in a
 * register's file), bounded, and never empty.
 */
export const personName = v.pipe(
  v.string(),
  v.maxLength(longest.personName),
  v.check((name) => !hasHiddenCharacters(name)),
  v.trim(),
  v.minLength(1),
);
