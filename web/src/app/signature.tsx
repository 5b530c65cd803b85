/** A signature: name and capacity stand above the line, the picture is kept as it was drawn. */

import type SignaturePad from "signature_pad";
import { useEffect, useRef, useState } from "preact/hooks";
import { say } from "../words";

/** A frame to sign in; `kept` gets the picture. Without a pen or finger a name typed above counts, and no picture is made. */
export function Signature({ label, isKept, kept }: { label: string; isKept: boolean; kept: (picture: Blob | null) => void }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const pad = useRef<SignaturePad | null>(null);
  const [isDrawn, setDrawn] = useState(false);
  const [isReady, setReady] = useState(false);
  useEffect(() => {
    if (isKept || canvas.current === null) return undefined;
    const place = canvas.current;
    let isGone = false;
    void import("signature_pad").then(({ default: Pad }) => {
      if (isGone) return;
      place.width = place.clientWidth * devicePixelRatio;
      place.height = place.clientHeight * devicePixelRatio;
      place.getContext("2d")?.scale(devicePixelRatio, devicePixelRatio);
      pad.current = new Pad(place, { backgroundColor: "#fff", penColor: "#000" });
      pad.current.addEventListener("endStroke", () => setDrawn(true));
      setReady(true);
    });
    return () => {
      isGone = true;
      pad.current?.off();
      setReady(false);
    };
  }, [isKept]);
  if (isKept) {
    return (
      <div class="signature">
        <p role="status">✓ {say("signatureKept")}</p>
        <button type="button" onClick={() => (setDrawn(false), kept(null))}>{say("signAgain")}</button>
      </div>
    );
  }
  return (
    <div class="signature">
      <canvas ref={canvas} role="img" aria-busy={!isReady} aria-label={`${label} ${say("signHere")}`} />
      <div class="buttons">
        <button type="button" disabled={!isDrawn} onClick={() => canvas.current?.toBlob((picture) => picture && kept(picture), "image/png")}>
          {say("keepSignature")}
        </button>
        <button type="button" disabled={!isDrawn} onClick={() => (pad.current?.clear(), setDrawn(false))}>{say("signAgain")}</button>
      </div>
    </div>
  );
}
