import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { DevToolsEvent, DevToolsPipe, Fields } from './devtools-pipe.ts';
import { invoke } from './ipc.ts';
import { denyEverything, setCamera } from './permissions.ts';
import type { StandInSession } from './session.ts';
import { createWire } from './wire.ts';
import { isolatedWorldSource, mainWorldSource, type WorldNames } from './worlds.ts';

const wire = createWire();

function freshNames(): WorldNames {
  const mark = crypto.randomUUID().replaceAll('-', '');
  return { world: `preload-${mark}`, binding: `send${mark}`, receive: `receive${mark}`, event: `bridge-${mark}` };
}

export interface WebContentsOptions {
  readonly session: StandInSession;
  readonly preload: string;
}

interface Frame {
  readonly id: string;
  readonly url: string;
  readonly parentId?: string;
}

/** The part of Electron's `WebContents` that the app uses, played by one page of Chromium. */
export class WebContents extends EventEmitter {
  readonly #session: StandInSession;
  readonly #preload: string;
  readonly #names = freshNames();
  readonly #frames = new Map<string, Frame>();
  readonly #frameOfContext = new Map<number, string>();
  #pipe: DevToolsPipe | null = null;
  #sessionId: string | null = null;
  #targetId: string | null = null;
  #world: number | null = null;
  #origin = '';
  #url = '';
  #ownNavigation: string | null = null;
  #camera = false;
  #destroyed = false;
  #crashed = false;
  #stopListening: () => void = () => undefined;
  #windowOpenHandler: (details: { readonly url: string }) => { readonly action: 'allow' | 'deny' } = () => ({
    action: 'allow',
  });

  constructor(options: WebContentsOptions) {
    super();
    this.#session = options.session;
    this.#preload = options.preload;
  }

  get targetId(): string | null {
    return this.#targetId;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  setWindowOpenHandler(handler: (details: { readonly url: string }) => { readonly action: 'allow' | 'deny' }): void {
    this.#windowOpenHandler = handler;
  }

  readonly navigationHistory = {
    clear: (): void => {
      this.#send('Page.resetNavigationHistory').catch((error) => this.#failed(error));
    },
  };

  /** Takes over a page and prepares what every document in it begins with. */
  async attach(pipe: DevToolsPipe, targetId: string): Promise<void> {
    this.#pipe = pipe;
    this.#targetId = targetId;
    const { sessionId } = await pipe.send('Target.attachToTarget', { targetId, flatten: true });
    this.#sessionId = String(sessionId);
    this.#stopListening = pipe.listen((event) => {
      if (event.sessionId === this.#sessionId) void this.#hear(event).catch((error) => this.#failed(error));
      else if (event.sessionId === null) this.#hearBrowser(event);
    });
    const { world, binding } = this.#names;
    await this.#send('Page.enable');
    await this.#send('Inspector.enable');
    await this.#send('Runtime.enable');
    await this.#send('Runtime.addBinding', { name: binding, executionContextName: world });
    const isolated = isolatedWorldSource(this.#names, readFileSync(this.#preload, 'utf8'));
    await this.#send('Page.addScriptToEvaluateOnNewDocument', { source: isolated, worldName: world });
    await this.#send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldSource(this.#names) });
    await this.#send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
  }

  async load(url: string): Promise<void> {
    this.#origin = new URL(url).origin;
    this.#url = url;
    this.#ownNavigation = url;
    if (this.#pipe !== null) await denyEverything(this.#pipe, this.#origin);
    const loaded = new Promise<void>((resolve) => this.once('did-finish-load', resolve));
    const { errorText } = await this.#send('Page.navigate', { url });
    if (typeof errorText === 'string') throw new Error(`${url}: ${errorText}`);
    await loaded;
  }

  /** Sends a message to the preload script's listeners. A page that is just being loaded hears nothing, as in Electron. */
  send(channel: string, ...args: readonly unknown[]): void {
    void this.#tellWorld({ type: 'message', channel, args });
  }

  reload(): void {
    this.#ownNavigation = this.#url;
    this.#send('Page.reload').catch((error) => this.#failed(error));
  }

  forcefullyCrashRenderer(): void {
    this.#send('Page.crash').catch((error) => this.#failed(error));
  }

  /** The page is gone. */
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#stopListening();
    this.emit('destroyed');
  }

  #send(method: string, params: Fields = {}): Promise<Fields> {
    if (this.#pipe === null) return Promise.reject(new Error('the page is not attached'));
    return this.#pipe.send(method, params, this.#sessionId);
  }

  #failed(error: unknown): void {
    // What a page that just went away did not take has no one to be told.
    if (!this.#destroyed) process.stderr.write(`stand-in: ${error instanceof Error ? error.message : String(error)}\n`);
  }

  #hearBrowser({ method, params }: DevToolsEvent): void {
    const info = params.targetInfo as { targetId: string; type: string; url: string; openerId?: string } | undefined;
    if (method === 'Target.targetDestroyed' && params.targetId === this.#targetId) this.destroy();
    if (method !== 'Target.targetCreated' || info === undefined) return;
    if (info.type !== 'page' || info.openerId !== this.#targetId) return;
    if (this.#windowOpenHandler({ url: info.url }).action === 'allow') return;
    this.#pipe?.send('Target.closeTarget', { targetId: info.targetId }).catch((error) => this.#failed(error));
  }

  async #hear({ method, params }: DevToolsEvent): Promise<void> {
    switch (method) {
      case 'Page.frameNavigated': {
        const frame = params.frame as Frame;
        this.#crashed = false;
        this.#frames.set(frame.id, frame);
        break;
      }
      case 'Page.loadEventFired':
        this.emit('did-finish-load');
        break;
      case 'Runtime.executionContextCreated': {
        const context = params.context as { id: number; name: string; auxData: { frameId: string } };
        this.#frameOfContext.set(context.id, context.auxData.frameId);
        // The main frame, whose id is the target's, has the preload script; a frame inside the page hears no answers.
        if (context.name === this.#names.world && context.auxData.frameId === this.#targetId) this.#world = context.id;
        break;
      }
      case 'Runtime.executionContextsCleared':
        this.#frameOfContext.clear();
        this.#world = null;
        break;
      case 'Runtime.bindingCalled':
        if (params.name === this.#names.binding) {
          await this.#call(String(params.payload), Number(params.executionContextId));
        }
        break;
      case 'Fetch.requestPaused':
        await this.#answerRequest(params);
        break;
      case 'Inspector.targetCrashed':
        // Chromium says it twice where the crash was asked for; Electron once.
        if (!this.#crashed) this.emit('render-process-gone', {}, { reason: 'crashed' });
        this.#crashed = true;
        break;
      default:
    }
  }

  async #call(payload: string, contextId: number): Promise<void> {
    const { id, channel, args } = wire.decode(payload) as { id: number; channel: string; args: readonly unknown[] };
    const frame = this.#frames.get(this.#frameOfContext.get(contextId) ?? '');
    const parent = frame?.parentId === undefined ? null : {};
    const senderFrame = frame === undefined ? null : { url: frame.url, parent };
    try {
      const value = await invoke({ sender: this, senderFrame }, channel, args);
      await this.#followPermissions();
      await this.#tellWorld({ type: 'reply', id, ok: true, value });
    } catch (error) {
      await this.#tellWorld({ type: 'reply', id, ok: false, value: error instanceof Error ? error.message : '' });
    }
  }

  // Chromium asks nobody over this protocol: what the app allows is told to it ahead, after each call of the page.
  async #followPermissions(): Promise<void> {
    const granted = await this.#session.cameraGranted(this.#origin);
    if (granted === this.#camera || this.#pipe === null) return;
    this.#camera = granted;
    await setCamera(this.#pipe, this.#origin, granted);
  }

  async #tellWorld(message: object): Promise<void> {
    const contextId = this.#world;
    if (contextId === null || this.#destroyed) return;
    const expression = `${this.#names.receive}(${JSON.stringify(wire.encode(message))})`;
    try {
      await this.#send('Runtime.evaluate', { expression, contextId });
    } catch (error) {
      // The document may have gone between the two lines; the next one asks anew.
      if (this.#world === contextId) this.#failed(error);
    }
  }

  async #answerRequest(params: Fields): Promise<void> {
    const { requestId, resourceType } = params;
    const { url, method } = params.request as { url: string; method: string };
    const refuse = (errorReason: string) => this.#send('Fetch.failRequest', { requestId, errorReason });
    if (resourceType === 'Document' && url !== this.#ownNavigation && !this.#navigationAllowed(url)) {
      await refuse('Aborted');
      return;
    }
    const response = new URL(url).origin === this.#origin ? await this.#session.respond(url, method) : null;
    if (response === null) {
      await refuse('BlockedByClient');
      return;
    }
    await this.#send('Fetch.fulfillRequest', {
      requestId,
      responseCode: response.status,
      responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
      body: Buffer.from(await response.arrayBuffer()).toString('base64'),
    });
  }

  #navigationAllowed(url: string): boolean {
    let allowed = true;
    const preventDefault = (): void => {
      allowed = false;
    };
    this.emit('will-navigate', { url, preventDefault });
    return allowed;
  }
}
