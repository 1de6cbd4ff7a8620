import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const ending = '?model-bytes';
// What ends as a file of data would be read as one by the builder's own plugins.
const [before, after] = ['\0model-bytes:', ':base64'];

/** The files of packages that a page's worker may have as a module, each with where it lies from what its package is loaded by. */
const modelFiles: Readonly<Record<string, readonly [named: string, file: string]>> = {
  ...Object.fromEntries(
    ['blazeface', 'facemesh', 'faceres'].flatMap((name) =>
      ['json', 'bin'].map((kind) => [
        `@vladmandic/human/models/${name}.${kind}`,
        ['@vladmandic/human', `../models/${name}.${kind}`],
      ]),
    ),
  ),
  '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm': [
    '@tensorflow/tfjs-backend-wasm',
    'tfjs-backend-wasm-simd.wasm',
  ],
};

const require = createRequire(import.meta.url);

/**
 * Makes files of packages modules that a page's worker imports, as base64 (`import bytes from 'PACKAGE/FILE?model-bytes'`). The policy
 * of the page connects nowhere, so nothing can be fetched, from our own origin neither; scripts of our own origin may be imported. A
 * third more bytes in the package is what that costs.
 */
export function modelBytes() {
  return {
    name: 'model-bytes',
    // Before the builder looks for the files by their packages' own lists, which name none of them.
    enforce: 'pre' as const,
    resolveId: (id: string) => (id.endsWith(ending) ? before + id.slice(0, -ending.length) + after : null),
    load(id: string) {
      if (!id.startsWith(before)) return null;
      const name = id.slice(before.length, -after.length);
      const found = modelFiles[name];
      if (found === undefined) throw new RangeError(`no model file of that name: ${name}`);
      const [named, file] = found;
      return `export default "${readFileSync(join(dirname(require.resolve(named)), file)).toString('base64')}";`;
    },
  };
}
