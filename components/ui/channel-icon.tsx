'use client';
/** The icon of a channel, with its name unless words beside it say it already. */
import { IconBellRinging, IconBrandWhatsapp, IconDeviceMobileMessage, IconMail, IconMailbox, IconPhoneCall, type Icon } from '@tabler/icons-react';
import type { Channel } from '#domain/customers/channels.ts';
import { useChannelName } from '#components/use-channel-name.ts';

const ICONS: Record<Channel, Icon> = { email: IconMail, sms: IconDeviceMobileMessage, whatsapp: IconBrandWhatsapp, letter: IconMailbox, call: IconPhoneCall, push: IconBellRinging };

export function ChannelIcon({ channel, size, silent = false }: { channel: Channel; size: number; silent?: boolean }) {
  const name = useChannelName();
  const Shown = ICONS[channel];
  return <Shown size={size} stroke={1.6} {...(silent ? { 'aria-hidden': true } : { role: 'img', 'aria-label': name(channel) })} />;
}
