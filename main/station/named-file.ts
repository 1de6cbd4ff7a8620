import { basename } from 'node:path';
import { longest } from '../result/bounds.ts';
import { asFailure, Failure } from '../result/failure.ts';
import { cleanText } from '../result/hidden-characters.ts';

/** Does something with a file that a person named: what fails names the file, and where it lies is nothing for a page. */
export async function namedFile<Answer>(
  path: string,
  act: (name: string) => Answer | Promise<Answer>,
): Promise<Answer> {
  const name = cleanText(basename(path)).slice(-longest.fileName);
  try {
    return await act(name);
  } catch (thrown) {
    const { code, fields } = asFailure(thrown);
    const { path: _, ...others } = fields;
    throw new Failure(code, { ...others, file: name }, thrown);
  }
}
