/** Sends one file to a route of the API, so that its way is seen; problems are thrown as from any other request. */
import { ApiProblem, PAGE_HEADERS, type FieldProblem } from '#components/api-client.ts';

const problemOf = (request: XMLHttpRequest): ApiProblem => {
  const given = (request.response ?? {}) as { code?: string; detail?: string; errors?: FieldProblem[] };
  return new ApiProblem(request.status, given.code ?? 'internal', given.detail ?? '', given.errors ?? []);
};

/** `T` is what the route is declared to answer; `onProgress` is told which share of the file is there. */
export const sendFile = <T>(path: string, query: Record<string, string>, file: Blob, contentType: string, onProgress: (share: number) => void): Promise<T> => new Promise((resolve, reject) => {
  const request = new XMLHttpRequest();
  request.open('POST', `/api/v1${path}?${new URLSearchParams(query)}`);
  for (const [name, value] of Object.entries(PAGE_HEADERS)) request.setRequestHeader(name, value);
  request.setRequestHeader('content-type', contentType);
  request.responseType = 'json';
  request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 1);
  request.onload = () => (request.status < 300 ? resolve(request.response as T) : reject(problemOf(request)));
  request.onerror = () => reject(new ApiProblem(0, 'offline', 'The server cannot be reached.'));
  request.send(file);
});
