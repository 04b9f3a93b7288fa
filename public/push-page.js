/* Turns notifications on and off in this browser; the page's words and its key stand in the page. */
const main = document.querySelector('main');
const on = document.getElementById('on');
const off = document.getElementById('off');
const say = document.getElementById('say');
const isSandbox = main.dataset.sandbox === 'yes';
const tell = (what) => { say.textContent = main.dataset[what] ?? ''; };
const bytesOf = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
const post = (body) => fetch(location.pathname, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
const held = async () => (await navigator.serviceWorker?.getRegistration('/push-worker.js'))?.pushManager.getSubscription() ?? null;

async function turnOn() {
  // A sandbox asks too where the browser can, so that whoever tries it sees what a customer sees; the browser that it keeps is made up.
  if (isSandbox && !('Notification' in window && window.isSecureContext)) return post({ on: { simulated: true } });
  if (!isSandbox && (!('serviceWorker' in navigator) || !('PushManager' in window))) return tell('cannot');
  if ((await Notification.requestPermission()) !== 'granted') return tell('refused');
  if (isSandbox) return post({ on: { simulated: true } });
  const registration = await navigator.serviceWorker.register('/push-worker.js');
  const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(main.dataset.key) });
  const { endpoint, keys } = subscription.toJSON();
  return post({ on: { endpoint, keys } });
}
async function turnOff() {
  const subscription = isSandbox ? null : await held();
  const answer = await post({ off: subscription ? subscription.endpoint : '' });
  await subscription?.unsubscribe();
  return answer;
}
const act = (work, done) => async () => {
  on.disabled = off.disabled = true;
  try {
    const answer = await work();
    if (answer) tell(answer.ok ? done : 'failed');
  } catch { tell('failed'); }
  on.disabled = off.disabled = false;
};
on.addEventListener('click', act(turnOn, 'done'));
off.addEventListener('click', act(turnOff, 'ended'));
// Until here nobody would have heard a press.
on.disabled = off.disabled = false;
