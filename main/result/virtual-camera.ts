// Programs that stand in for a camera, by the names that they give theirs.
const programs = /\b(obs|manycam|xsplit|snap camera|droidcam|iriun|epoccam|ndi|v4l2 ?loopback|dummy video|virtual)\b/i;

/** Whether a camera of this name is a program's and shows whatever the program gives. A name can lie: nothing rests on this. */
export function isVirtualCamera(label: string): boolean {
  return programs.test(label);
}
