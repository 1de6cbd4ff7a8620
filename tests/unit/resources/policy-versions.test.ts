import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { canonicalBytes } from '../../../main/result/canonical-json.ts';

const folder = resolve(import.meta.dirname, '../../../resources/policies');

/*
 * A record names a policy by id and version, and people speak of "version 5": one version is one content. A changed file needs
 * a new version, and with it a new row here; the rows of before stay, so that no number comes twice.
 */
const contents: Readonly<Record<string, readonly string[]>> = {
  age: ['1 0c2d27ac92fc74f6bd20790fc1636b0d2257a5604e940fbc5efc4e9be7257f6f'],
  'collect-card': [
    '2 53c10465d8e84a679b22f3ca46a8c6b3830bcfbeb3e45b6f81def7a1c69e8585',
    '3 2d850b13cdf3b55c2aee38b46c0c2f2f07e31d74f71729a2d5000b69fe031916',
  ],
  document: ['5 e708c09bf793cac21dcd547d245095f4b789f33f7dca1f22a4f7c454775e1c91'],
  'large-transfer': ['5 94378b944fcb6c35691a89a8b2f16446d7967881fef5bd394e29852edb33ffdf'],
  'new-customer': [
    '5 b6a78ef7a7106718fe74fb5d5de2c54a417742fdf458d0960c85d737d74d3ca4',
    '6 10009299187477b09708903d5eda86cde9d6992e23b75803dafc5668600c3f64',
  ],
  'renew-bankid': [
    '5 ba2fc7e5728bfc66e57f2dce3d76c1c7c942e5be630b32dc0c05b07c1251efd8',
    '6 c812fa415e0c9bc51374b64682f145b8bffe87fbce520a7a5c87d06700bc5500',
  ],
  'replace-device': [
    '5 f40b1c124a1b8371c36cdb32fe302b6002eae92a5c86068ff4f10d595a00e67a',
    '6 e7bab48dc7197a2ae929c3cad5a755ba7d4c699f2da8345941ee7d771b0fb6bb',
  ],
  'step-up': [
    '2 3eec2a45df429e5c743d44e3567bc72ee03e64750ff94447aa068b61b8ed86f4',
    '3 95a415aedb8b8f78ae244395defe53d4839585c5d08fc8fe6decf3e1918217cd',
  ],
};

const hashOf = (content: object): string => createHash('sha256').update(canonicalBytes(content)).digest('hex');
const files = readdirSync(folder).map((name) => {
  const { version, ...content } = JSON.parse(readFileSync(resolve(folder, name), 'utf8')) as {
    readonly id: string;
    readonly version: number;
  };
  return { name, version, id: content.id, row: `${version} ${hashOf(content)}` };
});

it('every shipped policy has its row', () => {
  expect(files.map(({ id }) => id).toSorted()).toEqual(Object.keys(contents).toSorted());
  for (const { name, id } of files) expect(name).toBe(`${id}.json`);
});

it.each(files)('the content of $name is that of its version $version, the newest', ({ id, row }) => {
  expect(contents[id]?.at(-1), 'a changed policy needs a new version and a new row').toBe(row);
});

it('no version stands for two contents, and none goes back', () => {
  for (const rows of Object.values(contents)) {
    const versions = rows.map((row) => Number.parseInt(row, 10));
    expect(versions).toEqual([...new Set(versions)].toSorted((a, b) => a - b));
    expect(new Set(rows.map((row) => row.split(' ')[1])).size).toBe(rows.length);
  }
});
