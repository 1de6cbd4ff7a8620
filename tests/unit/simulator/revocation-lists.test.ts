import { describe, expect, it } from 'vitest';
import { addDays, daysBetween } from '../../../main/result/plain-date.ts';
import { issueSpecimen } from '../../../main/simulator/documents/specimens.ts';
import { trainingAnchors } from '../../../main/simulator/issuing/issuers.ts';
import { revocationLists } from '../../../main/simulator/issuing/revocation-lists.ts';
import { listsDay } from '../../../main/simulator/training.ts';
import { parseSignedData } from '../../../main/trust/cms/cms.ts';
import { TrustStore } from '../../../main/trust/path/trust-store.ts';
import { acceptRevocationList } from '../../../main/trust/revocation/revocation-import.ts';
import { parseRevocationList } from '../../../main/trust/revocation/revocation-list.ts';
import { serialKey } from '../../../main/trust/revocation/revoked-certificates.ts';
import { parseCertificate } from '../../../main/trust/x509/certificate.ts';
import { specimenResources } from '../../support/specimen-resources.ts';
import { trainingIssuers } from '../../support/training-issuers.ts';
import { someDay } from './support.ts';

const date = listsDay(someDay);
const lists = revocationLists(date);

describe("the revocation lists of the specimens' authorities", () => {
  // RFC 5280 §6.3.3: whoever imports them takes them as any state's.
  it('are signed by an authority that training believes, each name once', async () => {
    const trust = new TrustStore(await trainingIssuers(trainingAnchors(), someDay));
    const taken = await Promise.all(lists.map((list) => acceptRevocationList(list, trust, someDay)));
    const names = new Set(trainingAnchors().map((anchor) => parseCertificate(anchor).subject.key));
    expect(new Set(taken.map(({ issuerKey }) => issuerKey))).toEqual(names);
    expect(taken).toHaveLength(names.size);
  });

  // 9303-12 §7.1.4: authorityKeyIdentifier and cRLNumber; §4.1.5: the next one within 90 days.
  it('have the profile of states', () => {
    for (const der of lists) {
      const { authorityKeyIdentifier, number, nextUpdate, thisUpdate } = parseRevocationList(der);
      expect(authorityKeyIdentifier).not.toBeNull();
      expect(Number(number)).toBeGreaterThan(0);
      expect(thisUpdate).toBe(date);
      expect(daysBetween(thisUpdate, nextUpdate ?? thisUpdate)).toBe(90);
    }
  });

  it('are the same each time, other ones with a higher number the next month', () => {
    expect(revocationLists(date)).toEqual(lists);
    const next = revocationLists(listsDay(addDays(date, 32)));
    const numbers = [next, lists].map(([first = new Uint8Array()]) => Number(parseRevocationList(first).number));
    expect(numbers[0]).toBe((numbers[1] ?? 0) + 1);
    expect(revocationLists(date)).toEqual(lists);
  });

  it('name the revoked signer and nobody else, whichever day its document was issued', () => {
    const named = lists.flatMap((der) => [...parseRevocationList(der).revoked.keys()]);
    const signerOn = (day: typeof someDay, id: string): string => {
      const sod = issueSpecimen(id, day, specimenResources).files.get('EF.SOD') ?? new Uint8Array();
      const [signer = new Uint8Array()] = parseSignedData(sod.subarray(4)).certificates;
      return serialKey(parseCertificate(signer).serialNumber);
    };
    expect(named).toEqual([signerOn(someDay, 'revoked-signer')]);
    expect(signerOn(addDays(someDay, 40), 'revoked-signer')).toBe(named[0]);
    expect(signerOn(someDay, 'se-passport')).not.toBe(named[0]);
  });
});
