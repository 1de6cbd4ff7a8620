import { surveyCard } from '../../chip/card-survey.ts';
import { Failure } from '../../result/failure.ts';
import { endsReading, type InspectionRun } from '../facts.ts';

/**
 * What a card is that says it has no travel document: `failure`, with what was seen, or `document.new-kind`. A bank card or a
 * driving licence is told as what it is. What opens by PACE, or has an application that states give to cards, or lists ones
 * that nobody here knows, is a kind of card that this version has not met: no reading failed there (FIELD §5 no 7). Nothing
 * that is seen is of a person. Fails as the survey does where the card is gone.
 */
export async function otherCard(run: InspectionRun, failure: Failure): Promise<Failure> {
  const { answered, listed, kinds } = await surveyCard(run.channel, endsReading);
  const pace = run.facts.opened !== null || (run.contents.of('EF.CardAccess') ?? []).length > 0;
  const seen = {
    ...failure.fields,
    answered: answered.join(', '),
    listed: listed.join(', '),
    pace,
    answerToReset: run.input.answerToReset ?? null,
  };
  const known = (['payment', 'driving-licence'] as const).find((kind) => kinds.has(kind));
  if (known !== undefined) return new Failure(failure.code, { ...seen, kind: known });
  const isNew = pace || kinds.size > 0;
  return new Failure(isNew ? 'document.new-kind' : failure.code, seen);
}
