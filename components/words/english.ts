/** All words of the interface in one language, an area of pages each. */
import frame from '#components/words/en/frame.json';
import ui from '#components/words/en/ui.json';
import journeys from '#components/words/en/journeys.json';
import customers from '#components/words/en/customers.json';
import events from '#components/words/en/events.json';
import settings from '#components/words/en/settings.json';
import reasons from '#components/words/en/reasons.json';
import canvas from '#components/words/en/canvas.json';
import liveChanges from '#components/words/en/live-changes.json';
import till from '#components/words/en/till.json';
import tasks from '#components/words/en/tasks.json';
import mailbox from '#components/words/en/mailbox.json';
import messages from '#components/words/en/messages.json';
import blocks from '#components/words/en/blocks.json';
import templates from '#components/words/en/templates.json';
import offers from '#components/words/en/offers.json';
import loyalty from '#components/words/en/loyalty.json';
import pressure from '#components/words/en/pressure.json';
import stores from '#components/words/en/stores.json';
import simulate from '#components/words/en/simulate.json';
import tryIt from '#components/words/en/try.json';
import imports from '#components/words/en/imports.json';
import letters from '#components/words/en/letters.json';
import channels from '#components/words/en/channels.json';
import understand from '#components/words/en/understand.json';
import signIn from '#components/words/en/sign-in.json';

export const english = { frame, ui, journeys, customers, events, settings, reasons, canvas, liveChanges, till, tasks, mailbox, messages, blocks, templates, offers, loyalty, pressure, stores, simulate, try: tryIt, channels, letters, imports, signIn, understand };
