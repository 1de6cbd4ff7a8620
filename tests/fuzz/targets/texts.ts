import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as v from 'valibot';
import { replayTranscript } from '../../../main/chip/replay.ts';
import { parseTranscript } from '../../../main/chip/transcript.ts';
import { columnsOf } from '../../../main/holders/import/columns.ts';
import { readRows } from '../../../main/holders/import/read-rows.ts';
import { parsePersonalNumber } from '../../../main/holders/numbers/sweden.ts';
import { holderQueries } from '../../../main/holders/search.ts';
import { toHex } from '../../../main/result/bytes.ts';
import { parsePolicy } from '../../../main/verification/policy.ts';
import { methods } from '../../../preload/contract.ts';
import { mutateText } from '../mutate-bytes.ts';
import { jsonOf, mutateJson } from '../mutate-json.ts';
import { Finding, type Target } from '../target.ts';
import { filesNamed, today, utf8 } from './specimen-files.ts';

const json = { maximumLength: 65_536, perRound: 128, maximumMillis: 1_500, mutate: mutateJson } as const;
const text = { ...json, mutate: mutateText } as const;

const policyFile = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(resolve(import.meta.dirname, `../../../resources/policies/${name}.json`)));

const csv = utf8(
  'id,personalNumber,givenNames,surname,birthDate\n1,189001019802,"Åsa, Märta",Öberg,1990-01-01\n2,,A,"B""C",\n',
);

function holders(input: Uint8Array): void {
  const columns = columnsOf(['id', 'personalNumber', 'givenNames', 'surname', 'birthDate'], new Map(), 1);
  for (const format of [
    { kind: 'csv', delimiter: ',' },
    { kind: 'csv', delimiter: ';' },
    { kind: 'json-lines' },
  ] as const)
    for (const encoding of ['utf-8', 'windows-1252'] as const) {
      const read = readRows(input, 1, { format, encoding, columns, today });
      if (read.holders.length !== read.lines.length) throw new Finding('a holder without a line');
    }
}

const information = { document_number: 'T22000129', date_of_birth: '640812', date_of_expiry: '101031' };

// 9303-11 App. G.1, its first exchanges; the rest follows from what is sent.
function transcript(): Uint8Array {
  const exchanges = [
    { c: '0022c1a412800a04007f0007020204020202010283010184010d', r: '9000' },
    { c: '10860000027c0000', r: '7c12801095a3a016522ee98d01e76cb6b98b42c39000' },
    { c: '10860000027c0000', r: '6300' },
  ];
  const keys = ['7f4ef07b9ea82fd78ad689b38d0bc78cf21f249d953bc46f4c6e19259c010f99'];
  const ef_card_access = '31143012060a04007f0007020204020202010202010d';
  return utf8(JSON.stringify({ ef_card_access, mrz: information, terminal_private_keys: keys, exchanges }));
}

function chipTranscript(): Uint8Array {
  const [dataGroup14] = filesNamed('EF.DG14');
  const command = '0c2241a60d97020000';
  const session = { cipher: 'AES', ks_enc: '00'.repeat(16), ks_mac: '01'.repeat(16), ssc: '00'.repeat(16) };
  const ef_dg14 = toHex(dataGroup14 ?? Uint8Array.of(0x6e, 0x00));
  const exchanges = [{ c: command, r: '9000' }];
  return utf8(
    JSON.stringify({ ef_dg14, terminal_private_key: '02'.repeat(32), secure_messaging_before: session, exchanges }),
  );
}

const names = Object.keys(methods) as (keyof typeof methods)[];

// The first element names the method, the rest are its arguments.
function contractArguments(input: Uint8Array): void {
  const value = jsonOf(input);
  if (!Array.isArray(value)) return;
  const [name, ...args] = value as readonly unknown[];
  for (const method of names) {
    if (typeof name === 'string' && name !== method) continue;
    v.safeParse(methods[method].args, args);
    v.safeParse(methods[method].answer, args[0]);
  }
}

export const textTargets: readonly Target[] = [
  {
    ...text,
    name: 'holders-csv',
    seeds: () => [csv, utf8(new TextDecoder().decode(csv).replaceAll(',', ';'))],
    run: holders,
  },
  {
    ...text,
    name: 'holders-query',
    maximumLength: 2_000,
    seeds: () => [utf8('19900101-9802'), utf8('åsa öberg'), utf8('900101+9802')],
    run: (input) => {
      const words = new TextDecoder().decode(input);
      holderQueries(words, today);
      parsePersonalNumber(words, today);
    },
  },
  {
    ...json,
    name: 'policy',
    seeds: () => ['document', 'renew-bankid', 'large-transfer'].map(policyFile),
    run: (input) => parsePolicy(jsonOf(input)),
  },
  {
    ...json,
    name: 'contract',
    seeds: () => names.map((name) => utf8(JSON.stringify([name, 'x', { limit: 10, offset: 0 }]))),
    run: contractArguments,
  },
  {
    ...json,
    name: 'transcript',
    seeds: () => [transcript(), chipTranscript()],
    run: (input) => parseTranscript(jsonOf(input)),
  },
  {
    ...json,
    name: 'replay',
    perRound: 16,
    maximumMillis: 6_000,
    seeds: () => [transcript(), chipTranscript()],
    run: async (input) => {
      const { matches, commands } = await replayTranscript(jsonOf(input));
      if (matches && commands === 0) throw new Finding('a replay that matches nothing');
    },
  },
];
