const part = /^([1-9]\d{0,14})(?:-([1-9]\d{0,14}))?$/;

/** The most numbers that one text stands for. */
export const mostNumbers = 100_000;

/** Numbers of records as an act names them: `1-3,8`. */
export function numbersText(numbers: readonly number[]): string {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b);
  const runs: [number, number][] = [];
  for (const number of sorted) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === number - 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(',');
}

/** The numbers that such a text stands for, at most `mostNumbers` of them; none for another text. */
export function numbersIn(text: string): readonly number[] {
  const numbers: number[] = [];
  for (const piece of text.split(',')) {
    const match = part.exec(piece);
    if (match === null) return [];
    const [first, last] = [Number(match[1]), Number(match[2] ?? match[1])];
    if (last < first || numbers.length + last - first >= mostNumbers) return [];
    for (let number = first; number <= last; number++) numbers.push(number);
  }
  return numbers;
}
