/** What the settings pages read. */
export const ROLES = ['owner', 'marketer', 'campaignManager', 'merchant', 'viewer'] as const;
export type Role = (typeof ROLES)[number];
export type Member = { userId: string; name: string; email: string; role: string; storeIds: string[]; twoFactor: boolean; createdAt: string };
export type Members = { items: Member[]; next: null; roles: { role: Role; scopes: string[] }[] };
export type Invitation = { id: string; email: string; role: Role; storeIds: string[]; language: string; mail: string | null; invitedBy: string | null; sentAt: string; expiresAt: string; expired: boolean };
export type Invitations = { items: Invitation[]; next: null; canMail: boolean };
export type SentInvitation = { id: string; mail: 'sent' | 'noSender' | 'notTaken' | 'refused'; link: string | null };
export type Store = { id: string; externalId: string; name: string; city: string | null };
export type ApiKey = { id: string; name: string; prefix: string; scopes: string[]; createdAt: string; lastUsedAt: string | null; revokedAt: string | null; stores: string[] | null };
export type Workspace = { id: string; slug: string; name: string; brand: string; kind: 'live' | 'sandbox'; currency: string; timeZone: string; country: string; language: string; attribution: { emailDays: number; smsDays: number }; smsPartMicros: number | null; requiresTwoFactor: boolean };

/** A scope as a key of words: colons would be lost in them. */
export const scopeWord = (scope: string): string => scope.replaceAll(':', '_');
