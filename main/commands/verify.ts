import { randomUUID } from 'node:crypto';
import { failureWords } from '../../resources/failures/failures.ts';
import type { Holder } from '../holders/holder.ts';
import { holderChecksFor, personFor } from '../holders/holder-view.ts';
import type { House } from '../house/house.ts';
import type { Inspection } from '../inspection/types.ts';
import { asFailure, Failure } from '../result/failure.ts';
import type { FailureCode } from '../result/failure-codes.ts';
import type { Operator } from '../store/operators/operator.ts';
import { faceComparison } from '../verification/face-check.ts';
import type { EarlierReading } from '../verification/freshness.ts';
import { orderPlace } from '../verification/order-standing.ts';
import { type RegisterAnswer, registerAnswers, registerQuestion } from '../verification/register-check.ts';
import {
  type CaseFacts,
  type CaseHolder,
  type FaceComparison,
  type Policy,
  type Purpose,
  purposes,
} from '../verification/types.ts';
import { unusable } from './arguments.ts';
import { asInspection, closeCase, closedAgain, leftOpen, meanwhile } from './close-case.ts';
import type { Command, CommandCall } from './command.ts';
import { dayOption, givenDay } from './day-option.ts';
import { deciderOf } from './decider.ts';
import { errandAnswers, errandOptions } from './errand-options.ts';
import { folderWords, withHouse } from './folder-of-call.ts';
import { holderName } from './holder-name.ts';
import { inspectionAnswer } from './inspection-answer.ts';
import { inspectionText } from './inspection-text.ts';
import { type Keeping, type KeptRecord, keepPatiently } from './keep-patiently.ts';
import { printable } from './layout.ts';
import { orderAnswer, orderFile, orderGiven, orderOption, orderText, refuseHindered } from './order-option.ts';
import { readSavedFolder } from './saved-folder.ts';
import { tap, tapOptions, tapRequest, withGroups, withOrder } from './tap.ts';
import { queueOf } from './verify-queue.ts';

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: {
    holder: {
      kind: 'value',
      private: true,
      value: 'ID',
      help: 'the id of the person on record (see holders find); not for a new customer',
    },
    purpose: { kind: 'value', value: 'P', help: `why the person is here: ${purposes.join(', ')}` },
    face: {
      kind: 'value',
      value: 'ANSWER',
      help: "your own comparison of the living person in front of you with the document's photo: same, not-same or unsure",
    },
    reason: { kind: 'value', value: 'TEXT', help: 'why you answered so; needed for not-same and unsure' },
    ...errandOptions,
    register: {
      kind: 'value',
      value: 'ANSWER',
      help: "what the police's page answered of the document: valid, blocked or no-result; service asks the one that is set",
    },
    second: {
      kind: 'value',
      value: 'DIR',
      help: 'a residence permit beside the passport, as inspect --save saved it; where the policy takes two documents',
    },
    'second-specimen': { kind: 'value', value: 'NAME', help: 'a specimen as the second document; needs --training' },
    sign: { kind: 'value', value: 'TEXT', help: "who decides (default: the operating system's account)" },
    ...orderOption,
    ...tapOptions,
    ...dayOption,
  },
  description: [
    'A whole case: reads the document as inspect does, compares it with the holder, judges by the policy of the purpose, ' +
      'and seals a record. Without --face the comparison is undetermined and the verdict at most refer. A holder who is not ' +
      'on file is referred too. For a new customer no --holder is given: the person is taken from the document, and is on file ' +
      'with the record; whoever is on file already under the same number, or the same name and birth date, is referred. At a station that is set as attended (see station set) --face same also says that a living person ' +
      'was there; elsewhere nothing says so, and outside of training the verdict is at most refer. The decision in the record follows the verdict: go on, refer or stop. ' +
      'A referred case waits for a colleague, as at the desk: with operators, and in training (referrals list). ' +
      'Where the reading for an order comes to no end (the document is lifted, the key is wrong, you end it), nobody has decided anything: the case is abandoned, ' +
      'and the order waits for another try.',
    'An ordinary data folder needs its key (--passphrase-file); a training folder has its own. Exit status: 0 accepted ' +
      'and gone on with, 1 not accepted, or not gone on with (whoever signed in is no longer trained, or the order was confirmed meanwhile), 2 unusable arguments, 3 no reader, service or key (storage.locked).',
    'With --json: the object of inspect, and "purpose", "holder" (null where not on file; of a new customer who was accepted ' +
      'with "fromDocument": true), "record": { "id", "hash" }, null with --at: what is judged by another day is no case of today; ' +
      '"decision": { "outcome": "go-on" | "refer" | "stop" | "abandoned", "code", "reason", "by" } as the record holds it, null where "record" is; "code" says what ' +
      'kept an accepted case from going on (operator.lapsed, order.*), or why the reading for an order came to no end, else null; with --second or --second-specimen ' +
      '"second": { "document", "access", "checks", "reading" }. ' +
      '"waits": whether it was referred and waits for a colleague (referrals decide). ' +
      '"answer": the signed answer to a signed order (null without, and while a colleague is to decide). ' +
      '"order": the order with "hash", "boundBy", "nonce" and, where it was not confirmed after all, "hindrance"; null without one, and where it waits for another try. ' +
      'Where another process holds the folder for a minute after the reading, "record" is null too and the exit status 3.',
  ],
  examples: [
    'styrk verify --training --specimen se-passport --holder asa --purpose renew-bankid --face same',
    'styrk verify --training --specimen de-passport --purpose new-customer --face same',
    "styrk verify --holder 4711 --purpose large-transfer --face unsure --reason 'much younger on the photo' --can 482913",
  ],
  run: async (call) => {
    const { purpose, face, decider } = caseOptions(call);
    const file = orderFile(call);
    const tapping = tapRequest(call);
    const readers = tapping.specimen === null ? 'machine' : 'training';
    return withHouse(call, { key: 'needed', readers }, async (house, [operator]) => {
      if (operator !== undefined && decider !== null)
        throw unusable('here operators decide by their own sign-in', { option: '--sign' });
      house.refuseIfBusy(call.machine.patienceMillis);
      // What was looked at from here on is looked at once more, where somebody else wrote meanwhile.
      const judgedAt = house.writtenElsewhere();
      const order = await orderGiven(house, file);
      const request = withOrder(tapping, order);
      const begunAt = house.now();
      const policy = house.policy(purpose);
      const answers = errandAnswers(call, policy);
      if (registerWay(call) === 'service' && !house.services.isSet('register'))
        throw new Failure('service.not-set', { service: 'register' });
      const holder = await holderGiven(house, policy, call);
      refuseHindered(house, order, { purpose, holder });
      const place = orderPlace(policy, order);
      if (place !== null) throw new Failure(place);
      const earlier = earlierReading(house, policy, holder, call);
      // What was read for another case was not read for this order.
      if (earlier !== null && order !== null) throw new Failure('order.other-proof');
      const { inspection, taps } =
        earlier === null
          ? await tap(house, withGroups(request, policy), call)
          : { inspection: asInspection(earlier), taps: 0 };
      const second = await secondRead(house, policy, call);
      const answered = { ...answers, register: await registerAnswer(house, call, { inspection, operator }) };
      const closing = {
        id: randomUUID(),
        ...(second === null ? {} : { second }),
        purpose,
        holder,
        face,
        answers: answered,
        decider,
        operator,
        lapsed: operator !== undefined && house.keeping.operators.lapsed(operator),
        inspection,
        taps,
        begunAt,
        readAt: earlier?.readAt ?? house.now(),
        earlier,
        order,
      };
      const closed = leftOpen(closeCase(house, closing), inspection);
      const { checks, verdict } = closed;
      // Judged by another day than today's it is no case of today: it leaves no record that looks like one.
      const isOfToday = givenDay(call) === null;
      const { accessKey: key } = request.order;
      const ended = { purpose, holder, face, answers: answered, operator, inspection, second, key, order };
      const queue = queueOf(house, ended, closed.facts);
      const judge = () => closedAgain(house, closing, closed, () => earlierReading(house, policy, holder, call));
      const again = { judge, judgedAt };
      const how = { queue, asRole: operator?.role, again };
      const kept = isOfToday ? await keepOnce(house, closed.facts, how, call) : null;
      const facts = kept?.facts ?? closed.facts;
      const record = kept?.record ?? null;
      const waits = record !== null && queue.put !== undefined && facts.decision.outcome === 'refer';
      const against = kept?.against ?? closed.orderHindrance;
      const code = kept?.against ?? closed.hindrance;
      const decision = record === null ? null : { ...facts.decision, code };
      const answer =
        order?.source === 'signed' ? (house.answers.taken(order.order.issuer, order.order.id)?.answer ?? null) : null;
      // Of a protected identity staff see how the comparison ended, not what the register says.
      const viewer = operator?.role ?? null;
      const shown = facts.holder === null ? null : personFor(viewer, withoutRow(facts.holder));
      const told = holderChecksFor(viewer, facts.holder, checks);
      const judged = { inspection, checks: told, verdict, training: call.training, taps };
      const freshness = facts.freshness === undefined ? {} : { freshness: facts.freshness };
      call.answer(
        {
          ...inspectionAnswer(judged),
          ...(facts.second === undefined ? {} : { second: facts.second }),
          purpose,
          holder: shown,
          ...freshness,
          order: orderAnswer(facts.order, against),
          record,
          decision,
          waits,
          answer,
        },
        () => {
          const { holder } = facts;
          const name = shown === null ? null : printable(holderName(shown));
          const onFile = holder?.fromDocument === true ? `New on file: ${holder.id}\n` : '';
          const keptAs = record === null ? 'Record: none\n' : `Record: ${record.id}\nHash:   ${record.hash}\n`;
          const other = house.keeping.operators.state() === 'none' ? '--sign' : '--operator';
          const queued = waits
            ? `Waits for a colleague: styrk referrals decide ${facts.id} reject ${other} SIGN${folderWords(call)} (or accept --reason WHY)\n`
            : '';
          const rests = earlier === null ? '' : `Read:   ${earlier.readAt}, record ${earlier.recordId}\n`;
          const decided = record === null ? '' : decisionText(facts, code);
          return `${inspectionText(judged, name)}${decided}${orderText(facts, against)}${onFile}${rests}${keptAs}${queued}`;
        },
      );
      if (record === null && isOfToday) return 3;
      // What the record holds, not what the verdict would allow.
      return verdict.verdict === 'accept' && facts.decision.outcome === 'go-on' ? 0 : 1;
    });
  },
};

// The digest is for the record alone.
function withoutRow({ row: _, ...holder }: CaseHolder): CaseHolder {
  return holder;
}

const outcomeWords = { 'go-on': 'go on', refer: 'refer', stop: 'stop', abandoned: 'abandoned' } as const;

// The verdict alone would let an accepted case that was not gone on with look like one.
function decisionText({ decision }: CaseFacts, code: FailureCode | null): string {
  const why = code === null ? '' : `. ${failureWords('en', code).happened} (${code})`;
  return `Decision: ${outcomeWords[decision.outcome]}${why}\n`;
}

// Another case may have confirmed the same order meanwhile, or was referred with it: this one is stopped. Who decides may have been
// taken out, or another policy come: nobody has decided. It leaves its record all the same.
async function keepOnce(
  house: Pick<House, 'refuseIfBusy' | 'keepRecord' | 'policy' | 'writtenElsewhere'>,
  facts: CaseFacts,
  how: Keeping,
  call: CommandCall,
): Promise<{ readonly record: KeptRecord; readonly facts: CaseFacts; readonly against: FailureCode | null }> {
  try {
    return { record: await keepPatiently(house, facts, call, how), facts, against: null };
  } catch (thrown) {
    const { code } = asFailure(thrown);
    if (!meanwhile.includes(code)) throw thrown;
    const holder = facts.holder?.fromDocument === true ? null : facts.holder;
    const outcome = code.startsWith('order.') ? ('stop' as const) : ('abandoned' as const);
    const stopped = { ...facts, holder, decision: { ...facts.decision, outcome } };
    return { record: await keepPatiently(house, stopped, call), facts: stopped, against: code };
  }
}

// A new customer is nobody on file yet: whoever names one means another errand.
async function holderGiven(house: Pick<House, 'holder'>, policy: Policy, call: CommandCall): Promise<Holder | null> {
  const id = call.given.value('holder');
  if (policy.holder !== 'on-file') {
    if (id === null) return null;
    const why =
      policy.holder === 'nobody'
        ? 'nobody is looked up for this purpose'
        : 'the person is taken from the document, nobody is on file yet';
    throw unusable(why, { option: '--holder' });
  }
  if (id === null) throw unusable('the option is needed', { option: '--holder' });
  const holder = await house.holder(id);
  if (holder === null) call.note('The holder is not on file.');
  return holder;
}

const registerWays = [...registerAnswers, 'service'] as const;

function registerWay({ given }: CommandCall): (typeof registerWays)[number] | null {
  const answer = given.value('register');
  const known = registerWays.find((each) => each === answer);
  if (answer !== null && known === undefined)
    throw unusable(`one of ${registerWays.join(', ')}`, { option: '--register' });
  return known ?? null;
}

// Staff looked the document up that lay on the reader: its number is taken from the chip.
async function registerAnswer(
  house: Pick<House, 'services' | 'now' | 'operatingSystemUser'>,
  call: CommandCall,
  { inspection: { document }, operator }: { readonly inspection: Inspection; readonly operator: Operator | undefined },
): Promise<RegisterAnswer | null> {
  const way = registerWay(call);
  const question = registerQuestion(document);
  if (way === null || question === null) return null;
  const at = house.now();
  if (way !== 'service') {
    const { sign: person } = deciderOf(call.given.value('sign'), operator, house.operatingSystemUser);
    return { answer: way, by: 'staff', person, at, documentNumber: question.documentNumber };
  }
  const port = house.services.register();
  if (port === null) throw new Failure('service.not-set', { service: 'register' });
  return port.ask(question, at);
}

// A second document is read as the first one was, or was saved by a station that vouches for it.
async function secondRead(house: House, policy: Policy, call: CommandCall): Promise<Inspection | null> {
  const [directory, specimen] = [call.given.value('second'), call.given.value('second-specimen')];
  if (directory === null && specimen === null) return null;
  const option = directory === null ? '--second-specimen' : '--second';
  if (directory !== null && specimen !== null) throw unusable('--second or --second-specimen, not both');
  if (policy.documentsInCase === 'one') throw unusable('the policy of this purpose takes one document', { option });
  if (directory !== null) {
    const saved = readSavedFolder(directory);
    // Saved on another day it says nothing of what lies on the counter now.
    const madeFor = house.keeping.saved.madeFor(saved);
    if (madeFor !== null && madeFor !== house.today()) throw new Failure('case.evidence-old', { day: madeFor });
    return house.keeping.saved.judge(saved, { at: house.today(), day: 'clock' });
  }
  if (!call.training) throw new Failure('specimen.needs-training');
  const request = { specimen, reader: null, taps: 1, trace: null, order: { accessKey: null } };
  return (await tap(house, withGroups(request, policy), call)).inspection;
}

interface CaseOptions {
  readonly purpose: Purpose;
  readonly face: FaceComparison | null;
  readonly decider: string | null;
}

function caseOptions({ given }: CommandCall): CaseOptions {
  const purposeGiven = given.value('purpose');
  if (purposeGiven === null) throw unusable('the option is needed', { option: '--purpose' });
  const purpose = purposes.find((known) => known === purposeGiven);
  if (purpose === undefined) throw new Failure('purpose.unknown', { known: purposes.join(', ') });
  const answer = given.value('face');
  const reason = given.value('reason');
  if (answer === null && reason !== null) throw unusable('a reason belongs to --face', { option: '--reason' });
  return { purpose, face: answer === null ? null : faceOf(answer, reason), decider: given.value('sign') };
}

function faceOf(given: string, reason: string | null): FaceComparison {
  const answer = (['same', 'not-same', 'unsure'] as const).find((known) => known === given);
  if (answer === undefined) throw unusable('same, not-same or unsure', { option: '--face' });
  return faceComparison(answer, reason);
}

// The document in the hand is known by its number, and the person by their face: nothing of it was read today.
function earlierReading(
  house: Pick<House, 'earlierCase'>,
  policy: Policy,
  holder: Holder | null,
  { given }: CommandCall,
): EarlierReading | null {
  const recordId = given.value('reuse');
  if (recordId === null) return null;
  const documentNumber = given.value('same-document');
  if (documentNumber === null) throw unusable('needed with --reuse', { option: '--same-document' });
  if (given.value('at') !== null) throw unusable('an earlier reading counts today', { option: '--at' });
  return house.earlierCase({ recordId, policy, holder, documentNumber });
}
