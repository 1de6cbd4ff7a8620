/** Instructions that the chips know (ISO/IEC 7816-4 §5.1.2; 9303-11). */
export const instruction = {
  manageSecurityEnvironment: 0x22,
  externalAuthenticate: 0x82,
  internalAuthenticate: 0x88,
  getChallenge: 0x84,
  generalAuthenticate: 0x86,
  select: 0xa4,
  readBinary: 0xb0,
  readBinaryOdd: 0xb1,
} as const;
