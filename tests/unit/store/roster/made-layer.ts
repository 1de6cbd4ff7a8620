import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Holder } from '../../../../main/holders/holder.ts';
import { HolderTokenizer } from '../../../../main/store/roster/holder-tokens.ts';
import { beginningsCounted, layerApplication, layerSchema, layerVersion } from '../../../../main/store/roster/layer.ts';
import { sealGone } from '../../../../main/store/roster/layer-seals.ts';
import type { RosterAround } from '../../../../main/store/roster/roster-around.ts';
import { packRows } from '../../../../main/store/roster/row-lists.ts';
import { sealPiece } from '../../../../main/store/roster/seal-piece.ts';
import { TokenSealer } from '../../../../main/store/roster/token-seals.ts';
import { random } from '../support.ts';

const boundSince = 2;
const tokensSealedSince = 3;

/** A layer with these people, made by hand and put in place; `alone` false makes every posting a list, as they were of old. */
export function putLayer(
  roster: RosterAround,
  what: {
    readonly file: string;
    readonly people: readonly Holder[];
    readonly version?: number;
    readonly gone?: Uint8Array;
    readonly alone?: boolean;
  },
): void {
  const { file, people, version = layerVersion, gone = new Uint8Array(), alone = true } = what;
  const tokenizer = new HolderTokenizer(roster.tokenKey);
  const around = { layerKey: roster.layerKey(), tokenizer, random };
  const piece = sealPiece(people, [], { file, first: 0 }, around);
  const rows = new Map<number, number[]>();
  for (let at = 0; at < piece.postings.length; at += 2) {
    const [low = 0, high = 0] = piece.postings.subarray(at, at + 2);
    const token = high * 256 + (low >>> 24);
    rows.set(token, [...(rows.get(token) ?? []), low & 0xffffff]);
  }
  const database = new Database(join(roster.directory, file));
  database.exec(`BEGIN; ${layerSchema}`);
  database.pragma(`user_version = ${version}`);
  database.pragma(`application_id = ${layerApplication}`);
  const block = database.prepare('INSERT INTO blocks (block, sealed) VALUES (?, ?)');
  for (const [number, sealed] of piece.blocks.entries()) block.run(number, sealed);
  const posting = database.prepare('INSERT INTO postings (token, people, rows) VALUES (?, ?, ?)');
  const sealedFor = { key: roster.layerKey(), file, random };
  const seals = version >= tokensSealedSince ? new TokenSealer(database, sealedFor, people.length) : null;
  for (const [token, list] of [...rows].sort(([one], [other]) => one - other)) {
    const [first = 0, ...others] = list;
    const packed = alone && others.length === 0 ? null : packRows(list);
    const values = [token, packed === null ? first : list.length, packed] as const;
    posting.run(...values);
    seals?.add(...values);
  }
  seals?.end();
  const beginning = database.prepare('INSERT OR IGNORE INTO beginnings (beginning, word) VALUES (?, ?)');
  for (let at = 0; at < piece.beginnings.length; at += 2) beginning.run(piece.beginnings[at], piece.beginnings[at + 1]);
  const stored = version >= boundSince ? sealGone(roster.layerKey(), gone, file, random) : gone;
  database.prepare("INSERT INTO about (only_row, stage, gone) VALUES (1, '', ?)").run(stored);
  database.exec(`${beginningsCounted}; COMMIT`);
  database.close();
  roster.putInPlace({ file, people: people.length, folded: [], below: new Map(), base: [] });
}
