import type { CaseView } from '../../preload/contract.ts';
import type { House } from '../house/house.ts';
import { Failure } from '../result/failure.ts';
import type { Answers } from './answers.ts';
import { answersOf, type CaseFile, checksOf, documentOf, roleOf } from './case-file.ts';
import { reasonFrom } from './decision.ts';

type ErrandMethod = 'case.lookAtPaper' | 'case.askAge' | 'case.sayWhyNotEid';

/** The answers of staff that the policy of the errand asks for. Fails with `case.not-open` where it does not ask. */
export function errandAnswers(around: {
  readonly house: Pick<House, 'policy'>;
  readonly opened: () => CaseFile;
  readonly changed: () => null;
}): Pick<Answers, ErrandMethod> {
  const { house, opened, changed } = around;
  const asked = () => {
    const file = opened();
    if (file.purpose === null) throw new Failure('case.not-open', { step: 'decide' });
    return { file, policy: house.policy(file.purpose) };
  };
  return {
    'case.lookAtPaper': (found) => {
      const { file, policy } = asked();
      if (policy.paper === 'none') throw new Failure('case.not-open', { step: 'decide' });
      file.answers.paper = Object.keys(found).length === 0 ? null : found;
      file.paperOf = documentOf(file);
      return changed();
    },
    'case.askAge': (limit) => {
      const { file, policy } = asked();
      if (policy.age === null || !policy.age.limits.includes(limit))
        throw new Failure('case.not-open', { step: 'decide' });
      file.answers.ageLimit = limit;
      return changed();
    },
    'case.sayWhyNotEid': (text) => {
      const { file, policy } = asked();
      if (policy.whyNotEid === 'none') throw new Failure('case.not-open', { step: 'decide' });
      file.answers.whyNotEid = reasonFrom(text);
      return changed();
    },
  };
}

/** What the errand asks of staff, and what they have said so far. */
export function asksOf(house: Parameters<typeof checksOf>[0], file: CaseFile): CaseView['asks'] {
  if (file.purpose === null) return { paper: null, age: null, whyNotEid: null, reasons: null };
  const policy = house.policy(file.purpose);
  const { paper, ageLimit, whyNotEid } = answersOf(file);
  const specimen = file.reading.evidence.inspection?.specimen ?? false;
  const reasons = house.reasonsToGoOn(policy, checksOf(house, file), specimen, roleOf(file));
  const [first = null] = policy.age?.limits ?? [];
  return {
    paper: policy.paper === 'none' ? null : { required: policy.paper === 'required', found: paper },
    age: policy.age === null || first === null ? null : { limits: [...policy.age.limits], limit: ageLimit ?? first },
    whyNotEid: policy.whyNotEid === 'none' ? null : { required: policy.whyNotEid === 'required', said: whyNotEid },
    reasons: reasons === null ? null : [...reasons],
  };
}
