/** A difference from the verdict that is expected, what comes instead, and why. */
export interface Explanation {
  readonly got: 'accept' | 'reject' | 'mixed';
  readonly because: string;
}

const accepted = (because: string, ...ids: readonly string[]): readonly (readonly [string, Explanation])[] =>
  ids.map((id) => [id, { got: 'accept', because }]);
const mixed = (id: string, because: string): readonly [string, Explanation] => [id, { got: 'mixed', because }];
const rejected = (because: string, ...ids: readonly string[]): readonly (readonly [string, Explanation])[] =>
  ids.map((id) => [id, { got: 'reject', because }]);
const numbered = (unit: string, ...numbers: readonly number[]): readonly string[] =>
  numbers.map((number) => `${unit}_${String(number).padStart(2, '0')}`);

const faceHeader =
  'The record is known by its own first bytes and its image is shown; number, owner and format in the header of DG2 are not relied on, and the check of the portrait names those that deviate.';
const faceRecord =
  'The profile for the contents of face records is not claimed: fields that describe the face are neither shown nor used.';
const signerName =
  'The certificate in EF.SOD is tried although SignerInfo names another: its key verifies the signature and its path is right, so nobody else can have signed. Some genuine documents write the name in another way than the certificate does.';
const cmsVersion =
  'The version numbers of CMS say nothing about who signed what (RFC 5652 §5.3): the signer is found by the identifier that is there, and the signature decides.';
const authorityKey =
  'TR-03135-1 §5.6.4.3.3 asks for a search by the issuer’s name where the identifier is missing; the authority’s key then verifies the certificate. The two guidelines contradict each other here; the path is verified either way.';
const bufferSizes =
  'EF.ATR/INFO is optional and not signed. Where its lengths cannot be read the terminal keeps to short length (9303-11 §9.3.1.2) and the document is read as any other.';

/** Every difference. A case that is not here must come out as expected. */
export const explained: ReadonlyMap<string, Explanation> = new Map([
  ...accepted(
    'An authenticated answer without data brings no bytes; they are asked for again. Hashes decide in the end, and so many empty answers end the reading.',
    'ISO7816_B_06',
  ),
  mixed(
    'ISO7816_C_01',
    'A missing EF.SOD, DG1 or DG2 keeps the document from being accepted; without EF.COM its consistency is not supported (TR-03135-1 §5.6.4.4.1), which the policy passes over and shows.',
  ),
  ...rejected(
    'Nobody states a verdict. Where no image can be shown no faces can be compared, so the document goes to a person.',
    'ISO7816_C_08',
  ),
  mixed(
    'ISO7816_G_15',
    'An error in the status word ends PACE. Data where integrated mapping expects an empty object is not looked at: nothing of it goes into the keys, and both tokens prove the same session.',
  ),
  ...accepted(
    'Nobody states a verdict. The superfluous object is left aside and never counts as proof against copying.',
    'ISO7816_G_35',
  ),
  ...accepted(faceHeader, ...numbered('LDS_C', 7, 8, 9, 10, 11)),
  ...accepted(
    'Nobody states a verdict. 9303-10 §4.7.2.1 allows one to three bytes for the biometric type, and this one is of a face.',
    'LDS_C_12',
  ),
  ...accepted(faceRecord, ...numbered('LDS_C', 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27)),
  ...accepted(cmsVersion, ...numbered('LDS_H', 20, 26, 84, 85)),
  ...accepted(
    'The set of digest algorithms only announces what comes (RFC 5652 §5.1); no digest of it was used.',
    'LDS_H_22',
  ),
  ...accepted(signerName, ...numbered('LDS_H', 28, 29)),
  ...accepted(
    'What the certificate holds is signed by the authority and reads the same under any version number; its extensions are there.',
    ...numbered('LDS_H', 48, 49),
  ),
  mixed(
    'LDS_H_56',
    'Four digits under the tag of a two-digit time cannot be read. GeneralizedTime before 2050 is against RFC 5280 §4.1.2.5, yet names the same day: it is read.',
  ),
  ...accepted(authorityKey, ...numbered('LDS_H', 60, 61)),
  ...accepted(
    'The extension says what the key may do, critical or not, and it is obeyed (RFC 5280 §4.2): the flag is for readers that do not know it.',
    'LDS_H_62',
  ),
  ...accepted('Nobody states a verdict. A later LDS version with the same structure is read as this one.', 'LDS_H_89'),
  mixed(
    'LDS_H_93',
    'Where PACE used chip authentication mapping EF.CardSecurity is read, and the damage keeps the document from being accepted. With generic mapping nothing rests on the file and it is not read.',
  ),
  ...accepted(bufferSizes, ...numbered('LDS_K', 3, 4)),
]);
