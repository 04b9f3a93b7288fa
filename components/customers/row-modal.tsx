'use client';
/** The frame of a short form about something that belongs to a customer. */
import { Button, Group, Modal } from '@mantine/core';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useProblemSentence } from '#components/reason-sentence.ts';

export function RowModal({ title, action, ready, busy, problem, onSave, onClose, children }: { title: string; action: string; ready: boolean; busy: boolean; problem: unknown; onSave: () => void; onClose: () => void; children: ReactNode }) {
  const t = useTranslations('customers.rows');
  const sentence = useProblemSentence();
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      <form style={{ display: 'grid', gap: 12 }} onSubmit={(event) => { event.preventDefault(); if (ready) onSave(); }}>
        {children}
        {problem !== null && <p role="alert" style={{ color: 'var(--danger)', margin: 0 }}>{sentence(problem)}</p>}
        <Group justify="flex-end"><Button variant="default" onClick={onClose}>{t('cancel')}</Button><Button type="submit" loading={busy} disabled={!ready}>{action}</Button></Group>
      </form>
    </Modal>
  );
}
