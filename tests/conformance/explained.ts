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

const commonData =
  'EF.COM is not signed, and 9303-10 §4.6.1 keeps it for old terminals alone. It tells what to ask the chip for; nothing of it counts for the verdict, which rests on EF.SOD.';
const faceHeader =
  'What the header of DG2 says of its record is not relied on: the record’s own first bytes are. The bytes are those that the issuer signed.';
const faceRecord =
  'The profile for the contents of face records is not claimed. Descriptive fields of a signed record are neither shown nor used.';
const noFace =
  'The file is what the issuer signed, so the document stands; no face can be shown. A face that cannot be shown cannot be compared, and without that comparison no purpose of a branch ends in accept. The policy for documents alone, by which these runs are judged, asks for no face.';
const signerName =
  'The certificate in EF.SOD is tried although SignerInfo names another: its key verifies the signature and its path is right, so nobody else can have signed. Some genuine documents write the name in another way than the certificate does.';
const cmsVersion =
  'The version numbers of CMS say nothing about who signed what (RFC 5652 §5.3): the signer is found by the identifier that is there, and the signature decides.';
const authorityKey =
  'TR-03135-1 §5.6.4.3.3 asks for a search by the issuer’s name where the identifier is missing; the authority’s key then verifies the certificate. The two guidelines contradict each other here; the path is verified either way.';
const groupsOfCom =
  'EF.COM is not signed: a list that lacks a group proves nothing. Every group that was read is identical to what EF.SOD lists; DG3 is never asked for.';
const dsa =
  'Signatures with DSA are not verified by this version. Such a document is not taken for forged: its signature is undetermined, and it goes to a person. No certificate of the German master list of May 2026 holds a DSA key.';
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
    'A missing EF.SOD, DG1 or DG2 keeps the document from being accepted. A missing EF.COM does not: all it says stands in EF.SOD too.',
  ),
  ...accepted(noFace, 'ISO7816_C_08', ...numbered('LDS_C', 14, 15, 28)),
  mixed(
    'ISO7816_G_15',
    'An error in the status word ends PACE. Data where integrated mapping expects an empty object is not looked at: nothing of it goes into the keys, and both tokens prove the same session.',
  ),
  ...accepted(
    'Nobody states a verdict. The superfluous object is left aside and never counts as proof against copying.',
    'ISO7816_G_35',
  ),
  ...accepted(commonData, ...numbered('LDS_A', 1, 2, 3, 4, 5, 6, 7, 8, 9)),
  ...accepted(
    'The zone is what the issuer signed. An empty name matches no holder on file, so no purpose of a branch accepts it; the policy for documents alone does not look at names.',
    'LDS_B_10',
  ),
  ...accepted(
    'The zone is what the issuer signed. A date that is none is kept as printed and taken for unknown, as dates with fillers are; it matches no holder’s, so no purpose of a branch accepts it.',
    ...numbered('LDS_B', 15, 16),
  ),
  ...accepted(faceHeader, ...numbered('LDS_C', 7, 8, 9, 10, 11, 13)),
  ...accepted(`Nobody states a verdict. ${faceHeader}`, 'LDS_C_12'),
  ...accepted(faceRecord, ...numbered('LDS_C', 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27)),
  ...accepted(
    'A SecurityInfo under an unknown identifier is passed over (9303-11 §9.2), so the chip offers no key for chip authentication. In a branch a document without any proof against copying goes to a person; the policy of these runs takes it as it is.',
    'LDS_F_04',
  ),
  ...rejected(dsa, ...numbered('LDS_H', 8, 97, 98)),
  ...accepted(cmsVersion, ...numbered('LDS_H', 20, 26, 84, 85)),
  ...accepted(
    'The set of digest algorithms only announces what comes (RFC 5652 §5.1); no digest of it was used.',
    'LDS_H_22',
  ),
  ...accepted(signerName, ...numbered('LDS_H', 28, 29)),
  ...accepted(
    'DG10 is never asked for, so that it is missing does not show; the groups that count were read and are identical. Keys against copying that a chip withholds are told by their own checks.',
    'LDS_H_45',
  ),
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
  ...accepted(
    'The version number of the list and its LDS version do not agree. Both are signed; neither changes which hashes count.',
    ...numbered('LDS_H', 87, 88),
  ),
  ...accepted('Nobody states a verdict. A later LDS version with the same structure is read as this one.', 'LDS_H_89'),
  ...accepted(groupsOfCom, 'LDS_H_90'),
  mixed(
    'LDS_H_93',
    'Where PACE used chip authentication mapping EF.CardSecurity is read, and the damage keeps the document from being accepted. With generic mapping nothing rests on the file and it is not read.',
  ),
  ...accepted(
    'A DG15 that cannot be read leaves active authentication undecided; chip authentication has proved already that the chip is no copy, and one proof is enough.',
    ...numbered('LDS_I', 1, 3),
  ),
  ...accepted(bufferSizes, ...numbered('LDS_K', 3, 4)),
]);
