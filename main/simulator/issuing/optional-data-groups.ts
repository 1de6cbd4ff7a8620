import { encodeTlv } from '../../document/tlv.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import { encoded, integer } from './asn1.ts';

const text = new TextEncoder();

/** Someone to notify, with fillers between and in the parts as 9303-10 §4.7.16 writes them. */
export interface PersonToNotify {
  readonly name: string;
  readonly telephone: string;
  readonly address: string;
}

/** DG7: one displayed signature (9303-10 §4.7.7). */
export function displayedSignature(image: Uint8Array): Uint8Array {
  return encodeTlv(0x67, encoded(integer(1)), encodeTlv(0x5f43, image));
}

/** DG13 (9303-10 §4.7.13): nobody but the issuer knows what its contents mean. */
export function optionalDetails(content: string): Uint8Array {
  return encodeTlv(0x6d, text.encode(content));
}

/** DG16: persons to notify, recorded on that day (9303-10 §4.7.16). */
export function personsToNotify(persons: readonly PersonToNotify[], recorded: PlainDate): Uint8Array {
  const templates = persons.map(({ name, telephone, address }, index) =>
    encodeTlv(
      0xa1 + index,
      encodeTlv(0x5f50, text.encode(recorded.replaceAll('-', ''))),
      encodeTlv(0x5f51, text.encode(name)),
      encodeTlv(0x5f52, text.encode(telephone)),
      encodeTlv(0x5f53, text.encode(address)),
    ),
  );
  return encodeTlv(0x70, encoded(integer(persons.length)), ...templates);
}
