import { most } from '../result/bounds.ts';

/** Where a file lives: the master file, or the eMRTD application. The same identifiers mean different files in each. */
export type FileDirectory = 'MF' | 'eMRTD';

export type DataGroupName =
  | 'EF.DG1'
  | 'EF.DG2'
  | 'EF.DG3'
  | 'EF.DG4'
  | 'EF.DG5'
  | 'EF.DG6'
  | 'EF.DG7'
  | 'EF.DG8'
  | 'EF.DG9'
  | 'EF.DG10'
  | 'EF.DG11'
  | 'EF.DG12'
  | 'EF.DG13'
  | 'EF.DG14'
  | 'EF.DG15'
  | 'EF.DG16';

export type FileName = 'EF.ATR/INFO' | 'EF.CardAccess' | 'EF.CardSecurity' | 'EF.COM' | 'EF.SOD' | DataGroupName;

/** An elementary file (9303-10 §3.11, §4.7 Table 38). */
export interface ElementaryFile {
  readonly name: FileName;
  readonly directory: FileDirectory;
  readonly id: number;
  readonly shortId: number;
  /** Tag of its outermost data object; null for EF.ATR/INFO, which holds several. */
  readonly tag: number | null;
  /** The most bytes that are read of it. */
  readonly maxLength: number;
}

function file(
  name: FileName,
  directory: FileDirectory,
  id: number,
  shortId: number,
  tag: number | null,
  maxLength = 65_536,
): ElementaryFile {
  return { name, directory, id, shortId, tag, maxLength };
}

/** Every elementary file that the house reads, by name. */
export const elementaryFiles: { readonly [Name in FileName]: ElementaryFile } = {
  'EF.ATR/INFO': file('EF.ATR/INFO', 'MF', 0x2f01, 0x01, null, 256),
  'EF.CardAccess': file('EF.CardAccess', 'MF', 0x011c, 0x1c, 0x31),
  'EF.CardSecurity': file('EF.CardSecurity', 'MF', 0x011d, 0x1d, 0x30),
  'EF.COM': file('EF.COM', 'eMRTD', 0x011e, 0x1e, 0x60),
  'EF.SOD': file('EF.SOD', 'eMRTD', 0x011d, 0x1d, 0x77),
  'EF.DG1': file('EF.DG1', 'eMRTD', 0x0101, 0x01, 0x61),
  'EF.DG2': file('EF.DG2', 'eMRTD', 0x0102, 0x02, 0x75, most.portraitBytes),
  'EF.DG3': file('EF.DG3', 'eMRTD', 0x0103, 0x03, 0x63),
  'EF.DG4': file('EF.DG4', 'eMRTD', 0x0104, 0x04, 0x76),
  'EF.DG5': file('EF.DG5', 'eMRTD', 0x0105, 0x05, 0x65),
  'EF.DG6': file('EF.DG6', 'eMRTD', 0x0106, 0x06, 0x66),
  'EF.DG7': file('EF.DG7', 'eMRTD', 0x0107, 0x07, 0x67),
  'EF.DG8': file('EF.DG8', 'eMRTD', 0x0108, 0x08, 0x68),
  'EF.DG9': file('EF.DG9', 'eMRTD', 0x0109, 0x09, 0x69),
  'EF.DG10': file('EF.DG10', 'eMRTD', 0x010a, 0x0a, 0x6a),
  'EF.DG11': file('EF.DG11', 'eMRTD', 0x010b, 0x0b, 0x6b),
  'EF.DG12': file('EF.DG12', 'eMRTD', 0x010c, 0x0c, 0x6c),
  'EF.DG13': file('EF.DG13', 'eMRTD', 0x010d, 0x0d, 0x6d),
  'EF.DG14': file('EF.DG14', 'eMRTD', 0x010e, 0x0e, 0x6e),
  'EF.DG15': file('EF.DG15', 'eMRTD', 0x010f, 0x0f, 0x6f),
  'EF.DG16': file('EF.DG16', 'eMRTD', 0x0110, 0x10, 0x70),
};
