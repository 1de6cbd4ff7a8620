/** Text in lines of at most so many characters; lines after the first begin with `indent`. */
export function wrapped(text: string, width: number, indent: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length <= width || line === '') line = longer;
    else {
      lines.push(line);
      line = indent + word;
    }
  }
  return [...lines, line];
}

/** Rows as columns of equal width, two spaces apart; the last column is as long as it is. Cells are made printable. */
export function columns(texts: readonly (readonly string[])[]): string[] {
  const rows = texts.map((row) => row.map(printable));
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, cell.length);
  }
  return rows.map((row) =>
    row
      .map((cell, index) => (index === row.length - 1 ? cell : cell.padEnd(widths[index] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

/** So many of something, in words: `1 record`, `2 records`. */
export function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}

const steering = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * Text of a document, file or other program for a terminal: control characters, which could write over what stands there or
 * turn it around, are shown as such (CWE-150).
 */
export function printable(text: string): string {
  return text.replace(steering, '\u{FFFD}');
}

/** Several lines for a terminal, printable but for their line ends. */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}

/** An object as one line of JSON that a terminal may show: JSON itself escapes only the controls below a space. */
export function jsonLine(object: unknown): string {
  const escaped = (characters: string): string =>
    [...Array(characters.length).keys()]
      .map((index) => `\\u${characters.charCodeAt(index).toString(16).padStart(4, '0')}`)
      .join('');
  return `${JSON.stringify(object).replace(steering, escaped)}\n`;
}
