import { encodeTlv } from '../document/tlv.ts';
import { fromHex } from '../result/bytes.ts';
import type { PlainDate } from '../result/plain-date.ts';
import { answerToResetInformation, contactlessAnswerToReset } from './answer-to-reset.ts';
import type { Application, ChipProfile, ElementaryFile } from './chip-profile.ts';
import {
  commonData,
  documentDetails,
  faceGroup,
  machineReadableZone,
  type Portrait,
  personalDetails,
  securityInfos,
  securityOptions,
} from './data-groups.ts';
import { people } from './people.ts';
import { type PrintedPage, printedPage } from './printed-page.ts';
import { securityObject } from './security-object.ts';
import type { SpecimenResources } from './specimen.ts';
import type { OtherCard, TravelDocument } from './specimen-table.ts';

const travelDocumentApplication = fromHex('a0000002471001');
/** Every portrait has the size that tools/portraits draws, in pixels. */
const portraitWidth = 413;
const portraitHeight = 531;
const portraitOfTheForger = 'samira.jpg';

function portrait(file: string, resources: SpecimenResources): Portrait {
  const format = file.endsWith('.jp2') ? 'JPEG 2000' : 'JPEG';
  return { image: resources.portrait(file), format, width: portraitWidth, height: portraitHeight };
}

// The data groups as the issuer signed them.
function signedDataGroups(
  specimen: TravelDocument,
  page: PrintedPage,
  resources: SpecimenResources,
): Map<number, Uint8Array> {
  const { surname, givenNames, birthDate } = people[specimen.holder];
  const groups = new Map([
    [1, machineReadableZone(page.signedLines)],
    [2, faceGroup(portrait(specimen.portrait, resources), specimen.sex)],
  ]);
  if (specimen.details) {
    groups.set(11, personalDetails({ surname, givenNames, birthDate, placeOfBirth: specimen.placeOfBirth }));
    groups.set(12, documentDetails('Styrk Specimen', page.issued));
  }
  if (specimen.pace.length > 0) groups.set(14, securityOptions(specimen.pace));
  return groups;
}

// What a forger then did to them.
function forgedDataGroups(
  specimen: TravelDocument,
  page: PrintedPage,
  resources: SpecimenResources,
): Map<number, Uint8Array> {
  const groups = new Map<number, Uint8Array>();
  if (specimen.forgery === 'name') groups.set(1, machineReadableZone(page.lines));
  if (specimen.forgery === 'photo') groups.set(2, faceGroup(portrait(portraitOfTheForger, resources), specimen.sex));
  return groups;
}

// The signature stands last in EF.SOD: its last byte is the last one of s.
function withOtherSignature(file: Uint8Array): Uint8Array {
  return file.map((byte, index) => (index === file.length - 1 ? byte ^ 0x01 : byte));
}

function elementaryFile(
  name: string,
  identifier: number,
  contents: Uint8Array,
  access: ElementaryFile['access'],
): ElementaryFile {
  // For every file of Doc 9303 the short identifier is the last five bits of the identifier (9303-10 §3.11).
  return { name, identifier, shortIdentifier: identifier & 0x1f, contents, access };
}

function fileControlInformation(name: Uint8Array, ...more: readonly Uint8Array[]): Uint8Array {
  return encodeTlv(0x6f, encodeTlv(0x84, name), ...more);
}

/** Everything that the chip of a travel document holds and does, issued for that day. */
export function issueTravelDocument(
  specimen: TravelDocument,
  today: PlainDate,
  resources: SpecimenResources,
): ChipProfile {
  const page = printedPage(specimen, today);
  const signed = signedDataGroups(specimen, page, resources);
  const groups = new Map([...signed, ...forgedDataGroups(specimen, page, resources)]);
  const { signer, hash, version, extendedLength, pace } = specimen;
  const sod = securityObject({
    signer,
    hash,
    version,
    dataGroups: signed,
    issued: page.issued,
    expires: page.expires,
  });
  const face = groups.get(2);
  const masterFile = [
    ...(pace.length > 0 ? [elementaryFile('EF.CardAccess', 0x011c, securityInfos(pace), 'free')] : []),
    ...(extendedLength === null
      ? []
      : [elementaryFile('EF.ATR/INFO', 0x2f01, answerToResetInformation(extendedLength), 'free')]),
  ];
  const files = [
    elementaryFile('EF.COM', 0x011e, commonData(version === 'V0' ? '0107' : '0108', [...groups.keys()]), 'protected'),
    elementaryFile('EF.SOD', 0x011d, specimen.forgery === 'signature' ? withOtherSignature(sod) : sod, 'protected'),
    ...[...groups].map(([number, contents]) =>
      elementaryFile(`EF.DG${number}`, 0x0100 + number, contents, 'protected'),
    ),
  ];
  return {
    answerToReset: contactlessAnswerToReset(extendedLength),
    masterFile,
    applications: [
      {
        identifier: travelDocumentApplication,
        files,
        fileControlInformation: fileControlInformation(travelDocumentApplication),
      },
    ],
    basicAccessControl: specimen.basicAccessControl,
    pace,
    passwords: { mrzInformation: page.mrzInformation, can: specimen.can },
    extendedLength,
    leavesField:
      specimen.leavesField && face !== undefined ? { file: 'EF.DG2', offset: Math.floor(face.length / 2) } : null,
  };
}

/** The chip of a card that is no travel document: it answers to its own applications, and no file can be read. */
export function issueOtherCard(card: OtherCard): ChipProfile {
  const applications = card.applications.map((hex): Application => {
    const identifier = fromHex(hex);
    return { identifier, files: [], fileControlInformation: fileControlInformation(identifier) };
  });
  return {
    answerToReset: contactlessAnswerToReset(null),
    masterFile: [],
    applications,
    basicAccessControl: false,
    pace: [],
    passwords: { mrzInformation: null, can: null },
    extendedLength: null,
    leavesField: null,
  };
}
