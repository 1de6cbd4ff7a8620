import { readPaceProtocol } from '../../main/simulator/chip/pace-protocols.ts';
import { type SpecimenId, specimenIds } from '../../main/simulator/documents/specimen.ts';
import { specimenTable } from '../../main/simulator/documents/specimen-table.ts';
import type { TravelDocument } from '../../main/simulator/documents/travel-document.ts';
import { faultCatalogue } from '../../main/simulator/faults/fault-catalogue.ts';
import type {
  ActiveAuthenticationOffer,
  ChipAuthenticationOffer,
} from '../../main/simulator/issuing/clone-protection.ts';
import { type DocumentSigner, documentSigners } from '../../main/simulator/issuing/document-signers.ts';
import { issuingKey } from '../../main/simulator/issuing/issuing-keys.ts';

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [row(head), row(head.map(() => '---')), ...rows.map(row)];
}

function access({ pace, basicAccessControl, can, quirks }: TravelDocument): string {
  const offers = pace.map(({ protocol, parameterId, parametersUnnamed }) => {
    const { agreement, mapping, cipher } = readPaceProtocol(protocol);
    return `PACE-${agreement}-${mapping} ${cipher}, ${parametersUnnamed === true ? 'not named' : parameterId}`;
  });
  const all = [
    ...offers,
    ...(basicAccessControl ? ['BAC'] : []),
    ...(quirks?.noAccessControl === true ? ['none'] : []),
  ];
  return `${all.join('; ')}${can === null ? '' : ' (MRZ, CAN)'}`;
}

function chipKey({ domain, ciphers, keyId, form, keyAlone }: ChipAuthenticationOffer): string {
  const group = typeof domain === 'number' ? `DH group ${domain}` : domain;
  const number = keyId === undefined ? '' : `, key ${keyId}`;
  return `CA ${group} (${form}) ${ciphers.join(' and ')}${number}${keyAlone === true ? ', key alone' : ''}`;
}

function challengeKey(offer: ActiveAuthenticationOffer): string {
  switch (offer.scheme) {
    case 'ISO 9796-2':
      return `AA RSA-${offer.bits}, ${offer.hash}, ${offer.trailer} trailer`;
    case 'RSASSA-PSS':
      return `AA RSA-${offer.bits} PSS, ${offer.hash}`;
    case 'ECDSA':
      return `AA ECDSA ${offer.curve} (${offer.parameters}), ${offer.hash}, ${offer.form}`;
  }
}

function cloneProtection({ pace, chipAuthentication = [], activeAuthentication, copied }: TravelDocument): string {
  const mapping = pace.some(({ protocol }) => readPaceProtocol(protocol).mapping === 'CAM') ? ['PACE-CAM'] : [];
  const active = activeAuthentication === undefined ? [] : [challengeKey(activeAuthentication)];
  const offered = [...mapping, ...chipAuthentication.map(chipKey), ...active].join('; ') || 'none';
  return copied === undefined ? offered : `${offered}: copied ${copied}`;
}

function dataGroups(specimen: TravelDocument): string {
  const {
    details,
    nationalNumber,
    signature,
    optionalDetails,
    personsToNotify,
    pace,
    chipAuthentication = [],
    activeAuthentication,
  } = specimen;
  const fourteen =
    pace.length + chipAuthentication.length > 0 || (activeAuthentication?.scheme ?? 'ISO 9796-2') !== 'ISO 9796-2';
  const numbers = [
    1,
    2,
    ...(signature === undefined ? [] : [7]),
    ...(details ? [11, 12] : []),
    ...((nationalNumber ?? optionalDetails) === undefined ? [] : [13]),
    ...(fourteen ? [14] : []),
    ...(activeAuthentication === undefined ? [] : [15]),
    ...(personsToNotify === undefined ? [] : [16]),
  ];
  return numbers.join(', ');
}

function signer({ signer: id, hash }: TravelDocument): string {
  const { key, scheme, digestAlgorithm }: DocumentSigner = documentSigners[id];
  const own = issuingKey(key);
  const name = own.kind === 'EC' ? `ECDSA ${own.curve.name}` : scheme.name;
  const other = digestAlgorithm === undefined ? '' : `, digest ${digestAlgorithm}`;
  return `${name} ${scheme.hash}${other}; hashes ${hash}`;
}

function oddities(specimen: TravelDocument): string {
  const { quirks = {}, faceStandard, securityObjectForm, emptyDetail, forgery, leavesField } = specimen;
  const met = Object.entries(quirks).map(([name, value]) => {
    const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
    return value === true
      ? words
      : `${words} ${typeof value === 'number' && value > 0x1000 ? value.toString(16) : value}`;
  });
  return [
    ...met,
    ...(faceStandard === undefined ? [] : [`DG2 of ${faceStandard}`]),
    ...(securityObjectForm === undefined ? [] : [`EF.SOD: ${securityObjectForm}`]),
    ...(emptyDetail === true ? ['empty field in DG11'] : []),
    ...(forgery === null ? [] : [`forged ${forgery}`]),
    ...(leavesField ? ['leaves the field'] : []),
  ].join('; ');
}

function documentRow(id: SpecimenId): readonly string[] | null {
  const specimen = specimenTable[id];
  if (specimen.kind === 'other card') return null;
  const { verdict, check, code } = specimen.expected.inspect;
  return [
    `\`${id}\``,
    specimen.issuer,
    specimen.format,
    access(specimen),
    specimen.extendedLength === null ? 'short' : `extended, ${specimen.extendedLength.maxCommand}`,
    signer(specimen),
    cloneProtection(specimen),
    dataGroups(specimen),
    oddities(specimen),
    check === null ? verdict : `${verdict} (\`${check}\`, \`${code}\`)`,
  ];
}

/** docs/documents.md. */
export function documentsPage(): string {
  const documents = specimenIds.map(documentRow).filter((cells) => cells !== null);
  const head = [
    'specimen',
    'state',
    'format',
    'access',
    'length',
    'EF.SOD',
    'against copies',
    'data groups',
    'oddities',
    'result',
  ];
  return `${[
    '# Documents',
    '',
    'Written from the specimens by `node tools/documents/write.ts`; a test compares it with them. A row is one combination that the field is known for, not a statement about every document of that state: keys, persons and issuers are made up, and so are most parameters. The result is that of an inspection by the policy `document` in a training folder.',
    '',
    'CA is chip authentication, AA active authentication. A number after a cipher is the standardised domain parameter (9303-11 §9.5.1).',
    '',
    ...table(head, documents),
    '',
    `${documents.length} documents.`,
  ].join('\n')}\n`;
}

/** docs/faults.md. */
export function faultsPage(): string {
  const layers = [...new Set(faultCatalogue.map(({ layer }) => layer))];
  const sections = layers.flatMap((layer) => [
    `## ${layer[0]?.toUpperCase()}${layer.slice(1)}`,
    '',
    ...table(
      ['fault', 'specimen', 'what is wrong', 'inspection'],
      faultCatalogue
        .filter((fault) => fault.layer === layer)
        .map(({ name, specimen, description, expected }) => [`\`${name}\``, `\`${specimen}\``, description, expected]),
    ),
    '',
  ]);
  return `${[
    '# Faults',
    '',
    `Written from the catalogue by \`node tools/documents/write.ts\`. \`styrk chip SPECIMEN --fault NAME\` plays one; several go together. ${faultCatalogue.length} have a name here; five more take a number or stand alone (\`styrk chip --help\`). \`accept\` is expected where a chip is only odd, or where what is wrong is for another check than the document's to say. A test makes each of them in process.`,
    '',
    ...sections,
  ]
    .join('\n')
    .trimEnd()}\n`;
}
