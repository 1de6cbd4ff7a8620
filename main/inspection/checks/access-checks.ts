import type { AccessEvidence } from '../../chip/access.ts';
import type { PaceInfo } from '../../chip/security-infos.ts';
import { type Check, successful, unsuccessful } from '../../result/check.ts';
import type { PlainFailure } from '../../result/failure.ts';

/** What happened on the way into the chip. A protocol that was not tried has neither evidence nor failure. */
export interface AccessFacts {
  /** EF.CardAccess or DG14 offers PACE in whatever form. */
  readonly paceOffered: boolean;
  /** Why an EF.CardAccess that is there does not tell what it offers; null where it does, or there is none. */
  readonly cardAccessUnclear: PlainFailure | null;
  /** The PACE of DG14 that EF.CardAccess kept from us though it is stronger than all that it offers. */
  readonly hidden: PaceInfo | null;
  readonly opened: AccessEvidence | 'plain' | null;
  readonly paceFailure: PlainFailure | null;
  readonly bacFailure: PlainFailure | null;
  /** What ended the reading before its end, null where it was whole. */
  readonly end: PlainFailure | null;
  /** Exchanges under secure messaging whose answers all verified. */
  readonly protectedExchanges: number;
}

const brokenSession = new Set([
  'secure-messaging.unprotected-answer',
  'secure-messaging.mac-wrong',
  'secure-messaging.malformed',
]);

function evidenceDetail(evidence: AccessEvidence) {
  const { protocol, mapping, agreement, parameters, cipher } = evidence;
  return { protocol, mapping, agreement, parameters, cipher };
}

/** `access.pace`, `access.bac`, `access.downgrade` and `secure-messaging` (TR-03135-1 §5.6.3): each once, made or not. */
export function accessChecks(facts: AccessFacts): readonly Check[] {
  return [pace(facts), bac(facts), downgrade(facts), secureMessaging(facts)];
}

function pace(facts: AccessFacts): Check {
  const { opened, paceFailure, end, cardAccessUnclear: unclear } = facts;
  if (opened !== null && opened !== 'plain' && opened.protocol === 'PACE') {
    return successful('access.pace', evidenceDetail(opened));
  }
  if (paceFailure !== null) {
    // What this version does not know says nothing about the document.
    const unknown = paceFailure.code === 'access.unsupported';
    const gone = isGone(paceFailure);
    const result = unknown ? 'undetermined' : gone ? 'aborted' : 'failed';
    return unsuccessful('access.pace', result, paceFailure.code, paceFailure.fields);
  }
  if (facts.paceOffered && opened !== null) return unsuccessful('access.pace', 'failed', 'access.pace-not-used');
  if (facts.paceOffered || (opened === null && end !== null && isGone(end))) {
    return unsuccessful('access.pace', 'aborted', end?.code ?? 'check.aborted');
  }
  if (unclear !== null) return unsuccessful('access.pace', 'undetermined', unclear.code, unclear.fields);
  return unsuccessful('access.pace', 'not supported', 'access.not-offered');
}

function bac(facts: AccessFacts): Check {
  const { opened, bacFailure, end } = facts;
  if (opened !== null && opened !== 'plain' && opened.protocol === 'BAC') {
    return successful('access.bac', evidenceDetail(opened));
  }
  if (opened !== null) return unsuccessful('access.bac', 'not supported', 'access.not-needed');
  if (bacFailure !== null) {
    if (bacFailure.code === 'access.not-offered') {
      return unsuccessful('access.bac', 'not supported', bacFailure.code, bacFailure.fields);
    }
    return unsuccessful('access.bac', isGone(bacFailure) ? 'aborted' : 'failed', bacFailure.code, bacFailure.fields);
  }
  return unsuccessful('access.bac', 'aborted', end?.code ?? 'check.aborted');
}

// EF.CardAccess must hold every PACEInfo of the chip (9303-11 §9.2.11) and is signed by nobody: who keeps the strongest
// from us gets the weaker one, or the mapping that does not prove the chip.
function downgrade(facts: AccessFacts): Check {
  const { opened, end, hidden, cardAccessUnclear: unclear } = facts;
  if (opened !== null && opened !== 'plain' && opened.protocol === 'PACE') {
    if (hidden === null) return successful('access.downgrade');
    const { protocol, mapping, agreement, cipher, parameterId } = hidden;
    const detail = { hidden: { protocol, mapping, agreement, cipher, parameterId } };
    return unsuccessful('access.downgrade', 'failed', 'access.stronger-pace-hidden', detail);
  }
  if (facts.paceOffered) {
    if (opened !== null) return unsuccessful('access.downgrade', 'failed', 'access.pace-not-used');
    return unsuccessful('access.downgrade', 'aborted', end?.code ?? 'check.aborted');
  }
  if (unclear !== null) return unsuccessful('access.downgrade', 'undetermined', unclear.code, unclear.fields);
  return unsuccessful('access.downgrade', 'not supported', 'access.not-offered');
}

function secureMessaging(facts: AccessFacts): Check {
  const { opened, end } = facts;
  if (end !== null && brokenSession.has(end.code)) {
    return unsuccessful('secure-messaging', 'failed', end.code);
  }
  if (opened === 'plain') return unsuccessful('secure-messaging', 'not supported', 'access.plain');
  if (opened === null) return unsuccessful('secure-messaging', 'aborted', end?.code ?? 'check.aborted');
  return successful('secure-messaging', { cipher: opened.cipher, exchanges: facts.protectedExchanges });
}

/** Whether the failure is of the card, the reader or the worker rather than of a protocol: then nothing was proved either way. */
export function isGone(failure: PlainFailure): boolean {
  return /^(card|reader|inspection)\./.test(failure.code);
}
