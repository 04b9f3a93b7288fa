/**
 * From the blocks of an e-mail to its MJML. What is typed stays literal: HTML is escaped, and braces that Liquid would read are broken up; variables and conditions become
 * Liquid that never fails on what is not known.
 */
import { NETWORK_NAMES } from '#domain/brand/brand-facts.ts';
import { readableOn } from '#domain/brand/contrast.ts';
import { FONT_STACKS } from '#domain/brand/mail-fonts.ts';
import type { BlockCondition, EmailBlock, EmailDocument, LeafBlock, ShownProduct } from '#domain/messages/email-blocks.ts';
import type { SocialLink } from '#domain/brand/brand-kit.ts';
import type { Inline, RichText } from '#domain/messages/rich-text.ts';

const [INK, QUIET, LINE, WHITE] = ['#22303a', '#6b7680', '#d9dee2', '#ffffff'] as const;
const HEADING_PX = { 1: 28, 2: 22, 3: 18 } as const;

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** Marks of signed links travel in these two; nobody types them. */
const RESERVED = /[\uE000\uE001\u0000]/g;

/** A typed text as HTML that Liquid leaves as it is. */
const literal = (text: string): string => text.replace(RESERVED, '').replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign).replace(/\{(?=[{%]|$)/g, '{{ \'{\' }}');
/** An address, whose only Liquid is a whole variable. */
const address = (href: string): string => (href.startsWith('{{') ? href : literal(href));

/** `voucher["summer-gift"].code`: a name with a hyphen is looked up by its text. */
const pathOf = (name: string): string => name.split('.').map((part, index) => (index === 0 ? part : /^[A-Za-z_]\w*$/.test(part) ? `.${part}` : `["${part}"]`)).join('');
const FORMATS: readonly [RegExp, string][] = [[/(validUntil|birthDate|occurredAt|^now)$/, ' | date: "%d/%m/%Y"'], [/Minor$/, ' | divided_by: 100.0']];

function variable(name: string, fallback: string): string {
  const path = pathOf(name);
  const format = FORMATS.find(([ending]) => ending.test(name))?.[1] ?? '';
  return `{% if ${path} and ${path} != "" %}{{ ${path}${format} }}{% else %}${literal(fallback)}{% endif %}`;
}

const MARKS = { bold: 'strong', italic: 'em', underline: 'u' } as const;

function inline(node: Inline): string {
  if (node.type === 'hardBreak') return '<br/>';
  const inner = node.type === 'text' ? literal(node.text) : variable(node.attrs.name, node.attrs.fallback);
  return (node.marks ?? []).reduce((html, mark) => (mark.type === 'link' ? `<a href="${address(mark.attrs.href)}" class="link">${html}</a>` : `<${MARKS[mark.type]}>${html}</${MARKS[mark.type]}>`), inner);
}

const inlines = (content: readonly Inline[] | undefined): string => (content ?? []).map(inline).join('') || '&nbsp;';

/** A rich text as the HTML inside an `mj-text`. */
export function richHtml(text: RichText): string {
  return text.content.map((node) => {
    switch (node.type) {
      case 'paragraph': return `<p style="margin:0 0 12px">${inlines(node.content)}</p>`;
      case 'heading': return `<h${node.attrs.level} style="margin:0 0 8px;line-height:1.25;font-size:${HEADING_PX[node.attrs.level === 1 ? 1 : node.attrs.level === 2 ? 2 : 3]}px">${inlines(node.content)}</h${node.attrs.level}>`;
      case 'bulletList':
      case 'orderedList': {
        const tag = node.type === 'bulletList' ? 'ul' : 'ol';
        return `<${tag} style="margin:0 0 12px;padding-left:24px">${node.content.map((item) => `<li>${item.content.map((paragraph) => inlines(paragraph.content)).join('<br/>')}</li>`).join('')}</${tag}>`;
      }
    }
  }).join('');
}

function asked(condition: BlockCondition): string {
  switch (condition.kind) {
    case 'known': return `${pathOf(condition.variable)} and ${pathOf(condition.variable)} != ""`;
    case 'unknown': return `${pathOf(condition.variable)} == nil or ${pathOf(condition.variable)} == ""`;
    case 'equals': return `${pathOf(condition.variable)} == "${condition.value}"`;
    case 'points': return `balances["${condition.programme}"] >= ${condition.atLeast}`;
    case 'voucher': return `voucher["${condition.offer}"]`;
  }
}

const raw = (liquid: string): string => `<mj-raw>${liquid}</mj-raw>`;
/** Around a whole part, so that nothing of it is left where it is not shown. */
const shownIf = (liquid: string | null, mjml: string): string => (liquid === null ? mjml : `${raw(`{% if ${liquid} %}`)}${mjml}${raw('{% endif %}')}`);

function leaf(block: LeafBlock, accent: string): string {
  switch (block.kind) {
    case 'text': return `<mj-text align="${block.align}">${richHtml(block.text)}</mj-text>`;
    case 'picture': return `<mj-image src="${literal(block.url)}" alt="${literal(block.alt)}" padding="8px ${Math.round((100 - block.widthPercent) / 2)}%"${block.href ? ` href="${address(block.href)}"` : ''} />`;
    case 'button': return `<mj-button background-color="${accent}" color="${readableOn(accent, [WHITE, INK])}" border-radius="6px" font-size="16px" inner-padding="12px 24px" href="${address(block.href)}">${literal(block.label)}</mj-button>`;
    case 'points': return `<mj-text align="center" font-size="36px" font-weight="700" color="${accent}" padding-bottom="0">{{ balances["${block.programme}"] | default: 0 }}</mj-text><mj-text align="center" color="${QUIET}" padding-top="0">${literal(block.label)}</mj-text>`;
    case 'voucher': {
      const path = `voucher["${block.offer}"]`;
      const until = `{% if ${path}.validUntil %}<br/><span style="font-size:13px">${literal(block.validLabel)} {{ ${path}.validUntil | date: "%d/%m/%Y" }}</span>{% endif %}`;
      return shownIf(path, `<mj-text align="center" css-class="voucher"><strong>${literal(block.title)}</strong><br/><span style="display:inline-block;margin:8px 0;padding:8px 16px;border:2px dashed ${accent};font-size:20px;letter-spacing:2px">{{ ${path}.code }}</span>${until}</mj-text>`);
    }
    case 'divider': return `<mj-divider border-width="1px" border-color="${LINE}" />`;
  }
}

const section = (columns: string): string => `<mj-section css-class="paper" background-color="#ffffff" padding="4px 8px">${columns}</mj-section>`;

function product({ name, price, pictureUrl, href }: ShownProduct, widthPercent: number): string {
  const link = href ? ` href="${address(href)}"` : '';
  const title = href ? `<a href="${address(href)}" class="link">${literal(name)}</a>` : literal(name);
  return `<mj-column width="${widthPercent}%">${pictureUrl ? `<mj-image src="${literal(pictureUrl)}" alt="${literal(name)}"${link} />` : ''}<mj-text align="center"><strong>${title}</strong>${price ? `<br/>${literal(price)}` : ''}</mj-text></mj-column>`;
}

/** The lines of what began the journey, each by its name, else by its article number, with its picture where the catalogue or the line has one. */
const eventLines = (most: number): string => shownIf('event.properties.lines', section(`<mj-column><mj-table>{% for line in event.properties.lines limit: ${most} %}<tr><td width="72" style="padding:6px 12px 6px 0">{% if line.picture %}<img src="{{ line.picture }}" alt="" width="60" style="display:block;width:60px;height:auto;border:0;border-radius:4px" />{% endif %}</td><td style="padding:6px 0">{% if line.url %}<a href="{{ line.url }}" class="link">{{ line.name | default: line.sku }}</a>{% else %}{{ line.name | default: line.sku }}{% endif %}</td><td align="right" style="padding:6px 0">× {{ line.quantity | default: 1 }}</td></tr>{% endfor %}</mj-table></mj-column>`));

/**
 * Products of the catalogue as cells of a table, since nobody knows before hand-over how many there will be: each that can be bought takes the next place, `n` of them have
 * theirs. On a phone they stand one below the other.
 */
function catalogueTable(skus: readonly string[], perRow: number): string {
  const cell = (sku: string): string => `{% assign p = products["${sku}"] %}{% if p %}{% assign m = n | modulo: ${perRow} %}{% if m == 0 %}{% if n > 0 %}</tr>{% endif %}<tr>{% endif %}` +
    `<td class="product" width="${Math.floor(100 / perRow)}%" valign="top" align="center" style="padding:8px">` +
    '{% if p.picture %}{% if p.url %}<a href="{{ p.url }}">{% endif %}<img src="{{ p.picture }}" alt="{{ p.name }}" width="100%" style="display:block;width:100%;max-width:100%;height:auto;border:0" />{% if p.url %}</a>{% endif %}{% endif %}' +
    '<p style="margin:8px 0 0;line-height:1.4"><strong>{% if p.url %}<a href="{{ p.url }}" class="link">{{ p.name }}</a>{% else %}{{ p.name }}{% endif %}</strong><br/>{{ p.price }}</p></td>{% assign n = n | plus: 1 %}{% endif %}';
  const table = section(`<mj-column><mj-table padding="0">{% assign n = 0 %}${skus.map(cell).join('')}{% if n > 0 %}</tr>{% endif %}</mj-table></mj-column>`);
  return shownIf(skus.map((sku) => `products["${sku}"]`).join(' or '), table);
}

function topBlock(block: EmailBlock, accent: string): string {
  const column = (blocks: readonly LeafBlock[], width = ''): string => `<mj-column${width}>${blocks.map((each) => (each === block ? leaf(each, accent) : shownIf(each.when ? asked(each.when) : null, leaf(each, accent)))).join('')}</mj-column>`;
  switch (block.kind) {
    case 'columns': return section(block.columns.map((blocks) => column(blocks, ` width="${Math.floor(100 / block.columns.length)}%"`)).join(''));
    case 'products': {
      const { source } = block;
      if (source.from === 'event') return eventLines(source.most);
      if (source.from === 'catalogue') return catalogueTable(source.skus, source.perRow);
      const rows = Array.from({ length: Math.ceil(source.products.length / source.perRow) }, (_, row) => source.products.slice(row * source.perRow, (row + 1) * source.perRow));
      return rows.map((row) => section(row.map((each) => product(each, Math.floor(100 / source.perRow))).join(''))).join('');
    }
    default: return section(column([block]));
  }
}

const DARK = '.paper, .paper > table { background: #1c2226 !important; } .paper div, .paper p, .paper td, .paper h1, .paper h2, .paper h3, .paper li { color: #e8ecef !important; } body, body > div { background: #111518 !important; } .foot div { color: #a9b3ba !important; }';

/** The brand elsewhere, by the names of the networks: they are read where pictures are off too. */
const socialLinks = (links: readonly SocialLink[]): string => (links.length === 0 ? '' : `${links.map(({ network, url }) => `<a href="${literal(url)}" style="color:inherit">${NETWORK_NAMES[network]}</a>`).join(' · ')}<br/>`);

/** The MJML of a document. The same document gives the same text. */
export function mjmlOf({ look, blocks, footer }: EmailDocument, language: string): string {
  const body = blocks.map((block) => shownIf(block.when ? asked(block.when) : null, topBlock(block, look.accent))).join('\n');
  return `<mjml lang="${literal(language)}"><mj-head>
<mj-attributes><mj-all font-family="${FONT_STACKS[look.font]}" /><mj-text font-size="16px" line-height="1.5" color="${INK}" /><mj-table font-size="15px" color="${INK}" /></mj-attributes>
<mj-style>.link { color: ${look.accent}; } @media (max-width: 479px) { td.product { display: block !important; width: auto !important; } } @media (prefers-color-scheme: dark) { ${DARK} }</mj-style>
<mj-raw><meta name="color-scheme" content="light dark" /><meta name="supported-color-schemes" content="light dark" /></mj-raw>
</mj-head><mj-body background-color="${look.background}">
${body}
<mj-section css-class="foot" padding="16px 8px"><mj-column><mj-text align="center" font-size="12px" color="${readableOn(look.background, [QUIET, INK, WHITE])}"><strong>{{ brand.name }}</strong><br/>${footer.text ? `${literal(footer.text)}<br/>` : ''}${socialLinks(footer.social ?? [])}<a href="{{ links.preferences }}" style="color:inherit">${literal(footer.preferences)}</a></mj-text></mj-column></mj-section>
</mj-body></mjml>
`;
}
