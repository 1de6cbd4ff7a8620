import { Failure } from '../result/failure.ts';
import { type ResponseApdu, statusName, statusOk } from './apdu.ts';
import { parseBufferSizes } from './buffer-sizes.ts';
import type { ChipChannel } from './channel.ts';
import { selectElementaryFile, selectEmrtdApplication, selectMasterFile } from './directories.ts';
import { FilePass, type FileProgress } from './file-pass.ts';
import { type ElementaryFile, elementaryFiles, type FileDirectory, type FileName } from './files.ts';
import { readAtOffset, readByShortId } from './read-binary.ts';
import {
  type ExtendedLengthUse,
  type LengthReport,
  type LengthStep,
  type ReadLength,
  ReadLengths,
  type StepFailure,
} from './read-lengths.ts';

export type { FileProgress } from './file-pass.ts';
export type { ExtendedLengthUse } from './read-lengths.ts';

export interface FileReadingOptions {
  /** `where-stated` unless said otherwise. */
  readonly extendedLength?: ExtendedLengthUse;
  /** The step on which the ladder of lengths begins: the first unless something is known of the reader. */
  readonly lengthStep?: LengthStep;
  readonly onProgress?: (progress: FileProgress) => void;
}

export interface FileReading {
  readonly file: FileName;
  /** The whole file from its tag on, without padding after it. */
  readonly bytes: Uint8Array;
  readonly exchanges: number;
}

/** The bytes of a file from its beginning, as far as they came. */
export interface UnfinishedFile {
  readonly file: FileName;
  readonly bytes: Uint8Array;
}

// Statuses of ISO 7816-4 §5.1.5. 6282: the file ended before Le bytes; the data before it is good.
const endOfFile = 0x6282;
const offsetOutside = 0x6b00;
const wrongLength = 0x6700;
const fileNotFound = 0x6a82;

/** By these a chip says that it does not know the command in this form (ISO 7816-4 §5.1.5), whatever the file. */
const noShortIds: ReadonlySet<number> = new Set([0x6a81, 0x6a86, 0x6d00]);

/** Enough for the tag and length of every file that the house reads, for chips that give no more than there is. */
const headerRead: ReadLength = { form: 'short', length: 4 };

type Read = (length: ReadLength) => Promise<ResponseApdu>;

function delivers({ data, status }: ResponseApdu): boolean {
  return data.length > 0 && (status === statusOk || status === endOfFile);
}

/** Reads files over one channel, each in one pass, and remembers what the chip bears and where it stands. */
export class ChipFiles {
  readonly #channel: ChipChannel;
  readonly #options: FileReadingOptions;
  readonly #lengths: ReadLengths;
  #directory: FileDirectory = 'MF';
  #shortIds: 'unproven' | 'usable' | 'unusable' = 'unproven';
  /** False once the chip said that it knows no short identifiers, wherever it stands. */
  #shortIdsKnown = true;
  /** The chip refuses a first read that goes beyond the file's end: ask for the header alone. */
  #headerFirst = false;
  #lengthNamed: number | null = null;
  #current: { readonly name: FileName; readonly pass: FilePass } | null = null;

  constructor(channel: ChipChannel, options: FileReadingOptions = {}) {
    this.#channel = channel;
    this.#options = options;
    this.#lengths = new ReadLengths(channel, options.extendedLength ?? 'where-stated', options.lengthStep);
  }

  /** What was learnt of lengths so far. */
  get lengths(): LengthReport {
    return this.#lengths.report;
  }

  /** Whether the chip's EF.ATR/INFO was read and offers extended length. */
  get extendedLengthStated(): boolean {
    return this.#lengths.sizesStated;
  }

  /**
   * Selects the eMRTD application, under secure messaging where there is a session. Before it leaves the master file it
   * reads EF.ATR/INFO, where extended length could then be used. Fails with `document.no-application`, `access.refused`.
   */
  async selectApplication(): Promise<void> {
    await this.#learnBufferSizes();
    await selectEmrtdApplication(this.#channel);
    this.#enter('eMRTD');
  }

  /** The file that is being read, or was when reading broke off, with what came of it; null where nothing did. */
  get unfinished(): UnfinishedFile | null {
    const bytes = this.#current?.pass.bytes;
    return this.#current === null || bytes === undefined || bytes.length === 0
      ? null
      : { file: this.#current.name, bytes };
  }

  /**
   * The whole file. `beginning` is what an earlier reading of the same chip brought of it: only the rest is asked for. Fails
   * with `file.not-found`, `file.refused`, `file.too-large`, `file.truncated`, `card.loop`,
   * `tlv.malformed`, and as the channel does.
   */
  async read(name: FileName, beginning: Uint8Array = new Uint8Array()): Promise<FileReading> {
    const file = elementaryFiles[name];
    const before = this.#channel.count.exchanges;
    await this.#goTo(file);
    if (file.directory === 'MF') await this.#learnBufferSizes();
    const pass = new FilePass(file, this.#options.onProgress);
    this.#current = { name, pass };
    if (beginning.length > 0) {
      await this.#select(file);
      pass.add(beginning);
    } else {
      pass.add(await this.#firstBlock(file));
    }
    while (!pass.complete) {
      this.#learnLengthNamed();
      pass.allow(this.#channel.count.exchanges - before);
      const length = this.#lengths.next(pass.wanted);
      const answer = await this.#attempt((read) => readAtOffset(this.#channel, pass.offset, read), length);
      if (delivers(answer)) pass.add(answer.data);
      else this.#adapt(file, length, answer);
    }
    this.#current = null;
    return { file: name, bytes: pass.bytes, exchanges: this.#channel.count.exchanges - before };
  }

  // Only after PACE: before it some chips answer 6982 and then refuse what follows, and BAC begins in the application.
  async #learnBufferSizes(): Promise<void> {
    if (!this.#lengths.wantsSizes || this.#directory !== 'MF' || this.#channel.session === null) return;
    const { shortId } = elementaryFiles['EF.ATR/INFO'];
    const { data } = await readByShortId(this.#channel, shortId, this.#lengths.next(256));
    this.#lengths.learnSizes(parseBufferSizes(data));
  }

  #enter(directory: FileDirectory): void {
    this.#directory = directory;
    this.#shortIds = this.#shortIdsKnown ? 'unproven' : 'unusable';
  }

  async #goTo(file: ElementaryFile): Promise<void> {
    if (this.#directory === file.directory) return;
    if (file.directory === 'eMRTD') await this.selectApplication();
    else if (await selectMasterFile(this.#channel)) this.#enter('MF');
    else throw new Failure('file.refused', { file: file.name, step: 'SELECT' });
  }

  /** The file's beginning, by short identifier (9303-10 §3.6.3), else after SELECT. */
  async #firstBlock(file: ElementaryFile): Promise<Uint8Array> {
    let refused: ResponseApdu | null = null;
    if (this.#shortIds !== 'unusable') {
      const answer = await this.#firstRead((read) => readByShortId(this.#channel, file.shortId, read), file);
      const elsewhere = delivers(answer) && isElsewhere(file, answer.data);
      if (delivers(answer) && !elsewhere) {
        this.#shortIds = 'usable';
        return answer.data;
      }
      if (this.#shortIds === 'usable' && !elsewhere) throw refusal(file, answer);
      if (elsewhere) await this.#backFrom(file);
      else refused = answer;
    }
    await this.#selectFirst(file, refused?.status ?? null);
    const answer = await this.#firstRead((read) => readAtOffset(this.#channel, 0, read), file);
    if (!delivers(answer)) throw refusal(file, answer);
    this.#shortIds = 'unusable';
    if (refused !== null && noShortIds.has(refused.status)) this.#shortIdsKnown = false;
    return answer.data;
  }

  // The same short identifiers name other files in the other directory, and some chips go there to look for one that they
  // do not find: what stands at the front is another file then, and the directory has to be entered again. Identifiers of
  // two bytes are looked for in the current directory alone.
  async #backFrom(file: ElementaryFile): Promise<void> {
    this.#shortIds = 'unusable';
    if (file.directory === 'MF') await selectMasterFile(this.#channel);
    else await selectEmrtdApplication(this.#channel).catch(asRefusalOf(file));
  }

  /**
   * SELECT of a file that is not to be had by its short identifier. In the master file before access another program may
   * have left the card in the application, so that its own files must be looked for; whoever knows no short identifiers at
   * all is asked for the file first, since many such chips know no SELECT of the master file either.
   */
  async #selectFirst(file: ElementaryFile, refusedBy: number | null): Promise<void> {
    if (file.directory !== 'MF' || this.#channel.session !== null || refusedBy === null) return this.#select(file);
    const entered = refusedBy === fileNotFound && (await selectMasterFile(this.#channel, 'as the standard says'));
    const selected = await selectElementaryFile(this.#channel, file.id);
    if (selected.status === statusOk) return;
    if (entered || !(await selectMasterFile(this.#channel))) throw refusal(file, selected);
    await this.#select(file);
  }

  async #select(file: ElementaryFile): Promise<void> {
    const selected = await selectElementaryFile(this.#channel, file.id);
    if (selected.status !== statusOk) throw refusal(file, selected);
  }

  async #firstRead(send: Read, file: ElementaryFile): Promise<ResponseApdu> {
    const length = this.#headerFirst ? headerRead : this.#lengths.next(file.maxLength);
    const answer = await this.#attempt(send, length);
    if (delivers(answer) || isRefusal(answer) || this.#headerFirst) return answer;
    // 6B00, or 6282 alone, is of the file's end rather than of the length: the rest of the file comes as fast as before.
    if (length.form === 'extended' && !isOfTheEnd(answer)) {
      this.#lengths.reduce(length, this.#whyNot(answer));
      return this.#firstRead(send, file);
    }
    this.#headerFirst = true;
    return this.#attempt(send, headerRead);
  }

  // Where more of the file is to come, the length named was not that of the file's end.
  #learnLengthNamed(): void {
    if (this.#lengthNamed !== null) this.#lengths.named(this.#lengthNamed);
    this.#lengthNamed = null;
  }

  // Some readers never send an extended command: the session's counter has not moved then, and the short one is tried.
  async #attempt(send: Read, length: ReadLength): Promise<ResponseApdu> {
    try {
      const answer = await send(length);
      this.#lengths.worked(answer.data.length);
      this.#lengthNamed = answer.lengthNamed ?? null;
      return answer;
    } catch (thrown) {
      if (!(thrown instanceof Failure)) throw thrown;
      if (thrown.code === 'reader.communication' && length.form === 'extended') return notSent;
      this.#lengths.ended(length, thrown);
      throw thrown;
    }
  }

  // In the middle of a file: a smaller length where that can be the cause, else the end.
  #adapt(file: ElementaryFile, length: ReadLength, answer: ResponseApdu): void {
    const { status } = answer;
    const extendedPastEnd = status === offsetOutside && length.form === 'extended';
    const lengthMayBeWrong = status === wrongLength || status === statusOk || status === endOfFile || extendedPastEnd;
    if (lengthMayBeWrong && this.#lengths.reduce(length, this.#whyNot(answer))) return;
    const code = status >> 8 === 0x69 ? 'file.refused' : 'file.truncated';
    throw new Failure(code, { file: file.name, status: statusName(status) });
  }

  // Under secure messaging an empty success is the chip's own word; in plain a reader may have dropped the data.
  #whyNot(answer: ResponseApdu): StepFailure {
    if (answer === notSent) return 'not-sent';
    return answer.status === statusOk && this.#channel.session === null ? 'no-data' : 'refused';
  }
}

function isElsewhere(file: ElementaryFile, data: Uint8Array): boolean {
  return file.tag !== null && data[0] !== file.tag;
}

// The application was there a moment ago: that it is refused now says nothing of what the chip holds.
function asRefusalOf(file: ElementaryFile): (thrown: unknown) => never {
  return (thrown) => {
    const refused = thrown instanceof Failure && thrown.fields.step === 'SELECT';
    throw refused ? new Failure('file.refused', { ...thrown.fields, file: file.name }, thrown) : thrown;
  };
}

/** Stands for the answer to a command that never reached the chip. */
const notSent: ResponseApdu = { data: new Uint8Array(), status: wrongLength };

function isOfTheEnd({ status }: ResponseApdu): boolean {
  return status === offsetOutside || status === endOfFile;
}

// Neither a matter of length nor of the offset, so a smaller read would not help.
function isRefusal({ status }: ResponseApdu): boolean {
  return status !== statusOk && status !== endOfFile && status !== wrongLength && status !== offsetOutside;
}

function refusal(file: ElementaryFile, { status }: ResponseApdu): Failure {
  const fields = { file: file.name, status: statusName(status) };
  if (status === fileNotFound) return new Failure('file.not-found', fields);
  return new Failure(isRefusal({ data: new Uint8Array(), status }) ? 'file.refused' : 'file.truncated', fields);
}
