interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): {
    createScriptURL(url: string): string;
  };
}

// The page's one policy: workers of its own origin, nothing else.
function ownScript(url: string): string {
  const whole = new URL(url, location.href);
  if (whole.protocol !== location.protocol || whole.host !== location.host) throw new TypeError('not our own script');
  return whole.href;
}

const types = (globalThis as { readonly trustedTypes?: TrustedTypes }).trustedTypes;
const policy = types?.createPolicy('styrk', { createScriptURL: ownScript });

/** Starts a worker from a script of the page's own origin. */
export function startOwnWorker(script: string, name: string): Worker {
  const trusted = policy === undefined ? ownScript(script) : policy.createScriptURL(script);
  return new Worker(trusted, { type: 'module', name });
}
