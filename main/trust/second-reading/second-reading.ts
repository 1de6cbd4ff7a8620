import { parseSignedData } from '../cms/cms.ts';
import { parseRevocationList } from '../revocation/revocation-list.ts';
import { parseCertificate } from '../x509/certificate.ts';
import { type Difference, differences, type Facts, factsOf } from './facts.ts';
import type { ReadTwiceKind } from './kinds.ts';
import {
  ourCertificateFacts,
  ourListedCertificates,
  ourRevocationFacts,
  ourSignedDataFacts,
  setFacts,
} from './our-facts.ts';
import { theirCertificateFacts } from './their-certificate.ts';
import { theirListedCertificates, theirRevocationFacts, theirSignedDataFacts } from './their-lists.ts';

/**
 * The second reading of what the station believes, by a hand of others (PKI.js and asn1js): do both hands read the same? What
 * reads for a verdict is our own (docs/decisions/0003); where the hands disagree, nobody can say which is right, so what rests
 * on it is believed less, never more. What the second hand cannot read says nothing.
 */

/** How both readings of one thing came out. `unread`: one of the hands could not read it, and nothing follows from that. */
export interface SecondReading {
  readonly result: 'agree' | 'differ' | 'unread';
  readonly differences: readonly Difference[];
  /** The fields that both hands told, and those that the second could not tell. */
  readonly compared: readonly string[];
  readonly untold: readonly string[];
}

/** Reads one thing with both hands. Never throws; bounded by the bounds of both. */
export function readTwice(kind: ReadTwiceKind, bytes: Uint8Array): SecondReading {
  const { ours, theirs } = hands[kind];
  try {
    return compared(ours(bytes), theirs(bytes));
  } catch {
    // Whatever it was, it is no disagreement: a hand that stumbles has read nothing.
    return { result: 'unread', differences: [], compared: [], untold: [] };
  }
}

/** Two sets of facts side by side. */
export function compared(ours: Facts, theirs: Facts): SecondReading {
  const found = differences(ours, theirs);
  const fields = [...ours.keys()];
  return {
    result: found.length === 0 ? 'agree' : 'differ',
    differences: found,
    compared: fields.filter((field) => theirs.has(field)),
    untold: fields.filter((field) => !theirs.has(field)),
  };
}

type Hand = (bytes: Uint8Array) => Facts;

const hands: Readonly<Record<ReadTwiceKind, { readonly ours: Hand; readonly theirs: Hand }>> = {
  certificate: { ours: (bytes) => ourCertificateFacts(parseCertificate(bytes)), theirs: theirCertificateFacts },
  'revocation-list': { ours: (bytes) => ourRevocationFacts(parseRevocationList(bytes)), theirs: theirRevocationFacts },
  'master-list': {
    ours: (bytes) => {
      const data = parseSignedData(bytes);
      return new Map([...ourSignedDataFacts(data), ...listed(ourListedCertificates(data.content))]);
    },
    theirs: (bytes) => new Map([...theirSignedDataFacts(bytes), ...listed(theirListedCertificates(bytes))]),
  },
};

function listed(fingerprints: readonly string[]): Facts {
  return factsOf(setFacts('listed certificates', fingerprints));
}
