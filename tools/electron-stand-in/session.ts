/** Electron's handlers as the app gives them, as far as the stand-in asks them. */
type ProtocolHandler = (request: Request) => Response | Promise<Response>;
type RequestHandler = (
  contents: null,
  permission: string,
  callback: (granted: boolean) => void,
  details: { readonly requestingUrl: string; readonly isMainFrame: boolean; readonly mediaTypes: readonly string[] },
) => void;
type CheckHandler = (
  contents: null,
  permission: string,
  origin: string,
  details: { readonly requestingUrl: string; readonly isMainFrame: boolean; readonly mediaType: string },
) => boolean;

/** The part of Electron's `Session` that the app uses. */
export class StandInSession {
  readonly #protocols = new Map<string, ProtocolHandler>();
  #request: RequestHandler | null = null;
  #check: CheckHandler | null = null;

  readonly protocol = {
    handle: (scheme: string, handler: ProtocolHandler): void => {
      this.#protocols.set(scheme, handler);
    },
  };

  setPermissionRequestHandler(handler: RequestHandler | null): void {
    this.#request = handler;
  }

  setPermissionCheckHandler(handler: CheckHandler | null): void {
    this.#check = handler;
  }

  // The stand-in's page is never given a device or a screen, whatever the app would say.
  setDevicePermissionHandler(_handler: unknown): void {}

  setDisplayMediaRequestHandler(_handler: unknown): void {}

  /** What the app serves at an address of its page. The app has one scheme: its only handler answers. */
  async respond(address: string, method: string): Promise<Response | null> {
    const [handler] = this.#protocols.values();
    return handler === undefined ? null : handler(new Request(address, { method }));
  }

  /** Whether the app would give the page the camera now, asked as Electron asks: first the check, then the request. */
  async cameraGranted(origin: string): Promise<boolean> {
    const requestingUrl = `${origin}/index.html`;
    if (this.#check === null || this.#request === null) return false;
    const details = { requestingUrl, isMainFrame: true };
    if (!this.#check(null, 'media', origin, { ...details, mediaType: 'video' })) return false;
    const request = this.#request;
    return new Promise((resolve) => request(null, 'media', resolve, { ...details, mediaTypes: ['video'] }));
  }
}

const partitions = new Map<string, StandInSession>();

export const session = {
  fromPartition(name: string): StandInSession {
    const found = partitions.get(name) ?? new StandInSession();
    partitions.set(name, found);
    return found;
  },
};
