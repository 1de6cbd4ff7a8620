import { type BaseBlock, Utf8String } from 'asn1js';
import { RelativeDistinguishedNames } from 'pkijs';
import { encoded, objectIdentifier, printableString, sequence, setOf } from './asn1.ts';
import type { Authority } from './certificate-content.ts';

const attribute = (type: string, value: BaseBlock): BaseBlock => setOf(sequence(objectIdentifier(type), value));

// RelativeDistinguishedNames of pkijs writes all its attributes into one SET, which is another name (X.501 §9.2): each has a
// SET of its own here, and pkijs takes what is written as it stands.
function name(...attributes: BaseBlock[]): RelativeDistinguishedNames {
  return RelativeDistinguishedNames.fromBER(encoded(sequence(...attributes)));
}

/** Name with country, organisation and common name (9303-12 §7.1.1.1). */
export function distinguishedName({ country, commonName }: Authority): RelativeDistinguishedNames {
  return name(
    attribute('2.5.4.6', printableString(country)),
    attribute('2.5.4.10', new Utf8String({ value: 'Styrk Specimen' })),
    attribute('2.5.4.3', new Utf8String({ value: commonName })),
  );
}

/** The code of the MRZ as a Name with localityName alone (9303-12 §7.1.1.2). */
export function localityOf({ state }: Authority): RelativeDistinguishedNames {
  return name(attribute('2.5.4.7', printableString(state)));
}
