import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ciphers } from '../../main/simulator/chip/key-derivation.ts';
import {
  chipAuthenticationOffers,
  paceOffers,
  roundTrips,
  runChipAuthentication,
  runPace,
  zeroedValues,
} from '../support/protocol-runs.ts';

/*
 * `npm run soak -- [--runs N] [--round-trips N]`: the protocols' long runs against the simulated chip; writes docs/soak.md
 * with what was run, and how much of the whole that is. Exit status 1 where a run failed.
 */

const whole = { runs: 10_000, roundTrips: 100_000 } as const;
const perSession = 25;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: String(whole.runs) },
    'round-trips': { type: 'string', default: String(whole.roundTrips) },
  },
});
const runs = Number(values.runs);
const trips = Number(values['round-trips']);
if (!Number.isSafeInteger(runs) || !Number.isSafeInteger(trips) || runs < 1 || trips < 1) {
  process.stderr.write('Unusable: --runs N --round-trips N\n');
  process.exit(2);
}

const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));

interface Sum {
  readonly name: string;
  readonly wanted: number;
  readonly run: number;
  readonly seconds: number;
  readonly failures: readonly string[];
}

async function soak(
  name: string,
  wanted: number,
  count: number,
  step: number,
  once: (index: number) => Promise<string | null>,
): Promise<Sum> {
  const begun = performance.now();
  const failures: string[] = [];
  for (let done = 0; done < count; done += step) {
    const failure = await once(done / step);
    if (failure !== null) failures.push(failure);
  }
  const seconds = Math.round((performance.now() - begun) / 1_000);
  process.stderr.write(`${name}: ${count} in ${seconds} s, ${failures.length} failed\n`);
  return { name, wanted, run: count, seconds, failures };
}

// An offer or a cipher with the failure that it ended in; null where all was well.
async function named(what: unknown, perform: () => void | Promise<void>): Promise<string | null> {
  try {
    await perform();
    return null;
  } catch (thrown) {
    return `${JSON.stringify(what)}: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
  }
}

function overAll<Offer>(
  offers: readonly Offer[],
  run: (offer: Offer, zeroed: (typeof zeroedValues)[number], random: (length: number) => Uint8Array) => Promise<void>,
): (index: number) => Promise<string | null> {
  return async (index) => {
    const offer = offers[index % offers.length];
    const zeroed = zeroedValues[index % zeroedValues.length] ?? null;
    return offer === undefined ? 'no offer' : named({ offer, zeroed }, () => run(offer, zeroed, random));
  };
}

const sums = [
  await soak('PACE', whole.runs, runs, 1, overAll(paceOffers, runPace)),
  await soak('Chip authentication', whole.runs, runs, 1, overAll(chipAuthenticationOffers, runChipAuthentication)),
  await soak('Secure messaging, round trips', whole.roundTrips, trips, perSession, async (index) => {
    const cipher = ciphers[index % ciphers.length] ?? '3DES';
    return named(cipher, () => roundTrips(cipher, perSession, random));
  }),
];

const rows = sums.map(
  ({ name, wanted, run, seconds, failures }) => `| ${name} | ${run} | ${wanted} | ${failures.length} | ${seconds} |`,
);
const short = sums.some(({ run, wanted }) => run < wanted);
const failures = sums.flatMap(({ name, failures }) => failures.slice(0, 20).map((failure) => `- ${name}: ${failure}`));

writeFileSync(
  resolve(import.meta.dirname, '../../docs/soak.md'),
  `# Soak

The protocols against the simulated chip, whose side is written apart. \`npm run soak\` runs all of it and writes this page; the unit tests in \`tests/unit/protocols/\` run 200, 200 and 1000 at every change (\`STYRK_SOAK=1\`: all).

PACE: ${paceOffers.length} combinations of mapping (generic, integrated, chip authentication), parameter set (0 to 2, 8 to 18) and cipher. Chip authentication: ${chipAuthenticationOffers.length} combinations of group, form in DG14 and cipher. Keys are random; in four runs of five a value is made to begin with a zero byte: the terminal's key (x; y), the chip's key or the shared secret, for PACE in both key agreements. Numbers of DH have one coordinate; theirs counts for both. Secure messaging: commands and answers of 0 to 231 bytes, even and odd instructions, new keys every ${perSession} round trips, counters that go round.

Last result, ${new Date().toISOString().slice(0, 10)}, ${short ? 'a shortened run' : 'the whole run'}:

| what | run | of | failed | seconds |
|---|---|---|---|---|
${rows.join('\n')}
${failures.length === 0 ? '' : `\n${failures.join('\n')}\n`}`,
);
process.exitCode = sums.some(({ failures }) => failures.length > 0) ? 1 : 0;
