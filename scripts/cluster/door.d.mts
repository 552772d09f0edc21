import type { ListenOptions, NetConnectOpts, Server } from 'node:net';

export function door(outer: ListenOptions, inner: NetConnectOpts): Promise<Server>;
