import { failureWords } from '../../resources/failures/failures.ts';
import type { ServerState } from '../answer/ways/bank-service.ts';
import type { FolderState } from '../answer/ways/folder-fault.ts';
import { printable } from './layout.ts';

const calledFor: Readonly<Record<NonNullable<ServerState['call']>, string>> = {
  orders: 'asked for orders',
  answers: 'posted an answer',
  refused: 'told of a refusal',
};

/** How the server of a system answers, in a line for administrators. */
export function serverText(system: string, { code, call, detail, since }: ServerState): string {
  if (code === null || call === null) return `Server: ${system}, reached since ${since}`;
  const known = detail === null ? code : `${code}, ${detail}`;
  return `Server: ${system}, not as it should be since ${since}, ${calledFor[call]}: ${failureWords('en', code).happened} (${known})`;
}

/** How a drop folder is, in a line for administrators. */
export function folderText(path: string, { code, detail, since }: FolderState): string {
  if (code === null) return `Folder: ${printable(path)}, looked into again since ${since}`;
  return `Folder: ${printable(path)}, not as it should be since ${since}: ${faultText(code, detail)}`;
}

/** What is wrong with a drop folder. */
export function faultText(code: NonNullable<FolderState['code']>, detail: string | null): string {
  return `${failureWords('en', code).happened} (${detail === null ? code : `${code}, ${detail}`})`;
}
