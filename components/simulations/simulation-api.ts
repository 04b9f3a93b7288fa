/** Simulations as the API answers them, and what it is asked. */
import { api, type Page } from '#components/api-client.ts';

export type SimulationState = 'queued' | 'running' | 'done' | 'cancelled' | 'failed';
type Counts = Record<string, number>;
export type SimulationResult = {
  customers: number; customersInAll: number; wasInside?: number; events: number; moments: number; entered: number; entriesRefused: Counts;
  volume: { day: string; channel: string; messages: number }[]; messages: { channel: string; status: string; messages: number }[]; refusals: { code: string; rule: string | null; messages: number }[];
  spread: { messages: { received: number; customers: number }[]; weight: { weight: number; customers: number }[] };
  points: { programme: string; given: number; taken: number }[]; vouchers: Counts; tasks?: Counts;
  journeys: { journeyId: string; entered: number; inside: number; endings: Counts; nodes: { nodeId: string; passed: Counts; inside: number }[] }[];
};
export type SimulationSummary = {
  id: string; state: SimulationState; progress: number; from: string; to: string; customers: number; replayFrom: string | null; journeys: { journeyId: string; key: string; name: string }[];
  problem: string | null; createdAt: string; finishedAt: string | null;
};
export type Simulation = SimulationSummary & { result: SimulationResult | null };
export type SimulationRequest = { journeys: { journeyId: string; use: 'draft' | 'live' }[]; to: string; customers: 'all' | { sample: number }; events: 'replayed' | 'none' };

export const isGoing = (state: SimulationState): boolean => state === 'queued' || state === 'running';
export const SIMULATION_TONES = { queued: 'quiet', running: 'warning', done: 'live', cancelled: 'quiet', failed: 'danger' } as const;

export const simulationApi = {
  list: (after: string | null, signal?: AbortSignal, limit = 50) => api.get<Page<SimulationSummary>>('/simulations', { after, limit }, signal),
  read: (id: string) => api.get<Simulation>(`/simulations/${id}`),
  start: (request: SimulationRequest) => api.post<SimulationSummary>('/simulations', request),
  cancel: (id: string) => api.post<SimulationSummary>(`/simulations/${id}/cancel`, {}),
};

export const messagesLeft = ({ volume }: SimulationResult): number => volume.reduce((sum, { messages }) => sum + messages, 0);
