/** What a channel is called: by itself, within a sentence, as the way in which something comes, or its messages. One that the table does not know keeps its own name. */
import { useTranslations } from 'next-intl';
import { isChannel } from '#domain/customers/channels.ts';

export function useChannelName(form: 'name' | 'inSentence' | 'by' | 'many' = 'name'): (channel: string) => string {
  const t = useTranslations('channels');
  return (channel) => (isChannel(channel) ? t(`${form}.${channel}`) : channel);
}
