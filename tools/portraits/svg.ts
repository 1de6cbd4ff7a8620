import type { Face } from './faces.ts';

/** 35 mm × 45 mm at 300 dpi, the size of a passport picture (9303-3 §3.9). */
export const width = 413;
export const height = 531;

const middle = width / 2;

function mirrored(shape: string): string {
  return `${shape}<g transform="translate(${width} 0) scale(-1 1)">${shape}</g>`;
}

function definitions(face: Face): string {
  return `<defs>
    <linearGradient id="wall" x1="0" y1="0" x2="0.3" y2="1"><stop offset="0" stop-color="#dfe5ea"/><stop offset="1" stop-color="#c3ccd3"/></linearGradient>
    <radialGradient id="skin" cx="0.45" cy="0.4" r="0.72"><stop offset="0" stop-color="${face.skinLight}"/><stop offset="0.55" stop-color="${face.skin}"/><stop offset="1" stop-color="${face.skinShadow}"/></radialGradient>
    <linearGradient id="neck" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${face.skinShadow}"/><stop offset="1" stop-color="${face.skin}"/></linearGradient>
    <linearGradient id="cloth" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="${face.clothes}"/><stop offset="1" stop-color="${face.clothesShadow}"/></linearGradient>
    <linearGradient id="hair" x1="0.2" y1="0" x2="0.8" y2="1"><stop offset="0" stop-color="${face.hairLight}"/><stop offset="0.5" stop-color="${face.hair}"/><stop offset="1" stop-color="${face.hair}"/></linearGradient>
    <radialGradient id="iris"><stop offset="0.2" stop-color="${face.iris}"/><stop offset="0.8" stop-color="${face.iris}" stop-opacity="0.9"/><stop offset="1" stop-color="#20242a"/></radialGradient>
    <filter id="soft" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="9"/></filter>
    <filter id="softer" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="4"/></filter>
    <filter id="fine" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="1.2"/></filter>
    <filter id="grain"><feTurbulence type="fractalNoise" baseFrequency="0.8" numOctaves="2" seed="7"/><feColorMatrix values="0 0 0 0 0.5  0 0 0 0 0.5  0 0 0 0 0.5  0.6 0 0 0 -0.18"/></filter>
    <filter id="strands"><feTurbulence type="fractalNoise" baseFrequency="0.09 0.012" numOctaves="3" seed="4"/><feColorMatrix values="0 0 0 0 0  0 0 0 0 0  0 0 0 0 0  0 1.6 0 0 -0.55"/><feComposite in2="SourceGraphic" operator="in"/></filter>
    <clipPath id="neckShape"><path d="M160 320 L160 410 C180 440 233 440 253 410 L253 320 Z"/></clipPath>
    <clipPath id="faceShape"><path d="${faceOutline(face)}"/></clipPath>
  </defs>`;
}

function faceOutline({ jaw, chin }: Face): string {
  const cheek = 96;
  const left = middle - cheek;
  const right = middle + cheek;
  return `M${left} 235 C${left - 2} 130 ${middle - 66} 108 ${middle} 108 C${middle + 66} 108 ${right + 2} 130 ${right} 235
    C${right} 285 ${middle + jaw} 318 ${middle + jaw - 18} 340 C${middle + jaw - 44} 368 ${middle + 30} ${chin} ${middle} ${chin}
    C${middle - 30} ${chin} ${middle - jaw + 44} 368 ${middle - jaw + 18} 340 C${middle - jaw} 318 ${left} 285 ${left} 235 Z`;
}

function body(face: Face): string {
  const shoulders = `M14 531 C18 470 66 446 132 428 C160 420 168 408 170 392 L243 392 C245 408 253 420 281 428 C347 446 395 470 399 531 Z`;
  const necks = {
    crew: `<path d="M140 425 C160 462 253 462 273 425" fill="none" stroke="${face.clothesShadow}" stroke-width="9"/>`,
    collar: mirrored(
      `<path d="M150 420 L206 470 L178 500 L138 436 Z" fill="#eef0f2" stroke="#b9bfc6" stroke-width="1.5"/>`,
    ),
    blouse: '',
  };
  const opening =
    face.neckline === 'blouse'
      ? `<path d="M146 424 C170 440 195 478 206 506 C217 478 243 440 267 424 C250 410 246 398 244 388 L169 388 C167 398 163 410 146 424 Z" fill="url(#neck)"/>`
      : `<path d="M150 424 C168 454 245 454 263 424 C250 410 246 398 245 384 L168 384 C167 398 163 410 150 424 Z" fill="url(#neck)"/>`;
  return `<path d="${shoulders}" fill="url(#cloth)"/>
    <path d="M60 531 C72 490 84 478 104 462" fill="none" stroke="${face.clothesShadow}" stroke-width="5" filter="url(#softer)"/>
    <path d="M352 531 C342 490 330 478 310 462" fill="none" stroke="${face.clothesShadow}" stroke-width="7" filter="url(#softer)"/>
    <path d="M160 320 L160 410 C180 440 233 440 253 410 L253 320 Z" fill="url(#neck)"/>${opening}
    <g clip-path="url(#neckShape)"><ellipse cx="${middle}" cy="${face.chin + 10}" rx="60" ry="22" fill="${face.skinShadow}" opacity="0.7" filter="url(#soft)"/></g>${necks[face.neckline]}`;
}

function hairBehind(face: Face): string {
  const paths: Partial<Record<Face['hairStyle'], string>> = {
    long: 'M206 66 C92 62 78 160 84 250 C88 320 70 380 78 448 C110 462 140 440 150 400 L262 400 C272 440 304 462 334 448 C344 380 324 320 328 250 C335 160 320 62 206 66 Z',
    bob: 'M206 66 C88 60 76 170 82 250 C84 300 78 340 92 366 C120 384 150 372 160 350 L252 350 C262 372 292 384 320 366 C334 340 328 300 330 250 C336 170 324 60 206 66 Z',
    bun: 'M206 20 C246 20 258 48 246 72 C316 84 324 150 318 220 L95 220 C89 150 97 84 166 72 C154 48 166 20 206 20 Z',
    curly:
      'M206 56 C150 50 104 78 96 120 C78 146 84 190 92 214 L320 214 C328 190 334 146 316 120 C308 78 262 50 206 56 Z',
  };
  const path = paths[face.hairStyle];
  return path === undefined
    ? ''
    : `<path d="${path}" fill="${face.hair}"/><path d="${path}" filter="url(#strands)" opacity="0.5"/>`;
}

function hairInFront(face: Face): string {
  const paths: Record<Face['hairStyle'], string> = {
    short:
      'M104 226 C92 120 130 74 210 74 C290 74 322 122 309 226 C304 196 300 176 288 156 C262 164 214 160 176 140 C160 152 134 158 124 168 C112 184 108 204 104 226 Z',
    receding:
      'M105 230 C92 150 112 96 160 84 C190 76 226 76 254 84 C302 96 321 150 308 230 C304 204 302 184 294 168 C288 132 262 112 244 118 C226 104 188 104 168 118 C150 112 126 132 120 168 C111 184 108 204 105 230 Z',
    long: 'M96 262 C84 120 130 72 206 74 C284 72 330 120 317 262 C312 222 304 184 276 156 C256 134 232 122 214 112 C196 140 150 164 128 186 C110 206 104 232 96 262 Z',
    bob: 'M96 250 C82 116 136 70 206 70 C280 70 332 116 317 250 C312 214 310 190 298 170 C268 174 160 176 114 170 C104 190 101 214 96 250 Z',
    bun: 'M103 226 C92 120 140 76 206 76 C274 76 321 120 310 226 C304 180 284 138 206 128 C130 138 110 180 103 226 Z',
    curly:
      'M103 224 C90 170 98 110 130 92 C160 72 190 76 206 76 C226 76 254 72 284 92 C316 110 322 170 310 224 C304 196 300 178 290 164 C262 150 230 158 206 152 C180 158 150 150 124 164 C112 178 108 196 103 224 Z',
    bald: '',
  };
  const path = paths[face.hairStyle];
  if (path === '') return `<ellipse cx="190" cy="136" rx="42" ry="16" fill="#fff" opacity="0.14" filter="url(#soft)"/>`;
  const gleam = `<path d="M130 130 C160 96 230 92 268 116" fill="none" stroke="${face.hairLight}" stroke-width="12" opacity="0.4" filter="url(#softer)"/>`;
  return `<path d="${path}" fill="url(#hair)"/><path d="${path}" filter="url(#strands)" opacity="0.55"/>${gleam}`;
}

function eyes(face: Face): string {
  const tired = face.age === 0 ? 0.18 : face.age === 1 ? 0.3 : 0.45;
  return mirrored(`
    <ellipse cx="164" cy="236" rx="32" ry="15" fill="${face.skinShadow}" opacity="0.42" filter="url(#softer)"/>
    <path d="M140 240 C150 224 176 223 189 242 C178 252 152 253 140 240 Z" fill="#f4f1ee"/>
    <circle cx="165" cy="238.500" r="10.500" fill="url(#iris)"/><circle cx="165" cy="238.500" r="4.600" fill="#0d0d10"/>
    <circle cx="161.500" cy="234.500" r="2.200" fill="#fff" opacity="0.9"/>
    <path d="M138 241 C149 221 177 220 191 243 C177 227 152 227 138 241 Z" fill="${face.skinShadow}"/>
    <path d="M138 240 C149 222 177 221 191 243" fill="none" stroke="#2b1d18" stroke-width="2.600" stroke-linecap="round"/>
    <path d="M142 243 C152 254 178 253 189 243" fill="none" stroke="${face.skinShadow}" stroke-width="1.500" opacity="0.8"/>
    <path d="M140 229 C150 213 178 213 192 232" fill="none" stroke="${face.skinShadow}" stroke-width="1.600" opacity="0.7"/>
    <path d="M144 258 C156 266 176 265 188 256" fill="none" stroke="${face.skinShadow}" stroke-width="3" opacity="${tired}" filter="url(#fine)"/>
    <path d="M132 215 C146 200 172 199 195 211 C174 205 150 207 132 215 Z" fill="${face.hair}" stroke="${face.hair}" stroke-width="${face.brow}" stroke-linejoin="round" opacity="0.86"/>`);
}

function noseAndMouth(face: Face): string {
  const w = face.noseWidth;
  const l = face.lipHeight;
  return `<path d="M198 226 C196 256 190 276 186 290" fill="none" stroke="${face.skinShadow}" stroke-width="7" opacity="0.4" filter="url(#softer)"/>
    <path d="M206 230 L206 284" stroke="${face.skinLight}" stroke-width="10" opacity="0.55" filter="url(#softer)"/>
    <ellipse cx="206" cy="290" rx="12" ry="9" fill="${face.skinLight}" opacity="0.6" filter="url(#softer)"/>
    ${mirrored(`<path d="M${206.5 - w} 296 C${204 - w} 284 ${212 - w} 280 ${216 - w} 286 M${208 - w} 298 C${214 - w} 304 ${196} 302 206.500 305" fill="none" stroke="${face.skinShadow}" stroke-width="2.400" stroke-linecap="round"/>
    <ellipse cx="${206 - w / 2}" cy="299.500" rx="5" ry="2.600" fill="${face.skinShadow}" opacity="0.9" filter="url(#fine)"/>`)}
    <ellipse cx="206" cy="317" rx="5" ry="8" fill="${face.skinShadow}" opacity="0.25" filter="url(#fine)"/>
    <path d="M170 332.500 C184 ${332 - l * 0.5} 196 ${331 - l * 0.9} 206.500 ${333 - l * 0.6} C217 ${331 - l * 0.9} 229 ${332 - l * 0.5} 243 332.500 C226 338 187 338 170 332.500 Z" fill="${face.lips}"/>
    <path d="M170 332.500 C186 338 227 338 243 332.500 C230 ${338 + l} 183 ${338 + l} 170 332.500 Z" fill="${face.lips}" opacity="0.88"/>
    <path d="M169 332 C184 338 196 335 206.500 337 C217 335 229 338 244 332" fill="none" stroke="#3c1c18" stroke-width="1.800" opacity="0.75" stroke-linecap="round"/>
    <ellipse cx="206" cy="${338 + l * 0.4}" rx="15" ry="2.600" fill="#fff" opacity="0.22" filter="url(#fine)"/>
    <ellipse cx="206" cy="${346 + l}" rx="22" ry="5" fill="${face.skinShadow}" opacity="0.4" filter="url(#softer)"/>`;
}

function beard(face: Face): string {
  if (face.beard === 'none') return '';
  const path = `M111 262 C114 300 122 322 136 342 C160 ${face.chin - 8} 184 ${face.chin + 6} 206 ${face.chin + 6} C230 ${face.chin + 6} 254 ${face.chin - 8} 277 342 C292 322 300 300 302 262 C296 296 280 312 256 314 C236 310 222 313 206 315 C190 313 176 310 156 314 C132 312 118 296 111 262 Z`;
  if (face.beard === 'stubble') return `<path d="${path}" fill="${face.hair}" opacity="0.2" filter="url(#softer)"/>`;
  return `<path d="${path}" fill="${face.hair}" opacity="0.82" filter="url(#fine)"/><path d="${path}" filter="url(#strands)" opacity="0.5"/>`;
}

function details(face: Face): string {
  const lines =
    face.age === 0
      ? ''
      : mirrored(
          `<path d="M172 296 C160 308 156 318 157 330" fill="none" stroke="${face.skinShadow}" stroke-width="${face.age * 1.6}" opacity="0.6" filter="url(#fine)"/>
           <path d="M160 172 C184 166 200 168 206.500 168" fill="none" stroke="${face.skinShadow}" stroke-width="${face.age}" opacity="0.35" filter="url(#fine)"/>`,
        );
  const dots = face.freckles
    ? Array.from({ length: 34 }, (_, index) => {
        const x = 142 + ((index * index * 31 + index * 17) % 129);
        const y = 258 + ((index * index * 13 + index * 7) % 37);
        return `<circle cx="${x}" cy="${y}" r="${1 + (index % 3) * 0.35}" fill="${face.skinShadow}" opacity="0.38"/>`;
      }).join('')
    : '';
  const frames = face.glasses
    ? `${mirrored(`<rect x="131" y="218" width="66" height="44" rx="17" fill="#fff" fill-opacity="0.08" stroke="#2e2a2b" stroke-width="3.600"/><path d="M131 232 L112 228" stroke="#2e2a2b" stroke-width="3.600"/>`)}<path d="M197 234 C202 229 211 229 216 234" fill="none" stroke="#2e2a2b" stroke-width="3.600"/>`
    : '';
  return lines + dots + frames;
}

/** The portrait as an SVG document. The same face gives the same text. */
export function portraitSvg(face: Face): string {
  const outline = faceOutline(face);
  const ear = `<path d="M112 226 C96 214 92 236 98 256 C101 272 108 280 116 274 Z" fill="${face.skin}"/><path d="M108 238 C101 236 101 252 108 262" fill="none" stroke="${face.skinShadow}" stroke-width="2.500" opacity="0.7"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${definitions(face)}
    <rect width="${width}" height="${height}" fill="url(#wall)"/>
    <ellipse cx="228" cy="270" rx="130" ry="180" fill="#8f9aa3" opacity="0.35" filter="url(#soft)"/>
    ${hairBehind(face)}${body(face)}${mirrored(ear)}
    <path d="${outline}" fill="url(#skin)"/>
    <g clip-path="url(#faceShape)">
      <ellipse cx="118" cy="300" rx="26" ry="70" fill="${face.skinShadow}" opacity="0.3" filter="url(#soft)"/>
      <ellipse cx="298" cy="290" rx="30" ry="90" fill="${face.skinShadow}" opacity="0.45" filter="url(#soft)"/>
      ${mirrored(`<ellipse cx="150" cy="284" rx="22" ry="14" fill="${face.lips}" opacity="0.24" filter="url(#soft)"/>`)}
      <ellipse cx="190" cy="168" rx="52" ry="22" fill="${face.skinLight}" opacity="0.5" filter="url(#soft)"/>
      ${beard(face)}
    </g>
    ${face.beard === 'full' ? beard(face) : ''}${eyes(face)}${noseAndMouth(face)}${hairInFront(face)}${details(face)}
    <rect width="${width}" height="${height}" filter="url(#grain)" opacity="0.16"/></svg>`;
}
