import type * as Http from 'node:http';

/**
 * The runtime's HTTP without TLS, once somebody asks for it. An import would take each of its names, and among them stands
 * `WebSocket`: at the start of every process the whole of fetch would be read for it.
 */
export const plainHttp = (): typeof Http => process.getBuiltinModule('node:http');
