/** All words of the interface in one language, an area of pages each. */
import frame from '#components/words/fr/frame.json';
import ui from '#components/words/fr/ui.json';
import journeys from '#components/words/fr/journeys.json';
import customers from '#components/words/fr/customers.json';
import events from '#components/words/fr/events.json';
import settings from '#components/words/fr/settings.json';
import reasons from '#components/words/fr/reasons.json';
import canvas from '#components/words/fr/canvas.json';
import liveChanges from '#components/words/fr/live-changes.json';
import till from '#components/words/fr/till.json';
import tasks from '#components/words/fr/tasks.json';
import mailbox from '#components/words/fr/mailbox.json';
import messages from '#components/words/fr/messages.json';
import blocks from '#components/words/fr/blocks.json';
import templates from '#components/words/fr/templates.json';
import offers from '#components/words/fr/offers.json';
import loyalty from '#components/words/fr/loyalty.json';
import pressure from '#components/words/fr/pressure.json';
import stores from '#components/words/fr/stores.json';
import simulate from '#components/words/fr/simulate.json';
import tryIt from '#components/words/fr/try.json';
import imports from '#components/words/fr/imports.json';
import letters from '#components/words/fr/letters.json';
import channels from '#components/words/fr/channels.json';
import understand from '#components/words/fr/understand.json';
import signIn from '#components/words/fr/sign-in.json';

export const french = { frame, ui, journeys, customers, events, settings, reasons, canvas, liveChanges, till, tasks, mailbox, messages, blocks, templates, offers, loyalty, pressure, stores, simulate, try: tryIt, channels, letters, imports, signIn, understand };
