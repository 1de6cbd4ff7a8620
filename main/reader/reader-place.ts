import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ScardCard } from './scard.ts';

/*
 * Where a reader is plugged in, `BUS-PORT[.PORT]...` as Linux names it below /sys/bus/usb/devices, with `:CONFIGURATION.INTERFACE`
 * behind it where the driver says that too. Two readers of one model bear names that the service counts out as it finds them,
 * after a restart perhaps the other way round; the place stays with the socket.
 */
const placeForm = String.raw`\d{1,3}-\d{1,3}(?:\.\d{1,3}){0,6}`;
const whole = new RegExp(String.raw`^${placeForm}(?::\d{1,3}\.\d{1,3})?$`);
const named = new RegExp(String.raw`^(.+) @(${placeForm}(?::\d{1,3}\.\d{1,3})?)$`);

/** libccid 1.7.1 and newer (its SCARDCONTROL.md). */
const placeRequest = 3601;
/** SCARD_ATTR_CHANNEL_ID: 0x0020BBAA of a USB device, of bus BB and address AA (PC/SC part 3; libccid's SCARDGETATTRIB.md). */
const channelId = 0x0002_0110;
const usbChannel = 0x0020;
const devicesOfLinux = '/sys/bus/usb/devices';

/** The socket of the USB device that has this bus and address now, null where nobody knows. */
export type UsbSockets = (bus: number, address: number) => string | null;

/**
 * Asks a reader through a connection to it: its driver by its own word, else by the address that the device has now and what the
 * kernel knows of it. Null: neither says. The address alone is no place, since the next plugging gives another. Never fails.
 */
export async function placeOf(
  reader: Pick<ScardCard, 'control' | 'attribute'>,
  sockets: UsbSockets = linuxSockets,
): Promise<string | null> {
  const told = await reader.control({ ioctl: placeRequest }).then(placeIn, () => null);
  if (told !== null) return told;
  const device = await reader.attribute(channelId).then(deviceIn, () => null);
  const socket = device === null ? null : sockets(device.bus, device.address);
  return socket !== null && whole.test(socket) ? socket : null;
}

function placeIn(bytes: Uint8Array): string | null {
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, 65)).replace(/\0+$/, '');
  return whole.test(text) ? text : null;
}

// In the machine's byte order, which is the lowest byte first on every machine that the app runs on.
function deviceIn(bytes: Uint8Array): { readonly bus: number; readonly address: number } | null {
  if (bytes.length !== 4) return null;
  const value = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  return value >>> 16 === usbChannel ? { bus: (value >>> 8) & 0xff, address: value & 0xff } : null;
}

/** What the kernel of Linux says; on other systems nothing is there. */
export function linuxSockets(bus: number, address: number, devices: string = devicesOfLinux): string | null {
  const number = (socket: string, file: string): number => {
    try {
      return Number(readFileSync(join(devices, socket, file), 'latin1'));
    } catch {
      return Number.NaN;
    }
  };
  try {
    const found = readdirSync(devices).filter(
      (socket) => whole.test(socket) && number(socket, 'busnum') === bus && number(socket, 'devnum') === address,
    );
    return found.length === 1 ? (found[0] ?? null) : null;
  } catch {
    return null;
  }
}

/** The name that stays: model and slot of the reader of this name, at this place. */
export function nameAt(name: string, place: string): string {
  return `${name} @${place}`;
}

/** A reader's name as somebody gave it, and the place where it is to be, null where any will do. */
export function nameAndPlace(given: string): { readonly name: string; readonly place: string | null } {
  const [, name, place] = named.exec(given) ?? [];
  return name === undefined || place === undefined ? { name: given, place: null } : { name, place };
}

/** Whether both are one place. One of them may be without its interface: then the socket counts. */
export function samePlace(one: string, other: string): boolean {
  if (one === other) return true;
  const socket = (place: string): string => place.replace(/:.*$/, '');
  return socket(one) === socket(other) && (!one.includes(':') || !other.includes(':'));
}
