import { hold, type ImageSize, imageLimits, isBearable } from './image-limits.ts';

/*
 * What a JPEG states of itself (ISO/IEC 10918-1 Annex B), and the same image with nothing in it that only costs: no EXIF
 * (its orientation would turn the face), no colour profile, no thumbnail, no comment, nothing behind its end. Markers are
 * found as decoders find them (B.1.1.2, B.1.1.3): any number of fill bytes before one, other bytes before them passed over,
 * stuffed zeros and restart markers inside the coded data.
 */

const marker = { soi: 0xd8, eoi: 0xd9, sos: 0xda, dnl: 0xdc, dri: 0xdd, dqt: 0xdb, dht: 0xc4, com: 0xfe, tem: 0x01 };
// Baseline, extended and progressive Huffman coding: what decoders decode (Table B.1).
const frames: readonly number[] = [0xc0, 0xc1, 0xc2];
const adobe = 0xee;

/** A JPEG that a decoder may be given. */
export interface StatedJpeg extends ImageSize {
  readonly image: Uint8Array<ArrayBuffer>;
}

/** Reads what a JPEG states. Throws `RefusedImage`, or `RangeError` where it is cut off before its first scan. */
export function readJpeg(bytes: Uint8Array): StatedJpeg {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  hold(view.getUint16(0) === 0xff00 + marker.soi, 'damaged');
  const kept: Uint8Array[] = [bytes.subarray(0, 2)];
  let size: ImageSize | null = null;
  let scans = 0;
  let at = 2;
  for (;;) {
    const found = nextMarker(bytes, at);
    // Images without their end marker are met, and decoders show them: what was coded is there.
    if (found === null || found.code === marker.eoi) break;
    const { code, start } = found;
    if (isBare(code)) {
      at = start;
      continue;
    }
    const length = view.getUint16(start);
    const end = start + length;
    hold(length >= 2 && end <= bytes.length, 'damaged');
    if (frames.includes(code)) {
      hold(size === null, 'coding');
      size = frameSize(view, start);
    } else hold(isTable(code) || code === marker.sos, 'coding');
    if (!isApplication(code) || code === adobe) kept.push(Uint8Array.of(0xff, code), bytes.subarray(start, end));
    at = end;
    if (code !== marker.sos) continue;
    hold(size !== null, 'damaged');
    scans += 1;
    hold(scans <= imageLimits.scans, 'scans');
    at = endOfScan(bytes, end);
    kept.push(bytes.subarray(end, at));
  }
  hold(size !== null && scans > 0, 'damaged');
  kept.push(Uint8Array.of(0xff, marker.eoi));
  return { ...(size as ImageSize), image: joined(kept) };
}

// B.1.1.2: a marker is FF and a byte that is neither 00 nor FF.
function nextMarker(bytes: Uint8Array, from: number): { readonly code: number; readonly start: number } | null {
  for (let at = from; at + 1 < bytes.length; at++) {
    const code = bytes[at + 1] ?? 0;
    if (bytes[at] === 0xff && code !== 0xff && code !== 0) return { code, start: at + 2 };
  }
  return null;
}

function endOfScan(bytes: Uint8Array, from: number): number {
  let at = from;
  for (;;) {
    const found = nextMarker(bytes, at);
    if (found === null) return bytes.length;
    if (!isRestart(found.code)) return found.start - 2;
    at = found.start;
  }
}

function isRestart(code: number): boolean {
  return code >= 0xd0 && code <= 0xd7;
}

function isBare(code: number): boolean {
  return isRestart(code) || code === marker.tem;
}

function isApplication(code: number): boolean {
  return (code >= 0xe0 && code <= 0xef) || code === marker.com;
}

function isTable(code: number): boolean {
  return code === marker.dqt || code === marker.dht || code === marker.dri || isApplication(code);
}

// B.2.2: length, precision, lines, samples a line, components, then of each its name, sampling factors and table.
function frameSize(view: DataView, at: number): ImageSize {
  const length = view.getUint16(at);
  const components = view.getUint8(at + 7);
  hold(length === 8 + 3 * components, 'damaged');
  hold(view.getUint8(at + 2) === 8, 'depth');
  hold(components === 1 || components === 3 || components === 4, 'components');
  let blocks = 0;
  for (let index = 0; index < components; index++) {
    const factors = view.getUint8(at + 8 + 3 * index + 1);
    const [horizontal, vertical] = [factors >> 4, factors & 15];
    hold(horizontal >= 1 && horizontal <= 4 && vertical >= 1 && vertical <= 4, 'subsampling');
    blocks += horizontal * vertical;
  }
  // B.2.3: at most ten blocks in a unit of an interleaved scan.
  hold(components === 1 || blocks <= 10, 'subsampling');
  // No lines stated would mean that a later segment states them (B.2.5): nobody makes such portraits.
  const size = { height: view.getUint16(at + 3), width: view.getUint16(at + 5) };
  hold(isBearable(size), 'size');
  return size;
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
