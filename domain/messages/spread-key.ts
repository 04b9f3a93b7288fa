/**
 * What a message's place within the first open minute hangs on: customer, journey, node and visit, which a simulation knows as production does. The ids of
 * enrollments and messages are made by chance, and would put the same message elsewhere each time.
 */
export const spreadKey = (message: { customerId: string; journeyId: string; nodeId: string; visit: number }): string =>
  `${message.customerId}:${message.journeyId}:${message.nodeId}:${message.visit}`;
