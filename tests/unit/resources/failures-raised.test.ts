import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { failureCodes } from '../../../main/result/failure-codes.ts';

/*
 * Every code is raised by something. One that nothing raises is a check that people believe in, with words in every
 * language, and that nobody makes.
 */

const root = resolve(import.meta.dirname, '../../..');
const listed = 'main/result/failure-codes.ts';

const commentOrText = /\/\/[^\n]*|\/\*.*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/gs;
const withoutComments = (source: string): string =>
  source.replace(commentOrText, (part) => (part.startsWith('/') ? ' ' : part));

/** The codes that a source raises: those that stand in it as values, not those that it asks for or sorts others by. */
function raisedIn(source: string): ReadonlySet<string> {
  const asked = [/new Set(?:<[^>]*>)?\(\[[^\]]*\]/g, /(?:[!=]==|case|\.(?:includes|has|startsWith)\() *'[^']*'/g];
  const raising = asked.reduce((text, question) => text.replace(question, ' '), withoutComments(source));
  const literals = [...raising.matchAll(/'([a-z0-9-]+\.[a-z0-9-]+)'(?! *[!=]==)/g)];
  return new Set(literals.map(([, code]) => String(code)));
}

describe('failure codes', () => {
  it('are told from those that are only mentioned, compared or sorted by', () => {
    const raised = (source: string) => [...raisedIn(source)];
    expect(raised("throw new Failure('card.mute');")).toEqual(['card.mute']);
    expect(raised("const codes = { 0x80100069: 'card.removed' };")).toEqual(['card.removed']);
    expect(raised("// As 'card.mute'.\n/** Fails with 'card.loop'. */")).toEqual([]);
    expect(raised("if (code === 'card.mute' || 'card.loop' !== code) return;")).toEqual([]);
    expect(raised("switch (code) { case 'card.mute': return 1; }")).toEqual([]);
    expect(raised("const late: ReadonlySet<FailureCode> = new Set(['card.mute', 'card.loop']);")).toEqual([]);
    expect(raised("codes.includes('card.mute')")).toEqual([]);
  });

  it('are each raised somewhere outside of tests', () => {
    const files = globSync('{main,renderer,preload}/**/*.{ts,tsx}', { cwd: root }).filter(
      (file) => file.replaceAll('\\', '/') !== listed,
    );
    const raised = new Set(files.flatMap((file) => [...raisedIn(readFileSync(join(root, file), 'utf8'))]));
    expect(failureCodes.filter((code) => !raised.has(code))).toEqual([]);
  });
});
