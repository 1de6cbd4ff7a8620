import { performBac } from '../../chip/bac.ts';
import { performPace } from '../../chip/pace.ts';
import { asFailure, Failure } from '../../result/failure.ts';
import { withDelay } from '../access-delay.ts';
import { offerPace } from '../checks/pace-offer.ts';
import { endsReading, type InspectionRun, readInto } from '../facts.ts';
import { otherCard } from './other-card.ts';

/** EF.CardAccess, free to read: whether and how the chip offers PACE (9303-11 §4.2 step 1). */
export async function readCardAccess(run: InspectionRun): Promise<void> {
  await readInto(run, 'EF.CardAccess');
}

/**
 * Opens the chip: PACE where it is offered, else BAC, else in plain where the chip asks for nothing (9303-11 §4.2). A
 * PACE that fails for another reason than its password is followed by one BAC, on a card that was reset; `access.downgrade` shows that, and no
 * verdict is ever `accept` after it.
 */
export async function openChip(run: InspectionRun): Promise<void> {
  const { facts, input, channel } = run;
  run.takeSlowest();
  const cardAccess = run.contents.of('EF.CardAccess') ?? [];
  if (offerPace(cardAccess)) {
    const key = input.accessKey;
    if (key === null) throw keepPaceFailure(run, new Failure('access.key-missing'));
    try {
      const { evidence, mappingEvidence } = await performPace(channel, cardAccess, key, input.random);
      facts.opened = evidence;
      facts.mappingEvidence = mappingEvidence;
    } catch (thrown) {
      const failure = keepPaceFailure(run, withDelay(asFailure(thrown), run.takeSlowest()));
      if (!mayTryBac(run, failure)) throw failure;
      // A chip that waits for the rest of PACE refuses whatever comes (6883, 6988): from a card that was reset nothing is under
      // way any more (9303-11 §9.3.1.2). Where the reader cannot, the SELECT below is all there is.
      await input.transport.reset?.();
    }
  }
  facts.plainExchanges = run.count().exchanges;
  // In the master file, where PACE leaves us: the key that the mapping is compared with (9303-11 §4.4.3.5).
  if (facts.mappingEvidence !== null) await readInto(run, 'EF.CardSecurity');
  const refusal = await selectRefusal(run);
  if (facts.opened === null) await openWithoutPace(run, refusal);
}

/**
 * Selects the application. Before BAC a chip may answer the plain SELECT by 6982 as well as by 9000 (9303-11 §4.3.2): that
 * refusal comes back, for BAC may follow it. A chip of PACE that refuses it (§4.4.2) asks for PACE, and no other way is tried
 * on it. Null where it is selected; fails as the SELECT does where it failed otherwise.
 */
async function selectRefusal(run: InspectionRun): Promise<Failure | null> {
  const { facts, files } = run;
  try {
    await files.selectApplication();
    return null;
  } catch (thrown) {
    const failure = asFailure(thrown);
    const mayBeBac = facts.opened === null && facts.paceFailure === null && failure.fields.status === '6982';
    if (failure.code === 'access.refused' && mayBeBac) return failure;
    throw failure.code === 'document.no-application' ? await otherCard(run, failure) : failure;
  }
}

function keepPaceFailure(run: InspectionRun, failure: Failure): Failure {
  run.facts.paceFailure = failure;
  return failure;
}

// A wrong password is never tried twice: the chip delays its next answer longer each time.
function mayTryBac(run: InspectionRun, failure: Failure): boolean {
  const passwordWrong = failure.code === 'access.wrong-key' || failure.code === 'access.wrong-key-maybe';
  return !passwordWrong && !endsReading(failure) && run.input.accessKey?.kind === 'mrz';
}

// `refusal` is that of the SELECT: then nothing can be free to read, and after BAC the application is selected once more.
async function openWithoutPace(run: InspectionRun, refusal: Failure | null): Promise<void> {
  const { facts, input, channel } = run;
  const key = input.accessKey;
  if (key?.kind !== 'mrz') {
    const failure = new Failure(key === null ? 'access.key-missing' : 'access.can-unusable');
    if (refusal === null && (await readsInPlain(run))) return;
    facts.bacFailure = failure;
    throw failure;
  }
  try {
    const { evidence } = await performBac(channel, key.information, input.random);
    facts.opened = evidence;
    facts.plainExchanges = run.count().exchanges;
  } catch (thrown) {
    const failure = withDelay(asFailure(thrown), run.takeSlowest());
    const noKeyRefused = failure.code === 'access.bac-failed' || failure.code === 'access.not-offered';
    if (noKeyRefused && refusal === null && (await readsInPlain(run))) return;
    facts.bacFailure = failure;
    throw noKeyRefused ? (refusal ?? failure) : failure;
  }
  if (refusal !== null) await run.files.selectApplication();
}

// Old chips without access control are still met (9303-11 §4.1): the security object is then free to read.
async function readsInPlain(run: InspectionRun): Promise<boolean> {
  const bytes = await readInto(run, 'EF.SOD');
  if (bytes === null) return false;
  run.facts.opened = 'plain';
  return true;
}
