/** Pictures of the library, and what shows them. Their bytes are read by `readImageFile` alone. */
import type { Database, Transaction } from '#db/connection.ts';
import type { ImageFormat, ImageSize } from '#domain/images/image-facts.ts';
import type { TextVariants } from '#domain/shared/text-variants.ts';

export type ImageFileRow = { size: ImageSize; hash: string; format: ImageFormat; width: number; height: number; bytes: number };
export type ImageRow = { id: string; name: string; alt: TextVariants; format: ImageFormat; width: number; height: number; animated: boolean; createdAt: Date; files: ImageFileRow[] };
/** What shows a picture now: the latest version of a template, a product, or the brand kit. */
export type ImageUse = { kind: 'template' | 'product' | 'brandKit'; key: string; name: string };

const columns = (transaction: Transaction) => transaction`
  i.id, i.name, i.alt, i.format, i.width, i.height, i.animated, i.created_at as "createdAt",
  (select jsonb_agg(jsonb_build_object('size', f.size, 'hash', f.hash, 'format', f.format, 'width', f.width, 'height', f.height, 'bytes', octet_length(f.bytes)) order by f.width desc, f.size)
     from image_files f where f.image_id = i.id) as files`;

/** A picture that is in the library, or null. */
export async function findImage(transaction: Transaction, id: string): Promise<ImageRow | null> {
  const [row] = await transaction<ImageRow[]>`select ${columns(transaction)} from images i where i.id = ${id} and i.removed_at is null`;
  return row ?? null;
}

/** Newest first; `search` is what the words of its name and descriptions hold. */
export async function listImages(transaction: Transaction, { search, before, limit }: { search: string; before: string | null; limit: number }): Promise<ImageRow[]> {
  return transaction<ImageRow[]>`
    select ${columns(transaction)} from images i
     where i.removed_at is null and (${before}::uuid is null or i.id < ${before}::uuid)
       and not exists (select from unnest(string_to_array(nullif(fold_words(${search}::text), ''), ' ')) word where position(word in i.words) = 0)
     order by i.id desc limit ${limit}`;
}

/** What shows each of these pictures. */
export async function listImageUses(transaction: Transaction, imageIds: readonly string[]): Promise<Map<string, ImageUse[]>> {
  const rows = await transaction<(ImageUse & { id: string })[]>`
    with wanted as (select image_id as id, array_agg(hash) as hashes from image_files where image_id = any(${[...imageIds]}::uuid[]) group by 1)
    select w.id, 'template' as kind, t.key, t.name from wanted w join template_versions v on v.image_hashes && w.hashes join templates t on t.id = v.template_id and t.number = v.number
    union all
    select w.id, 'product', p.sku, coalesce(p.name ->> (select language from workspaces limit 1), jsonb_path_query_array(p.name, '$.*') ->> 0) from wanted w join products p on p.picture_hash = any(w.hashes)
    union all
    select w.id, 'brandKit', 'brand', (select brand from workspaces limit 1) from wanted w join brand_kits b on b.logo_hash = any(w.hashes)
    order by kind, key`;
  const uses = new Map<string, ImageUse[]>(imageIds.map((id) => [id, []]));
  for (const { id, ...use } of rows) uses.get(id)?.push(use);
  return uses;
}

/** Whether a template ever showed it: mails that left then load it still. */
export async function wasImageSent(transaction: Transaction, imageId: string): Promise<boolean> {
  const [row] = await transaction<{ sent: boolean }[]>`
    select exists (select from template_versions where image_hashes && (select array_agg(hash) from image_files where image_id = ${imageId})) as sent`;
  return row?.sent ?? false;
}

/** A file that is public, by its hash; no workspace is named. */
export async function readImageFile(database: Database, hash: string): Promise<{ format: ImageFormat; bytes: Buffer } | null> {
  const [row] = await database<{ format: ImageFormat; bytes: Buffer }[]>`select format, bytes from read_image_file(${hash})`;
  return row ?? null;
}
