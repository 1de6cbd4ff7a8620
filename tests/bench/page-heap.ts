import type { CDPSession } from 'playwright-core';
import { round } from './figures.ts';

/** What a page's heap holds, in KB by what holds it. */
export interface PageHeap {
  /** Objects, arrays, strings and closures: what the page's own state is made of. */
  readonly own: number;
  /** Compiled script and what the engine learned of it and of objects' shapes: it grows as long as code becomes hot. */
  readonly code: number;
  /** Elements, styles, layout and the browser's own lists of what took how long. */
  readonly browser: number;
}

// The kinds of V8's snapshot that are neither of the two others; its `synthetic` roots and `number`s have no size of their own.
const ofPage: readonly string[] = ['object', 'array', 'closure', 'regexp', 'symbol', 'bigint'];
const isText = (kind: string): boolean => kind.endsWith('string');

interface Snapshot {
  readonly snapshot: {
    readonly meta: { readonly node_fields: readonly string[]; readonly node_types: readonly unknown[] };
  };
  readonly nodes: readonly number[];
}

/** Reads a snapshot after garbage was collected. Its text is never kept: it holds all that the page holds. */
export async function pageHeap(devtools: CDPSession): Promise<PageHeap> {
  const parts: string[] = [];
  const take = ({ chunk }: { readonly chunk: string }): void => void parts.push(chunk);
  devtools.on('HeapProfiler.addHeapSnapshotChunk', take);
  try {
    await devtools.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  } finally {
    devtools.off('HeapProfiler.addHeapSnapshotChunk', take);
  }
  const { snapshot, nodes } = JSON.parse(parts.join('')) as Snapshot;
  const fields = snapshot.meta.node_fields;
  const [kind, size] = [fields.indexOf('type'), fields.indexOf('self_size')];
  const kinds = snapshot.meta.node_types[kind] as readonly string[];
  const bytes = { own: 0, code: 0, browser: 0 };
  for (let at = 0; at < nodes.length; at += fields.length) {
    const named = kinds[nodes[at + kind] ?? -1] ?? '';
    const of =
      ofPage.includes(named) || isText(named) ? 'own' : /^(code|object shape)/.test(named) ? 'code' : 'browser';
    bytes[of] += nodes[at + size] ?? 0;
  }
  return { own: round(bytes.own / 1e3), code: round(bytes.code / 1e3), browser: round(bytes.browser / 1e3) };
}
