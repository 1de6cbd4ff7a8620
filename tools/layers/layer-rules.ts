import layers from '../layers.json' with { type: 'json' };

/*
 * The layer rules that `biome.json` takes over, made from `tools/layers.json` by `npm run layers`. Imports are relative, so a rule is written for files at one
 * depth of a room: `../chip/**` from `main/simulator/vpcd-client.ts` is the room of protocols, from
 * `main/simulator/issuing/issue.ts` it is the simulator's own folder of that name.
 */

type Room = keyof typeof layers;

const rooms = Object.keys(layers) as readonly Room[];
const deepest = 3;

/** Rooms that compute and nothing else: what they need of the machine is handed in. */
const pure: readonly Room[] = [...rooms.slice(0, rooms.indexOf('machine')), 'simulator'];

/** Single files that a room may know of one that it may not. */
const admitted: Partial<Record<Room, readonly string[]>> = {
  reader: ['chip/card-transport.ts'],
  simulator: ['reader/port.ts'],
};

const globals = [
  'Date',
  'performance',
  'process',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'fetch',
  'window',
  'document',
];

const machineModules = [
  ...['node:fs', 'node:fs/**', 'node:path', 'node:os', 'node:child_process', 'node:http', 'node:https', 'node:net'],
  ...['node:process', 'node:timers', 'node:timers/**', 'node:perf_hooks', 'fs', 'path', 'os', 'net'],
];

interface Pattern {
  readonly group: readonly string[];
  readonly message: string;
}

const frontDoor: Pattern = { group: ['**/index.ts', '**/cli.ts'], message: 'Nothing imports a front door.' };

/** Another hand than the house's: it writes specimens, and reads what lists bring a second time. It never judges. */
const secondHand: Pattern = {
  group: ['pkijs', 'asn1js'],
  message: 'What the house reads it reads itself (decision 0003).',
};

/** The reader's side of DER: who issues by it as well examines himself. */
const readersHand: Pattern = {
  group: ['../../document/der.ts'],
  message: 'What is issued is written by pkijs and asn1js, not by the hand that reads it.',
};

function outsidePatterns(room: Room): readonly Pattern[] {
  const patterns: Pattern[] = [secondHand];
  if (room !== 'station')
    patterns.push({ group: ['electron', 'electron/**'], message: 'Only station and the front door import electron.' });
  if (room !== 'store') patterns.push({ group: ['better-sqlite3'], message: 'Only store opens a database.' });
  if (!pure.includes(room)) return patterns;
  patterns.push({
    group: machineModules,
    message: 'This room gets what it needs as values: no disk, process or network.',
  });
  if (room !== 'crypto')
    patterns.push({ group: ['node:crypto', 'crypto'], message: 'Cryptography comes from main/crypto.' });
  if (room !== 'inspection')
    patterns.push({ group: ['node:worker_threads'], message: 'Only inspection knows that it runs in a worker.' });
  return patterns;
}

function roomPattern(room: Room, up: string): readonly Pattern[] {
  const allowed: readonly string[] = layers[room];
  const refused = rooms.filter((other) => other !== room && !allowed.includes(other));
  if (refused.length === 0) return [];
  const group = [
    ...refused.map((other) => `${up}${other}/**`),
    ...(admitted[room] ?? []).map((file) => `!${up}${file}`),
  ];
  return [{ group, message: `Imports run downward only: main/${room} may not know this room.` }];
}

const restrictedImports = (patterns: readonly Pattern[]) => ({
  noRestrictedImports: { level: 'error', options: { patterns } },
});

const restrictedGlobals = {
  noRestrictedGlobals: {
    level: 'error',
    options: {
      deniedGlobals: Object.fromEntries(globals.map((name) => [name, 'Clocks, timers and the process are handed in.'])),
    },
  },
};

const override = (includes: readonly string[], style: object) => ({ includes, linter: { rules: { style } } });

const bothHands = (room: Room, depth: number): readonly Pattern[] =>
  depthPatterns(room, depth).filter((pattern) => pattern !== secondHand);

const depthPatterns = (room: Room, depth: number): readonly Pattern[] => [
  ...roomPattern(room, '../'.repeat(depth + 1)),
  frontDoor,
  ...outsidePatterns(room),
];

function ofRoom(room: Room): readonly object[] {
  return Array.from({ length: deepest }, (_, depth) =>
    override([`main/${room}/${'*/'.repeat(depth)}*.ts`], {
      ...restrictedImports(depthPatterns(room, depth)),
      ...(pure.includes(room) ? restrictedGlobals : {}),
    }),
  );
}

/** All rooms as a page or the bridge would name them. */
function ofPage(folder: string, outside: readonly string[], message: string): object {
  const group = [...rooms.filter((room) => room !== 'result').map((room) => `**/main/${room}/**`), ...outside];
  return override([`${folder}/**`], restrictedImports([{ group, message }]));
}

/** The linter's settings that hold the layer rules, as the text of their file. */
export function layerSettings(): string {
  return `${JSON.stringify({ root: false, overrides: layerRules() }, null, 2)}\n`;
}

/** `tools/` and `tests/` lean on the product, never on each other: a tool runs where no test is, and a test runs a tool by its command line. */
const apart = (folder: string, other: string) =>
  override(
    [`${folder}/**`],
    restrictedImports([{ group: [`**/${other}/**`], message: `No file of ${folder}/ imports ${other}/.` }]),
  );

// In the order in which the linter reads them: later ones win.
function layerRules(): readonly object[] {
  return [
    ...rooms.flatMap(ofRoom),
    override(['main/simulator/issuing/*.ts'], restrictedImports([...bothHands('simulator', 1), readersHand])),
    override(['main/trust/second-reading/*.ts'], restrictedImports(bothHands('trust', 1))),
    override(['main/inspection/worker.ts'], { noRestrictedGlobals: 'off' }),
    override(
      ['main/simulator/vpcd-client.ts'],
      restrictedImports([
        {
          group: [
            ...['chip', 'house', 'keeping', 'station', 'store', 'inspection'].map((room) => `../${room}/**`),
            ...['electron', 'node:fs'],
          ],
          message: "The virtual reader's client knows the network and the simulator.",
        },
      ]),
    ),
    ofPage(
      'renderer',
      ['electron', 'electron/**', 'better-sqlite3', 'node:*', 'node:*/**', ...secondHand.group],
      'The page knows the contract and what all rooms speak, nothing else of the house.',
    ),
    ofPage(
      'preload',
      ['better-sqlite3', 'node:*', 'node:*/**', ...secondHand.group],
      'The bridge is thin: the contract, its schemas and electron.',
    ),
    apart('tools', 'tests'),
    apart('tests', 'tools'),
  ];
}
