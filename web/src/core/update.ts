/** New versions of the application: they install beside the old one and wait until somebody lets them take over. */

/** Register the service worker; call back as soon as a new version waits, with what lets it take over. */
export async function register(waiting: (takeOver: () => void) => void): Promise<void> {
  const registration = await navigator.serviceWorker.register("/field/sw.js", { scope: "/field/", updateViaCache: "none" });
  const tell = (worker: ServiceWorker | null): void => {
    if (worker === null || navigator.serviceWorker.controller === null) return; // the first one takes nothing over
    waiting(() => {
      navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
      worker.postMessage("take over");
    });
  };
  tell(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const coming = registration.installing;
    coming?.addEventListener("statechange", () => {
      if (coming.state === "installed") tell(coming);
    });
  });
}
