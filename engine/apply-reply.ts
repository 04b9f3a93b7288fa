/** Stage 5, deliver: what a customer wrote to us by SMS or WhatsApp. A keyword changes consent for the brand or is answered (§6.6); every reply is an event (§4.6). */
import { inWorkspace } from '#db/connection.ts';
import { loadMessages } from '#db/queries/messages.ts';
import { matchSmsKeyword } from '#domain/messages/sms-keywords.ts';
import { cutText } from '#domain/shared/cut-text.ts';
import { formatId } from '#domain/shared/ids.ts';
import { formatInstant } from '#domain/shared/time.ts';
import { appendSystemEvents } from '#engine/append-system-events.ts';
import { answerHelp } from '#engine/answer-help.ts';
import { applyConsents } from '#engine/apply-consent.ts';
import { takeOnce } from '#engine/apply-delivery.ts';
import { lockHeads, readNow } from '#engine/burst/gather.ts';
import type { Engine } from '#engine/engine.ts';
import type { InboundSms } from '#providers/ports.ts';

/** Applies one reply, once. A number that belongs to nobody is dropped: there is nobody whose consent could change. */
export async function applyReply(engine: Engine, workspaceId: string, endpointId: string, sms: InboundSms): Promise<void> {
  const events = await inWorkspace(engine.database, workspaceId, async (transaction) => {
    if (!(await takeOnce(transaction, workspaceId, endpointId, sms.providerMessageId))) return 0;
    const [owner] = await transaction<{ customer_id: string }[]>`select customer_id from customer_identifiers where workspace_id = ${workspaceId} and kind = 'phone' and value = ${sms.from}`;
    if (!owner) return 0;
    const customerId = owner.customer_id;
    await lockHeads(transaction, [customerId]);
    const at = await readNow(transaction, workspaceId);
    await transaction`update customers set last_act_at = greatest(last_act_at, ${formatInstant(at)}::text::timestamptz) where id = ${customerId}`;
    const keyword = matchSmsKeyword(sms.body);
    const [last] = await transaction<{ id: string }[]>`select id from messages where customer_id = ${customerId} and channel = ${sms.channel} and handed_over_at is not null order by id desc limit 1`;
    const answered = last ? (await loadMessages(transaction, [last.id])).get(last.id) : undefined;
    const consents = keyword === 'optOut' || keyword === 'optIn'
      ? await applyConsents(transaction, workspaceId, [{
          customerId, purpose: 'marketing', channel: sms.channel, state: keyword === 'optOut' ? 'denied' : 'granted', source: sms.channel === 'sms' ? 'smsKeyword' : 'whatsappKeyword', at,
          proof: { word: sms.body.trim().slice(0, 20), providerMessageId: sms.providerMessageId },
        }])
      : 0;
    if (keyword === 'help') await answerHelp(transaction, workspaceId, customerId, sms, at);
    return consents + await appendSystemEvents(transaction, workspaceId, [{
      customerId, type: 'message.replied', occurredAt: at,
      properties: {
        channel: sms.channel, keyword, text: cutText(sms.body, 1_600),
        ...(answered ? { messageId: formatId('message', answered.id), messageKey: answered.key, journeyId: answered.journeyId, enrollmentId: answered.enrollmentId, nodeId: answered.nodeId } : {}),
      },
    }]);
  });
  if (events > 0) engine.hintRouters();
}
