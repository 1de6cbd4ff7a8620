import { type Answer, type ShortCommand, said } from './apdu.ts';
import { dataObject } from './data-objects.ts';
import { same } from './secure-channel.ts';

export interface ForeignFile {
  readonly identifier: number;
  /** 1 to 30; only most of Doc 9303's are the identifier's last five bits: EF.DIR is 2F00 and 1E (9303-10 §3.11). */
  readonly shortIdentifier: number;
  readonly contents: Uint8Array;
  /** Readable without access control. */
  readonly free: boolean;
}

/**
 * Where a short identifier leads while the application is selected. The standard knows the current DF alone (ISO/IEC 7816-4
 * §7.3.1). Cards of the field go on in the MF where the DF has no such file, which makes the MF the current DF, or look in
 * the MF always, or know no short identifiers, which no chip may (9303-10 §3.6.3).
 */
export type ShortIdentifiers = 'of the current DF' | 'of the MF where the DF has none' | 'of the MF' | 'unknown';

export interface FilesBehaviour {
  readonly shortIdentifiers: ShortIdentifiers;
  /** What is selected when the field comes. */
  readonly atPowerOn: 'MF' | 'application';
  /** Which of the standard's two forms selects the MF: an empty data field, 3F00, or either. */
  readonly masterFileBy: 'either' | '3F00' | 'empty';
}

/** A0000002471001 (9303-10 §4). */
const application = Uint8Array.from([0xa0, 0, 0, 2, 0x47, 0x10, 1]);
const masterFile = 0x3f00;

/** The MF and the travel document application, and what is selected in them. */
export class Files {
  readonly #masterFile: readonly ForeignFile[];
  readonly #application: readonly ForeignFile[];
  readonly #behaviour: FilesBehaviour;
  #current: readonly ForeignFile[];
  #file: ForeignFile | null = null;

  constructor(mf: readonly ForeignFile[], inApplication: readonly ForeignFile[], behaviour: FilesBehaviour) {
    this.#masterFile = mf;
    this.#application = inApplication;
    this.#behaviour = behaviour;
    this.#current = mf;
    this.powerOn();
  }

  get inApplication(): boolean {
    return this.#current === this.#application;
  }

  powerOn(): void {
    this.#enter(this.#behaviour.atPowerOn === 'MF' ? this.#masterFile : this.#application);
  }

  /** SELECT (9303-10 §3.6.1, §3.6.2): by DF name, or an EF of the current DF; the MF by 3F00 or by nothing. */
  select({ p1, p2, data, expected }: ShortCommand, opened: boolean): Answer {
    if (p2 !== 0x0c && p2 !== 0x00) return said(0x6a86);
    const identifier = data.length === 2 ? ((data[0] ?? 0) << 8) | (data[1] ?? 0) : null;
    const information = (): Answer => said(0x9000, p2 === 0x0c || expected === null ? undefined : dataObject(0x6f));
    if (p1 === 0x04) {
      if (!same(data, application)) return said(0x6a82);
      this.#enter(this.#application);
      return information();
    }
    if (p1 === 0x00 && (data.length === 0 || identifier === masterFile)) {
      const { masterFileBy } = this.#behaviour;
      if (masterFileBy === (identifier === null ? '3F00' : 'empty')) return said(identifier === null ? 0x6700 : 0x6a82);
      this.#enter(this.#masterFile);
      return information();
    }
    if (p1 !== 0x00 && p1 !== 0x02) return said(0x6a86);
    if (identifier === null) return said(0x6700);
    const file = this.#current.find((candidate) => candidate.identifier === identifier);
    if (file === undefined) return said(0x6a82);
    if (!file.free && !opened) return said(0x6982);
    this.#file = file;
    return information();
  }

  /** READ BINARY B0 (9303-10 §3.6.3). `most` is what one answer can carry. */
  read({ p1, p2, expected }: ShortCommand, opened: boolean, most: number): Answer {
    if (expected === null) return said(0x6700);
    const byShortIdentifier = (p1 & 0x80) !== 0;
    if (byShortIdentifier) {
      if ((p1 & 0x60) !== 0 || this.#behaviour.shortIdentifiers === 'unknown') return said(0x6a86);
      const found = this.#byShortIdentifier(p1 & 0x1f);
      if (found === undefined) return said(0x6a82);
      this.#file = found;
    }
    if (this.#file === null) return said(0x6986);
    const { contents, free } = this.#file;
    if (!free && !opened) return said(0x6982);
    const offset = byShortIdentifier ? p2 : (p1 << 8) | p2;
    if (offset >= contents.length) return said(0x6b00);
    const data = contents.slice(offset, offset + Math.min(expected, most));
    // 6282: the end came before the length asked for; Le 00 asks for whatever is there (ISO/IEC 7816-4 §7.2.3).
    const endedEarly = expected < 256 && data.length < Math.min(expected, most);
    return said(endedEarly ? 0x6282 : 0x9000, data);
  }

  #byShortIdentifier(short: number): ForeignFile | undefined {
    const named = (files: readonly ForeignFile[]): ForeignFile | undefined =>
      files.find(({ shortIdentifier }) => shortIdentifier === short);
    const { shortIdentifiers } = this.#behaviour;
    if (shortIdentifiers === 'of the current DF') return named(this.#current);
    const ownFile = shortIdentifiers === 'of the MF' ? undefined : named(this.#current);
    if (ownFile !== undefined) return ownFile;
    if (shortIdentifiers === 'of the MF where the DF has none') this.#enter(this.#masterFile);
    return named(this.#masterFile);
  }

  #enter(directory: readonly ForeignFile[]): void {
    this.#current = directory;
    this.#file = null;
  }
}
