import type { Attack, AttackArea } from './attack.ts';
import type { AttackEnd } from './attack-end.ts';

/** One attack and how it ended. */
export interface Tried {
  readonly attack: Attack;
  readonly end: AttackEnd;
}

const titles: Readonly<Record<AttackArea, string>> = {
  documents: 'Documents',
  chips: 'Chips',
  lists: 'Lists, links, revocations and policies',
  clocks: 'Clocks',
  orders: 'Orders',
  databases: 'The database, written past the app',
  'page calls': 'Calls of a page',
};

/** The text of `docs/red-team.md`. */
export function redTeamReport(tried: readonly Tried[]): string {
  const areas = Object.entries(titles) as [AttackArea, string][];
  return [
    '# Red team',
    '',
    `Written by \`npm run red-team\`, which makes each of these ${tried.length} kinds of forgery against the built worker, at an`,
    'attended station outside training whose lists and register an administrator imported. `npm test` makes them too: an',
    'attack that ends otherwise, or is stopped by another line of defence than the one named here, fails it. At the same',
    'station the honest documents that the attacks start from are accepted, which the test sees first.',
    '',
    '*refer*: a colleague must decide; *reject*: the app says not to accept; *refused*: it came to no verdict.',
    '',
    'What nothing inside the station stops: a whole older copy of its folder, or of the trust tables and their marks within',
    'the day of the newest record, put back by somebody who may write there. Nothing in the folder says that there was a',
    'newer state; that takes a witness elsewhere (decisions 0005 and 0012).',
    ...areas.flatMap(([area, title]) =>
      section(
        title,
        tried.filter(({ attack }) => attack.area === area),
      ),
    ),
    '',
  ].join('\n');
}

function section(title: string, tried: readonly Tried[]): readonly string[] {
  return [
    '',
    `## ${title}`,
    '',
    '| kind | what it tries | ends in | stopped by |',
    '| --- | --- | --- | --- |',
    ...tried.map(({ attack, end }) => `| ${attack.kind} | ${attack.tries} | ${end.end} | \`${end.stoppedBy}\` |`),
  ];
}
