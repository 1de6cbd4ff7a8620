import { expect, it } from 'vitest';
import { checkIn, runHere, temporaryFolder } from '../../support/side-door.ts';

const holderChecks = ['holder.personal-number', 'holder.name', 'holder.birth-date', 'holder.status'];

function trainingStation() {
  const training = ['--training', '--data', temporaryFolder(), '--json'];
  const run = (...argv: readonly string[]) => runHere([...argv, ...training]);
  const verify = (specimen: string, ...more: readonly string[]) =>
    run('verify', '--specimen', specimen, '--purpose', 'new-customer', '--face', 'same', '--sign', 'op', ...more);
  return { run, verify };
}

it('a new customer needs no holder: the person is taken from the document and is on file with the record', async () => {
  const { run, verify } = trainingStation();
  const verified = await verify('nl-passport');
  const { verdict, holder, record, document, checks } = verified.json();
  expect([verified.status, verdict]).toEqual([0, 'accept']);
  // They do not apply, and nobody says that they were made.
  expect(checks.filter(({ id }: { id: string }) => holderChecks.includes(id))).toEqual([]);
  expect(holder).toMatchObject({
    id: record.id,
    surname: document.holder.surname,
    birthDate: document.holder.birthDate,
    fromDocument: true,
  });
  const found = (await run('holders', 'find', record.id)).json().holders;
  expect(found).toMatchObject([{ id: record.id, surname: holder.surname, matchedBy: 'id' }]);
  expect((await run('records', 'show', record.id)).json().content.holder).toEqual(holder);

  // The document that made them a customer is known, with who saw it: it holds no number, and speaks for itself from now on.
  const { type, issuer, number } = document;
  expect(found[0].documents).toEqual([{ issuer, kind: type, number, seenBy: 'op', seenOn: expect.any(String) }]);
  const again = await run(
    ...['verify', '--specimen', 'nl-passport', '--purpose', 'large-transfer', '--face', 'same', '--holder', record.id],
  );
  expect(checkIn(again.json(), 'holder.personal-number')).toMatchObject({
    result: 'successful',
    detail: { source: 'known document' },
  });
  expect(again.json().verdict).toBe('accept');
  // A record holds who it was, and not what else the register knows.
  expect(again.json().holder).not.toHaveProperty('documents');
});

it('who comes a second time is on file already: shown, and referred', async () => {
  const { run, verify } = trainingStation();
  const first = (await verify('nl-passport')).json();
  const second = await verify('nl-passport');
  expect([second.status, second.json().verdict, second.json().holder]).toEqual([1, 'refer', null]);
  for (const id of ['holder.name', 'holder.birth-date']) {
    expect(checkIn(second.json(), id)).toMatchObject({
      result: 'undetermined',
      code: 'holder.on-file-already',
      detail: { onFile: [first.record.id] },
    });
  }
  expect((await run('holders', 'find', first.holder.surname)).json().holders).toHaveLength(1);
});

it('whose number is on file is known by it', async () => {
  const { verify } = trainingStation();
  const end = (await verify('se-passport')).json();
  expect(end.verdict).toBe('refer');
  expect(checkIn(end, 'holder.personal-number')).toMatchObject({ detail: { onFile: ['asa'] } });
});

it('is not on file where the case was not accepted', async () => {
  const { run } = trainingStation();
  const end = (await run('verify', '--specimen', 'nl-passport', '--purpose', 'new-customer')).json();
  expect([end.verdict, end.holder]).toEqual(['refer', null]);
  expect((await run('holders', 'find', end.document.holder.surname)).json().holders).toEqual([]);
});

it('naming a holder for a new customer is a misunderstanding, and told', async () => {
  const { verify } = trainingStation();
  const end = await verify('nl-passport', '--holder', 'asa');
  expect([end.status, end.json().error]).toMatchObject([
    2,
    { code: 'arguments.unusable', fields: { option: '--holder' } },
  ]);
});
