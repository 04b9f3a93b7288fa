/**
 * Writes to the owners of a workspace what they have to know: queued by `queueNotices` in the transaction that made it so, sent outside of one, tried again for some days.
 * A sender that dies between the mail and its record is followed by another, whose call carries the same key: Resend sends it once.
 */
import { v7 as newId } from 'uuid';
import { inWorkspace, type Transaction } from '#db/connection.ts';
import { parseId } from '#domain/shared/ids.ts';
import { sendAccountMail } from '#engine/account-mail.ts';
import type { OpenVendor } from '#engine/dispatch/vendor.ts';
import type { Engine } from '#engine/engine.ts';
import { writeNotice, type NoticeKind } from './write-notice.ts';

/** One row per owner of now. */
export async function queueNotices(transaction: Transaction, workspaceId: string, { kind, subject, figures = {} }: { kind: NoticeKind; subject: string; figures?: Record<string, number> }): Promise<void> {
  const owners = await transaction<{ userId: string }[]>`select user_id as "userId" from memberships where workspace_id = ${workspaceId} and role = 'owner'`;
  for (const { userId } of owners) {
    await transaction`insert into owner_notices (id, workspace_id, user_id, kind, subject, figures) values (${newId()}, ${workspaceId}, ${userId}, ${kind}, ${subject}, ${transaction.json(figures)})`;
  }
}

type Due = { id: string; kind: NoticeKind; subject: string; figures: { days?: number }; attempts: number; email: string | null; workspace: string; language: string; destination: string | null };

/** Null when it has been sent meanwhile; `email` is null when its reader is no owner any more. */
async function loadNotice(transaction: Transaction, workspaceId: string, noticeId: string): Promise<Due | null> {
  const [row] = await transaction<Omit<Due, 'destination'>[]>`
    select n.id, n.kind, n.subject, n.figures, n.attempts, w.name as workspace, w.language,
           (select u.email from memberships m join auth_users u on u.id = m.user_id where m.user_id = n.user_id and m.workspace_id = n.workspace_id and m.role = 'owner') as email
      from owner_notices n join workspaces w on w.id = n.workspace_id where n.id = ${noticeId} and n.workspace_id = ${workspaceId} and n.state = 'queued'`;
  if (!row) return null;
  const id = row.kind === 'destinationDisabled' ? parseId('destination', row.subject) : null;
  const [destination] = id === null ? [] : await transaction<{ name: string }[]>`select name from destinations where id = ${id}`;
  return { ...row, destination: destination?.name ?? null };
}

const MOST_ATTEMPTS = 12;
const AT_A_TIME = 20;

const addressOf = (engine: Engine, { kind, subject }: Due): string => `${engine.publicUrl}${kind === 'destinationDisabled' ? `/settings/destinations/${subject}` : '/settings/senders'}`;

/** Answers how many were due. */
export async function sendNotices(engine: Engine, open?: OpenVendor): Promise<number> {
  const due = await engine.database<{ workspaceId: string; noticeId: string }[]>`select workspace_id as "workspaceId", notice_id as "noticeId" from owner_notices_due(${AT_A_TIME})`;
  for (const { workspaceId, noticeId } of due) {
    const notice = await inWorkspace(engine.database, workspaceId, (transaction) => loadNotice(transaction, workspaceId, noticeId));
    if (!notice) continue;
    const { kind, email, workspace, attempts } = notice;
    const language = notice.language.startsWith('fr') ? 'fr' : 'en';
    const mail = writeNotice({ kind, workspace, language, name: notice.destination ?? notice.subject, days: notice.figures.days ?? null, link: addressOf(engine, notice) });
    const outcome = email === null ? 'refused' : await sendAccountMail(engine, workspaceId, { to: email, ...mail, key: noticeId }, open);
    if (outcome === 'sent' || outcome === 'refused' || attempts >= MOST_ATTEMPTS) {
      await inWorkspace(engine.database, workspaceId, (transaction) => transaction`update owner_notices set state = ${outcome === 'sent' ? 'sent' : 'given-up'}, ended_at = clock_timestamp() where id = ${noticeId}`);
    }
  }
  return due.length;
}
