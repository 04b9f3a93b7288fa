/** A mail to an owner about something that stopped by itself, in the language of the workspace: plain, with one link to where it is put right. */
export type NoticeKind = 'destinationDisabled' | 'domainLost';
export type Notice = { kind: NoticeKind; workspace: string; name: string; days: number | null; link: string; language: 'en' | 'fr' };

type Words = { subject: string; body: string; todo: string; action: string };

const TEXTS: Record<'en' | 'fr', Record<NoticeKind, (notice: Notice) => Words>> = {
  en: {
    destinationDisabled: ({ workspace, name, days }) => ({
      subject: `${workspace}: webhooks to ${name} are off`,
      body: days === null ? `The server behind “${name}” answered that nobody takes webhooks there any more.` : `The server behind “${name}” has taken no webhook for ${days} days.`,
      todo: 'Nothing more is sent to it. What happens meanwhile is kept for thirty days. Put the server right, then switch the destination on again: what waits is sent in its order.', action: 'Open the destination',
    }),
    domainLost: ({ workspace, name }) => ({
      subject: `${workspace}: ${name} is no longer verified`, body: `The DNS records of ${name} are no longer found.`,
      todo: 'E-mails in its name may be refused or end as spam, and no journey can be published with it. Put the records back as they are shown, then check again.', action: 'Show the records',
    }),
  },
  fr: {
    destinationDisabled: ({ workspace, name, days }) => ({
      subject: `${workspace} : les webhooks vers ${name} sont arrêtés`,
      body: days === null ? `Le serveur derrière « ${name} » a répondu que plus personne n’y reçoit de webhooks.` : `Le serveur derrière « ${name} » n’a pris aucun webhook depuis ${days} jours.`,
      todo: 'Plus rien ne lui est envoyé. Ce qui se passe entre-temps est gardé trente jours. Remettez le serveur en état, puis réactivez la destination : ce qui attend part dans l’ordre.', action: 'Ouvrir la destination',
    }),
    domainLost: ({ workspace, name }) => ({
      subject: `${workspace} : ${name} n’est plus vérifié`, body: `Les enregistrements DNS de ${name} ne sont plus trouvés.`,
      todo: 'Les e-mails à son nom risquent d’être refusés ou classés indésirables, et aucun scénario ne peut être publié avec lui. Remettez les enregistrements tels qu’ils sont affichés, puis vérifiez à nouveau.', action: 'Voir les enregistrements',
    }),
  },
};

/** In French the space before high punctuation and inside quotation marks does not break. */
const unbroken = (text: string, language: 'en' | 'fr'): string => (language === 'fr' ? text.replace(/ ([:;?»])/g, '\u00a0$1').replace(/« /g, '«\u00a0') : text);
const escape = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

export function writeNotice(notice: Notice): { subject: string; html: string; text: string } {
  const words = TEXTS[notice.language][notice.kind](notice);
  const subject = unbroken(words.subject.replace(/[\r\n\t]+/g, ' '), notice.language);
  const body = unbroken(words.body, notice.language);
  const todo = unbroken(words.todo, notice.language);
  const { action } = words;
  const link = escape(notice.link);
  const html = `<!doctype html><html lang="${notice.language}"><head><meta charset="utf-8"><title>${escape(subject)}</title></head><body style="font-family:Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5;color:#1b1d22;background:#ffffff;margin:0;padding:32px 16px">`
    + `<main style="max-width:520px;margin:0 auto"><h1 style="font-size:20px;margin:0 0 16px">${escape(subject)}</h1><p>${escape(body)}</p><p>${escape(todo)}</p>`
    + `<p><a href="${link}" style="display:inline-block;padding:12px 20px;border-radius:6px;background:#1f3a5f;color:#ffffff;text-decoration:none">${escape(action)}</a></p></main></body></html>`;
  return { subject, html, text: `${body}\n\n${todo}\n\n${action}: ${notice.link}\n` };
}
