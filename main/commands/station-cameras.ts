import { type CameraUse, cameraUses } from '../result/camera-uses.ts';
import { cleanText } from '../result/hidden-characters.ts';
import { unusable } from './arguments.ts';
import type { Command } from './command.ts';
import { withKeeping } from './folder-of-call.ts';
import { columns, printable } from './layout.ts';

const camera = (help: string) => ({ kind: 'value', value: 'NAME', help }) as const;
/** What is given for the camera that the system names first. */
const first = 'first';

export const command: Command = {
  positionals: '',
  fewest: 0,
  most: 0,
  options: { face: camera('films faces'), lines: camera("films the lines of a document's page") },
  description: [
    'Which camera films what at this station, where there are several: by the name that the system gives it, or "first" for the one that ' +
      'it names first. Staff choose at the desk while it is open; at a kiosk, where nobody can, it is said here, and styrk doctor tells ' +
      'by what names the kiosk has seen cameras. One that is not there films nothing: no other one takes its place. Two cameras of one ' +
      'name are not told apart. It counts from the next time that a camera is opened.',
    'With --json: { "face": NAME | null, "lines": NAME | null }; null: the first.',
  ],
  examples: ['styrk station cameras', 'styrk station cameras --face "HD Webcam (046d:082d)" --lines first'],
  run: async (call) => {
    const given = cameraUses.flatMap((use): readonly (readonly [CameraUse, string])[] => {
      const name = call.given.value(use);
      if (name === null) return [];
      if (cleanText(name) === '') throw unusable('the name of a camera, or first', { option: `--${use}` });
      return [[use, name]];
    });
    const set = await withKeeping(call, ({ station }) => {
      for (const [use, name] of given) station.setCamera(use, name === first ? null : name);
      return { face: station.camera('face'), lines: station.camera('lines') };
    });
    call.answer(set, () => {
      const rows = cameraUses.map((use) => [`${use}:`, printable(set[use] ?? 'the first of the system')]);
      return `${columns(rows).join('\n')}\n`;
    });
    return 0;
  },
};
