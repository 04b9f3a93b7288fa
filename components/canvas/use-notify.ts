'use client';
/** A notice in the corner, with a close button that has a name. */
import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import { useSpeech } from './speech-context.tsx';

export function useNotify(): (message: string, color?: 'live' | 'danger') => void {
  const { words } = useSpeech();
  return useCallback((message, color) => void notifications.show({ message, ...(color && { color }), closeButtonProps: { 'aria-label': words('foot.close') } }), [words]);
}
