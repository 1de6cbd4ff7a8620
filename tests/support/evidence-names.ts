import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { parseSync } from 'vite';

/*
 * The names under which checks keep what they rest on, read from the source: every object that comes to be a check's `detail`, followed
 * through spreads, variables, parameters and functions, also into other files. What cannot be followed is told, so that nothing is
 * passed over in silence.
 */

const root = resolve(import.meta.dirname, '../..');

interface Node {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** What a name stands for within a function: expressions, a place among its parameters, or a part of something else. */
type Meaning = { readonly values: Node[] } | { readonly parameter: number } | 'part';

interface SourceFile {
  readonly path: string;
  readonly source: string;
  readonly program: Node;
  /** The function around each node; the program itself around the rest. */
  readonly within: ReadonlyMap<Node, Node>;
  readonly names: ReadonlyMap<Node, ReadonlyMap<string, Meaning>>;
  /** The name by which a function is called. */
  readonly called: ReadonlyMap<Node, string>;
  /** Imported names: the file, and the name there. */
  readonly imported: ReadonlyMap<string, readonly [string, string]>;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { readonly type?: unknown }).type === 'string';
const childrenOf = (node: Node): readonly Node[] => Object.values(node).flat().filter(isNode);
const isFunction = ({ type }: Node): boolean => /Function/.test(type) && !type.startsWith('TS');

function* nodesIn(node: Node): Generator<Node> {
  yield node;
  for (const child of childrenOf(node)) yield* nodesIn(child);
}

const nameOf = (node: unknown): string | null =>
  isNode(node) && node.type === 'Identifier' ? String(node.name) : null;

function fileOf(path: string): SourceFile {
  const source = readFileSync(path, 'utf8');
  const { program: parsed, errors } = parseSync(path, source);
  if (errors.length > 0) throw new SyntaxError(`${path}: ${errors[0]?.message}`);
  const program = parsed as unknown as Node;
  const within = new Map<Node, Node>();
  const names = new Map<Node, Map<string, Meaning>>([[program, new Map()]]);
  const called = new Map<Node, string>();
  const imported = new Map<string, readonly [string, string]>();
  const bind = (scope: Node, name: string | null, value: unknown) => {
    const held = names.get(scope);
    if (name === null || held === undefined || !isNode(value)) return;
    const known = held.get(name);
    if (known !== undefined && typeof known === 'object' && 'values' in known) known.values.push(value);
    else if (known === undefined) held.set(name, { values: [value] });
  };
  const bindParts = (scope: Node, pattern: Node) => {
    for (const part of nodesIn(pattern)) {
      const own = part.type === 'Property' ? (nameOf(part.value) ?? nameOf((part.value as Node).left)) : null;
      const rest = part.type === 'RestElement' ? nameOf(part.argument) : null;
      const element = part.type === 'ArrayPattern' ? (part.elements as readonly unknown[]).map(nameOf) : [];
      for (const name of [own, rest, ...element]) if (name !== null) names.get(scope)?.set(name, 'part');
    }
  };
  const visit = (node: Node, scope: Node): void => {
    within.set(node, scope);
    if (isFunction(node)) {
      names.set(node, new Map());
      const [own] = [nameOf(node.id)];
      if (own !== null) {
        bind(scope, own, node);
        called.set(node, own);
      }
      for (const [index, parameter] of (node.params as readonly Node[]).entries()) {
        const name = nameOf(parameter) ?? nameOf(parameter.left);
        if (name !== null) names.get(node)?.set(name, { parameter: index });
        else bindParts(node, parameter);
      }
      for (const child of childrenOf(node)) visit(child, node);
      return;
    }
    if (node.type === 'VariableDeclarator') {
      const [id, init] = [node.id as Node, node.init];
      if (nameOf(id) === null) bindParts(scope, id);
      else bind(scope, nameOf(id), init);
      if (isNode(init) && isFunction(init)) called.set(init, nameOf(id) ?? '');
    }
    // What is added to an object later.
    if (node.type === 'CallExpression' && textOf(source, node.callee) === 'Object.assign') {
      const [target, ...more] = node.arguments as readonly Node[];
      for (const one of more) bind(scope, nameOf(target), one);
    }
    if (node.type === 'ImportDeclaration') {
      const from = String((node.source as Node).value);
      for (const one of node.specifiers as readonly Node[]) {
        const [local, name] = [nameOf(one.local), nameOf(one.imported)];
        if (local !== null && name !== null && from.startsWith('.'))
          imported.set(local, [resolve(dirname(path), from), name]);
      }
    }
    for (const child of childrenOf(node)) visit(child, scope);
  };
  for (const child of childrenOf(program)) visit(child, program);
  return { path, source, program, within, names, called, imported };
}

function textOf(source: string, node: unknown): string {
  const { start, end } = node as { readonly start: number; readonly end: number };
  return source.slice(start, end).replace(/\s+/g, ' ');
}

/** What is left of a node without types, brackets and waiting. */
function bare(node: Node): Node {
  if (node.type === 'AwaitExpression') return bare(node.argument as Node);
  return /^TS.*Expression$|^Parenthesized|^ChainExpression/.test(node.type) ? bare(node.expression as Node) : node;
}

export interface EvidenceSource {
  readonly names: ReadonlySet<string>;
  /** What was not followed: file and expression. */
  readonly open: readonly string[];
}

/** Reads the names of evidence from the files of the folders; of the failures that `ending` folders raise their fields are evidence too. */
export function evidenceNames(folders: readonly string[], ending: readonly string[]): EvidenceSource {
  const paths = folders
    .flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: root }))
    .map((path) => join(root, path));
  const files = new Map(paths.map((path) => [path, fileOf(path)]));
  const names = new Set<string>();
  const open = new Set<string>();
  const done = new Set<unknown>();

  /** `whole`: its own names are evidence; else it stands under a name, and what is no object says nothing more. */
  function follow(file: SourceFile, given: Node, whole: boolean): void {
    const node = bare(given);
    if (done.has(node)) return;
    done.add(node);
    if (node.type === 'Identifier') ofName(file, String(node.name), file.within.get(node) ?? file.program, whole);
    if (node.type === 'ObjectExpression') for (const name of namesOf(node)) names.add(name);
    if (whole && node.type === 'MemberExpression') open.add(placeOf(file, node));
    for (const [part, asWhole] of partsOf(node, whole)) follow(file, part, asWhole);
  }

  function ofName(file: SourceFile, name: string, scope: Node, whole: boolean): void {
    const meaning = file.names.get(scope)?.get(name);
    if (meaning === undefined && scope !== file.program) {
      ofName(file, name, file.within.get(scope) ?? file.program, whole);
    } else if (meaning === 'part') {
      if (whole) open.add(`${relative(root, file.path)}: ${name}`);
    } else if (meaning !== undefined && 'values' in meaning) {
      for (const value of meaning.values) follow(file, value, whole);
    } else if (meaning !== undefined) {
      ofParameter(file, scope, meaning.parameter, whole);
    } else {
      const [path = '', original = ''] = file.imported.get(name) ?? [];
      const other = files.get(path);
      if (other !== undefined) ofName(other, original, other.program, whole);
      else if (whole && name !== 'undefined') open.add(`${relative(root, file.path)}: ${name}`);
    }
  }

  // What callers hand in.
  function ofParameter(file: SourceFile, owner: Node, index: number, whole: boolean): void {
    const own = file.called.get(owner);
    if (own === undefined) return;
    for (const other of files.values()) {
      const isOwn = ([, [path, name]]: readonly [string, readonly [string, string]]) =>
        path === file.path && name === own;
      const local = other === file ? own : [...other.imported].find(isOwn)?.[0];
      if (local === undefined) continue;
      for (const node of nodesIn(other.program)) {
        const argument =
          nameOf(node.callee) === local ? (node.arguments as readonly Node[] | undefined)?.[index] : undefined;
        if (argument !== undefined) follow(other, argument, whole);
      }
    }
  }

  for (const file of files.values()) {
    const ends = ending.some((folder) => relative(root, file.path).startsWith(`${folder}/`));
    for (const node of nodesIn(file.program)) {
      const evidence = evidenceIn(node, ends);
      if (evidence !== undefined) follow(file, evidence, true);
    }
  }
  return { names, open: [...open].sort() };
}

/** Where a check gets its evidence: what makes it, what writes its `detail`, and the fields of a failure that ends one. */
function evidenceIn(node: Node, ends: boolean): Node | undefined {
  const [, second, , fourth] = (node.arguments ?? []) as readonly Node[];
  const callee = nameOf(node.callee);
  if (node.type === 'CallExpression' && callee === 'successful') return second;
  if (node.type === 'CallExpression' && callee === 'unsuccessful') return fourth;
  if (node.type === 'NewExpression' && callee === 'Failure' && ends) return second;
  if (node.type === 'Property' && nameOf(node.key) === 'detail' && node.shorthand !== true && isNode(node.value))
    return node.value;
  return undefined;
}

function placeOf({ path, source }: SourceFile, node: Node): string {
  return `${relative(root, path)}: ${textOf(source, node)}`;
}

function namesOf(object: Node): readonly string[] {
  return (object.properties as readonly Node[]).flatMap(({ type, computed, key }) =>
    type === 'SpreadElement' || computed === true ? [] : [nameOf(key) ?? String((key as Node).value)],
  );
}

/** What of a node may come to be its value, and whether that is the whole of it. */
function partsOf(node: Node, whole: boolean): readonly (readonly [Node, boolean])[] {
  const all = (parts: readonly unknown[], asWhole = whole) =>
    parts.filter(isNode).map((part): readonly [Node, boolean] => [part, asWhole]);
  if (isFunction(node)) return all(returnsOf(node));
  switch (node.type) {
    case 'ObjectExpression':
      return (node.properties as readonly Node[]).flatMap((part) =>
        part.type === 'SpreadElement' ? all([part.argument], true) : all([part.value], false),
      );
    case 'ArrayExpression':
      return all(node.elements as readonly unknown[], false);
    case 'SpreadElement':
      return all([node.argument]);
    case 'ConditionalExpression':
      return all([node.consequent, node.alternate]);
    case 'LogicalExpression':
      return all([node.left, node.right]);
    case 'CallExpression': {
      const callee = bare(node.callee as Node);
      if (callee.type === 'Identifier') return all([callee]);
      // Of lists: what their callback makes of each.
      const callbacks = (node.arguments as readonly Node[]).filter((part) => isFunction(part) || nameOf(part) !== null);
      return all(callbacks, false);
    }
    default:
      return [];
  }
}

function returnsOf(node: Node): readonly Node[] {
  const body = node.body as Node;
  if (body.type !== 'BlockStatement') return [body];
  return [...nodesIn(body)].flatMap((inner) =>
    inner.type === 'ReturnStatement' && isNode(inner.argument) ? [inner.argument] : [],
  );
}
