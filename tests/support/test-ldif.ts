/** One LDIF entry as the ICAO PKD writes them: base64 folded after 76 characters. */
export function ldifEntry(
  dn: string,
  attributes: readonly (readonly [string, Uint8Array | string])[],
  width = 76,
): string {
  const lines = [`dn: ${dn}`, ...attributes.map(([name, value]) => attribute(name, value))];
  return `${lines.map((line) => folded(line, width)).join('\n')}\n\n`;
}

function attribute(name: string, value: Uint8Array | string): string {
  return typeof value === 'string' ? `${name}: ${value}` : `${name}:: ${Buffer.from(value).toString('base64')}`;
}

function folded(line: string, width: number): string {
  const rest = line.slice(width);
  const parts = [line.slice(0, width)];
  for (let at = 0; at < rest.length; at += width - 1) parts.push(` ${rest.slice(at, at + width - 1)}`);
  return parts.join('\n');
}

/** The bytes of a text in chunks of this size. */
export function* chunksOf(text: string | Uint8Array, size: number): Generator<Uint8Array> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}
