// An order as one QR code that is scanned at the desk, on standard output as SVG: node order-code.mjs order.jws > order.svg
// What the code holds is the token and nothing else: any library that draws one does.
import { readFileSync } from 'node:fs';
import { correction, generate } from 'lean-qr';

const token = readFileSync(process.argv[2] ?? 'order.jws', 'utf8').trim();
// ISO/IEC 18004: the most that one code holds in bytes (version 40, level L). An order is never split over several.
if (token.length > 2_953) {
  process.stderr.write(`${token.length} characters: one code holds 2 953, so send this order by another way\n`);
  process.exit(1);
}
// Level L: on a screen nothing is worn off, and fewer squares are read more surely.
const code = generate(token, { minCorrectionLevel: correction.L, maxCorrectionLevel: correction.L });
const quiet = 4;
const side = code.size + 2 * quiet;
const places = Array.from({ length: code.size }, (_, place) => place);
const squares = places.flatMap((y) =>
  places.filter((x) => code.get(x, y)).map((x) => `M${x + quiet} ${y + quiet}h1v1h-1z`),
);
process.stdout.write(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges">` +
    `<path fill="#fff" d="M0 0h${side}v${side}h-${side}z"/><path d="${squares.join('')}"/></svg>\n`,
);
