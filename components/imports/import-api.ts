/** Imports as the API answers them, and what it is asked. A file is sent by itself, so that its way is seen. */
import { api, ApiProblem, PAGE_HEADERS, type FieldProblem, type Page } from '#components/api-client.ts';
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

const problemOf = (request: XMLHttpRequest): ApiProblem => {
  const given = (request.response ?? {}) as { code?: string; detail?: string; errors?: FieldProblem[] };
  return new ApiProblem(request.status, given.code ?? 'internal', given.detail ?? '', given.errors ?? []);
};

/** Sends a file; `onProgress` is told which share of it is there. */
const upload = (kind: ImportKind, file: File, onProgress: (share: number) => void): Promise<ImportFile> => new Promise((resolve, reject) => {
  const request = new XMLHttpRequest();
  request.open('POST', `/api/v1/imports?${new URLSearchParams({ kind, fileName: file.name.slice(0, 200) })}`);
  for (const [name, value] of Object.entries(PAGE_HEADERS)) request.setRequestHeader(name, value);
  request.setRequestHeader('content-type', 'text/csv');
  request.responseType = 'json';
  request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 1);
  request.onload = () => (request.status < 300 ? resolve(request.response as ImportFile) : reject(problemOf(request)));
  request.onerror = () => reject(new ApiProblem(0, 'offline', 'The server cannot be reached.'));
  request.send(file);
});

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
