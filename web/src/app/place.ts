/** Where the tablet is, if it knows; no position is no bar, and why there is none is written down. */

import type { Evidence } from "../core/chain";

const PATIENCE = 5_000;
const OLDEST = 30_000;
const LONGEST_WAIT = 1_000;

/** The position now, or of the last half minute. */
export async function position(): Promise<NonNullable<Evidence["position"]>> {
  if (!("geolocation" in navigator)) return { none: "unavailable" };
  return new Promise((resolve) => {
    const found = ({ coords, timestamp }: GeolocationPosition): void =>
      resolve({
        lat: coords.latitude.toFixed(6),
        lon: coords.longitude.toFixed(6),
        accuracy: String(Math.round(coords.accuracy)),
        age: String(Math.max(0, Math.round((Date.now() - timestamp) / 1000))),
        mock: false,
      });
    const failed = (error: GeolocationPositionError): void => resolve({ none: error.message || String(error.code) });
    navigator.geolocation.getCurrentPosition(found, failed, { timeout: PATIENCE, maximumAge: OLDEST, enableHighAccuracy: true });
  });
}

/** What is known of a position by now: it is asked for when the camera opens, and no picture waits for it. */
export async function soon(asked: ReturnType<typeof position>): ReturnType<typeof position> {
  const waited = new Promise<Awaited<ReturnType<typeof position>>>((resolve) => setTimeout(() => resolve({ none: "timeout" }), LONGEST_WAIT));
  return Promise.race([asked, waited]);
}
