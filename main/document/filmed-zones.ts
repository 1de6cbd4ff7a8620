/** A place that may hold another character than the likeliest, each by how much less likely it is. */
export interface OpenPlace {
  /** Line and position counted from 0. */
  readonly line: number;
  readonly position: number;
  readonly letter: string;
  readonly others: readonly { readonly letter: string; readonly extra: number }[];
}

type Change = Pick<OpenPlace, 'line' | 'position' | 'letter'>;

/** A choice of characters: those that differ from the likeliest, and what they are less likely in all. */
export interface ZoneChoice {
  readonly changed: readonly Change[];
  readonly extra: number;
}

/** Choices that are looked at for one picture; more doubts than this has are no reading. */
const mostChoices = 1_500;
const mostChanges = 4;

/** One place that is changed. */
interface Single extends Change {
  readonly extra: number;
}

/** Changes by their numbers in the list of single ones, ascending. */
interface Waiting {
  readonly numbers: readonly number[];
  readonly extra: number;
}

/**
 * The choices that are right, the likeliest first, two at most: the first is at most `reach` less likely than the likeliest of all,
 * the second at most `ahead` less likely than the first. `whole`: all of these were looked at; else nobody knows what else fits.
 */
export function likeliestZones(
  places: readonly OpenPlace[],
  { reach, ahead }: { readonly reach: number; readonly ahead: number },
  isRight: (changed: readonly Change[]) => boolean,
): { readonly right: readonly ZoneChoice[]; readonly whole: boolean } {
  const singles = places
    .flatMap(({ line, position, others }) =>
      others.map(({ letter, extra }): Single => ({ line, position, letter, extra })),
    )
    .filter(({ extra }) => extra <= reach + ahead)
    .toSorted((a, b) => a.extra - b.extra);
  const extraOf = (numbers: readonly number[]) => numbers.reduce((sum, at) => sum + (singles[at]?.extra ?? 0), 0);
  const right: ZoneChoice[] = [];
  const waiting: Waiting[] = [{ numbers: [], extra: 0 }];
  const wait = (numbers: readonly number[]) => {
    const extra = extraOf(numbers);
    if (extra <= reach + ahead && numbers.length <= mostChanges && (numbers.at(-1) ?? 0) < singles.length)
      waiting.push({ numbers, extra });
  };
  let looked = 0;
  while (waiting.length > 0) {
    if (looked++ >= mostChoices) return { right, whole: false };
    const { numbers, extra } = takeLeast(waiting);
    if (extra > (right[0] === undefined ? reach : right[0].extra + ahead)) return { right, whole: true };
    const changed = numbers.flatMap((at) => singles[at] ?? []);
    if (areApart(changed) && isRight(changed)) {
      right.push({ changed, extra });
      if (right.length === 2) return { right, whole: true };
    }
    // Each choice comes of one other alone: one change more, or the last exchanged for the next.
    const next = (numbers.at(-1) ?? -1) + 1;
    wait([...numbers, next]);
    if (numbers.length > 0) wait([...numbers.slice(0, -1), next]);
  }
  return { right, whole: true };
}

function areApart(changes: readonly Change[]): boolean {
  return changes.every((one, at) =>
    changes.slice(at + 1).every(({ line, position }) => line !== one.line || position !== one.position),
  );
}

function takeLeast(waiting: Waiting[]): Waiting {
  let least = 0;
  for (let index = 1; index < waiting.length; index++)
    if ((waiting[index]?.extra ?? 0) < (waiting[least]?.extra ?? 0)) least = index;
  const [taken = { numbers: [], extra: 0 }] = waiting.splice(least, 1);
  return taken;
}
