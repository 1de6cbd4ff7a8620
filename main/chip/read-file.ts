import type { ChipChannel } from './channel.ts';
import type { FileName } from './files.ts';

/** `where-stated`: only where the chip's EF.ATR/INFO gives its buffer sizes (9303-11 §9.3.1.2). `always` still needs a reader that can. */
export type ExtendedLengthUse = 'never' | 'where-stated' | 'always';

export interface FileReadingOptions {
  readonly extendedLength?: ExtendedLengthUse;
  readonly onProgress?: (progress: FileProgress) => void;
}

/** `bytesTotal` is null until the file's header told it. */
export interface FileProgress {
  readonly file: FileName;
  readonly bytesRead: number;
  readonly bytesTotal: number | null;
}

export interface FileReading {
  readonly file: FileName;
  /** The whole file from its tag on, without padding after it. */
  readonly bytes: Uint8Array;
  readonly exchanges: number;
}

/** Reads files over one channel and remembers what the chip bears: lengths, short file identifiers, where it stands. */
export class ChipFiles {
  readonly channel: ChipChannel;
  readonly options: FileReadingOptions;

  constructor(channel: ChipChannel, options: FileReadingOptions = {}) {
    this.channel = channel;
    this.options = options;
  }

  /** Selects the eMRTD application, under secure messaging where there is a session. Fails with `document.no-application`. */
  selectApplication(): Promise<void> {
    throw new Error('being written');
  }

  /** Whole file. Fails with `file.not-found`, `file.refused`, `file.too-large`, `file.truncated`, `card.loop`, `tlv.malformed`. */
  read(_file: FileName): Promise<FileReading> {
    throw new Error('being written');
  }
}
