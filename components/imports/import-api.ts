/** Imports as the API answers them, and what it is asked. A file is sent by itself, so that its way is seen. */
import { api, type Page } from '#components/api-client.ts';
import { sendFile } from '#components/send-file.ts';
import type { ImportKind } from '#domain/imports/import-kinds.ts';
import type { KnownPolicy } from '#domain/imports/known-policy.ts';
import type { DateOrder, DecimalMark } from '#domain/imports/read-cell.ts';

export type ImportState = 'loading' | 'ready' | 'running' | 'cancelled' | 'done';
export type Settings = { dates: DateOrder; decimal: DecimalMark; known: KnownPolicy; startsJourneys: boolean; consentSource?: string; consentWording?: string; consentAt?: string };
export type ImportFile = {
  id: string; kind: ImportKind; fileName: string; bytes: number; encoding: string; delimiter: string; state: ImportState; headings: string[]; fields: (string | null)[]; settings: Settings;
  guessed: { remembered: boolean; datesAreSure: boolean }; rows: number; done: number; counts: Record<string, number>; createdAt: string; startedAt: string | null; finishedAt: string | null;
};
export type RowProblem = { column: number | null; code: string; message: string; figures?: Record<string, string | number> };
export type PreviewedRow = { line: number; cells: string[]; values: (string | number | boolean | string[] | null)[]; problems: RowProblem[]; known: boolean | null };

export const IMPORT_TONES = { loading: 'quiet', ready: 'warning', running: 'ink', cancelled: 'quiet', done: 'live' } as const;

/** Sends a file; `onProgress` is told which share of it is there. */
const upload = (kind: ImportKind, file: File, onProgress: (share: number) => void): Promise<ImportFile> => sendFile('/imports', { kind, fileName: file.name.slice(0, 200) }, file, 'text/csv', onProgress);

export const importApi = {
  upload,
  list: (after: string | null, signal?: AbortSignal) => api.get<Page<ImportFile>>('/imports', { after }, signal),
  read: (id: string, signal?: AbortSignal) => api.get<ImportFile>(`/imports/${id}`, {}, signal),
  map: (id: string, body: { fields: ImportFile['fields']; settings: Settings }) => api.put<ImportFile>(`/imports/${id}`, body),
  preview: (id: string, body: { fields: ImportFile['fields']; settings: Settings }) => api.post<{ rows: PreviewedRow[] }>(`/imports/${id}/preview`, body),
  start: (id: string) => api.post<ImportFile>(`/imports/${id}/start`),
  cancel: (id: string) => api.post<ImportFile>(`/imports/${id}/cancel`),
  remove: (id: string) => api.delete<{ id: string }>(`/imports/${id}`),
  refused: async (id: string, language: string) => (await api.file(`/imports/${id}/refused`, { language })).text(),
};
