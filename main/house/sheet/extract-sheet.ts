import { type Language, textsIn } from '../../../resources/texts/texts.ts';
import { contentOf, type RecordExtract } from '../extract-records.ts';
import { instantInWords, writeRecord } from './record-words.ts';
import { newSheet, type Sheet } from './sheet.ts';
import type { SheetFonts } from './sheet-fonts.ts';

/** Pages for people of an extract. */
export interface ExtractSheet {
  readonly pdf: Uint8Array;
  /** How many characters of it stand as their Unicode numbers, for want of a letter. */
  readonly undrawn: number;
}

/**
 * An extract as PDF, in the words of the catalogue. The pages prove nothing: they name the signed file that does, by its digest. Of the
 * same extract the same bytes come. What the type has no letter for stands as its number, and the pages say so.
 */
export async function extractSheet(
  signed: RecordExtract,
  around: {
    readonly language: Language;
    readonly fonts: SheetFonts;
    readonly appVersion: string;
    /** The signed file that the pages go with: its name, and the SHA-256 of its bytes in hex. */
    readonly file: { readonly name: string; readonly sha256: string };
    /** The receipt of a record of it (C2SP tlog-proof). */
    readonly receiptOf: (record: number) => string;
  },
): Promise<ExtractSheet> {
  const { language, fonts, appVersion, file, receiptOf } = around;
  const t = textsIn(language);
  const content = contentOf(signed);
  const training = content.records.some((record) => record.content.training);
  const title = t(`sheet/title-${content.for}`);
  const sheet = newSheet({
    fonts,
    title,
    language,
    madeAt: content.madeAt,
    madeBy: `Styrk ${appVersion}`,
    watermark: training ? t('sheet/watermark') : null,
  });
  let undrawn = 0;
  const tellUndrawn = (): void => {
    const count = sheet.undrawn();
    if (count > 0) sheet.paragraph(t('sheet/undrawn', { count }));
    undrawn += count;
  };
  writeHead(sheet, title, signed, around);
  if (training) sheet.paragraph(t('sheet/training'));
  tellUndrawn();
  for (const [index, record] of content.records.entries()) {
    if (index > 0) sheet.newPage();
    writeRecord(sheet, record, language);
    tellUndrawn();
    sheet.heading(t('sheet/receipt', { number: record.number }));
    sheet.paragraph(t('sheet/receiptMeans'));
    sheet.exact(receiptOf(record.number).trimEnd());
    tellUndrawn();
  }
  sheet.heading(t('sheet/checkpoint'));
  sheet.exact(content.checkpoint.trimEnd());
  tellUndrawn();
  const pdf = await sheet.end((page, pages) => t('sheet/page', { title: `${title} · ${file.name}`, page, pages }));
  return { pdf, undrawn };
}

function writeHead(
  sheet: Sheet,
  title: string,
  signed: RecordExtract,
  {
    language,
    file,
  }: { readonly language: Language; readonly file: { readonly name: string; readonly sha256: string } },
): void {
  const t = textsIn(language);
  const { madeAt, station, onFile, records } = contentOf(signed);
  sheet.title(title);
  sheet.paragraph(t('sheet/toRead', { name: file.name }));
  sheet.fact(t('sheet/digest'), file.sha256, 'mono');
  sheet.fact(t('sheet/key'), signed.signature.publicKey, 'mono');
  sheet.fact(t('records/station'), station);
  sheet.fact(t('sheet/madeAt'), instantInWords(language, madeAt));
  sheet.fact(t('sheet/records'), records.map(({ number }) => number).join(', '));
  if (onFile === null) return;
  sheet.heading(t('sheet/onFile'));
  sheet.fact(t('evidence/name'), `${onFile.givenNames} ${onFile.surname}`.trim());
  sheet.fact(t('sheet/customerId'), onFile.id);
  sheet.fact(t('evidence/personalNumber'), onFile.personalNumber ?? t('common/none'));
  sheet.fact(t('evidence/birthDate'), onFile.birthDate ?? t('common/unknown'));
}
