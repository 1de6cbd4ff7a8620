import { bytesToUnsigned } from '../../crypto/points.ts';
import { decodeTlv, encodeTlv } from '../../document/tlv.ts';
import { equal } from '../../result/bytes.ts';
import { answer, type Command, type Response, type StatusWord, status } from './apdu.ts';
import type { Application, ChipProfile, ElementaryFile } from './chip-profile.ts';

const masterFileIdentifier = 0x3f00;
const mostShortIdentifier = 30;

/** What was read, for a chip that leaves the field in the middle of a file. */
export interface ReadPlace {
  readonly file: string;
  readonly end: number;
}

/** Selection and reading (ISO/IEC 7816-4 §11.2.2, §11.3.3; 9303-10 §3.6). */
export class FileSystem {
  readonly #profile: Pick<ChipProfile, 'masterFile' | 'applications' | 'quirks'>;
  #application: Application | null = null;
  #file: ElementaryFile | null = null;
  /** Set by each read that gave data. */
  lastRead: ReadPlace | null = null;

  constructor(profile: Pick<ChipProfile, 'masterFile' | 'applications' | 'quirks'>) {
    this.#profile = profile;
  }

  /** The MF becomes current, as after power on and after PACE (9303-11 §4.4.1). */
  selectMasterFile(): void {
    this.#application = null;
    this.#file = null;
  }

  /** Whether an application is selected: BAC works inside it alone (9303-11 §4.3.2). */
  get inApplication(): boolean {
    return this.#application !== null;
  }

  get #files(): readonly ElementaryFile[] {
    return this.#application?.files ?? this.#profile.masterFile;
  }

  /** SELECT. `allowed` tells whether protected files are open now. */
  select(command: Command, allowed: boolean): Response {
    const { p1, p2, data } = command;
    const silent = p2 === 0x0c;
    if (!silent && p2 !== 0x00) return answer(status.wrongParameters);
    if (p1 === 0x04) return this.#selectApplication(data, silent);
    if (p1 !== 0x00 && p1 !== 0x02) return answer(status.wrongParameters);
    if (data.length === 0 && p1 === 0x00) return this.#selected(null, silent);
    if (data.length !== 2) return answer(status.wrongLength);
    const identifier = Number(bytesToUnsigned(data));
    if (p1 === 0x00 && identifier === masterFileIdentifier) return this.#selected(null, silent);
    const file = this.#files.find((candidate) => candidate.identifier === identifier);
    if (file === undefined) return answer(status.fileNotFound);
    if (file.access === 'protected' && !allowed) return answer(status.accessNotAllowed);
    this.#file = file;
    return answer(status.done);
  }

  #selectApplication(identifier: Uint8Array, silent: boolean): Response {
    const found = this.#profile.applications.find((candidate) => equal(candidate.identifier, identifier));
    return found === undefined ? answer(status.fileNotFound) : this.#selected(found, silent);
  }

  #selected(application: Application | null, silent: boolean): Response {
    this.#application = application;
    this.#file = null;
    const information = silent ? null : (application?.fileControlInformation ?? null);
    return information === null ? answer(status.done) : answer(status.done, information);
  }

  /** READ BINARY B0: by offset in the current file, or by short identifier, which makes that file current. */
  readBinary(command: Command, allowed: boolean, most: number): Response {
    const { p1, p2, data, expected } = command;
    if (data.length !== 0 || expected === null) return answer(status.wrongLength);
    const short = (p1 & 0x80) !== 0;
    if (short && (p1 & 0x60) !== 0) return answer(status.wrongParameters);
    const file = short ? this.#byShortIdentifier(p1 & 0x1f) : this.#current();
    if (typeof file === 'number') return answer(file);
    const offset = short ? p2 : (p1 << 8) | p2;
    return this.#read(file, offset, Math.min(expected, most), { allowed, exact: isExact(expected) });
  }

  /** READ BINARY B1: the offset in DO 54, the data in DO 53 (9303-10 §3.6.6). */
  readBinaryOdd(command: Command, allowed: boolean, most: number): Response {
    const { p1, p2, data, expected } = command;
    if (expected === null) return answer(status.wrongLength);
    const identifier = (p1 << 8) | p2;
    const file = identifier === 0 ? this.#current() : this.#byReference(identifier);
    if (typeof file === 'number') return answer(file);
    const offset = offsetObject(data);
    if (offset === null) return answer(status.wrongData);
    // Tag and length of DO 53 count within Le.
    const room = Math.max(Math.min(expected, most) - 4, 1);
    const read = this.#read(file, offset, room, { allowed, exact: isExact(expected) });
    return read.data.length === 0 ? read : { ...read, data: encodeTlv(0x53, read.data) };
  }

  #current(): ElementaryFile | StatusWord {
    return this.#file ?? status.noCurrentFile;
  }

  #byShortIdentifier(identifier: number): ElementaryFile | StatusWord {
    const file = this.#files.find((candidate) => candidate.shortIdentifier === identifier);
    return identifier >= 1 && identifier <= mostShortIdentifier && file !== undefined ? file : status.fileNotFound;
  }

  // P1-P2 of the odd instruction: a short identifier in the last five bits, or a file identifier.
  #byReference(identifier: number): ElementaryFile | StatusWord {
    if (identifier <= mostShortIdentifier) return this.#byShortIdentifier(identifier);
    return this.#files.find((candidate) => candidate.identifier === identifier) ?? status.fileNotFound;
  }

  #read(
    file: ElementaryFile,
    offset: number,
    wanted: number,
    { allowed, exact }: { readonly allowed: boolean; readonly exact: boolean },
  ): Response {
    if (file.access === 'protected' && !allowed) return answer(status.accessNotAllowed);
    this.#file = file;
    if (offset >= file.contents.length) return answer(status.offsetOutside);
    const data = file.contents.subarray(offset, offset + wanted);
    const beyond = this.#profile.quirks?.beyondEnd;
    if (beyond !== undefined && data.length < wanted) {
      this.lastRead = { file: file.name, end: offset + data.length };
      return beyond === status.endOfFile ? answer(beyond, data) : answer(beyond);
    }
    this.lastRead = { file: file.name, end: offset + data.length };
    return answer(exact && data.length < wanted ? status.endOfFile : status.done, data);
  }
}

// Le in its widest form asks for what there is; any other that goes beyond the end is told so.
function isExact(expected: number): boolean {
  return expected !== 0x100 && expected !== 0x10000;
}

function offsetObject(data: Uint8Array): number | null {
  try {
    const object = decodeTlv(data, { maximumNodes: 1 });
    if (object.tag !== 0x54 || object.value.length === 0 || object.value.length > 3) return null;
    return Number(bytesToUnsigned(object.value));
  } catch {
    return null;
  }
}
