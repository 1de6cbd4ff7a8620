import { extractText, getDocumentProxy } from 'unpdf';

/** A PDF as another program reads it (Mozilla's): its text as it stands, page by page, and its title. */
export async function readPdf(
  bytes: Uint8Array,
): Promise<{ readonly pages: readonly string[]; readonly title: string }> {
  const document = await getDocumentProxy(new Uint8Array(bytes));
  const { text } = await extractText(document, { mergePages: false });
  const { info } = await document.getMetadata();
  return { pages: text, title: String((info as { readonly Title?: unknown }).Title) };
}
