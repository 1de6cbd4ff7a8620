import type { Curve } from '../../crypto/curves.ts';
import { encodeDg1 } from '../../document/dg1.ts';
import { encodeTlv } from '../../document/tlv.ts';
import { concat, fromHex } from '../../result/bytes.ts';
import type { PlainDate } from '../../result/plain-date.ts';
import { answerToResetInformation, contactlessAnswerToReset } from '../chip/answer-to-reset.ts';
import type { Application, ChipProfile, ElementaryFile } from '../chip/chip-profile.ts';
import { readPaceProtocol } from '../chip/pace-protocols.ts';
import { standardisedCurve, standardisedCurveId } from '../chip/standardised-domain.ts';
import { bearerOf } from '../documents/people.ts';
import { type PrintedPage, printedPage } from '../documents/printed-page.ts';
import type { SpecimenResources } from '../documents/specimen.ts';
import type { OtherCard, TravelDocument } from '../documents/travel-document.ts';
import type { IssueHooks } from '../faults/fault-hooks.ts';
import { changedFiles, changedGroups } from './changed-files.ts';
import {
  activeAuthenticationInfos,
  activeAuthenticationKey,
  activeAuthenticationKeyInfo,
  agreementKey,
  chipAuthenticationInfos,
  chipAuthenticationKey,
  publicKeyInfo,
} from './clone-protection.ts';
import {
  activeAuthenticationGroup,
  commonData,
  documentDetails,
  extensibleFaceGroup,
  faceGroup,
  nationalDetails,
  type Portrait,
  paceInfo,
  personalDetails,
  securityInfos,
  securityOptions,
} from './data-groups.ts';
import { displayedSignature, optionalDetails, personsToNotify } from './optional-data-groups.ts';
import { cardSecurity, type SecurityObjectContent, securityObject } from './security-object.ts';

const travelDocumentApplication = fromHex('a0000002471001');
/** Every portrait has the size that tools/portraits draws, in pixels. */
const portraitWidth = 413;
const portraitHeight = 531;
const portraitOfTheForger = 'samira.jpg';

function portrait(file: string, resources: SpecimenResources): Portrait {
  const format = file.endsWith('.jp2') ? 'JPEG 2000' : 'JPEG';
  return { image: resources.portrait(file), format, width: portraitWidth, height: portraitHeight };
}

// What the keys of a chip follow from. A copy has the data of the original, so both have one number.
function genuine({ issuer, documentNumber }: TravelDocument): string {
  return `${issuer} ${documentNumber}`;
}

function cloneProtectionInfos(specimen: TravelDocument): Uint8Array[] {
  const { chipAuthentication = [], activeAuthentication } = specimen;
  return [
    ...chipAuthentication.flatMap((offer) => chipAuthenticationInfos(genuine(specimen), offer)),
    ...(activeAuthentication === undefined ? [] : activeAuthenticationInfos(activeAuthentication)),
  ];
}

// What the chip can prove: nothing of the original's where it is a copy.
function proofs(
  specimen: TravelDocument,
): Pick<ChipProfile, 'chipAuthentication' | 'activeAuthentication' | 'mappingKey'> {
  const { chipAuthentication = [], activeAuthentication, copied } = specimen;
  if (copied === 'without keys') return {};
  const label = copied === undefined ? genuine(specimen) : `copy of ${genuine(specimen)}`;
  const mapping = mappingOffer(specimen);
  return {
    chipAuthentication: chipAuthentication.map((offer) => chipAuthenticationKey(label, offer)),
    ...(activeAuthentication === undefined
      ? {}
      : { activeAuthentication: activeAuthenticationKey(label, activeAuthentication) }),
    ...(mapping === null ? {} : { mappingKey: agreementKey(`${label} mapping`, mapping.name) }),
  };
}

// The PACEInfo with chip authentication mapping, as the curve of its key.
function mappingOffer({ pace }: TravelDocument): Curve | null {
  const offer = pace.find(({ protocol }) => readPaceProtocol(protocol).mapping === 'CAM');
  return offer === undefined ? null : standardisedCurve(offer.parameterId);
}

// 9303-11 §9.2.1: the key whose number is the parameter of the PACEInfo, beside the PACEInfos themselves.
function cardSecurityInfos(specimen: TravelDocument, curve: Curve): Uint8Array {
  const key = agreementKey(`${genuine(specimen)} mapping`, curve.name);
  const number = standardisedCurveId(curve.name);
  const offers = (specimen.chipAuthentication ?? []).flatMap((offer) =>
    chipAuthenticationInfos(genuine(specimen), offer),
  );
  return securityInfos([...specimen.pace.map(paceInfo), publicKeyInfo(key, 'standardised', number), ...offers]);
}

// The data groups as the issuer signed them.
function signedDataGroups(
  specimen: TravelDocument,
  page: PrintedPage,
  resources: SpecimenResources,
): Map<number, Uint8Array> {
  const { surname, givenNames, birthDate } = bearerOf(specimen.holder);
  const face = portrait(specimen.portrait, resources);
  const groups = new Map([
    [1, encodeDg1(page.signedLines.join(''))],
    [2, specimen.faceStandard === undefined ? faceGroup(face, specimen.sex) : extensibleFaceGroup(face)],
  ]);
  if (specimen.details) {
    groups.set(
      11,
      personalDetails({
        surname,
        givenNames,
        birthDate,
        placeOfBirth: specimen.placeOfBirth,
        emptyField: specimen.emptyDetail === true,
      }),
    );
    groups.set(12, documentDetails('Styrk Specimen', page.issued));
  }
  if (specimen.nationalNumber !== undefined) groups.set(13, nationalDetails(specimen.nationalNumber));
  if (specimen.signature !== undefined) groups.set(7, displayedSignature(resources.portrait(specimen.signature)));
  if (specimen.optionalDetails !== undefined) groups.set(13, optionalDetails(specimen.optionalDetails));
  if (specimen.personsToNotify !== undefined) {
    groups.set(16, personsToNotify(specimen.personsToNotify, page.issued));
  }
  const options = [...specimen.pace.map(paceInfo), ...cloneProtectionInfos(specimen)];
  if (options.length > 0) groups.set(14, securityOptions(options));
  const { activeAuthentication } = specimen;
  if (activeAuthentication !== undefined)
    groups.set(15, activeAuthenticationGroup(activeAuthenticationKeyInfo(genuine(specimen), activeAuthentication)));
  return new Map([...groups].toSorted(([first], [second]) => first - second));
}

// What a forger then did to them.
function forgedDataGroups(
  specimen: TravelDocument,
  page: PrintedPage,
  resources: SpecimenResources,
): Map<number, Uint8Array> {
  const groups = new Map<number, Uint8Array>();
  if (specimen.forgery === 'name') groups.set(1, encodeDg1(page.lines.join('')));
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
  hooks: readonly IssueHooks[] = [],
): ChipProfile {
  const page = printedPage(specimen, today);
  const signed = changedGroups(signedDataGroups(specimen, page, resources), hooks);
  const groups = new Map([...signed, ...forgedDataGroups(specimen, page, resources)]);
  const { signer, hash, version, extendedLength, pace } = specimen;
  const content: SecurityObjectContent = {
    signer,
    hash,
    version,
    dataGroups: signed,
    issued: page.issued,
    expires: page.expires,
    form: specimen.securityObjectForm,
    certificate: (certificate) => hooks.reduce((made, hook) => hook.certificate?.(made) ?? made, certificate),
  };
  const sod = securityObject(hooks.reduce((made, hook) => hook.securityObject?.(made) ?? made, content));
  const mapping = mappingOffer(specimen);
  const face = groups.get(2);
  const masterFile = [
    ...(pace.length > 0 ? [elementaryFile('EF.CardAccess', 0x011c, securityInfos(pace.map(paceInfo)), 'free')] : []),
    ...(mapping === null
      ? []
      : [
          elementaryFile(
            'EF.CardSecurity',
            0x011d,
            cardSecurity({ signer, issued: page.issued, expires: page.expires }, cardSecurityInfos(specimen, mapping)),
            'protected',
          ),
        ]),
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
  const profile: ChipProfile = {
    answerToReset: contactlessAnswerToReset(extendedLength),
    masterFile: changedFiles(masterFile, hooks),
    applications: [
      {
        identifier: travelDocumentApplication,
        files: changedFiles(files, hooks),
        fileControlInformation: fileControlInformation(travelDocumentApplication),
      },
    ],
    basicAccessControl: specimen.basicAccessControl,
    pace,
    ...proofs(specimen),
    ...(specimen.quirks === undefined ? {} : { quirks: specimen.quirks }),
    passwords: { mrzInformation: page.mrzInformation, can: specimen.can },
    extendedLength,
    leavesField:
      specimen.leavesField && face !== undefined ? { file: 'EF.DG2', offset: Math.floor(face.length / 2) } : null,
  };
  return hooks.reduce((made, hook) => hook.profile?.(made) ?? made, profile);
}

// EF.DIR: a template for each application (ISO/IEC 7816-4 §12.2.1.1).
function directoryFile(identifiers: readonly string[]): Uint8Array {
  return concat(...identifiers.map((hex) => encodeTlv(0x61, encodeTlv(0x4f, fromHex(hex)))));
}

/** The chip of a card that is no travel document: it answers to its own applications, and no file but EF.DIR can be read. */
export function issueOtherCard(card: OtherCard): ChipProfile {
  const applications = card.applications.map((hex): Application => {
    const identifier = fromHex(hex);
    return { identifier, files: [], fileControlInformation: fileControlInformation(identifier) };
  });
  return {
    answerToReset: contactlessAnswerToReset(null),
    masterFile:
      card.directory === undefined ? [] : [elementaryFile('EF.DIR', 0x2f00, directoryFile(card.directory), 'free')],
    applications,
    basicAccessControl: false,
    pace: [],
    passwords: { mrzInformation: null, can: null },
    extendedLength: null,
    leavesField: null,
  };
}
