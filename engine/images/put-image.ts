/** Commands on the image library: a picture is taken in once whatever its file is called, described, and taken out while nothing shows it. */
import { v7 as newId } from 'uuid';
import { findImage, listImageUses, wasImageSent } from '#db/queries/images.ts';
import type { TextVariants } from '#domain/shared/text-variants.ts';
import { audit, type CommandContext } from '#engine/commands/command-context.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import type { Picture } from './read-picture.ts';

/** Adds the picture, or finds it: it then keeps its name, and learns the descriptions that it lacks. */
export async function addImage(context: CommandContext, picture: Picture, { name, alt }: { name: string; alt: TextVariants }): Promise<{ imageId: string; created: boolean }> {
  const { transaction, workspaceId } = context;
  const { hash, format, width, height, animated, files } = picture;
  const id = newId();
  const [row] = await transaction<{ id: string }[]>`
    insert into images as i (id, workspace_id, hash, name, alt, format, width, height, animated, created_at)
    values (${id}, ${workspaceId}, ${hash}, ${name}, ${transaction.json(alt)}, ${format}, ${width}, ${height}, ${animated}, workspace_now(${workspaceId}))
    on conflict (workspace_id, hash) do update set alt = excluded.alt || i.alt, removed_at = null returning id`;
  const imageId = row?.id ?? id;
  if (imageId !== id) return { imageId, created: false };
  for (const file of files) {
    await transaction`
      insert into image_files (workspace_id, image_id, size, hash, format, width, height, bytes)
      values (${workspaceId}, ${id}, ${file.size}, ${file.hash}, ${file.format}, ${file.width}, ${file.height}, ${file.bytes})`;
  }
  await audit(context, { action: 'image.add', subject: name, after: { name, alt, width, height } });
  return { imageId, created: true };
}

const unknown = (): PermanentError => new PermanentError('image.unknown', 'There is no such picture.');

/** Names and describes it anew. Mails that show it keep the words that were written in them. */
export async function describeImage(context: CommandContext, imageId: string, { name, alt }: { name: string; alt: TextVariants }): Promise<void> {
  const before = await findImage(context.transaction, imageId);
  if (!before) throw unknown();
  await context.transaction`update images set name = ${name}, alt = ${context.transaction.json(alt)} where id = ${imageId}`;
  await audit(context, { action: 'image.describe', subject: name, before: { name: before.name, alt: before.alt }, after: { name, alt } });
}

/** Takes it out of the library. Its files stay where they are served as long as mails that left may load them; `kept` says so. */
export async function removeImage(context: CommandContext, imageId: string): Promise<{ kept: boolean }> {
  const { transaction, workspaceId } = context;
  const image = await findImage(transaction, imageId);
  if (!image) throw unknown();
  await transaction`select id from images where id = ${imageId} for update`;
  const uses = (await listImageUses(transaction, [imageId])).get(imageId) ?? [];
  if (uses.length > 0) throw new PermanentError('image.inUse', `It is shown by ${uses.slice(0, 5).map(({ name }) => `«${name}»`).join(', ')}${uses.length > 5 ? ' and others' : ''}. Take it out there first.`);
  const kept = await wasImageSent(transaction, imageId);
  if (kept) await transaction`update images set removed_at = workspace_now(${workspaceId}) where id = ${imageId}`;
  else await transaction`delete from images where id = ${imageId}`;
  await audit(context, { action: 'image.remove', subject: image.name, before: { name: image.name, kept } });
  return { kept };
}
