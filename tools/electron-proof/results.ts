import type { Outcome } from './lines.ts';

/** One line with its outcome. */
export interface Result {
  readonly id: string;
  readonly title: string;
  readonly outcome: Outcome;
}

const words = { holds: 'holds', fails: '**FAILS**', 'not-run': 'not run' } as const;

/** The page of results to keep, in Markdown. */
export function resultsPage(results: readonly Result[], about: string): string {
  const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
  const rows = results.map(
    ({ id, title, outcome }) => `| \`${id}\` | ${cell(title)} | ${words[outcome.state]} | ${cell(outcome.detail)} |`,
  );
  const count = (state: Outcome['state']): number => results.filter(({ outcome }) => outcome.state === state).length;
  const sum = `${count('holds')} hold, ${count('fails')} fail, ${count('not-run')} were not run.`;
  return `${['# Proof in Electron', '', about, '', sum, '', '| line | what | outcome | seen |', '|---|---|---|---|', ...rows].join('\n')}\n`;
}

/** 0 everything holds, 1 something fails, 3 something was not run. */
export function exitStatus(results: readonly Result[]): 0 | 1 | 3 {
  if (results.some(({ outcome }) => outcome.state === 'fails')) return 1;
  return results.some(({ outcome }) => outcome.state === 'not-run') || results.length === 0 ? 3 : 0;
}
