import { decodeTlv, decodeTlvs, type Tlv } from '../../document/tlv.ts';

/** The most objects that a command of an authentication carries. */
const maximumNodes = 8;

function byTag(objects: readonly Tlv[]): ReadonlyMap<number, Uint8Array> | null {
  const values = new Map(objects.map((object) => [object.tag, object.value]));
  return values.size === objects.length ? values : null;
}

/** The objects of MSE:Set by their tags; null where they are none, or one comes twice. */
export function readObjects(data: Uint8Array): ReadonlyMap<number, Uint8Array> | null {
  try {
    return byTag(decodeTlvs(data, { maximumNodes }));
  } catch {
    return null;
  }
}

/** The objects of dynamic authentication data, tag 7C (9303-11 §4.4.4.2, §6.2.4.2); null where they are none. */
export function readDynamicData(data: Uint8Array): ReadonlyMap<number, Uint8Array> | null {
  try {
    const template = decodeTlv(data, { maximumNodes });
    return template.tag === 0x7c ? byTag(template.children) : null;
  } catch {
    return null;
  }
}
