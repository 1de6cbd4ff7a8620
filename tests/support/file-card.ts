import type { TransportLimits } from '../../main/chip/card-transport.ts';
import { decodeTlv, encodeTlv } from '../../main/document/tlv.ts';
import { concat, fromHex } from '../../main/result/bytes.ts';
import { FunctionCard, shortReader } from './chip-cards.ts';

/** How a chip without access control keeps to the standard, or does not. */
export interface FileCardManners {
  /** Answer to a read beyond the end; `data` is there where the status leaves room for it. */
  readonly beyondEnd?: '9000' | '6282' | '6b00' | '6700' | '6cxx';
  /** What a read by short identifier gets instead of data. */
  readonly shortIdStatus?: string;
  /** The longest Le that it takes; beyond it comes `tooLongStatus`. */
  readonly longestLe?: number;
  readonly tooLongStatus?: string;
  /** The most data in one answer, whatever Le says. */
  readonly mostData?: number;
  /** Status of any read at or beyond this offset. */
  readonly failsAt?: { readonly offset: number; readonly status: string };
  /**
   * A short identifier that the application does not know is looked for in the master file, which is then the current
   * directory (PersoSim without EF.COM).
   */
  readonly shortIdsFallToMasterFile?: boolean;
  /** What SELECT of the master file gets instead of 9000, whatever its form. */
  readonly masterFileStatus?: string;
  /** It stands in the application from the start, as another program left it. */
  readonly startsInApplication?: boolean;
  readonly limits?: TransportLimits;
}

export interface FileCardFiles {
  readonly masterFile?: Readonly<Record<number, Uint8Array>>;
  readonly application?: Readonly<Record<number, Uint8Array>>;
}

interface Read {
  readonly offset: number;
  readonly le: number;
  readonly wrap: boolean;
}

/** A card of plain files, by file identifier, with the manners of some chip of the field. */
export function fileCard(files: FileCardFiles, manners: FileCardManners = {}): FunctionCard {
  let inApplication = manners.startsInApplication === true;
  let current: Uint8Array | null = null;
  const directory = (): Readonly<Record<number, Uint8Array>> =>
    (inApplication ? files.application : files.masterFile) ?? {};

  const select = (command: Uint8Array): string => {
    const data = command.subarray(5, 5 + (command[4] ?? 0));
    if (command[2] === 0x04) {
      if (files.application === undefined) return '6a82';
      inApplication = true;
      return '9000';
    }
    const isMasterFile = data.length === 0 || (data[0] === 0x3f && data[1] === 0);
    if (isMasterFile) {
      if (manners.masterFileStatus !== undefined) return manners.masterFileStatus;
      inApplication = false;
      return '9000';
    }
    const file = directory()[((data[0] ?? 0) << 8) | (data[1] ?? 0)];
    if (file === undefined) return '6a82';
    current = file;
    return '9000';
  };

  const read = (file: Uint8Array, { offset, le, wrap }: Read): Uint8Array => {
    const { beyondEnd = '9000', longestLe = 65_536, tooLongStatus = '6700', mostData = 65_536, failsAt } = manners;
    if (le > longestLe) return fromHex(tooLongStatus);
    if (failsAt !== undefined && offset >= failsAt.offset) return fromHex(failsAt.status);
    if (offset >= file.length) return fromHex('6b00');
    const left = file.length - offset;
    const short = le > left;
    if (short && (beyondEnd === '6b00' || beyondEnd === '6700')) return fromHex(beyondEnd);
    if (short && beyondEnd === '6cxx' && left < 256) return Uint8Array.of(0x6c, left);
    const data = file.subarray(offset, offset + Math.min(le - (wrap ? 4 : 0), mostData));
    const status = short && beyondEnd === '6282' ? '6282' : '9000';
    return concat(wrap ? encodeTlv(0x53, data) : data, fromHex(status));
  };

  const le = (command: Uint8Array, lc: number): number => {
    const rest = command.subarray(4 + (lc === 0 ? 0 : 1 + lc));
    const extended = rest.length === 3 || rest.length === 2;
    const stated = rest.reduce((sum, byte) => sum * 256 + byte, 0);
    return stated === 0 ? (extended ? 65_536 : 256) : stated;
  };

  const respond = (command: Uint8Array): Uint8Array => {
    const [, ins, p1 = 0, p2 = 0, lc = 0] = command;
    if (ins === 0xa4) return fromHex(select(command));
    if (ins === 0xb1 && current !== null) {
      const offset = decodeTlv(command.subarray(5, 5 + lc)).value.reduce((sum, byte) => sum * 256 + byte, 0);
      return offset < 32_768 ? fromHex('6a86') : read(current, { offset, le: le(command, lc), wrap: true });
    }
    if (ins !== 0xb0) return fromHex('6d00');
    if ((p1 & 0x80) === 0) {
      if (current === null) return fromHex('6986');
      const end = ((p1 << 8) | p2) + le(command, 0);
      return end > 32_768
        ? fromHex('6b00')
        : read(current, { offset: (p1 << 8) | p2, le: le(command, 0), wrap: false });
    }
    if (manners.shortIdStatus !== undefined) return fromHex(manners.shortIdStatus);
    const inDirectory = (): [string, Uint8Array] | undefined =>
      Object.entries(directory()).find(([id]) => (Number(id) & 0x1f) === (p1 & 0x1f));
    let byShortId = inDirectory();
    if (byShortId === undefined && manners.shortIdsFallToMasterFile === true) {
      inApplication = false;
      byShortId = inDirectory();
    }
    if (byShortId === undefined) return fromHex('6a82');
    current = byShortId[1];
    return read(current, { offset: p2, le: le(command, 0), wrap: false });
  };

  return new FunctionCard(respond, manners.limits ?? shortReader);
}
