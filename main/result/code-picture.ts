/** A code of dark and light squares, as whoever made it tells them. */
export interface CodeModules {
  readonly size: number;
  readonly get: (x: number, y: number) => boolean;
}

/** Light squares that a QR code needs around it (ISO/IEC 18004 §6.3.8). */
const quietZone = 4;

/** The picture of a code as SVG draws it: the side of its square in modules, quiet zone and all, and the path of the dark ones. */
export function codePicture({ size, get }: CodeModules): { readonly side: number; readonly path: string } {
  const rows: string[] = [];
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      if (!get(x, y)) continue;
      const from = x;
      while (x + 1 < size && get(x + 1, y)) x++;
      rows.push(`M${from + quietZone} ${y + quietZone}h${x + 1 - from}v1h${from - x - 1}z`);
    }
  }
  return { side: size + 2 * quietZone, path: rows.join('') };
}
