import type { StyrkBridge } from '../../preload/contract.ts';
import type { KioskBridge } from '../../preload/kiosk-contract.ts';

/** What filming asks for, which the kiosk's own bridge has under the same names; nothing else of the desk is there. */
const filming: readonly string[] = ['case.camera', 'mrz.judgeFilmed', 'case.faceFilmed'];

/** The kiosk's bridge as the parts that film know one. */
export function filmingBridge(bridge: KioskBridge): StyrkBridge {
  const call = async (method: string, ...args: readonly unknown[]): Promise<unknown> => {
    if (!filming.includes(method)) return { ok: false, code: 'call.unknown', fields: {} };
    const answer = await (bridge.call as (name: string, ...given: readonly unknown[]) => Promise<object>)(
      method,
      ...args,
    );
    return { fields: {}, ...answer };
  };
  return { call: call as StyrkBridge['call'], onDesk: () => () => undefined };
}
