/** Pictures of the library as the API answers them, and what it is asked. */
import { chooseText } from '#domain/shared/choose-text.ts';
import { api, type Page } from '#components/api-client.ts';
import { sendFile } from '#components/send-file.ts';

export type ImageFile = { size: 'large' | 'medium' | 'small'; path: string; url: string; width: number; height: number; bytes: number };
export type LibraryImage = {
  id: string; name: string; alt: Record<string, string>; format: 'jpeg' | 'png' | 'gif'; width: number; height: number; animated: boolean; createdAt: string;
  /** What a block names. */
  path: string; files: ImageFile[]; uses: { kind: 'template' | 'product' | 'brandKit'; key: string; name: string }[];
};

/** The smallest file, which never moves. */
export const smallOf = ({ files, path }: LibraryImage): string => files.find(({ size }) => size === 'small')?.path ?? path;
/** What is said of it in the language, its base, or in any. */
export const altOf = ({ alt }: LibraryImage, language: string, workspaceLanguage: string): string => chooseText(alt, language, workspaceLanguage).text;

export const ACCEPTED = 'image/png,image/jpeg,image/webp,image/gif';

export const imageApi = {
  list: (search: string, after: string | null, limit: number, signal?: AbortSignal) => api.get<Page<LibraryImage>>('/images', { search, after, limit }, signal),
  upload: (file: File, alt: string, language: string, onProgress: (share: number) => void) => sendFile<LibraryImage>('/images', { fileName: file.name.slice(0, 200) || 'picture', alt, language }, file, file.type || 'application/octet-stream', onProgress),
  describe: (id: string, body: { name: string; alt: Record<string, string> }) => api.put<LibraryImage>(`/images/${id}`, body),
  remove: (id: string) => api.delete<{ kept: boolean }>(`/images/${id}`),
};
