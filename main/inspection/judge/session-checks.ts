import type { ChipAuthenticationMappingEvidence } from '../../chip/access.ts';
import { verifyActiveAuthentication } from '../../chip/active-authentication-signature.ts';
import { curveGroup } from '../../chip/curve-group.ts';
import { curveByName, curveNames } from '../../crypto/curves.ts';
import { fromHex } from '../../result/bytes.ts';
import { type Check, unsuccessful } from '../../result/check.ts';
import { asFailure, Failure } from '../../result/failure.ts';
import type { FailureCode } from '../../result/failure-codes.ts';
import { accessChecks } from '../checks/access-checks.ts';
import {
  type ActiveAuthenticationFinding,
  activeAuthenticationCheck,
  type ChipAuthenticationFinding,
  chipAuthenticationCheck,
  type DataGroupStanding,
} from '../checks/clone-protection.ts';
import { type OrderProof, withOrder } from '../checks/order-proof.ts';
import { paceCamCheck } from '../checks/pace-cam.ts';
import { cardAccessUnclear, hidesStrongerPace, offerPace } from '../checks/pace-offer.ts';
import type { SavedFacts } from '../evidence.ts';
import type { Contents } from './contents.ts';
import { endOf, type Facts, unreadIn } from './facts.ts';
import { isIdentical, isSigned } from './passive-checks.ts';
import { openingIds } from './session.ts';

const protocolInfo = { 14: 'ChipAuthenticationInfo', 15: 'ActiveAuthenticationInfo' } as const;

/** How the chip was opened; of a chip that nobody saw, that nobody saw it. */
export function openingChecks(facts: Facts, contents: Contents): readonly Check[] {
  const session = facts.evidence.facts;
  if (session === null) return openingIds.map((id) => unsuccessful(id, 'undetermined', notSeen(facts)));
  const [cardAccess, dataGroup14] = [contents.of('EF.CardAccess'), contents.of('EF.DG14')];
  const made = accessChecks({
    // An EF.CardAccess that somebody keeps from us is still repeated in DG14.
    paceOffered: offerPace(cardAccess) || offerPace(dataGroup14),
    cardAccessUnclear: cardAccessUnclear(unreadIn(facts, 'EF.CardAccess') ?? contents.malformed('EF.CardAccess')),
    hidden: hidesStrongerPace(cardAccess, dataGroup14),
    opened: session.opened,
    paceFailure: session.paceFailure,
    bacFailure: session.bacFailure,
    end: session.end,
    protectedExchanges: session.count.exchanges - session.plainExchanges,
  });
  return made.map((check) => believed(facts, check));
}

/** What tells the chip from a copy of its files. `checks` are those of passive authentication. */
export function proofChecks(facts: Facts, contents: Contents, checks: readonly Check[]): readonly Check[] {
  const session = facts.evidence.facts;
  const end = endOf(facts);
  const standing = (number: 14 | 15): DataGroupStanding => ({
    number,
    signed: isSigned(checks),
    announced: contents.announced?.has(number) ?? false,
    identical: isIdentical(checks, `DG${number}`),
    promised: contents.of('EF.DG14')?.some(({ kind }) => kind === protocolInfo[number]) ?? false,
    failure: unreadIn(facts, `EF.DG${number}`) ?? contents.malformed(`EF.DG${number}`),
  });
  const { announced, identical, signed } = standing(14);
  const mappingFacts = {
    ...facts.passive,
    dataGroup14: contents.of('EF.DG14'),
    dataGroup14Announced: announced,
    dataGroup14Verified: identical && signed,
  };
  return [
    chipAuthenticationCheck(chipFinding(session), standing(14), end),
    withOrder(
      activeAuthenticationCheck(activeFinding(session, contents), standing(15), end),
      orderProof(session, facts.order),
    ),
    paceCamCheck(mappingOf(session?.mapping ?? null), mappingFacts, end),
  ].map((check) => believed(facts, check));
}

function notSeen({ doubt }: Facts): FailureCode {
  return doubt ?? 'file.not-read';
}

// What is wrong stays wrong, whoever tells it.
function believed(facts: Facts, check: Check): Check {
  const session = facts.evidence.facts;
  const believed = session !== null && facts.doubt === null;
  if (believed || check.result === 'failed' || check.result === 'aborted') return check;
  const recorded = session === null ? {} : { recorded: check.result };
  return unsuccessful(check.id, 'undetermined', notSeen(facts), recorded);
}

function chipFinding(session: SavedFacts | null): ChipAuthenticationFinding | null {
  const found = session?.chipAuthentication ?? null;
  if (found === null || 'failure' in found) return found;
  return { evidence: found.evidence, proven: found.verifiedAnswers > 0 };
}

// The signature is verified here, with the key and the algorithm that the files name; the answer alone is evidence.
function activeFinding(session: SavedFacts | null, contents: Contents): ActiveAuthenticationFinding | null {
  const found = session?.activeAuthentication ?? null;
  const dataGroup15 = contents.of('EF.DG15');
  if (dataGroup15 === null) return null;
  const { key } = dataGroup15;
  if (key === null) return { answer: null, failure: new Failure('active-authentication.unsupported') };
  if (found === null) return null;
  if ('failure' in found) return { answer: null, failure: found.failure };
  const answer = { challenge: fromHex(found.challenge), response: fromHex(found.response) };
  try {
    const infos = contents.of('EF.DG14') ?? [];
    return { answer, signature: verifyActiveAuthentication(key, infos, answer.challenge, answer.response) };
  } catch (thrown) {
    return { answer, failure: asFailure(thrown) };
  }
}

// Of files whose chip nobody saw it is not known what for it was read: that is told already (`notSeen`).
function orderProof(session: SavedFacts | null, asked: string | null): OrderProof {
  const answer = session?.activeAuthentication ?? null;
  const answered = answer === null || 'failure' in answer ? null : answer;
  return {
    asked: session === null ? null : asked,
    made: session?.order ?? null,
    nonce: answered?.nonce ?? null,
    challenge: answered === null ? null : fromHex(answered.challenge),
  };
}

function mappingOf(saved: SavedFacts['mapping']): ChipAuthenticationMappingEvidence | null {
  const name = curveNames.find((candidate) => candidate === saved?.curve);
  if (saved === null || name === undefined) return null;
  return {
    group: curveGroup(curveByName(name)),
    parameterId: saved.parameterId,
    chipMappingKey: fromHex(saved.chipMappingKey),
    chipAuthenticationData: saved.chipAuthenticationData === null ? null : fromHex(saved.chipAuthenticationData),
  };
}
