import type { Session } from 'electron';
import type { Log } from './log.ts';
import { type PermissionQuestion, permissionGranted } from './permission-rules.ts';

/** Denies by default whatever a page may ask of the platform; every decision is logged. */
export function guardPermissions(
  session: Session,
  station: { readonly pageOrigin: string; readonly cameraOpen: () => boolean; readonly log: Log },
): void {
  let lastLine = '';
  const decide = (how: 'request' | 'check', question: PermissionQuestion): boolean => {
    const granted = permissionGranted(question, { pageOrigin: station.pageOrigin, cameraOpen: station.cameraOpen() });
    const { permission, media } = question;
    const fields = { how, permission, media: media.join('+'), granted };
    // A page is checked over and over: the same decision on the same question is told once.
    const line = JSON.stringify(fields);
    if (line !== lastLine) station.log('permission', fields);
    lastLine = line;
    return granted;
  };

  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    const media = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    const mainFrame = details.isMainFrame;
    callback(decide('request', { permission, origin: details.requestingUrl, mainFrame, media }));
  });
  session.setPermissionCheckHandler((_contents, permission, origin, details) => {
    const media = details.mediaType === undefined ? [] : [details.mediaType];
    return decide('check', { permission, origin, mainFrame: details.isMainFrame, media });
  });
  session.setDevicePermissionHandler(({ deviceType }) => {
    station.log('permission', { how: 'device', permission: deviceType, media: '', granted: false });
    return false;
  });
  session.setDisplayMediaRequestHandler((_request, callback) => {
    station.log('permission', { how: 'request', permission: 'display-media', media: '', granted: false });
    callback(null);
  });
}
