/** The channels of messages, and what is different about each: the one table from which screens, checks, providers and the simulator derive what they list. */
export const CHANNELS = ['email', 'sms', 'whatsapp', 'letter', 'call', 'push'] as const;
export type Channel = (typeof CHANNELS)[number];

/** What a message needs to know of a person: an address of this kind. */
export type AddressKind = 'email' | 'phone' | 'postal' | 'browser';

export type ChannelFacts = {
  address: AddressKind;
  /** The node kind that sends on it. */
  step: string;
  /** Who takes it: a mail vendor or Twilio, whose account a workspace sets up, the push service of the customer's browser, or the people of the house, from a list. */
  vendor: 'mail' | 'twilio' | 'webpush' | 'house';
  /** Whether its recipient answers on it, and one word of theirs is an order (§6.6). */
  repliesByKeyword: boolean;
};

/** Within one instant messages leave in the order of this list. */
export const CHANNEL_FACTS = {
  email: { address: 'email', step: 'sendEmail', vendor: 'mail', repliesByKeyword: false },
  sms: { address: 'phone', step: 'sendSms', vendor: 'twilio', repliesByKeyword: true },
  whatsapp: { address: 'phone', step: 'sendWhatsapp', vendor: 'twilio', repliesByKeyword: true },
  letter: { address: 'postal', step: 'sendLetter', vendor: 'house', repliesByKeyword: false },
  call: { address: 'phone', step: 'sendCall', vendor: 'house', repliesByKeyword: false },
  push: { address: 'browser', step: 'sendPush', vendor: 'webpush', repliesByKeyword: false },
} as const satisfies Record<Channel, ChannelFacts>;

/** The kinds of step that send. */
export type SendKind = (typeof CHANNEL_FACTS)[Channel]['step'];

export const isChannel = (text: string): text is Channel => CHANNELS.some((channel) => channel === text);

/** The channel on which a step of this kind speaks; null for any other step. */
export const channelOfStep = (kind: string): Channel | null => CHANNELS.find((channel) => CHANNEL_FACTS[channel].step === kind) ?? null;

/** The same for each channel. */
export const perChannel = <Value>(make: (channel: Channel) => Value): Record<Channel, Value> => ({ email: make('email'), sms: make('sms'), whatsapp: make('whatsapp'), letter: make('letter'), call: make('call'), push: make('push') });

/** What leaves on each, in the plural, for sentences of the API. */
export const CHANNEL_NOUNS: Record<Channel, string> = { email: 'e-mails', sms: 'SMS', whatsapp: 'WhatsApp messages', letter: 'letters', call: 'calls', push: 'notifications' };

/** Channels whose accounts a workspace sets up at a vendor. */
export const VENDOR_CHANNELS = CHANNELS.filter((channel) => ['mail', 'twilio'].includes(CHANNEL_FACTS[channel].vendor));

/** Whether messages of a channel wait on a list of the house until somebody says what became of them. */
export const isHouseChannel = (channel: string): channel is 'letter' | 'call' => isChannel(channel) && CHANNEL_FACTS[channel].vendor === 'house';
