'use client';
/** Edits a notification of the journey, and says how customers come to get any. */
import type { SendMessageSettings } from '#domain/journeys/nodes/send-message.ts';
import { useSpeech } from '#components/canvas/speech-context.tsx';
import type { FormProps } from './form-props.ts';
import { SendMessageFields } from './send-message-fields.tsx';

export function SendPushForm(props: FormProps<SendMessageSettings>) {
  const { words } = useSpeech();
  return (
    <>
      <SendMessageFields channel="push" {...props} />
      <p className="quiet" style={{ margin: 0, fontSize: 13 }}>{words('form.pushHelp')}</p>
    </>
  );
}
