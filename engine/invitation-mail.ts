/** The mail that invites somebody to a workspace, in the language that the inviter chose: plain, so that every mail program shows it, with one link. */
import type { Role } from '#engine/commands/roles.ts';

export type InvitationMail = { workspace: string; role: Role; inviter: string | null; link: string; language: 'en' | 'fr' };

const ROLES: Record<'en' | 'fr', Record<Role, string>> = {
  en: { owner: 'owner', marketer: 'marketer', campaignManager: 'campaign manager', merchant: 'merchant', viewer: 'viewer' },
  fr: { owner: 'propriétaire', marketer: 'responsable marketing', campaignManager: 'responsable de campagnes', merchant: 'commerçant', viewer: 'lecteur' },
};

const TEXTS = {
  en: {
    subject: ({ workspace }: InvitationMail) => `${workspace} invites you to Parcours`,
    body: ({ workspace, inviter, role, language }: InvitationMail) => `${inviter ?? workspace} invites you to work in ${workspace} as ${ROLES[language][role]}.`,
    action: 'Accept the invitation', ends: 'The link works once, for seven days. If you do not expect it, do nothing: nobody gets in without it.',
  },
  fr: {
    subject: ({ workspace }: InvitationMail) => `${workspace} vous invite sur Parcours`,
    body: ({ workspace, inviter, role, language }: InvitationMail) => `${inviter ?? workspace} vous invite à travailler dans ${workspace} en tant que ${ROLES[language][role]}.`,
    action: 'Accepter l’invitation', ends: 'Le lien sert une seule fois, pendant sept jours. Si vous ne l’attendiez pas, ne faites rien : personne n’entre sans lui.',
  },
} as const;

const escape = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

export function writeInvitation(mail: InvitationMail): { subject: string; html: string; text: string } {
  const words = TEXTS[mail.language];
  const [subject, body, link] = [words.subject(mail).replace(/\s+/g, ' '), words.body(mail), escape(mail.link)];
  const html = `<!doctype html><html lang="${mail.language}"><head><meta charset="utf-8"><title>${escape(subject)}</title></head><body style="font-family:Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5;color:#1b1d22;background:#ffffff;margin:0;padding:32px 16px">`
    + `<main style="max-width:520px;margin:0 auto"><h1 style="font-size:20px;margin:0 0 16px">${escape(subject)}</h1><p>${escape(body)}</p>`
    + `<p><a href="${link}" style="display:inline-block;padding:12px 20px;border-radius:6px;background:#1f3a5f;color:#ffffff;text-decoration:none">${escape(words.action)}</a></p>`
    + `<p style="word-break:break-all;color:#5c606b;font-size:14px">${link}</p><p style="color:#5c606b;font-size:14px">${escape(words.ends)}</p></main></body></html>`;
  return { subject, html, text: `${body}\n\n${words.action}: ${mail.link}\n\n${words.ends}\n` };
}
