import { BlockList, isIP } from 'node:net';

export type ListenAddress = { readonly host: string; readonly port: number };

export class InvalidListenAddress extends Error {
  override readonly name = 'InvalidListenAddress';

  constructor(text: string) {
    super(`"${text}" is not an address to listen on: write HOST:PORT, as in 127.0.0.1:8080 or [::1]:8080`);
  }
}

/** `127.0.0.1:8080`, `[::1]:8080`, `localhost:0`; without a host (`:8080`) every address of the machine. */
export function parseListenAddress(text: string): ListenAddress {
  const match = /^(?:\[([\da-fA-F:.]+)\]|([^\s:[\]]*)):(\d{1,5})$/.exec(text);
  const port = Number(match?.[3]);
  if (match === null || port > 65_535) throw new InvalidListenAddress(text);
  const [, bracketed, plain = ''] = match;
  if (bracketed !== undefined && isIP(bracketed) !== 6) throw new InvalidListenAddress(text);
  return { host: bracketed ?? (plain === '' ? '::' : plain), port };
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Whether only programs on the same machine can reach it. */
export function isLoopback(host: string): boolean {
  if (host.toLowerCase() === 'localhost') return true;
  const family = isIP(host);
  return family !== 0 && loopback.check(host, family === 4 ? 'ipv4' : 'ipv6');
}
