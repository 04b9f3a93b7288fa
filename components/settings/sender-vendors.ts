/** The vendors a channel may speak through, and what each needs: its keys, given once and shown never, and the name before them. */
export const SENDER_CHANNELS = ['email', 'sms', 'whatsapp'] as const;
export type SenderChannel = (typeof SENDER_CHANNELS)[number];
export type Account = { id: string; channel: string; keys: 'own' | 'environment'; state: 'ready' | 'missing' | 'unreadable'; kind: string | null; sender: string | null; replyTo: string | null; webhookUrl: string | null };

export type Vendor = 'resend' | 'smtp' | 'twilio' | 'environment';
/** In the order of the form; the fields that are keys. */
export const VENDOR_KEYS: Record<Vendor, readonly string[]> = { resend: ['apiKey', 'webhookSecret'], smtp: ['url'], twilio: ['accountSid', 'authToken'], environment: [] };
export const VENDORS_OF: Record<SenderChannel, readonly Vendor[]> = { email: ['resend', 'smtp', 'environment'], sms: ['twilio', 'environment'], whatsapp: ['twilio', 'environment'] };

/** What a key looks like, so that a wrong one is named before it is sent. */
export const KEY_FORMS: Record<string, RegExp> = { apiKey: /\S/, webhookSecret: /^whsec_\S+$/, url: /^smtps?:\/\/\S+$/, accountSid: /^AC[0-9a-f]{32}$/, authToken: /\S/ };
export const SENDER_FORMS: Record<SenderChannel, RegExp> = { email: /^([^<>@]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/, sms: /^\S.{0,39}$/, whatsapp: /^\S.{0,39}$/ };
