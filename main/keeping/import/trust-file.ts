import type { InputFile } from '../../machine/input-file.ts';
import { recognisableHead, recogniseTrustFile } from '../../trust/lists/recognise-file.ts';
import type { TrustFile } from './file-import.ts';

/** The most that a list or a certificate file may have; a directory export is read as a stream. */
export const largestList = 16 * 1024 * 1024;
export const largestBundle = 64 * 1024 * 1024;

/**
 * A file that someone named, for the trust store. What is not short enough to be read at once is told by its head; an armoured
 * file is never that long. Fails as `recogniseTrustFile` and the reading of the file do.
 */
export function trustFile(input: InputFile): TrustFile {
  const short = input.bytes <= largestList;
  const kind = recogniseTrustFile(short ? input.whole(largestList) : input.head(recognisableHead));
  const most = kind === 'station-bundle' ? largestBundle : largestList;
  return { kind, whole: () => input.whole(most), chunks: input.chunks };
}

/** The bytes of a file that came another way, for the trust store. Fails as `recogniseTrustFile`. */
export function fileOfBytes(bytes: Uint8Array): TrustFile {
  return {
    kind: recogniseTrustFile(bytes.subarray(0, Math.min(bytes.length, largestList))),
    whole: () => bytes,
    chunks: async function* () {
      yield bytes;
    },
  };
}
