import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';

/*
 * Words of the pages come from the catalogues, so that each language has them. Here the pages' own source is read: no letter stands
 * between two tags or in an attribute that is shown or read aloud, as it is written or as one branch of an expression.
 */

const root = resolve(import.meta.dirname, '../../..');

/** Attributes of HTML whose value a person sees or hears (HTML, WAI-ARIA 1.2). */
const spoken = new Set([
  'abbr',
  'alt',
  'aria-braillelabel',
  'aria-description',
  'aria-label',
  'aria-placeholder',
  'aria-roledescription',
  'aria-valuetext',
  'label',
  'placeholder',
  'title',
]);

interface Node {
  readonly type: string;
  readonly [field: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { readonly type?: unknown }).type === 'string';
const children = (node: Node): readonly Node[] => Object.values(node).flat().filter(isNode);
const hasLetter = (text: string): boolean => /\p{L}/u.test(text);

/** What an expression may come to be, where it says so itself. */
function wordsOf(node: Node | null): readonly string[] {
  switch (node?.type) {
    case 'JSXExpressionContainer':
      return wordsOf(node.expression as Node);
    case 'Literal':
      return typeof node.value === 'string' ? [node.value] : [];
    case 'TemplateLiteral':
      return (node.quasis as readonly { readonly value: { readonly cooked: string } }[]).map(
        ({ value }) => value.cooked,
      );
    case 'ConditionalExpression':
      return [...wordsOf(node.consequent as Node), ...wordsOf(node.alternate as Node)];
    case 'LogicalExpression':
      return [...wordsOf(node.left as Node), ...wordsOf(node.right as Node)];
    case 'BinaryExpression':
      return node.operator === '+' ? [...wordsOf(node.left as Node), ...wordsOf(node.right as Node)] : [];
    case 'ArrayExpression':
      return (node.elements as readonly (Node | null)[]).flatMap(wordsOf);
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
      return wordsOf(node.expression as Node);
    default:
      return [];
  }
}

const nameOf = (element: Node): unknown => ((element.openingElement as Node).name as Node).name;

/** The words with a letter that a page's source shows. */
function textsIn(file: string, source: string): readonly string[] {
  const { program, errors } = parseSync(file, source);
  expect(errors).toEqual([]);
  const found: string[] = [];
  const keep = (words: readonly string[]): void => {
    found.push(...words.map((word) => word.trim()).filter(hasLetter));
  };
  const walk = (node: Node): void => {
    // A command of the terminal is the same in each language.
    if (node.type === 'JSXElement' && nameOf(node) === 'code') return;
    if (node.type === 'JSXText') keep([String(node.value)]);
    if (node.type === 'JSXElement' || node.type === 'JSXFragment')
      for (const child of node.children as readonly Node[])
        if (child.type === 'JSXExpressionContainer') keep(wordsOf(child));
    if (node.type === 'JSXAttribute' && spoken.has(String((node.name as Node).name)))
      keep(wordsOf(node.value as Node | null));
    for (const child of children(node)) walk(child);
  };
  walk(program as unknown as Node);
  return found;
}

const pages = globSync('renderer/**/*.tsx', { cwd: root }).sort();

it('there are pages to read', () => {
  expect(pages.length).toBeGreaterThan(100);
});

it.each(pages)('%s', (page) => {
  expect(textsIn(page, readFileSync(join(root, page), 'utf8'))).toEqual([]);
});

describe('is found wherever it stands', () => {
  it.each([
    ['between tags', '<p>Lay it on the reader</p>', ['Lay it on the reader']],
    ['among other things', '<p>{name}: <b>{kind}</b> lost</p>', ['lost']],
    ['as a string', "<p>{'Lost'}</p>", ['Lost']],
    ['in a template', '<p>{`$' + '{count} records`}</p>', ['records']],
    ['in a branch', "<p>{open ? 'Open' : other ?? ('Closed' as string)}</p>", ['Open', 'Closed']],
    ['joined', "<p>{name + ' is here'}</p>", ['is here']],
    ['in a fragment', '<>Ready</>', ['Ready']],
    ['read aloud', '<button aria-label="Close" title={`Close $' + '{name}`}>×</button>', ['Close', 'Close']],
    ['for a picture', '<img alt="A passport" src="passport.svg" />', ['A passport']],
    ['within what is given to a part', '<Part icon={<i title="Chip" />} />', ['Chip']],
  ])('%s', (_where, source, texts) => {
    expect(textsIn('page.tsx', `export const page = ${source};`)).toEqual(texts);
  });

  it('and signs, keys, names of classes and commands are none', () => {
    const source =
      '<p className="row" id="main" data-kind="chip">{text("desk.ready")} – 3 × {count} % <i role="img">✓</i> <code>styrk doctor</code></p>';
    expect(textsIn('page.tsx', `export const page = ${source};`)).toEqual([]);
  });
});
