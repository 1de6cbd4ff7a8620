import { originOf } from './page-origin.ts';

/** What a page asks for, as Electron's request and check handlers tell it. */
export interface PermissionQuestion {
  readonly permission: string;
  readonly origin: string;
  readonly mainFrame: boolean;
  /** What `media` is asked for: `video`, `audio`, `unknown`. */
  readonly media: readonly string[];
}

/** Everything is denied but the picture of the camera, to our own page, while the desk has it open: for a face, or for the lines of a document. */
export function permissionGranted(
  question: PermissionQuestion,
  station: { readonly pageOrigin: string; readonly cameraOpen: boolean },
): boolean {
  return (
    question.permission === 'media' &&
    question.mainFrame &&
    originOf(question.origin) === station.pageOrigin &&
    question.media.length === 1 &&
    question.media[0] === 'video' &&
    station.cameraOpen
  );
}
