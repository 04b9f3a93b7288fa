/** The image library: pictures for messages and products, checked by their content and served by their hash. */
import { z } from 'zod';
import { findImage, listImages, listImageUses, type ImageRow, type ImageUse } from '#db/queries/images.ts';
import { IMAGE_FORMATS, IMAGE_SIZES, imagePath, MOST_IMAGE_BYTES, type ImageSize } from '#domain/images/image-facts.ts';
import { AltTexts, ImageName } from '#domain/images/image-input.ts';
import { formatId } from '#domain/shared/ids.ts';
import { addImage, describeImage, removeImage } from '#engine/images/put-image.ts';
import { readPicture } from '#engine/images/read-picture.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { runInWorkspace } from '#engine/run-command.ts';
import { defineRoute, type InTransaction } from '#app/api/define-route.ts';
import { Id, IdOf, iso, Iso, pageOf, PageOf, pageQuery, readCursor, UUID_KEY } from '#app/api/edge.ts';
import { unwrap } from '#app/api/problem.ts';

const count = z.number().int();
const SIZES = Object.keys(IMAGE_SIZES) as [ImageSize, ...ImageSize[]];
const ImageOut = z.object({
  id: Id('image'), name: z.string(), alt: z.record(z.string(), z.string()), format: z.enum(IMAGE_FORMATS), width: count, height: count, animated: z.boolean(), createdAt: Iso,
  path: z.string().meta({ description: 'What a picture block, a product or HTML names: the largest file, without the site.' }),
  files: z.array(z.object({ size: z.enum(SIZES), path: z.string(), url: z.string(), width: count, height: count, bytes: count })),
  uses: z.array(z.object({ kind: z.enum(['template', 'product', 'brandKit']), key: z.string(), name: z.string() })).meta({ description: 'What shows it now. While something does, it cannot be removed.' }),
}).meta({ id: 'Image' });

const toImage = ({ id, createdAt, files, ...row }: ImageRow, uses: readonly ImageUse[], publicUrl: string): z.input<typeof ImageOut> => {
  const shown = files.map(({ hash, format, ...file }) => ({ ...file, path: imagePath(hash, format), url: publicUrl + imagePath(hash, format) }));
  return { ...row, id: formatId('image', id), createdAt: iso(createdAt), path: shown.find(({ size }) => size === 'large')?.path ?? '', files: shown, uses: [...uses] };
};

async function read({ transaction, engine }: Pick<InTransaction<unknown>, 'transaction' | 'engine'>, imageId: string): Promise<z.input<typeof ImageOut>> {
  const row = await findImage(transaction, imageId);
  if (!row) throw new PermanentError('image.unknown', 'There is no such picture.');
  return toImage(row, (await listImageUses(transaction, [imageId])).get(imageId) ?? [], engine.publicUrl);
}

/** All of it, or one byte more than is taken: what is larger is not kept in memory. */
async function wholeFile(file: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of file) {
    chunks.push(chunk);
    if ((size += chunk.byteLength) > MOST_IMAGE_BYTES) break;
  }
  return Buffer.concat(chunks);
}

const params = z.object({ imageId: IdOf('image') });

const upload = defineRoute({
  method: 'POST', path: '/images', noun: 'Images', summary: 'Take a picture into the library', scope: 'content:write', status: 201, consumes: 'image/*',
  errors: ['image.tooLarge', 'image.empty', 'image.svg', 'image.kind', 'image.pixels', 'image.heavyAnimation', 'image.broken'],
  description: 'The body is the file: PNG, JPEG, WebP or GIF, told by its content, at most 10 MB and 50 megapixels. It is turned upright, loses what the camera wrote into it, and is kept 1200, 600 and 240 pixels wide at most; an animation stays one. The same picture is kept once: it is then answered with 200. `alt` is what a reader hears in place of it, in `language` (the workspace’s when absent); other languages follow by PUT.',
  query: z.object({ fileName: ImageName.default('picture'), alt: z.string().trim().min(1, 'describe the picture').max(200), language: z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'use a BCP 47 tag, for example fr or fr-CA') }), response: ImageOut,
  async upload({ engine, workspaceId, actor, query, file }) {
    const picture = unwrap(await readPicture(await wholeFile(file)));
    const { body, created } = await runInWorkspace(engine, { workspaceId, actor }, async ({ command, transaction }) => {
      const added = await addImage(command, picture, { name: query.fileName, alt: { [query.language]: query.alt } });
      return { created: added.created, body: await read({ transaction, engine }, added.imageId) };
    });
    return { status: created ? 201 : 200, body };
  },
});

const list = defineRoute({
  method: 'GET', path: '/images', noun: 'Images', summary: 'List pictures, newest first', scope: 'content:read', response: PageOf(ImageOut),
  query: z.strictObject({ ...pageQuery, search: z.string().max(200).default('').meta({ description: 'Words of the name or of what is said of it, in any language; accents and case do not count.' }) }),
  async read({ transaction, engine, query: { limit, after, search } }) {
    const rows = await listImages(transaction, { search, before: readCursor(after, [UUID_KEY])?.[0] ?? null, limit: limit + 1 });
    const uses = await listImageUses(transaction, rows.map(({ id }) => id));
    return pageOf(rows, limit, ({ id }) => [id], (row) => toImage(row, uses.get(row.id) ?? [], engine.publicUrl));
  },
});

const one = defineRoute({
  method: 'GET', path: '/images/{imageId}', noun: 'Images', summary: 'Read a picture and what shows it', scope: 'content:read', params, response: ImageOut, errors: ['image.unknown'],
  read: (input) => read(input, input.params.imageId),
});

const describe = defineRoute({
  method: 'PUT', path: '/images/{imageId}', noun: 'Images', summary: 'Name and describe a picture', scope: 'content:write', params, response: ImageOut, errors: ['image.unknown'],
  body: z.strictObject({ name: ImageName, alt: AltTexts }), example: { name: 'Autumn window', alt: { fr: 'Une vitrine aux couleurs de l’automne', en: 'A window in autumn colours' } },
  async write(input) {
    await describeImage(input.command, input.params.imageId, input.body);
    return { body: await read(input, input.params.imageId) };
  },
});

const remove = defineRoute({
  method: 'DELETE', path: '/images/{imageId}', noun: 'Images', summary: 'Take a picture out of the library', scope: 'content:write', params, errors: ['image.unknown', 'image.inUse'],
  description: 'Refused while the latest version of a template or a product shows it. Mails that left before go on showing it: `kept` says that its files are still served for them.',
  response: z.object({ removed: z.literal(true), kept: z.boolean() }),
  async write({ command, params: { imageId } }) {
    return { body: { removed: true as const, ...(await removeImage(command, imageId)) } };
  },
});

export const imageRoutes = [upload, list, one, describe, remove];
