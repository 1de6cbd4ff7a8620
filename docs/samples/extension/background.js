// Hands orders of the bank's own pages to Styrk and the replies back. Which page may reach this stands in the manifest
// (`externally_connectable`); which page it was is told to the station, which holds it to the origins that it knows.
chrome.runtime.onConnectExternal.addListener((page) => {
  const styrk = chrome.runtime.connectNative('se.styrk.orders');
  page.onMessage.addListener(({ id, order }) => styrk.postMessage({ id, order, page: page.sender.origin }));
  styrk.onMessage.addListener((reply) => page.postMessage(reply));
  styrk.onDisconnect.addListener(() => page.disconnect());
  page.onDisconnect.addListener(() => styrk.disconnect());
});
