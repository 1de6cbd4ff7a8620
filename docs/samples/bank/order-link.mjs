// An order as the link that your page opens at the desk, on standard output: node order-link.mjs order.jws
// In a page: <a href="LINK">Let the customer confirm</a>. Nothing comes back to the page, not even that it was refused.
import { readFileSync } from 'node:fs';

const token = readFileSync(process.argv[2] ?? 'order.jws', 'utf8').trim();
// Nothing needs escaping: a token has letters, digits, `-`, `_` and two points.
const link = `styrk://order/${token}`;
// What browsers hand to another program on Windows; the station itself takes more.
if (link.length > 2_000)
  process.stderr.write(`${link.length} characters: Windows may not open a link of more than 2 000\n`);
process.stdout.write(`${link}\n`);
