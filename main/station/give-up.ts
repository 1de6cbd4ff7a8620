import { app, dialog } from 'electron';
import { failureWords } from '../../resources/failures/failures.ts';
import { type Language, languageFor } from '../../resources/texts/languages.ts';
import { asFailure } from '../result/failure.ts';
import type { Log } from './log.ts';

/** The language of the system's user, before a window is there that knows better. */
export function systemLanguage(): Language {
  return languageFor(Intl.DateTimeFormat().resolvedOptions().locale);
}

/** Ends the app. No window is there yet: the platform's own box says what happened, in the language of its user. */
export function giveUp(thrown: unknown, log: Log): void {
  const { code, fields } = asFailure(thrown);
  log('start-failed', { code });
  const { happened, staff } = failureWords(systemLanguage(), code);
  const details = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  dialog.showErrorBox('Styrk', [happened, staff, code, ...details].join('\n'));
  app.exit(code.startsWith('arguments.') || code === 'data.kind' ? 2 : 3);
}
