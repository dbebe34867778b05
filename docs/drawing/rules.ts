/** What is let through in one direction: these ports, from or to these. */
export type Passage = {
  readonly ports: readonly string[];
  readonly preposition: 'from' | 'to';
  readonly peers: readonly string[];
};

/**
 * Rules of security groups and network ACLs (`tcp 443 from 10.0.0.0/16`, `allow tcp 443 from ...`), with those put
 * together that have their peers, or else their ports, in common. `nameOf` says what a peer is called.
 */
export function passages(
  rules: readonly string[],
  nameOf: (peer: string) => string = (peer) => peer,
): readonly Passage[] {
  const byPeer = new Map<string, { readonly preposition: 'from' | 'to'; readonly ports: Set<string> }>();
  for (const rule of rules) {
    const [, traffic = rule, preposition = 'to', peer = ''] = /^(.+) (from|to) (\S+)$/.exec(rule) ?? [];
    const name = nameOf(peer);
    const known = byPeer.get(name) ?? {
      preposition: preposition === 'from' ? 'from' : 'to',
      ports: new Set<string>(),
    };
    known.ports.add(portsOf(traffic));
    byPeer.set(name, known);
  }
  const byPorts = new Map<string, Passage>();
  for (const [peer, { preposition, ports }] of byPeer) {
    const key = [...ports].toSorted().join();
    const peers = [...(byPorts.get(key)?.peers ?? []), peer];
    byPorts.set(key, { ports: [...ports], preposition, peers });
  }
  return [...byPorts.values()];
}

/** TCP is so common that it need not be said. */
function portsOf(traffic: string): string {
  return traffic
    .replace(/^allow /, '')
    .replace(/^tcp /, '')
    .replace(/(\d)-(\d)/, '$1–$2');
}
