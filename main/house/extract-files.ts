import type { Language } from '../../resources/texts/texts.ts';
import { digest } from '../crypto/hash.ts';
import type { ReadResource } from '../machine/resources.ts';
import { toHex } from '../result/bytes.ts';
import type { UnlockedStore } from '../store/types.ts';
import { extractRecords } from './extract-records.ts';
import type { ExtractSheet } from './sheet/extract-sheet.ts';
import { sheetFonts } from './sheet/sheet-fonts.ts';

/** The pages that are to go with a signed file: in which language, and how that file is called. */
export interface WantedPages {
  readonly language: Language;
  readonly file: string;
}

/** An extract as the bytes of files. */
export interface ExtractedFiles {
  /** What the station signed. */
  readonly signed: Uint8Array;
  /** Pages that go with it. Fails with `log.missing`, `log.root-wrong`, `input.unreadable`. */
  readonly pages: (wanted: WantedPages) => Promise<ExtractSheet>;
}

/** Extracts records into the bytes of files. Fails as `extractRecords`. */
export function extractFiles(
  unlocked: UnlockedStore,
  ids: readonly string[],
  around: Parameters<typeof extractRecords>[2] & { readonly appVersion: string; readonly resources: ReadResource },
): ExtractedFiles {
  const extract = extractRecords(unlocked, ids, around);
  const signed = new TextEncoder().encode(`${JSON.stringify(extract, null, 2)}\n`);
  return {
    signed,
    pages: async ({ language, file }) => {
      // Loaded where it is asked for: what draws pages is larger than all that a case needs.
      const { extractSheet } = await import('./sheet/extract-sheet.ts');
      return extractSheet(extract, {
        language,
        fonts: sheetFonts(around.resources),
        appVersion: around.appVersion,
        file: { name: file, sha256: toHex(digest('SHA-256', signed)) },
        receiptOf: (record) => unlocked.log.receipt(record).text,
      });
    },
  };
}
