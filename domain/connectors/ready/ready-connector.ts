/** A connector all but ready: its mapping, how its shop signs, and a post as the shop sends it, to try the mapping on. */
import type { ConnectorMapping } from '#domain/connectors/mapping.ts';
import type { Signature } from '#domain/connectors/connector.ts';

export type ReadyConnector = { mapping: ConnectorMapping; signature: Signature; sample: { headers: Record<string, string>; body: unknown } };
