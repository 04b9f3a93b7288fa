import { describe, expect, it } from 'vitest';
import { compileTemplate, textOf } from '#engine/compile-template.ts';

const email = (variant: { subject: string; mjml?: string; html?: string }) => compileTemplate({ channel: 'email', variants: { fr: variant } });
const body = (inner: string) => `<mjml><mj-body><mj-section><mj-column>${inner}</mj-column></mj-section></mj-body></mjml>`;

describe('compileTemplate', () => {
  it('makes HTML and a text of MJML once, with its Liquid untouched (§7.6)', async () => {
    const compiled = await email({ subject: 'Merci {{ customer.firstName }}', mjml: body('<mj-text>Bonjour {{ customer.firstName | default: "vous" }} &amp; merci</mj-text><mj-button href="https://lutin.example/avis?q=1&p=2">Votre avis</mj-button>') });
    expect(compiled.ok && compiled.value.channel === 'email' && compiled.value.variants.fr).toMatchObject({
      subject: 'Merci {{ customer.firstName }}',
      html: expect.stringContaining('{{ customer.firstName | default: "vous" }}'),
      text: 'Bonjour {{ customer.firstName | default: "vous" }} & merci\n\nVotre avis (https://lutin.example/avis?q=1&p=2)',
    });
    expect(JSON.stringify(compiled)).not.toContain('fonts.googleapis');
  });

  it('says where MJML, Liquid and variables are wrong', async () => {
    const problems = async (variant: { subject: string; mjml?: string; html?: string }) => {
      const compiled = await email(variant);
      return compiled.ok ? [] : compiled.problems.map(({ code, path }) => `${code} ${path.join('.')}`);
    };
    expect(await problems({ subject: 'x', mjml: body('<mj-nothing/>') })).toEqual(['template.mjml content.variants.fr.mjml']);
    expect(await problems({ subject: '{% if %}', html: '<p>{{ user.name }}</p>', })).toEqual(expect.arrayContaining(['template.liquid content.variants.fr.subject', 'template.unknownVariable content.variants.fr.html']));
    expect(await problems({ subject: 'x', html: '{{ customer.firstName | nofilter }}' })).toEqual(['template.liquid content.variants.fr.html', 'template.liquid content.variants.fr.text']);
  });
});

it('makes a text that keeps what is said', () => {
  expect(textOf('<style>p{}</style><p>Un&nbsp;mot</p><div>{% if a %}oui{% endif %}<br>deux</div>')).toBe('Un mot\n{% if a %}oui{% endif %}\ndeux');
});
