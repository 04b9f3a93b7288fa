/** Templates and their immutable versions. */
import type { Transaction } from '#db/connection.ts';
import { imageHashesIn } from '#domain/images/image-facts.ts';
import { TemplateVersionContent } from '#domain/messages/template.ts';

export type TemplateRow = { id: string; key: string; name: string; channel: string; number: number; updatedAt: Date };
export type ListedTemplate = TemplateRow & { /** Of the latest version. */ languages: string[] };
export type TemplateVersion = { templateId: string; versionId: string; key: string; number: number; content: TemplateVersionContent };

/** Writes the next version under a key; null when the key belongs to a template of another channel. The template's row is the lock between two authors. */
export async function insertTemplateVersion(
  transaction: Transaction, workspaceId: string,
  version: { templateId: string; versionId: string; key: string; name: string; channel: string; content: TemplateVersionContent },
): Promise<{ templateId: string; versionId: string; number: number } | null> {
  const { templateId, versionId, key, name, channel, content } = version;
  const [row] = await transaction<{ id: string; number: number }[]>`
    insert into templates as t (id, workspace_id, key, name, channel, number, created_at, updated_at)
    values (${templateId}, ${workspaceId}, ${key}, ${name}, ${channel}, 1, workspace_now(${workspaceId}), workspace_now(${workspaceId}))
    on conflict (workspace_id, key) do update set name = excluded.name, number = t.number + 1, updated_at = excluded.updated_at where t.channel = excluded.channel
    returning id, number`;
  if (!row) return null;
  // Journeys name templates by key: what bursts have cached of the workspace does not know a new one.
  if (row.number === 1) await transaction`update workspaces set routing_epoch = routing_epoch + 1 where id = ${workspaceId}`;
  const hashes = imageHashesIn(content.source);
  // A content that comes from another workspace brings its pictures along.
  if (hashes.length > 0) await transaction`select adopt_images(${workspaceId}, ${hashes})`;
  await transaction`
    insert into template_versions (id, workspace_id, template_id, number, content, image_hashes, created_at)
    values (${versionId}, ${workspaceId}, ${row.id}, ${row.number}, ${transaction.json(content)}, ${hashes}, workspace_now(${workspaceId}))`;
  return { templateId: row.id, versionId, number: row.number };
}

/** The latest version of each of these templates. */
export async function findLatestVersions(transaction: Transaction, templateIds: string[]): Promise<Map<string, TemplateVersion>> {
  const rows = await transaction<{ templateId: string; versionId: string; key: string; number: number; content: unknown }[]>`
    select distinct on (v.template_id) v.template_id as "templateId", v.id as "versionId", t.key, v.number, v.content
      from template_versions v join templates t on t.id = v.template_id
     where v.template_id = any(${templateIds}::uuid[]) order by v.template_id, v.number desc`;
  return new Map(rows.map((row) => [row.templateId, { ...row, content: TemplateVersionContent.parse(row.content) }]));
}

/** A template by its key with its latest version, or null. */
export async function findTemplateByKey(transaction: Transaction, key: string): Promise<(TemplateRow & { version: TemplateVersion }) | null> {
  const [row] = await transaction<TemplateRow[]>`select id, key, name, channel, number, updated_at as "updatedAt" from templates where key = ${key}`;
  const version = row && (await findLatestVersions(transaction, [row.id])).get(row.id);
  return row && version ? { ...row, version } : null;
}

/** All templates of the workspace, by key. */
export async function listTemplates(transaction: Transaction): Promise<ListedTemplate[]> {
  return transaction<ListedTemplate[]>`
    select t.id, t.key, t.name, t.channel, t.number, t.updated_at as "updatedAt", array(select jsonb_object_keys(v.content -> 'source' -> 'variants') order by 1) as languages
      from templates t left join template_versions v on v.template_id = t.id and v.number = t.number order by t.key`;
}

export type TemplateVersionRow = { id: string; number: number; createdAt: Date; languages: string[] };

/** The versions of a template, newest first, at most `limit`. */
export async function listTemplateVersions(transaction: Transaction, templateId: string, limit: number): Promise<TemplateVersionRow[]> {
  return transaction<TemplateVersionRow[]>`
    select id, number, created_at as "createdAt", array(select jsonb_object_keys(content -> 'source' -> 'variants') order by 1) as languages
      from template_versions where template_id = ${templateId} order by number desc limit ${limit}`;
}

/** One version of a template by its number, or null. */
export async function findTemplateVersion(transaction: Transaction, templateId: string, number: number): Promise<{ createdAt: Date; content: TemplateVersionContent } | null> {
  const [row] = await transaction<{ createdAt: Date; content: unknown }[]>`select created_at as "createdAt", content from template_versions where template_id = ${templateId} and number = ${number}`;
  return row ? { createdAt: row.createdAt, content: TemplateVersionContent.parse(row.content) } : null;
}

export type TemplateUse = { journeyId: string; name: string; status: string; live: boolean; draft: boolean; versions: number };

/** The journeys whose steps name a template: in the live version, in the draft, or in an earlier version that people are still in. */
export async function listTemplateUses(transaction: Transaction, key: string): Promise<TemplateUse[]> {
  const path = '$.nodes[*].settings.** ? (@.templateKey == $key)';
  const rows = await transaction<TemplateUse[]>`
    select j.id as "journeyId", j.name, j.status, jsonb_path_exists(j.draft, ${path}::jsonpath, jsonb_build_object('key', ${key}::text)) as draft,
           coalesce((select jsonb_path_exists(v.definition, ${path}::jsonpath, jsonb_build_object('key', ${key}::text)) from journey_versions v where v.id = j.live_version_id), false) as live,
           (select count(*)::int from journey_versions v where v.journey_id = j.id and v.id is distinct from j.live_version_id and jsonb_path_exists(v.definition, ${path}::jsonpath, jsonb_build_object('key', ${key}::text))
              and exists (select from enrollments e where e.version_id = v.id and e.ended_at is null)) as versions
      from journeys j order by j.name, j.id`;
  return rows.filter(({ live, draft, versions }) => live || draft || versions > 0);
}
