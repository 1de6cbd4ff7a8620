import { parseMrz } from '../../main/document/mrz.ts';
import { encodeTlv } from '../../main/document/tlv.ts';
import type { PlainDate } from '../../main/result/plain-date.ts';
import type { Specimen } from '../../main/simulator/documents/specimen.ts';
import { ListPublisher } from './list-publisher.ts';
import { MadeState, signerSerial } from './made-state.ts';

/** A state with a PKI of the test's own: what an administrator imports, and documents that it signed. */
export interface OwnCountry {
  /** A national master list with the state's CSCA, and the certificate that vouches for its signer. */
  readonly masterList: Uint8Array;
  readonly listSigner: Uint8Array;
  /** The CSCA's list as of today; with the document signer in it where that is revoked. */
  revocationList(signer: 'good' | 'revoked'): Uint8Array;
  /**
   * The same document, its EF.SOD signed by this state's signer: what the simulator's published keys signed is gone. With
   * `lines` it is another document in the same chip: DG1 holds them, and they open it.
   */
  issue(specimen: Specimen, lines?: readonly string[]): Specimen;
}

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Makes the PKI of a state by its two letters, valid around that day. Its signer signs documents of these types. */
export function ownCountry(country: string, today: PlainDate, documentTypes: readonly string[] = ['P']): OwnCountry {
  const state = new MadeState(country, today, 601);
  const publisher = new ListPublisher(603, (offset) => state.day(offset));
  const signer = { extensions: state.signerExtensions(...documentTypes) };
  return {
    masterList: publisher.masterList([state.authority]),
    listSigner: publisher.certificate,
    revocationList: (standing) =>
      state.revocationList(standing === 'good' ? {} : { number: 2, revoked: [signerSerial] }),
    issue: (specimen, lines) =>
      state.issue(lines === undefined ? specimen : withLines(specimen, lines, today), { signer }),
  };
}

function withLines(specimen: Specimen, lines: readonly string[], today: PlainDate): Specimen {
  const { chip } = specimen;
  const { information } = parseMrz(lines.join('\n'), today);
  const zone = encodeTlv(0x61, encodeTlv(0x5f1f, ascii(lines.join(''))));
  return {
    ...specimen,
    mrz: lines,
    files: new Map([...specimen.files, ['EF.DG1', zone]]),
    chip: { ...chip, passwords: { ...chip.passwords, mrzInformation: information } },
  };
}
