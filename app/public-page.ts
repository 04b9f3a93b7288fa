/** What the customers' own pages share (`/j`, `/n`, `/q`, `/u`): plain HTML that is framed, indexed and kept nowhere, and the small forms that they post. */

const MOST_FORM_BYTES = 10_000;

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** A whole document. `body` is HTML and `style` CSS; the title is text. */
export const publicDocument = (language: string, { title, style, body }: { title: string; style: string; body: string }): string =>
  `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>${escapeHtml(title)}</title><style>${style}</style></head><body>${body}</body></html>`;

/** Forms post to their own address. Scripts run on no page but one that says so, and then only ours. */
const FORMS = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
const SCRIPTS = "default-src 'none'; script-src 'self'; img-src 'self'; worker-src 'self'; connect-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";

/** The document as it is answered: the address holds a token or a code, so it goes to no other site and into no cache. */
export const answerPage = (document: string, { status = 200, scripts = false }: { status?: number; scripts?: boolean } = {}): Response => new Response(document, {
  status,
  headers: {
    'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex', 'x-content-type-options': 'nosniff',
    'content-security-policy': scripts ? SCRIPTS : FORMS,
  },
});

/** The form that was posted; an empty one where it is none, or too large to come from our page. */
export async function readForm(request: Request): Promise<FormData> {
  if (Number(request.headers.get('content-length') ?? 0) > MOST_FORM_BYTES) return new FormData();
  return request.formData().catch(() => new FormData());
}

/** What was written in a field, cut to `length` characters; empty when there is none. */
export function fieldOf(form: FormData, name: string, length: number): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim().slice(0, length) : '';
}
