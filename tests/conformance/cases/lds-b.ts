import { encodeTlv } from '../../../main/document/tlv.ts';
import { type CaseTable, one, several } from '../base/case.ts';
import { conformanceDocument } from '../base/document.ts';
import { machineReadableZone, type ZoneFields, zone } from '../base/machine-readable-zone.ts';
import { withTag, withWrongLength } from '../base/parts.ts';

// The same zone in the chip and on the page.
const printed = (fields: ZoneFields) => () =>
  conformanceDocument('BAC', { page: zone(fields), groups: { 1: machineReadableZone(zone(fields)) } });

// The page stays as it is; the chip says otherwise.
const chipSays = (fields: ZoneFields) => () =>
  conformanceDocument('BAC', { groups: { 1: machineReadableZone(zone(fields)) } });

const file = (bytes: Uint8Array) => () => conformanceDocument('BAC', { groups: { 1: bytes } });
const whole = machineReadableZone(zone());

/** LDS_B: DG1. A wrong zone is printed as well wherever it is not the difference from the page that is tried. */
export const ldsB: CaseTable = {
  LDS_B_01: one('Optional data', printed({ optionalData: '12345678901234' })),
  LDS_B_02: one('A shortened given name', printed({ name: 'MUSTERMANN<<ERIKA<ALEXANDRA<MARIA<THERE' })),
  LDS_B_03: one('No given name', printed({ name: 'MUSTERMANN' })),
  LDS_B_04: one('Empty optional data with the check digit 0', printed({ optionalData: '', optionalDataDigit: '0' })),
  LDS_B_05: one('Wrong tag', file(withTag(whole, 0x62))),
  LDS_B_06: one('Length too small', file(withWrongLength(whole, -1))),
  LDS_B_07: one('Length too large', file(withWrongLength(whole, 1))),
  LDS_B_08: one('Unknown kind of document', printed({ documentCode: 'X' })),
  LDS_B_09: one('Issuing state with a digit', printed({ issuer: 'D1' })),
  LDS_B_10: one('Empty name', printed({ name: '' })),
  LDS_B_11: one('Another name than on the page', chipSays({ name: 'MUSTERMANN<<MAX' })),
  LDS_B_12: one('Another document number than on the page', chipSays({ documentNumber: 'C22T002JM' })),
  LDS_B_13: one('Wrong check digit of the document number', printed({ documentNumberDigit: '5' })),
  LDS_B_14: one('Nationality with a digit', printed({ nationality: 'D1' })),
  LDS_B_15: one('Birth date with a letter', printed({ birthDate: '96A812' })),
  LDS_B_16: one('Birth date that no calendar has', printed({ birthDate: '961332' })),
  LDS_B_17: one('Wrong check digit of the birth date', printed({ birthDateDigit: '3' })),
  LDS_B_18: several('Sex that is no code', { A: printed({ sex: 'A' }), '7': printed({ sex: '7' }) }),
  LDS_B_19: one('Expiry with a letter', printed({ expiryDate: '23A031' })),
  LDS_B_20: one('Expiry that no calendar has', printed({ expiryDate: '231332' })),
  LDS_B_21: one('Wrong check digit of the expiry', printed({ expiryDateDigit: '5' })),
  LDS_B_22: one('Wrong check digit of the optional data', printed({ optionalDataDigit: '5' })),
  LDS_B_23: one('Wrong composite check digit', printed({ compositeDigit: '5' })),
  LDS_B_24: one('No zone in DG1', file(encodeTlv(0x61))),
  LDS_B_25: one('Day of birth unknown', printed({ birthDate: '9608<<' })),
  LDS_B_26: one('Month of birth unknown', printed({ birthDate: '96<<12' })),
  LDS_B_27: one('Year of birth unknown', printed({ birthDate: '<<0812' })),
  LDS_B_28: one('Birth date unknown', printed({ birthDate: '<<<<<<' })),
};
