/* Shows the notifications that come while no page is open, one per message, and opens the page that a touch leads to. */
self.addEventListener('push', (event) => {
  let said;
  try { said = event.data.json(); } catch { return; }
  const { title, body, url, icon, tag } = said;
  event.waitUntil(self.registration.showNotification(String(title), { body: String(body), tag: String(tag), ...(icon ? { icon } : {}), data: { url } }));
});
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const { url } = event.notification.data ?? {};
  if (typeof url === 'string' && /^https?:/.test(url)) event.waitUntil(self.clients.openWindow(url));
});
