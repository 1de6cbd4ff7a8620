/** Pixels of the signature that a specimen displays in DG7. */
export const signatureSize = { width: 360, height: 110 };

/** A made-up signature, one stroke of a pen. */
export const signatureSvg = `<svg xmlns="http://www.w3.org/2000/svg" width="${signatureSize.width}" height="${signatureSize.height}">
<rect width="100%" height="100%" fill="#fff"/>
<path d="M20 80 C40 10 60 10 62 60 S80 90 92 60 110 45 118 70 140 80 150 55 166 40 172 66 190 84 204 58 220 42 232 66 262 84 340 40"
 fill="none" stroke="#1b2a4a" stroke-width="4" stroke-linecap="round"/>
</svg>`;
