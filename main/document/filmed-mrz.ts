import countries from '../../resources/countries.json' with { type: 'json' };
import { Failure } from '../result/failure.ts';
import type { PlainDate } from '../result/plain-date.ts';
import { likeliestZones, type OpenPlace } from './filmed-zones.ts';
import { parseMrz } from './mrz.ts';
import { checkDigit } from './mrz-check-digit.ts';
import { type FieldPlace, fieldOf, layouts, type MrzLayout } from './mrz-layout.ts';
import type { TypedPlace } from './typed-slips.ts';

/** What may stand at one place of a filmed line, the likeliest first; `cost` is minus the natural logarithm of its chance. */
export type FilmedPlace = readonly { readonly letter: string; readonly cost: number }[];

/**
 * What was filmed. `read`: every check digit fits and nothing else is nearly as likely. `unsure`: these lines are the likeliest,
 * and these places may be others, counted from 1; they are for a person to look at. `no-zone`: lines of no format.
 */
export type FilmedMrz =
  | { readonly state: 'read'; readonly lines: readonly string[] }
  | { readonly state: 'unsure'; readonly lines: readonly string[]; readonly places: readonly TypedPlace[] }
  | { readonly state: 'no-zone' };

/*
 * By so much, in natural logarithms of chance, must a reading lie before every other that is possible. Where check digits cover a
 * place they refuse nine of ten mistakes besides; names, sex and codes of states have the picture alone. Of O, D and Q a picture
 * out of focus leaves the same ring: of 2 013 pictures the one that was read wrong had taken one for another by 3.0.
 */
const leastAhead = { checked: 3.2, letters: 2.6, rings: 4, state: 3.2, unknownState: 6 } as const;
const ring = /^[ODQ]$/;
/** More than this in all is not put right: a page with so many doubts is filmed again. */
const mostMended = 9;
/** A place that its format gives to other characters than those seen is no slip of the pen from here on. */
const mostForced = 5;

const knownStates = countries.map(({ alpha3 }) => alpha3.padEnd(3, '<'));

const letters = /^[A-Z]$/;
const lettersAndFiller = /^[A-Z<]$/;
const digitsAndFiller = /^[0-9<]$/;
const any = /^[A-Z0-9<]$/;

interface Rule {
  readonly allowed: RegExp;
  /** `checked`: a check digit covers it; `letters`: nothing does; `state`: the codes of states are known. */
  readonly kind: 'checked' | 'letters' | 'state';
}

function isIn({ line, start, length }: FieldPlace, at: { readonly line: number; readonly position: number }): boolean {
  return at.line === line && at.position >= start && at.position < start + length;
}

// 9303-3 §4.3, §4.8, §5: which characters a field may have.
function ruleAt(layout: MrzLayout, line: number, position: number): Rule {
  const within = (place: FieldPlace | null): boolean => place !== null && isIn(place, { line, position });
  const { documentCode } = layout;
  if (within(documentCode)) return { allowed: position === documentCode.start ? letters : any, kind: 'letters' };
  if (within(layout.issuer) || within(layout.nationality)) return { allowed: lettersAndFiller, kind: 'state' };
  if (within(layout.name)) return { allowed: lettersAndFiller, kind: 'letters' };
  if (within(layout.sex)) return { allowed: /^[MFX<]$/, kind: 'letters' };
  if (within(layout.birthDate) || within(layout.expiryDate)) return { allowed: digitsAndFiller, kind: 'checked' };
  if (within(layout.birthDateDigit) || within(layout.expiryDateDigit) || within(layout.compositeDigit))
    return { allowed: /^[0-9]$/, kind: 'checked' };
  if (within(layout.documentNumberDigit) || within(layout.optionalDataDigit))
    return { allowed: digitsAndFiller, kind: 'checked' };
  return { allowed: any, kind: 'checked' };
}

/** What an own place is taken for, and what else it may be. */
interface Judged extends OpenPlace {
  readonly rule: Rule;
  /** By so much what its format allows is less likely than what was seen. */
  readonly forced: number;
}

const unlikely = 12;

function judged(place: FilmedPlace, rule: Rule, line: number, position: number): Judged {
  const sorted = place.toSorted((a, b) => a.cost - b.cost);
  const fitting = sorted.filter(({ letter }) => rule.allowed.test(letter));
  const [first = { letter: '<', cost: unlikely }] = fitting;
  const others = fitting.slice(1).map(({ letter, cost }) => ({ letter, extra: cost - first.cost }));
  return { line, position, letter: first.letter, others, rule, forced: first.cost - (sorted[0]?.cost ?? 0) };
}

function formatOf(lines: readonly (readonly FilmedPlace[])[]): MrzLayout | null {
  const fits = ({ lines: count, width }: MrzLayout) =>
    lines.length === count && lines.every(({ length }) => length === width);
  return [layouts.TD3, layouts.TD2, layouts.TD1].find(fits) ?? null;
}

function written(layout: MrzLayout, places: readonly { line: number; position: number; letter: string }[]): string[] {
  const lines = Array.from({ length: layout.lines }, () => new Array<string>(layout.width).fill('<'));
  for (const { line, position, letter } of places) lines[line]?.splice(position, 1, letter);
  return lines.map((line) => line.join(''));
}

interface StateCode {
  readonly code: string;
  readonly ahead: number;
}

/** Of the codes of states the likeliest, and how far it lies before the next; a code that is not known needs to be seen plainly. */
function stateAt(places: readonly Judged[]): StateCode {
  const cost = (code: string): number =>
    places.reduce((sum, { letter, others }, at) => {
      const wanted = code.charAt(at);
      const other = others.find((each) => each.letter === wanted);
      return sum + (letter === wanted ? 0 : Math.min(unlikely, other?.extra ?? unlikely));
    }, 0);
  const seen = places.map(({ letter }) => letter).join('');
  const ranked = knownStates.map((code) => ({ code, cost: cost(code) })).toSorted((a, b) => a.cost - b.cost);
  const [first = { code: seen, cost: unlikely }, second = { code: seen, cost: unlikely }] = ranked;
  const plain = Math.min(...places.map(({ others }) => others[0]?.extra ?? unlikely));
  if (first.cost === 0) return { code: first.code, ahead: second.cost };
  if (plain >= leastAhead.unknownState) return { code: seen, ahead: plain };
  return { code: first.code, ahead: Math.min(second.cost - first.cost, mostForced - first.cost) };
}

// Of a letter that no check digit covers.
function isUnplain({ letter, others }: Judged): boolean {
  return others.some(
    (other) => other.extra < (ring.test(letter) && ring.test(other.letter) ? leastAhead.rings : leastAhead.letters),
  );
}

// A name that has ended does not go on (9303-3 §4.6): what stands behind three fillers was misread.
function goesOn(name: string): number {
  return /<{3,}[A-Z]/.exec(name)?.index ?? -1;
}

function isRight(lines: readonly string[], layout: MrzLayout, at: PlainDate): boolean {
  // Nine of ten go here, before the whole is parsed.
  const covered = layout.composite.map((place) => fieldOf(lines, place)).join('');
  if (checkDigit(covered) !== fieldOf(lines, layout.compositeDigit)) return false;
  try {
    return parseMrz(lines.join('\n'), at).checkDigits.every(({ right }) => right);
  } catch (thrown) {
    if (thrown instanceof Failure) return false;
    throw thrown;
  }
}

/**
 * What the filmed lines say. Check digits choose among characters that look alike (9303-3 §4.9) and prove the choice; where two
 * readings fit whose chances lie close together, none is given. Nothing is invented: each character was among those seen there.
 */
export function filmedMrz(filmed: readonly (readonly FilmedPlace[])[], at: PlainDate): FilmedMrz {
  const layout = formatOf(filmed);
  if (layout === null) return { state: 'no-zone' };
  const places = filmed.flatMap((line, row) =>
    line.map((place, position) => judged(place, ruleAt(layout, row, position), row, position)),
  );
  const doubtful = new Set<Judged>(places.filter(({ forced }) => forced > mostForced));
  const chosen = new Map<Judged, string>();
  for (const field of [layout.issuer, layout.nationality]) {
    const own = places.filter((place) => isIn(field, place));
    const { code, ahead } = stateAt(own);
    for (const [index, place] of own.entries()) chosen.set(place, code.charAt(index));
    if (ahead < leastAhead.state) for (const place of own) doubtful.add(place);
  }
  for (const place of places) {
    if (place.rule.kind === 'letters' && isUnplain(place)) doubtful.add(place);
  }
  const known = places.map((place) => ({ ...place, letter: chosen.get(place) ?? place.letter }));
  const open = places.filter(({ rule }) => rule.kind === 'checked');
  const zones = likeliestZones(open, { reach: mostMended, ahead: leastAhead.checked }, (changed) =>
    isRight(written(layout, [...known, ...changed]), layout, at),
  );
  const [first, second] = zones.right;
  const lines = written(layout, [...known, ...(first?.changed ?? [])]);
  const ended = goesOn(fieldOf(lines, layout.name));
  const sure = first !== undefined && zones.whole;
  const ahead = sure ? (second?.extra ?? Number.POSITIVE_INFINITY) - first.extra : 0;
  if (sure && ahead >= leastAhead.checked && doubtful.size === 0 && ended === -1) return { state: 'read', lines };
  if (!sure || ahead < leastAhead.checked) for (const place of inDoubt(open)) doubtful.add(place);
  if (ended !== -1) for (const place of places) if (isIn(layout.name, place)) doubtful.add(place);
  const told = [...doubtful].map(({ line, position }) => ({ line: line + 1, position: position + 1 }));
  return { state: 'unsure', lines, places: told.toSorted((a, b) => a.line - b.line || a.position - b.position) };
}

// Those of the checked places that are the least plain: what is wrong is likely there.
function inDoubt(open: readonly Judged[]): readonly Judged[] {
  const unplain = open.filter(({ others }) => (others[0]?.extra ?? unlikely) < leastAhead.checked);
  if (unplain.length > 0) return unplain;
  const least = Math.min(...open.map(({ others }) => others[0]?.extra ?? unlikely));
  return open.filter(({ others }) => (others[0]?.extra ?? unlikely) === least);
}
