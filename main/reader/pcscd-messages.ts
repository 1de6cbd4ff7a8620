import { endianness } from 'node:os';
import { type ScardReaderState, scardState } from './scard.ts';

/*
 * The messages of pcsc-lite's client protocol (its `winscard_msg.h`), versions 4:4 (pcsc-lite 1.8.24 to 2.2) and 4:5 (2.3
 * to 2.4), which newer daemons (4:6) speak too. Structures of the C compiler in the machine's byte order, without padding
 * but in a reader's record. A request is a header of two words (bytes that follow, command) and a structure; the response
 * is the same structure, filled.
 */

export const pcscdCommand = {
  establishContext: 0x01,
  connect: 0x04,
  disconnect: 0x06,
  transmit: 0x09,
  control: 0x0a,
  getAttribute: 0x0f,
  version: 0x11,
  readersState: 0x12,
  waitReaderStateChange: 0x13,
  stopWaiting: 0x14,
} as const;

const little = endianness() === 'LE';
const readerNameBytes = 128;
const mostAttributeBytes = 264;
const recordBytes = 184;
const mostReaders = 16;

/** The whole table of readers, as it comes. */
export const readersStateBytes = mostReaders * recordBytes;

/** What a response to each structure has in bytes, and where its status (`rv`) stands. */
export const responseBytes = {
  version: 12,
  context: 12,
  connect: 152,
  disconnect: 12,
  transmit: 32,
  control: 24,
} as const;
export const attributeResponseBytes = 16 + mostAttributeBytes;

/** A header and what follows it. */
export function pcscdMessage(command: number, body: Uint8Array = new Uint8Array()): Uint8Array {
  const message = new Uint8Array(8 + body.length);
  message.set(words(body.length, command));
  message.set(body, 8);
  return message;
}

/** 32-bit words; a handle may come back negative. */
export function words(...values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  for (const [index, value] of values.entries()) view.setUint32(index * 4, value >>> 0, little);
  return bytes;
}

/** The word at a place in bytes. */
export function wordAt(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(at, little);
}

/** `connect_struct`: context, name, share mode, protocols; handle, active protocol and status come back. */
export function connectBody(context: number, reader: string, shareMode: number, protocols: number): Uint8Array {
  const body = new Uint8Array(responseBytes.connect);
  const name = new TextEncoder().encode(reader).subarray(0, readerNameBytes - 1);
  body.set(words(context));
  body.set(name, 4);
  body.set(words(shareMode, protocols), 4 + readerNameBytes);
  return body;
}

/** `getset_struct`. */
export function attributeBody(card: number, id: number): Uint8Array {
  const body = new Uint8Array(attributeResponseBytes);
  body.set(words(card, id));
  body.set(words(mostAttributeBytes), 8 + mostAttributeBytes);
  return body;
}

/** The attribute of a response, no longer than the structure has room for. */
export function attributeOf(response: Uint8Array): Uint8Array {
  const length = Math.min(wordAt(response, 8 + mostAttributeBytes), mostAttributeBytes);
  return response.slice(8, 8 + length);
}

/** The readers of a table, with their states as `SCardGetStatusChange` would tell them. */
export function readersIn(table: Uint8Array): readonly ScardReaderState[] {
  const readers: ScardReaderState[] = [];
  for (let at = 0; at + recordBytes <= table.length; at += recordBytes) {
    const record = table.subarray(at, at + recordBytes);
    const end = record.subarray(0, readerNameBytes).indexOf(0);
    const reader = new TextDecoder().decode(record.subarray(0, end === -1 ? readerNameBytes : end));
    if (reader !== '') readers.push({ reader, flags: flagsOf(record), atr: atrOf(record) });
  }
  return readers;
}

// `readerState` of a record (pcsclite.h, SCARD_UNKNOWN and so on), and how many connections there are.
const unknown = 0x01;
const absent = 0x02;
const present = 0x04;
const swallowed = 0x08;
const exclusive = 0xffff_ffff;
const longestAtr = 33;

function flagsOf(record: Uint8Array): number {
  const [events, state, sharing] = [wordAt(record, 128), wordAt(record, 132), wordAt(record, 136)];
  let flags = 0;
  if ((state & unknown) !== 0) flags |= scardState.unavailable;
  else if ((state & present) !== 0) {
    flags |= scardState.present;
    if ((state & swallowed) !== 0) flags |= scardState.mute;
    if (sharing === exclusive) flags |= scardState.exclusive;
    else if (sharing > 0) flags |= scardState.inUse;
  } else if ((state & absent) !== 0) flags |= scardState.empty;
  return (flags | ((events & 0xffff) << 16)) >>> 0;
}

function atrOf(record: Uint8Array): Uint8Array {
  if ((wordAt(record, 132) & present) === 0) return new Uint8Array();
  return record.slice(140, 140 + Math.min(wordAt(record, 176), longestAtr));
}
