/** The journey as a list that mirrors the canvas: depth first, branches indented, what was said already named once. */
import type { Journey, JourneyNode } from '#domain/journeys/definition.ts';
import { findNode, portsOf } from '#domain/journeys/operations/graph.ts';
import { ENTRY, type Port } from '#domain/journeys/operations/operation.ts';

export type OutlineLine =
  | { kind: 'node'; node: JourneyNode; depth: number }
  | { kind: 'branch'; from: Port; depth: number }
  /** A way out that leads to a step that is listed already: further up in its own branch, or elsewhere. */
  | { kind: 'goesTo'; from: Port; to: JourneyNode; depth: number; isLoop: boolean }
  | { kind: 'open'; from: Port; depth: number }
  | { kind: 'unconnected' };

export function outlineOf(journey: Journey): OutlineLine[] {
  const lines: OutlineLine[] = [];
  const seen = new Set<string>();
  const follow = (from: Port, target: string | null | undefined, depth: number, above: ReadonlySet<string>): void => {
    const node = target ? findNode(journey, target) : null;
    if (!node) lines.push({ kind: 'open', from, depth });
    else if (seen.has(node.id)) lines.push({ kind: 'goesTo', from, to: node, depth, isLoop: above.has(node.id) });
    else list(node, depth, above);
  };
  const list = (node: JourneyNode, depth: number, above: ReadonlySet<string>): void => {
    seen.add(node.id);
    lines.push({ kind: 'node', node, depth });
    const ports = portsOf(node);
    const within = new Set([...above, node.id]);
    for (const port of ports) {
      const from = { nodeId: node.id, port };
      if (ports.length > 1) lines.push({ kind: 'branch', from, depth: depth + 1 });
      follow(from, node.next[port], ports.length > 1 ? depth + 2 : depth, within);
    }
  };
  follow({ nodeId: ENTRY, port: 'next' }, journey.entry.next, 0, new Set());
  const rest = journey.nodes.filter((node) => !seen.has(node.id));
  if (rest.length > 0) lines.push({ kind: 'unconnected' });
  for (const node of rest) if (!seen.has(node.id)) list(node, 0, new Set());
  return lines;
}
