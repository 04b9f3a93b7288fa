'use client';
/** The mapping of a connector beside a sample of the shop's post: changed, tried as often as one likes, then saved. */
import { Accordion, Button, Group, Select, Textarea, TextInput, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconPlayerPlay, IconPlus } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api, ApiProblem } from '#components/api-client.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import type { Connector, Preview, ReadyLine } from '#components/webhooks/connector-types.ts';
import { RuleForm } from '#components/webhooks/rule-form.tsx';
import { SamplePreview } from '#components/webhooks/sample-preview.tsx';
import classes from '#components/webhooks/webhooks.module.css';
import type { ConnectorMapping, MappingRule } from '#domain/connectors/mapping.ts';

/** The server's words on each field, by its path in the mapping. */
const errorsOf = (error: unknown): ReadonlyMap<string, string> =>
  new Map(error instanceof ApiProblem ? error.errors.filter(({ path }) => path[1] === 'mapping').map(({ path, message }) => [path.slice(2).join('.'), message]) : []);

function parse(text: string): { ok: true; value: unknown } | { ok: false } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}

const NEW_RULE: MappingRule = { name: '', when: [], type: 'purchase', id: 'shop-{{ $.id }}', customer: {}, properties: {} };

export function MappingEditor({ connector, ready, mayWrite }: { connector: Connector; ready: ReadyLine; mayWrite: boolean }) {
  const t = useTranslations('webhooks.mapping');
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const [mapping, setMapping] = useState<ConnectorMapping>(connector.mapping);
  const [opened, setOpened] = useState<string | null>('0');
  const [body, setBody] = useState(() => JSON.stringify(ready.sample.body, null, 2));
  const [topic, setTopic] = useState(ready.sample.headers['x-shopify-topic'] ?? '');
  const sample = parse(body);
  const rules = (change: MappingRule[]): void => setMapping({ ...mapping, rules: change });
  const trial = useMutation({
    mutationFn: () => api.post<Preview>('/connectors/preview', { mapping, sample: { headers: { ...ready.sample.headers, ...(topic !== '' && { 'x-shopify-topic': topic }) }, body: sample.ok ? sample.value : null } }),
  });
  const save = useMutation({
    mutationFn: () => api.put(`/connectors/${connector.id}`, { name: connector.name, mapping }),
    onSuccess: async () => {
      notifications.show({ color: 'live', message: t('saved') });
      await queries.invalidateQueries({ queryKey: ['connectors'] });
    },
    onError: (error) => notifications.show({ color: 'danger', message: sentence(error) }),
  });
  const errors = errorsOf(save.error ?? trial.error);
  return (
    <div className={classes.columns}>
      <section aria-label={t('title')}>
        <h2 className={classes.heading}>{t('title')}</h2>
        <p className={classes.help}>{t('help')}</p>
        <Group mb="sm" align="flex-end">
          <Select size="xs" label={t('amounts')} allowDeselect={false} data={(['decimal', 'minor'] as const).map((value) => ({ value, label: t(`amountKinds.${value}`) }))} value={mapping.amounts} onChange={(value) => setMapping({ ...mapping, amounts: value === 'minor' ? 'minor' : 'decimal' })} />
          <TextInput size="xs" label={t('zone')} placeholder={t('zoneUsual')} value={mapping.zone ?? ''} error={errors.get('zone')} onChange={({ currentTarget: { value } }) => { const { zone: _, ...rest } = mapping; setMapping(value === '' ? rest : { ...rest, zone: value }); }} />
        </Group>
        <Accordion variant="separated" value={opened} onChange={setOpened}>
          {mapping.rules.map((rule, index) => (
            <Accordion.Item key={index} value={String(index)}>
              <Accordion.Control>{rule.name || t('unnamed')} <span className="quiet code">{rule.type}</span></Accordion.Control>
              <Accordion.Panel>
                <RuleForm rule={rule} at={index} errors={errors} onChange={(next) => rules(mapping.rules.map((each, place) => (place === index ? next : each)))} />
                {mapping.rules.length > 1 && <Button mt="md" variant="subtle" color="danger" size="xs" onClick={() => rules(mapping.rules.filter((_, place) => place !== index))}>{t('dropRule')}</Button>}
              </Accordion.Panel>
            </Accordion.Item>
          ))}
        </Accordion>
        <Group mt="sm">
          <Button variant="default" size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => { rules([...mapping.rules, NEW_RULE]); setOpened(String(mapping.rules.length)); }}>{t('addRule')}</Button>
          <Button variant="default" size="xs" onClick={() => setMapping(ready.mapping)}>{t('reset')}</Button>
        </Group>
      </section>
      <section aria-label={t('sample')}>
        <h2 className={classes.heading}>{t('sample')}</h2>
        <p className={classes.help}>{t('sampleHelp')}</p>
        {connector.kind === 'shopify' && <TextInput size="xs" mb="sm" label={t('topic')} value={topic} onChange={(event) => setTopic(event.currentTarget.value)} />}
        <Textarea label={t('body')} autosize minRows={10} maxRows={18} classNames={{ input: classes.source ?? '' }} spellCheck={false} value={body} error={sample.ok ? null : t('notJson')} onChange={(event) => setBody(event.currentTarget.value)} />
        <Group my="sm">
          <Button variant="default" leftSection={<IconPlayerPlay size={16} aria-hidden />} disabled={!sample.ok} loading={trial.isPending} onClick={() => trial.mutate()}>{t('try')}</Button>
          {mayWrite && <Tooltip label={t('saveHelp')}><Button loading={save.isPending} onClick={() => save.mutate()}>{t('save')}</Button></Tooltip>}
        </Group>
        {(trial.error ?? save.error) && <p role="alert" className={classes.wrong}>{sentence(trial.error ?? save.error)}</p>}
        {trial.data && <SamplePreview preview={trial.data} />}
      </section>
    </div>
  );
}
