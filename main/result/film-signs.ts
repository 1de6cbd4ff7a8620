/*
 * What the camera's film may show that speaks against it (docs/face.md). ISO/IEC 30107 and CEN/TS 18099 tell two kinds apart: something is
 * held before a camera (presentation), or something takes the place of the camera's film (injection).
 */

/** Signs that what was filmed is no living person. */
export const presentationSigns = ['pattern', 'bands', 'flat', 'edges', 'glare'] as const;
/** Signs that no camera filmed it. */
export const injectionSigns = [
  'virtual-camera',
  'camera-not-listed',
  'frozen',
  'repeated',
  'clock-impossible',
  'clock-even',
  'no-noise',
  'size-changed',
  'misstated',
  'camera-changed',
] as const;

export type PresentationSign = (typeof presentationSigns)[number];
export type InjectionSign = (typeof injectionSigns)[number];
export type FilmSign = PresentationSign | InjectionSign;
export const filmSigns: readonly FilmSign[] = [...presentationSigns, ...injectionSigns];
