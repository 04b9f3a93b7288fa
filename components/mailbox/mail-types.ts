/** A message in the mailbox of a sandbox, as the API answers it. */
export type Mail = { id: string; channel: 'email' | 'sms'; to: string; from: string; subject: string; html: string; text: string; messageId: string | null; status: string; at: string; unsubscribeUrl: string | null };
