/** Every route of the API, in the order of its documentation. A route that is not here does not exist. */
import type { Route } from '#app/api/define-route.ts';
import { audienceRoutes } from '#app/api/v1/routes/audiences.ts';
import { businessEventRoutes } from '#app/api/v1/routes/business-events.ts';
import { connectorRoutes } from '#app/api/v1/routes/connectors.ts';
import { contentRoutes } from '#app/api/v1/routes/content.ts';
import { customerContractRoutes } from '#app/api/v1/routes/customer-contracts.ts';
import { customerPressureRoutes } from '#app/api/v1/routes/customer-pressure.ts';
import { customerRelativeRoutes } from '#app/api/v1/routes/customer-relatives.ts';
import { customerReplayRoutes } from '#app/api/v1/routes/customer-replay.ts';
import { customerRoutes } from '#app/api/v1/routes/customers.ts';
import { destinationRoutes } from '#app/api/v1/routes/destinations.ts';
import { eventActivityRoutes } from '#app/api/v1/routes/event-activity.ts';
import { eventRoutes } from '#app/api/v1/routes/events.ts';
import { importRoutes } from '#app/api/v1/routes/imports.ts';
import { journeyActivityRoutes } from '#app/api/v1/routes/journey-activity.ts';
import { journeyCanvasRoutes } from '#app/api/v1/routes/journey-canvas.ts';
import { journeyCommentRoutes } from '#app/api/v1/routes/journey-comments.ts';
import { journeyDayRoutes } from '#app/api/v1/routes/journey-days.ts';
import { journeyDrawingRoutes } from '#app/api/v1/routes/journey-drawing.ts';
import { journeyEntryRoutes } from '#app/api/v1/routes/journey-entries.ts';
import { journeyExportRoutes } from '#app/api/v1/routes/journey-export.ts';
import { journeyPeopleRoutes } from '#app/api/v1/routes/journey-people.ts';
import { journeyTrialRoutes } from '#app/api/v1/routes/journey-trial.ts';
import { journeyRoutes } from '#app/api/v1/routes/journeys.ts';
import { letterRoutes } from '#app/api/v1/routes/letters.ts';
import { liveChangeRoutes } from '#app/api/v1/routes/live-changes.ts';
import { loyaltyRoutes } from '#app/api/v1/routes/loyalty.ts';
import { mailboxRoutes } from '#app/api/v1/routes/mailbox.ts';
import { memberRoutes } from '#app/api/v1/routes/members.ts';
import { messageRoutes } from '#app/api/v1/routes/messages.ts';
import { placeRoutes } from '#app/api/v1/routes/places.ts';
import { providerAccountRoutes } from '#app/api/v1/routes/provider-accounts.ts';
import { promotionRoutes } from '#app/api/v1/routes/promotions.ts';
import { pushRoutes } from '#app/api/v1/routes/push.ts';
import { readyJourneyRoutes } from '#app/api/v1/routes/ready-journeys.ts';
import { requestRoutes } from '#app/api/v1/routes/requests.ts';
import { sandboxRoutes } from '#app/api/v1/routes/sandbox.ts';
import { setupRoutes } from '#app/api/v1/routes/setup.ts';
import { settingsRoutes } from '#app/api/v1/routes/settings.ts';
import { simulationRoutes } from '#app/api/v1/routes/simulations.ts';
import { splitTestRoutes } from '#app/api/v1/routes/split-tests.ts';
import { taskRoutes } from '#app/api/v1/routes/tasks.ts';
import { tillRoutes } from '#app/api/v1/routes/till.ts';
import { tillDeviceRoutes } from '#app/api/v1/routes/tills.ts';

export const ALL_ROUTES: readonly Route[] = [
  ...eventRoutes, ...eventActivityRoutes, ...businessEventRoutes, ...customerRoutes, ...customerRelativeRoutes, ...customerContractRoutes, ...customerPressureRoutes, ...customerReplayRoutes, ...audienceRoutes, ...readyJourneyRoutes, ...journeyRoutes, ...journeyActivityRoutes, ...journeyPeopleRoutes, ...journeyDayRoutes, ...splitTestRoutes, ...journeyExportRoutes, ...journeyEntryRoutes, ...journeyCanvasRoutes, ...liveChangeRoutes, ...journeyDrawingRoutes, ...journeyCommentRoutes, ...journeyTrialRoutes, ...messageRoutes, ...taskRoutes, ...letterRoutes, ...requestRoutes, ...contentRoutes, ...loyaltyRoutes, ...setupRoutes, ...settingsRoutes, ...providerAccountRoutes, ...placeRoutes, ...pushRoutes, ...destinationRoutes, ...connectorRoutes, ...memberRoutes, ...sandboxRoutes, ...promotionRoutes, ...mailboxRoutes, ...tillRoutes, ...tillDeviceRoutes, ...simulationRoutes, ...importRoutes,
];
