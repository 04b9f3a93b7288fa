/**
 * What can be brought in from a file: six kinds, and for each the fields that a column may stand for, with the headings under which files of other
 * programs, in English and French, are known to hold them.
 */
import { CHANNELS, type Channel } from '#domain/customers/channels.ts';

export const IMPORT_KINDS = ['customers', 'consents', 'relatives', 'products', 'purchases', 'returns'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** How a cell is read: `instant` is a date or a date and time, `amount` an amount of money, `list` several values in one cell. */
export type CellKind = 'text' | 'card' | 'externalId' | 'email' | 'phone' | 'language' | 'country' | 'date' | 'instant' | 'amount' | 'number' | 'count' | 'yesNo' | 'list' | 'relation' | 'channel' | 'purpose';

/** `headings`: lower case, without accents and marks (`normaliseHeading`). */
export type ImportField = { name: string; reads: CellKind; headings: readonly string[] };

/** One cell of any heading may also become an attribute of the customer: the field `attribute:<name>`. */
export const ATTRIBUTE_PREFIX = 'attribute:';
/** A name of a product in a language: `name:fr`. */
export const NAME_PREFIX = 'name:';

const field = (name: string, reads: CellKind, ...headings: string[]): ImportField => ({ name, reads, headings: [name.toLowerCase(), ...headings] });

const WHO: readonly ImportField[] = [
  field('externalId', 'externalId', 'external id', 'customer id', 'client id', 'id client', 'id', 'code client', 'numero client', 'n client', 'reference client', 'user id'),
  field('card', 'card', 'card number', 'loyalty card', 'carte', 'numero de carte', 'n de carte', 'carte fidelite', 'carte de fidelite', 'no carte'),
  field('email', 'email', 'e mail', 'email address', 'mail', 'courriel', 'adresse e mail', 'adresse email', 'adresse mail', 'customer email'),
  field('phone', 'phone', 'mobile', 'mobile phone', 'phone number', 'telephone', 'tel', 'portable', 'telephone portable', 'telephone mobile', 'gsm', 'numero de telephone'),
];

/** A column of yes and no per channel: `consent.email`. */
export const CONSENT_PREFIX = 'consent.';
const CONSENT_HEADINGS: Record<Channel, readonly string[]> = {
  email: ['email consent', 'email opt in', 'opt in email', 'optin email', 'accepts marketing', 'newsletter', 'accept email', 'consentement email', 'abonne newsletter'],
  sms: ['sms consent', 'sms opt in', 'opt in sms', 'optin sms', 'accepts sms', 'consentement sms'],
  whatsapp: ['whatsapp consent', 'whatsapp opt in', 'opt in whatsapp', 'consentement whatsapp'],
  letter: ['post consent', 'mail opt in', 'opt in courrier', 'consentement courrier', 'opt in postal'],
  call: ['call consent', 'opt in call', 'opt in appel', 'consentement telephone', 'consentement appel'],
  push: ['push consent', 'opt in push', 'notifications', 'consentement notifications'],
};

const CUSTOMER_FIELDS: readonly ImportField[] = [
  ...WHO,
  field('firstName', 'text', 'first name', 'given name', 'prenom'),
  field('lastName', 'text', 'last name', 'surname', 'family name', 'nom', 'nom de famille'),
  field('birthDate', 'date', 'birth date', 'birthday', 'date of birth', 'dob', 'born', 'born on', 'date de naissance', 'naissance', 'né le', 'née le', 'né(e) le', 'anniversaire'),
  field('gender', 'text', 'sex', 'genre', 'sexe', 'civilite', 'title'),
  field('language', 'language', 'locale', 'langue'),
  field('country', 'country', 'country code', 'pays', 'code pays'),
  field('street', 'text', 'address', 'address 1', 'address line 1', 'adresse', 'adresse 1', 'rue', 'voie'),
  field('postalCode', 'text', 'postal code', 'postcode', 'zip', 'zip code', 'code postal', 'cp'),
  field('city', 'text', 'town', 'ville', 'commune', 'localite'),
  field('store', 'text', 'shop', 'magasin', 'boutique', 'point de vente', 'store code', 'code magasin'),
  field('tags', 'list', 'tag', 'labels', 'etiquettes'),
  ...CHANNELS.map((channel) => field(`${CONSENT_PREFIX}${channel}`, 'yesNo', ...CONSENT_HEADINGS[channel])),
  field('consentAt', 'instant', 'consent date', 'opt in date', 'date de consentement', 'date optin', 'date opt in'),
  field('consentSource', 'text', 'consent source', 'opt in source', 'source du consentement', 'origine optin'),
  field('consentWording', 'text', 'consent wording', 'consent version', 'version du texte', 'texte du consentement'),
];

const ORDER_FIELDS: readonly ImportField[] = [
  field('orderId', 'text', 'order id', 'order', 'order number', 'ticket', 'receipt', 'numero de commande', 'n commande', 'commande', 'numero de ticket', 'name'),
  field('occurredAt', 'instant', 'date', 'order date', 'created at', 'purchase date', 'date commande', 'date de commande', 'date d achat', 'date achat', 'date ticket', 'date de vente'),
  field('store', 'text', 'shop', 'magasin', 'boutique', 'point de vente', 'store code', 'code magasin'),
];

const LINE_FIELDS: readonly ImportField[] = [
  field('lineId', 'text', 'line id', 'line', 'line number', 'ligne', 'numero de ligne'),
  field('quantity', 'number', 'qty', 'quantite', 'qte', 'lineitem quantity'),
  field('lineAmount', 'amount', 'line amount', 'line total', 'montant ligne', 'total ligne'),
];

export const IMPORT_FIELDS: Record<ImportKind, readonly ImportField[]> = {
  customers: CUSTOMER_FIELDS,
  consents: [
    ...WHO,
    field('channel', 'channel', 'canal', 'media'),
    field('purpose', 'purpose', 'finalite'),
    field('granted', 'yesNo', 'consent', 'opt in', 'optin', 'accepted', 'consentement', 'accepte', 'accord'),
    field('consentAt', 'instant', 'date', 'consent date', 'opt in date', 'date de consentement', 'date optin', 'date opt in'),
    field('consentSource', 'text', 'source', 'consent source', 'origine'),
    field('consentWording', 'text', 'wording', 'version', 'texte', 'consent wording', 'version du texte'),
  ],
  relatives: [
    ...WHO,
    field('relation', 'relation', 'relationship', 'kind', 'lien', 'lien de parente', 'parente'),
    field('firstName', 'text', 'first name', 'given name', 'child name', 'prenom', 'prenom enfant', 'prenom de l enfant'),
    field('birthDate', 'date', 'birth date', 'birthday', 'date of birth', 'born on', 'date de naissance', 'naissance', 'né le', 'né(e) le', 'date naissance enfant'),
  ],
  products: [
    field('sku', 'text', 'product id', 'product code', 'reference', 'ref', 'code article', 'code produit', 'ean', 'variant sku'),
    field('name', 'text', 'product name', 'product', 'title', 'nom', 'nom du produit', 'libelle', 'designation', 'article'),
    field('categories', 'list', 'category', 'product type', 'categorie', 'rayon', 'famille', 'type'),
    field('price', 'amount', 'unit price', 'prix', 'prix ttc', 'prix de vente', 'prix unitaire', 'variant price'),
    field('cost', 'amount', 'unit cost', 'cost per item', 'cout', 'prix d achat', 'prix achat', 'prix de revient'),
    field('stock', 'count', 'inventory', 'quantity', 'quantite', 'qte', 'variant inventory qty'),
    field('picture', 'text', 'image', 'image url', 'image src', 'photo', 'picture url', 'url image', 'visuel'),
    field('url', 'text', 'link', 'product url', 'product page', 'lien', 'url produit', 'page produit', 'adresse web'),
  ],
  purchases: [
    ...ORDER_FIELDS, ...WHO,
    field('amount', 'amount', 'total', 'order total', 'montant', 'montant ttc', 'montant total', 'total ttc'),
    field('currency', 'text', 'devise', 'monnaie'),
    ...LINE_FIELDS,
    field('sku', 'text', 'product id', 'product code', 'reference', 'ref', 'code article', 'code produit', 'ean', 'lineitem sku'),
    field('categories', 'list', 'category', 'product type', 'categorie', 'rayon', 'famille'),
  ],
  returns: [
    field('returnId', 'text', 'return id', 'return number', 'refund id', 'numero de retour', 'n retour', 'retour'),
    ...ORDER_FIELDS, ...LINE_FIELDS,
  ],
};

const KNOWS_SOMEBODY = WHO.map(({ name }) => name);

/** Of each list one field at least must have its column. */
export const NEEDED_FIELDS: Record<ImportKind, readonly (readonly string[])[]> = {
  customers: [KNOWS_SOMEBODY],
  consents: [KNOWS_SOMEBODY, ['channel'], ['granted']],
  relatives: [KNOWS_SOMEBODY, ['relation']],
  products: [['sku'], ['name'], ['price']],
  purchases: [['orderId'], ['occurredAt'], ['amount', 'lineAmount']],
  returns: [['orderId'], ['occurredAt']],
};

export const isImportKind = (text: string): text is ImportKind => IMPORT_KINDS.some((kind) => kind === text);

const ATTRIBUTE = /^attribute:[A-Za-z][A-Za-z0-9_]{0,63}$/;
const NAME = /^name:[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

/** The field that a mapping names: one of the kind's own, an attribute of a customer, or a product's name in a language; null when there is none. */
export function findField(kind: ImportKind, name: string): ImportField | null {
  const own = IMPORT_FIELDS[kind].find((each) => each.name === name);
  if (own) return own;
  if (kind === 'customers' && ATTRIBUTE.test(name)) return { name, reads: 'text', headings: [] };
  if (kind === 'products' && NAME.test(name)) return { name, reads: 'text', headings: [] };
  return null;
}
